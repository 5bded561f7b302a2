// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"iter"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

var (
	bucketTallied       = []byte("tallied")       // entry -> what was counted of it
	bucketSheets        = []byte("sheets")        // scope 0 sheet -> counts
	bucketPeopleFigures = []byte("peoplefigures") // scope -> numbers of people, in steps of five
)

type talliedRecord struct {
	Lesson string        `json:"l,omitempty"`
	Groups []groupRecord `json:"g,omitempty"`
}

type groupRecord struct {
	Scopes []string       `json:"s"`
	Sheets []string       `json:"h"`
	Cells  map[string]int `json:"c"`
}

type sheetRecord struct {
	Cells map[string]int `json:"c"`
}

type peopleFiguresRecord struct {
	At       time.Time                 `json:"at"`
	Large    []string                  `json:"l,omitempty"`
	Active   map[string]peopleInRecord `json:"a,omitempty"`
	Answered map[string]int            `json:"q,omitempty"`
	Ways     map[string]int            `json:"w,omitempty"`
	Kept     int                       `json:"k,omitempty"`
}

type peopleInRecord struct {
	Orgs map[string]int `json:"o,omitempty"`
	Rest int            `json:"r,omitempty"`
}

// keyed copies a map with other key types.
func keyed[A, B ~string](in map[A]int) map[B]int {
	if len(in) == 0 {
		return nil
	}
	out := make(map[B]int, len(in))
	for k, n := range in {
		out[B(k)] = n
	}
	return out
}

func (r talliedRecord) tallied(id string) rugzak.Tallied {
	t := rugzak.Tallied{Entry: rugzak.EntryID(id), Lesson: rugzak.EntryID(r.Lesson)}
	for _, g := range r.Groups {
		t.Groups = append(t.Groups, rugzak.TallyGroup{
			Scopes: words[string, rugzak.Scope](g.Scopes), Sheets: words[string, rugzak.Sheet](g.Sheets), Cells: keyed[string, rugzak.Cell](g.Cells),
		})
	}
	return t
}

func (r peopleFiguresRecord) figures(scope string) rugzak.PeopleFigures {
	f := rugzak.PeopleFigures{
		Scope: rugzak.Scope(scope), At: r.At, Large: words[string, rugzak.OrganisationID](r.Large), Answered: r.Answered,
		Ways: keyed[string, rugzak.Way](r.Ways), Kept: r.Kept,
	}
	for period, in := range r.Active {
		if f.Active == nil {
			f.Active = map[string]rugzak.PeopleIn{}
		}
		f.Active[period] = rugzak.PeopleIn{Organisations: keyed[string, rugzak.OrganisationID](in.Orgs), Rest: in.Rest}
	}
	return f
}

// Tallied returns what was counted of an entry.
func (r *reader) Tallied(id rugzak.EntryID) (rugzak.Tallied, error) {
	var record talliedRecord
	if err := r.get(bucketTallied, []byte(id), &record); err != nil {
		return rugzak.Tallied{}, err
	}
	return record.tallied(string(id)), nil
}

// AllTallied yields what was counted, by entry.
func (r *reader) AllTallied() iter.Seq2[rugzak.Tallied, error] {
	return func(yield func(rugzak.Tallied, error) bool) {
		each(r, bucketTallied, func(id string, record talliedRecord, err error) bool {
			return yield(record.tallied(id), err) && err == nil
		})
	}
}

// Sheet returns the counts of a sheet.
func (r *reader) Sheet(key rugzak.SheetKey) (rugzak.Cells, error) {
	var record sheetRecord
	err := r.get(bucketSheets, pair(key.Scope, key.Sheet), &record)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		err = nil
	}
	return keyed[string, rugzak.Cell](record.Cells), err
}

// AllSheets yields all sheets, by scope and name.
func (r *reader) AllSheets() iter.Seq2[rugzak.TallySheet, error] {
	return func(yield func(rugzak.TallySheet, error) bool) {
		each(r, bucketSheets, func(key string, record sheetRecord, err error) bool {
			scope, sheet, _ := strings.Cut(key, "\x00")
			return yield(rugzak.TallySheet{
				SheetKey: rugzak.SheetKey{Scope: rugzak.Scope(scope), Sheet: rugzak.Sheet(sheet)}, Cells: keyed[string, rugzak.Cell](record.Cells),
			}, err) && err == nil
		})
	}
}

// SaveTallied stores what was counted of an entry.
func (w *writer) SaveTallied(t rugzak.Tallied) error {
	if err := validID(t.Entry); err != nil {
		return err
	}
	if t.Empty() {
		return w.remove(bucketTallied, []byte(t.Entry))
	}
	record := talliedRecord{Lesson: string(t.Lesson)}
	for _, g := range t.Groups {
		record.Groups = append(record.Groups, groupRecord{
			Scopes: words[rugzak.Scope, string](g.Scopes), Sheets: words[rugzak.Sheet, string](g.Sheets), Cells: keyed[rugzak.Cell, string](g.Cells),
		})
	}
	return w.put(bucketTallied, []byte(t.Entry), record)
}

// SaveSheet stores a sheet.
func (w *writer) SaveSheet(s rugzak.TallySheet) error {
	if err := validID(string(s.Scope), string(s.Sheet)); err != nil {
		return err
	}
	key := pair(s.Scope, s.Sheet)
	if len(s.Cells) == 0 {
		return w.remove(bucketSheets, key)
	}
	return w.put(bucketSheets, key, sheetRecord{Cells: keyed[rugzak.Cell, string](s.Cells)})
}

// ClearTally removes what was counted.
func (w *writer) ClearTally() error {
	for _, bucket := range [][]byte{bucketTallied, bucketSheets} {
		var keys [][]byte
		var failed error
		each(&w.reader, bucket, func(key string, _ struct{}, err error) bool {
			keys, failed = append(keys, []byte(key)), err
			return err == nil
		})
		if failed != nil {
			return failed
		}
		for _, key := range keys {
			if err := w.remove(bucket, key); err != nil {
				return err
			}
		}
	}
	return nil
}

// PeopleFigures returns the numbers of people of a scope.
func (r *reader) PeopleFigures(s rugzak.Scope) (rugzak.PeopleFigures, error) {
	var record peopleFiguresRecord
	if err := r.get(bucketPeopleFigures, []byte(s), &record); err != nil {
		return rugzak.PeopleFigures{}, err
	}
	return record.figures(string(s)), nil
}

// AllPeopleFigures yields those of all scopes.
func (r *reader) AllPeopleFigures() iter.Seq2[rugzak.PeopleFigures, error] {
	return func(yield func(rugzak.PeopleFigures, error) bool) {
		each(r, bucketPeopleFigures, func(scope string, record peopleFiguresRecord, err error) bool {
			return yield(record.figures(scope), err) && err == nil
		})
	}
}

// SavePeopleFigures stores the numbers of people of a scope.
func (w *writer) SavePeopleFigures(f rugzak.PeopleFigures) error {
	if err := validID(string(f.Scope)); err != nil {
		return err
	}
	record := peopleFiguresRecord{
		At: f.At, Large: words[rugzak.OrganisationID, string](f.Large), Answered: f.Answered,
		Ways: keyed[rugzak.Way, string](f.Ways), Kept: f.Kept,
	}
	for period, in := range f.Active {
		if record.Active == nil {
			record.Active = map[string]peopleInRecord{}
		}
		record.Active[period] = peopleInRecord{Orgs: keyed[rugzak.OrganisationID, string](in.Organisations), Rest: in.Rest}
	}
	return w.put(bucketPeopleFigures, []byte(f.Scope), record)
}

// RemovePeopleFigures takes those of a scope away.
func (w *writer) RemovePeopleFigures(s rugzak.Scope) error {
	return w.remove(bucketPeopleFigures, []byte(s))
}

// tallies checks the counts: they can be read, and the sheets are the sum of
// what was counted of the entries.
func (c *checker) tallies() {
	want, got := rugzak.Sheets{}, rugzak.Sheets{}
	for t, err := range c.AllTallied() {
		if !c.good("what was counted of entry "+string(t.Entry), err) {
			return
		}
		want.Count(t, 1)
	}
	for s, err := range c.AllSheets() {
		if !c.good("counts of "+string(s.Scope)+" "+string(s.Sheet), err) {
			return
		}
		got[s.SheetKey] = s.Cells
	}
	if !want.Equal(got) {
		c.report("the counts of results are not the sum of what was counted")
	}
	for f, err := range c.AllPeopleFigures() {
		c.good("figures of people of "+string(f.Scope), err)
	}
}
