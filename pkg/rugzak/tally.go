// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"
)

// Scope is for whom results are counted. In a scope counts only what everybody
// who sees the figures may read: no figure changes with an entry that is hidden
// from one of them.
type Scope string

// ScopeInside is what the members of all departments may read. Each partner has
// a scope of its own, in which counts what all its people may read.
const ScopeInside Scope = InternalToken

// PartnerScope is the scope of a partner organisation.
func PartnerScope(o OrganisationID) Scope { return Scope(OrganisationToken(o)) }

// ScopeOf is the scope whose figures a person sees; empty for who may not read.
func ScopeOf(p Person) Scope {
	switch {
	case p.ID == "" || p.Inactive || p.Organisation == "":
		return ""
	case p.IsMember():
		return ScopeInside
	}
	return PartnerScope(p.Organisation)
}

// Partner is the partner a scope belongs to; empty for ScopeInside.
func (s Scope) Partner() OrganisationID {
	o, ok := strings.CutPrefix(string(s), OrganisationToken(""))
	if !ok {
		return ""
	}
	return OrganisationID(o)
}

// ScopesOf lists the scopes an entry counts in.
func ScopesOf(e Entry, kind func(OrganisationID) OrganisationKind) []Scope {
	var out []Scope
	for _, t := range AudienceTokens(e) {
		s := Scope(t)
		if (s == ScopeInside || kind(s.Partner()) == Partner) && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}

// Sheet is one page of counts: of a month, a week, a phase, of everything, or of
// what is so now.
type Sheet string

// The sheets. SheetAll holds what was ever counted, SheetNow what has an age.
const (
	SheetAll Sheet = "all"
	SheetNow Sheet = "now"
)

// MonthSheet is the sheet of a month, "2026-11".
func MonthSheet(month string) Sheet { return Sheet("m" + month) }

// WeekSheet is the sheet of a week, "2026-W48".
func WeekSheet(week string) Sheet { return Sheet("w" + week) }

// PhaseSheet is the sheet of what was written in a phase.
func PhaseSheet(p PhaseID) Sheet { return Sheet("f" + string(p)) }

// Cell is what is counted, such as "entry/success/jeugd": a word and what it is
// about. The words stand in tally_count.go.
type Cell string

// NewCell makes a cell.
func NewCell[S ~string](word string, parts ...S) Cell {
	c := word
	for _, p := range parts {
		c += "/" + string(p)
	}
	return Cell(c)
}

// Split gives the word of a cell and its parts.
func (c Cell) Split() (word string, parts []string) {
	all := strings.Split(string(c), "/")
	return all[0], all[1:]
}

// Cells are counts. A cell that is not there counts 0.
type Cells map[Cell]int

// Add adds n to a cell; one that becomes 0 goes.
func (c Cells) Add(cell Cell, n int) {
	if c[cell] += n; c[cell] == 0 {
		delete(c, cell)
	}
}

// AddAll adds other counts, times as often.
func (c Cells) AddAll(other Cells, times int) {
	for cell, n := range other {
		c.Add(cell, n*times)
	}
}

// TallyGroup is counts that stand on the same sheets of the same scopes.
type TallyGroup struct {
	Scopes []Scope
	Sheets []Sheet
	Cells  Cells
}

// Tallied is what was counted of one entry. It is kept so that a change takes
// away exactly what was added before. It holds ids and numbers only.
type Tallied struct {
	Entry EntryID
	// Lesson is the lesson of an application: how mature that is depends on it.
	Lesson EntryID
	Groups []TallyGroup
}

// Empty reports whether nothing was counted.
func (t Tallied) Empty() bool { return len(t.Groups) == 0 && t.Lesson == "" }

// Equal reports whether the same was counted.
func (t Tallied) Equal(o Tallied) bool {
	return t.Entry == o.Entry && t.Lesson == o.Lesson && slices.EqualFunc(t.Groups, o.Groups, func(a, b TallyGroup) bool {
		return slices.Equal(a.Scopes, b.Scopes) && slices.Equal(a.Sheets, b.Sheets) && maps.Equal(a.Cells, b.Cells)
	})
}

// SheetKey names one sheet of one scope.
type SheetKey struct {
	Scope Scope
	Sheet Sheet
}

// Compare orders sheets.
func (k SheetKey) Compare(o SheetKey) int {
	return cmp.Or(cmp.Compare(k.Scope, o.Scope), cmp.Compare(k.Sheet, o.Sheet))
}

// TallySheet is a sheet with its counts.
type TallySheet struct {
	SheetKey
	Cells Cells
}

// Sheets are counts on several sheets.
type Sheets map[SheetKey]Cells

// Count adds what was counted of an entry, times as often; -1 takes it away.
func (s Sheets) Count(t Tallied, times int) {
	for _, g := range t.Groups {
		for _, scope := range g.Scopes {
			for _, sheet := range g.Sheets {
				key := SheetKey{scope, sheet}
				if s[key] == nil {
					s[key] = Cells{}
				}
				s[key].AddAll(g.Cells, times)
			}
		}
	}
}

// Equal reports whether the counts are the same; empty sheets do not matter.
func (s Sheets) Equal(o Sheets) bool {
	for key, cells := range s {
		if !maps.Equal(cells, o[key]) {
			return false
		}
	}
	for key, cells := range o {
		if len(cells) > 0 && len(s[key]) == 0 {
			return false
		}
	}
	return true
}

// TallyReader reads the counts. They follow the change log and can be made anew
// from the entries at any time.
type TallyReader interface {
	// Tallied is what was counted of an entry.
	Tallied(id EntryID) (Tallied, error)
	// AllTallied yields what was counted, by entry.
	AllTallied() iter.Seq2[Tallied, error]
	// Sheet returns the counts of a sheet; none when nothing was counted on it.
	Sheet(key SheetKey) (Cells, error)
	// AllSheets yields all sheets, by scope and name.
	AllSheets() iter.Seq2[TallySheet, error]
	// PeopleFigures are the figures of people of a scope, as they were counted
	// last; missing before that.
	PeopleFigures(s Scope) (PeopleFigures, error)
	// AllPeopleFigures yields those of all scopes.
	AllPeopleFigures() iter.Seq2[PeopleFigures, error]
}

// TallyWriter writes the counts.
type TallyWriter interface {
	// SaveTallied stores what was counted of an entry; nothing when it is empty.
	SaveTallied(t Tallied) error
	// SaveSheet stores a sheet; one without counts goes.
	SaveSheet(s TallySheet) error
	// ClearTally removes all of it but the figures of people.
	ClearTally() error
	// SavePeopleFigures stores the figures of people of a scope.
	SavePeopleFigures(f PeopleFigures) error
	RemovePeopleFigures(s Scope) error
}

// PeopleFigures are numbers of people in one scope. They are counted once a day
// without keeping who was counted, and stored in steps of five only: no two of
// them, and no two days, differ by fewer than five people.
type PeopleFigures struct {
	Scope Scope
	At    time.Time
	// Large are the organisations that are told by name: with at least five
	// accounts, but see ToldByName.
	Large []OrganisationID
	// Active is how many people wrote or responded, per period: a ResultSpan up to
	// that day, or a phase as PhaseSheet names it.
	Active map[string]PeopleIn
	// Answered is how many people were the first to respond to a question, per
	// period in which it was asked.
	Answered map[string]int
	// Ways is how many join in, and Kept how many took something along.
	Ways map[Way]int
	Kept int
}

// PeopleIn are people per organisation, in steps of five. Rest is of those whose
// organisation is not told.
type PeopleIn struct {
	Organisations map[OrganisationID]int
	Rest          int
}
