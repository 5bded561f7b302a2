// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"iter"
	"time"
)

// SignalKind is what somebody says in one press.
type SignalKind string

// The kinds of signals.
const (
	SignalRecognise SignalKind = "recognise" // herkenbaar: of an entry
	SignalThank     SignalKind = "thank"     // bedankt: for an entry or a response
)

// Valid reports whether the kind exists.
func (k SignalKind) Valid() bool { return k == SignalRecognise || k == SignalThank }

// Signal is a word of recognition or thanks. Nobody is shown how many somebody
// got or gave.
type Signal struct {
	Person   PersonID
	Entry    EntryID
	Response string // may be empty: then it is about the entry itself
	Kind     SignalKind
	At       time.Time
}

// Validate checks what a signal may never break.
func (s Signal) Validate() error {
	var p Problems
	if !s.Kind.Valid() || s.Kind == SignalRecognise && s.Response != "" {
		p.Add("kind", "error.choose")
	}
	return p.Err()
}

// RecognisedBy is how many people of an organisation must have recognised an
// entry before the organisation is named.
const RecognisedBy = 5

// NoticeThanks tells somebody who thanks them; about: that person. Who is
// thanked for something without name is not told for what.
const (
	NoticeThanks        NoticeKind = "thanks"
	NoticeThanksUnnamed NoticeKind = "thanks_unnamed"
)

// SignalReader reads signals.
type SignalReader interface {
	Signal(s Signal) (Signal, error) // the one like s, whenever it was given
	// Signals yields those about an entry and its responses, by kind.
	Signals(entry EntryID) iter.Seq2[Signal, error]
	// SignalsBy yields what a person gave, by entry.
	SignalsBy(person PersonID) iter.Seq2[Signal, error]
	// AllSignals yields all, by entry.
	AllSignals() iter.Seq2[Signal, error]
}

// SignalWriter writes signals. They go with the entry, the response and the
// person.
type SignalWriter interface {
	SaveSignal(s Signal) error
	RemoveSignal(s Signal) error // the one like s, whenever it was given
}
