// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"iter"
	"time"
)

// MaxOverlaps is how many overlaps are kept of one entry.
const MaxOverlaps = 50

// Overlap (overlap gezien) says that two entries are about the same. It has no
// direction and is no vote: it brings their people together.
type Overlap struct {
	A, B EntryID // A before B
	// By saw it and may take it away; what is shown is the organisation.
	By           PersonID
	Organisation OrganisationID
	At           time.Time
}

// NewOverlap puts the two in order.
func NewOverlap(one, other EntryID) Overlap {
	if other < one {
		one, other = other, one
	}
	return Overlap{A: one, B: other}
}

// Other is the entry on the other side.
func (o Overlap) Other(than EntryID) EntryID {
	if o.A == than {
		return o.B
	}
	return o.A
}

// OverlapReader reads overlaps.
type OverlapReader interface {
	Overlap(one, other EntryID) (Overlap, error)
	// Overlaps lists those of an entry, by the other entry.
	Overlaps(id EntryID) ([]Overlap, error)
	// AllOverlaps yields each once.
	AllOverlaps() iter.Seq2[Overlap, error]
}

// OverlapWriter writes overlaps. They go with either entry.
type OverlapWriter interface {
	SaveOverlap(o Overlap) error
	RemoveOverlap(one, other EntryID) error
}
