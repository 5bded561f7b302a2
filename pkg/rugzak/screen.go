// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// FindingClass says what sort of personal data was found.
type FindingClass string

// The classes. FindingBSN is a number that passes the eleven-test of a citizen
// service number (burgerservicenummer).
const (
	FindingBSN         FindingClass = "bsn"
	FindingIBAN        FindingClass = "iban"
	FindingPhone       FindingClass = "phone"
	FindingEmail       FindingClass = "email"
	FindingAddress     FindingClass = "address" // postcode with house number
	FindingBirthDate   FindingClass = "birth_date"
	FindingPlate       FindingClass = "plate"
	FindingCase        FindingClass = "case_number"
	FindingName        FindingClass = "name"
	FindingSpecial     FindingClass = "special" // health and other special data about one person
	FindingCombination FindingClass = "combination"
)

// FindingClasses lists all classes, the heaviest first.
func FindingClasses() []FindingClass {
	return []FindingClass{
		FindingBSN, FindingIBAN, FindingPhone, FindingEmail, FindingAddress, FindingBirthDate, FindingPlate, FindingCase,
		FindingName, FindingSpecial, FindingCombination,
	}
}

// Valid reports whether the class exists.
func (c FindingClass) Valid() bool { return c.Weight() != "" }

// Weight says what a finding does.
type Weight string

// The weights.
const (
	// WeightBlock is never stored, not even in a draft.
	WeightBlock Weight = "block"
	// WeightPartners is not shared with another organisation; inside the own
	// one the writer is asked to look at it.
	WeightPartners Weight = "partners"
	// WeightWarning is shown, and the writer decides.
	WeightWarning Weight = "warning"
)

// Weight is what findings of the class do; empty when there is no such class.
func (c FindingClass) Weight() Weight {
	switch c {
	case FindingBSN:
		return WeightBlock
	case FindingIBAN, FindingPhone, FindingEmail, FindingAddress, FindingBirthDate, FindingPlate, FindingCase:
		return WeightPartners
	case FindingName, FindingSpecial, FindingCombination:
		return WeightWarning
	}
	return ""
}

// Suggestion is what a writer could do instead.
type Suggestion string

// The suggestions. The zero value is to leave it out.
const (
	SuggestResident Suggestion = "resident" // write "a resident"
	SuggestYoung    Suggestion = "young"
	SuggestFamily   Suggestion = "family"
	SuggestNeeded   Suggestion = "needed"  // ask whether the lesson needs it
	SuggestGeneral  Suggestion = "general" // change details that do not matter
)

// Finding is a piece of text that may be personal data.
type Finding struct {
	Start, End int // byte offsets in the text that was screened
	Class      FindingClass
	Suggestion Suggestion
	Number     string // digits only, of a BSN; never logged
	// Declarable is true when the writer may declare that this number is no
	// BSN; false when the text itself calls it one.
	Declarable bool
}

// ReasonKey names the sentence that says why this was found.
func (f Finding) ReasonKey() string { return "finding.reason." + string(f.Class) }

// SuggestionKey names the sentence that says what to do about it.
func (f Finding) SuggestionKey() string {
	if f.Suggestion == "" {
		return "finding.suggest.leave_out"
	}
	return "finding.suggest." + string(f.Suggestion)
}

// Known is what the organisation knows about its own texts.
type Known struct {
	// Domains are those of e-mail addresses that are nobody's private one: of
	// the own organisation and its partners.
	Domains []string
	// CasePatterns are regular expressions of case and client numbers.
	CasePatterns []string
}

// Screener finds personal data in text. Implementations take time linear in
// the length of the text and are safe for concurrent use.
type Screener interface {
	// Screen finds what must never be stored: in order and without overlap.
	Screen(text string) []Finding
	// Inspector finds everything, in order of where it begins. A combination
	// spans other findings. What it returns may be used for many texts, also
	// at the same time.
	Inspector(known Known) func(text string) []Finding
}
