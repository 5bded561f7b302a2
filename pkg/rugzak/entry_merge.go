// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"iter"
	"time"
)

// EntryMerge says that an entry is about the same as another and went into it.
// Both texts keep their authors, and nobody gains a right: the one that went is
// withdrawn, its address leads to the other, and the page of the other shows it
// to whom could read it. Its authors may put it back at any time.
type EntryMerge struct {
	From, Into EntryID
	By         PersonID // may be empty: who went
	At         time.Time
	// Themes the other entry came into by it.
	Themes []ThemeID
}

// Undoable reports whether whoever curates can still take the two apart.
func (m EntryMerge) Undoable(now time.Time) bool { return now.Before(m.At.Add(UndoLasts)) }

// NotDouble says that two entries that look alike are not the same, so that
// nobody is asked again.
type NotDouble struct {
	A, B EntryID  // A before B
	By   PersonID // may be empty: who went
	At   time.Time
}

// NewNotDouble puts the two in order.
func NewNotDouble(one, other EntryID) NotDouble {
	o := NewOverlap(one, other)
	return NotDouble{A: o.A, B: o.B}
}

// EntryMergeReader reads which entries went into others, and which did not.
type EntryMergeReader interface {
	EntryMerge(from EntryID) (EntryMerge, error)
	// EntriesMerged lists what went into an entry, by the entry that went.
	EntriesMerged(into EntryID) ([]EntryMerge, error)
	AllEntryMerges() iter.Seq2[EntryMerge, error]
	NotDouble(one, other EntryID) (NotDouble, error)
	// AllNotDoubles yields each once.
	AllNotDoubles() iter.Seq2[NotDouble, error]
}

// EntryMergeWriter writes them. They go with either entry.
type EntryMergeWriter interface {
	SaveEntryMerge(m EntryMerge) error
	RemoveEntryMerge(from EntryID) error
	SaveNotDouble(d NotDouble) error
}
