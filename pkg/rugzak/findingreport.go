// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// TextLength says about how long a piece of text is.
type TextLength string

// The lengths.
const (
	TextShort  TextLength = "short"  // at most 10 characters
	TextMedium TextLength = "medium" // at most 25
	TextLong   TextLength = "long"
)

// LengthOf sorts a number of characters.
func LengthOf(characters int) TextLength {
	switch {
	case characters <= 10:
		return TextShort
	case characters <= 25:
		return TextMedium
	}
	return TextLong
}

// Valid reports whether the length exists.
func (l TextLength) Valid() bool { return l == TextShort || l == TextMedium || l == TextLong }

// FalseAlarm says that a finding is none ("Dit klopt niet"). It holds neither
// the text nor who said so.
type FalseAlarm struct {
	Class  FindingClass
	Lang   Lang
	Length TextLength
}

// Validate wants every part to exist.
func (f FalseAlarm) Validate() error {
	var p Problems
	if !f.Class.Valid() || !f.Lang.Valid() || !f.Length.Valid() {
		p.Add("finding", "error.choose")
	}
	return p.Err()
}

// FalseAlarmCount is how often a false alarm was reported.
type FalseAlarmCount struct {
	FalseAlarm
	Count int
}

// FalseAlarmReader reads the counts.
type FalseAlarmReader interface {
	// FalseAlarms returns the counts that are not zero, in order of class,
	// language and length.
	FalseAlarms() ([]FalseAlarmCount, error)
}

// FalseAlarmWriter counts.
type FalseAlarmWriter interface {
	// CountFalseAlarm adds one.
	CountFalseAlarm(f FalseAlarm) error
}
