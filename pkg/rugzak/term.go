// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"strings"
	"time"
)

// TermID names a group of words. Those that come with the product have a slug,
// the others an id as made by NewID.
type TermID string

// Term is a group of words, phrases and acronyms that mean the same: who looks
// for one of them finds the others too. With an explanation a word may stand
// alone: the glossary explains it. Facilitators keep the groups; everybody
// searches with them, so that nothing secret may stand in one.
type Term struct {
	ID TermID
	// Preferred is the word the organisation likes best (voorkeursterm).
	Preferred string
	Others    []string // the other words, in the order in which they were typed
	Meaning   string   // one sentence that explains it; may be empty
	Version   int
	UpdatedAt time.Time
}

// The limits of terms.
const (
	MaxTerms      = 1000
	MaxTermOthers = 19 // words beside the preferred one
	MaxTermWord   = 60 // characters in a word or phrase
	MaxTermPhrase = 6  // words in a phrase
)

// Words lists all words of the group, the preferred one first.
func (t Term) Words() []string { return append([]string{t.Preferred}, t.Others...) }

// Clean returns the group as it is kept: single lines, none empty, none twice.
func (t Term) Clean() Term {
	t.Preferred, t.Meaning = Line(t.Preferred), Line(t.Meaning)
	seen := map[string]bool{strings.ToLower(t.Preferred): true, "": true}
	var others []string
	for _, word := range t.Others {
		word = Line(word)
		if folded := strings.ToLower(word); !seen[folded] {
			seen[folded] = true
			others = append(others, word)
		}
	}
	t.Others = others
	return t
}

// Same reports whether two groups say the same.
func (t Term) Same(other Term) bool {
	return t.Preferred == other.Preferred && t.Meaning == other.Meaning && slices.Equal(t.Others, other.Others)
}

// Validate checks the limits of a group. Whether a word says anything to a
// search, only the index knows.
func (t Term) Validate() error {
	var p Problems
	if !ValidSlug(string(t.ID)) {
		p.Add("id", "error.slug")
	}
	if t.Preferred == "" {
		p.Add("preferred", "error.required")
	}
	checkTermWord(&p, "preferred", t.Preferred)
	if len(t.Others) == 0 && t.Meaning == "" {
		p.Add("others", "error.term.alone")
	}
	checkCount(&p, "others", len(t.Others), MaxTermOthers)
	for _, word := range t.Others {
		checkTermWord(&p, "others", word)
	}
	checkLine(&p, "meaning", t.Meaning, MaxLesson)
	return p.Err()
}

func checkTermWord(p *Problems, field, word string) {
	checkLine(p, field, word, MaxTermWord)
	if len(strings.Fields(word)) > MaxTermPhrase {
		p.Add(field, "error.term.long", word, MaxTermPhrase)
	}
}

// TermSubject is the subject of changes of a group of words.
func TermSubject(id TermID) string { return "term:" + string(id) }

// TermsShipped is the work, as in RetentionReader.DoneAt, of adding the groups
// that come with the product: once in the life of a backpack.
const TermsShipped = "terms-shipped"

// TermReader reads the groups of words that mean the same.
type TermReader interface {
	Term(id TermID) (Term, error)
	// Terms lists all groups by their preferred word.
	Terms() ([]Term, error)
	// TermsVersion changes with every group that is saved or removed, so that
	// whoever keeps what Terms gave knows whether it still holds.
	TermsVersion() (int, error)
}

// TermWriter writes them.
type TermWriter interface {
	// SaveTerm checks the version as the other saves do.
	SaveTerm(t Term, base int) error
	RemoveTerm(id TermID) error
}

// TermKeys is what the index knows of words.
type TermKeys interface {
	// TermKey is the form in which a search compares a word or phrase: two with
	// the same key find the same. It is empty for one that says nothing, such
	// as "de" or "van het".
	TermKey(words string) string
	// TermParts are the keys of the parts of a word that is a compound, such as
	// "wachttijdoverbrugging"; none for any other word.
	TermParts(word string) []string
}
