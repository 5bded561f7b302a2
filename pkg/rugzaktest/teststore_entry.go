// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

func contextWithoutEnd(t testing.TB) context.Context { return context.WithoutCancel(t.Context()) }

func testStoreEmpty(t *testing.T, s rugzak.Store) {
	head, narrowed, err := s.Head(t.Context())
	if head != "" || narrowed != "" || err != nil {
		t.Errorf("Head = %q, %q, %v", head, narrowed, err)
	}
	if changes, err := s.Changes(t.Context(), "", 10); len(changes) != 0 || err != nil {
		t.Errorf("Changes = %v, %v", changes, err)
	}
	if size, err := s.Size(); size <= 0 || err != nil {
		t.Errorf("Size = %d, %v", size, err)
	}
	if pos := storeUpdate(t, s, func(rugzak.Writer) error { return nil }); pos != "" {
		t.Errorf("an update without changes gave position %q", pos)
	}
	storeView(t, s, func(r rugzak.Reader) error {
		Same(t, "entries", storeCollect(t, r.Entries(rugzak.AllEntries, "")), nil)
		Same(t, "people", storeCollect(t, r.People()), nil)
		Same(t, "keeps", storeCollect(t, r.AllKeeps()), nil)
		Same(t, "related", storeCollect(t, r.RelatedTo(Entry(1).ID)), nil)
		organisations, err := r.Organisations()
		Same(t, "organisations", organisations, nil)
		if err != nil {
			t.Error(err)
		}
		themes, err := r.Themes()
		Same(t, "themes", themes, nil)
		if err != nil {
			t.Error(err)
		}
		movement, err := r.Movement()
		Same(t, "movement", movement, rugzak.Movement{Phases: rugzak.DefaultPhases()})
		return err
	})
}

func testStoreNotFound(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	storePut(t, s, Entry(1))
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, absent := range []string{ID(99), "", "x"} {
			readers := map[string]func() error{
				"Entry":           func() error { _, err := w.Entry(rugzak.EntryID(absent)); return err },
				"Rights":          func() error { _, err := w.Rights(rugzak.EntryID(absent)); return err },
				"EntryByExternal": func() error { _, err := w.EntryByExternal(rugzak.External{Source: "a", ID: absent}); return err },
				"Revision":        func() error { _, err := w.Revision(rugzak.EntryID(absent), 1); return err },
				"Organisation":    func() error { _, err := w.Organisation(rugzak.OrganisationID(absent)); return err },
				"Person":          func() error { _, err := w.Person(rugzak.PersonID(absent)); return err },
				"PersonByEmail":   func() error { _, err := w.PersonByEmail(absent); return err },
				"Theme":           func() error { _, err := w.Theme(rugzak.ThemeID(absent)); return err },
				"Keep":            func() error { _, err := w.Keep(People()[0].ID, rugzak.EntryID(absent)); return err },
				"Session":         func() error { _, err := w.Session(absent); return err },
				"Credential":      func() error { _, err := w.Credential(rugzak.PersonID(absent)); return err },
				"Token":           func() error { _, err := w.Token(absent); return err },

				"RemoveEntry":        func() error { return w.RemoveEntry(rugzak.EntryID(absent)) },
				"RemoveOrganisation": func() error { return w.RemoveOrganisation(rugzak.OrganisationID(absent)) },
				"RemovePerson":       func() error { return w.RemovePerson(rugzak.PersonID(absent)) },
				"RemoveTheme":        func() error { return w.RemoveTheme(rugzak.ThemeID(absent)) },
				"RemoveKeep":         func() error { return w.RemoveKeep(People()[0].ID, rugzak.EntryID(absent)) },
				"RemoveSession":      func() error { return w.RemoveSession(absent) },
				"RemoveToken":        func() error { return w.RemoveToken(absent) },
			}
			for name, read := range readers {
				storeMissing(t, name+"("+absent+")", read())
			}
		}
		for _, number := range []int{-1, 0, 2, 1 << 40} {
			_, err := w.Revision(Entry(1).ID, number)
			storeMissing(t, "revision", err)
		}
		return nil
	})
}

func testStoreEntryWhole(t *testing.T, s rugzak.Store) {
	full := Full(1)
	wantEveryField(t, reflect.ValueOf(full), "Entry")
	plain := Entry(2, func(e *rugzak.Entry) { e.Body = "Regel\n\n\ttab  \n" + strings.Repeat("é☕", 10) })
	large := Entry(3, func(e *rugzak.Entry) {
		e.Body = strings.Repeat(Body(3), 1+rugzak.MaxBody/len(Body(3)))[:rugzak.MaxBody]
	})
	empty := Draft(4, func(e *rugzak.Entry) { e.Title, e.Lesson, e.Body = "", "", "" })
	bare := rugzak.Entry{ID: rugzak.EntryID(ID(5)), Version: 1}
	question := Entry(6, func(e *rugzak.Entry) { e.Question = &rugzak.QuestionData{} })
	storeHouse(t, s)
	storePut(t, s, full, plain, large, empty, question)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveEntry(bare, 0, nil) })
	storeView(t, s, func(r rugzak.Reader) error {
		for _, want := range []rugzak.Entry{full, plain, large, empty, bare, question} {
			got, err := r.Entry(want.ID)
			if err != nil {
				t.Fatal(err)
			}
			Same(t, "entry "+string(want.ID), got, want)
			rights, err := r.Rights(want.ID)
			if err != nil {
				t.Fatal(err)
			}
			Same(t, "rights of entry "+string(want.ID), rights, rugzak.Entry{
				ID: want.ID, State: want.State, Mode: want.Mode, Authors: want.Authors, Audience: want.Audience,
				Organisation: want.Organisation, OrganisationKind: want.OrganisationKind, Team: want.Team,
			})
		}
		return nil
	})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(bare.ID) })
}

// wantEveryField fails for a field that holds nothing: a sample that does not
// fill it cannot show that it is kept.
func wantEveryField(t *testing.T, v reflect.Value, name string) {
	t.Helper()
	switch {
	case v.IsZero():
		t.Errorf("%s is empty in the sample", name)
	case v.Type() == reflect.TypeFor[rugzak.Entry]() || v.Kind() == reflect.Struct && v.Type().PkgPath() == reflect.TypeFor[rugzak.Entry]().PkgPath():
		for i := range v.NumField() {
			wantEveryField(t, v.Field(i), name+"."+v.Type().Field(i).Name)
		}
	case v.Kind() == reflect.Pointer:
		wantEveryField(t, v.Elem(), name)
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			wantEveryField(t, v.Index(i), name)
		}
	}
}

func testStoreEntryVersions(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	e := Draft(1)
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveEntry(e, 1, nil) })
	storePut(t, s, e)
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveEntry(e, 0, nil) })
	e.Version, e.Title = 7, "Nieuw"
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveEntry(e, 1, nil) })
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveEntry(e, 1, nil) })
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveEntry(e, 0, nil) })
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Entry(e.ID)
		Same(t, "entry after the refused saves", got, e)
		return err
	})
	// Saving with the same version is allowed: curating does not disturb authors.
	e.Themes = []rugzak.ThemeID{"wonen"}
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveEntry(e, 7, nil) })
	Same(t, "theme list", storeList(t, s, rugzak.ThemeList("wonen"), ""), []rugzak.EntryID{e.ID})
}

func testStoreEntryRemoval(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	gone, stays := Full(1), Entry(2)
	people := People()
	storePut(t, s, gone, stays)
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, e := range []rugzak.Entry{gone, stays} {
			if err := w.SaveKeep(rugzak.Keep{Person: people[2].ID, Entry: e.ID, At: Noon}); err != nil {
				return err
			}
			if err := w.SetHiddenAuthors(e.ID, []rugzak.PersonID{people[1].ID}); err != nil {
				return err
			}
		}
		next := gone
		next.Revision, next.Version = 2, 4
		if err := w.SaveEntry(next, 3, &rugzak.RevisionNote{Actor: "system", Reason: rugzak.ReasonRevised}); err != nil {
			return err
		}
		return w.RemoveEntry(gone.ID)
	})
	storeView(t, s, func(r rugzak.Reader) error {
		_, err := r.Entry(gone.ID)
		storeMissing(t, "entry", err)
		_, err = r.Revision(gone.ID, 1)
		storeMissing(t, "revision", err)
		_, err = r.EntryByExternal(gone.External)
		storeMissing(t, "external", err)
		_, err = r.Keep(people[2].ID, gone.ID)
		storeMissing(t, "keep", err)
		for _, list := range append(gone.Lists(), rugzak.SampleEntries) {
			for e, err := range r.Entries(list, "") {
				if err != nil || e.ID != stays.ID {
					t.Errorf("list %s holds %s, %v", list, e.ID, err)
				}
			}
		}
		for _, rel := range gone.Relations {
			Same(t, "related", storeCollect(t, r.RelatedTo(rel.To)), nil)
		}
		hidden, err := r.HiddenAuthors(gone.ID)
		Same(t, "hidden authors", hidden, nil)
		if err != nil {
			t.Error(err)
		}
		entries, err := r.HiddenEntries(people[1].ID)
		Same(t, "hidden entries", entries, []rugzak.EntryID{stays.ID})
		if err != nil {
			t.Error(err)
		}
		_, err = r.Keep(people[2].ID, stays.ID)
		return err
	})
	// A new entry may take the id and the origin again, and starts afresh.
	again := gone
	again.Version = 1
	storePut(t, s, again)
	storeView(t, s, func(r rugzak.Reader) error {
		Same(t, "revisions", len(storeCollect(t, r.Revisions(again.ID))), 1)
		return nil
	})
}

func testStoreExternal(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	first, second := rugzak.External{Source: "bron", ID: "1"}, rugzak.External{Source: "bron", ID: "2"}
	from := func(n int, x rugzak.External) rugzak.Entry { return Entry(n, func(e *rugzak.Entry) { e.External = x }) }
	storePut(t, s, from(1, first), Entry(2), Entry(3))
	byExternal := func(x rugzak.External, want rugzak.EntryID) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			id, err := r.EntryByExternal(x)
			if want == "" {
				storeMissing(t, "external", err)
			} else if id != want || err != nil {
				t.Errorf("EntryByExternal(%v) = %q, %v, want %q", x, id, err, want)
			}
			return nil
		})
	}
	byExternal(first, Entry(1).ID)
	byExternal(second, "")
	byExternal(rugzak.External{}, "")
	byExternal(rugzak.External{Source: "bro", ID: "n1"}, "")
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error {
		return w.SaveEntry(from(4, first), 0, &rugzak.RevisionNote{Actor: "system", Reason: rugzak.ReasonImported})
	})
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveEntry(from(2, first), 1, nil) })
	// The origin moves with the entry.
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveEntry(from(1, second), 1, nil) })
	byExternal(first, "")
	byExternal(second, Entry(1).ID)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveEntry(from(2, first), 1, nil) })
	byExternal(first, Entry(2).ID)
}

func testStoreRelations(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	target, other := Entry(1), Entry(2)
	to := func(ids ...rugzak.EntryID) func(*rugzak.Entry) {
		return func(e *rugzak.Entry) {
			e.Relations = nil
			for _, id := range ids {
				e.Relations = append(e.Relations, rugzak.Relation{Type: rugzak.BuildsOn, To: id}, rugzak.Relation{Type: rugzak.SeeAlso, To: id})
			}
		}
	}
	applies := Entry(4, func(e *rugzak.Entry) {
		e.Kind, e.Application = rugzak.KindApplication, &rugzak.ApplicationData{Lesson: target.ID, Outcome: rugzak.OutcomeWorked}
	})
	storePut(t, s, target, other, Entry(3, to(target.ID)), applies)
	related := func(id rugzak.EntryID, want ...rugzak.EntryID) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			got := entryIDs(storeCollect(t, r.RelatedTo(id)))
			slices.Sort(got)
			Same(t, "related", got, want)
			got = entryIDs(storeCollect(t, r.NewestRelatedTo(id)))
			slices.Reverse(got)
			Same(t, "related, newest first", got, want)
			return nil
		})
	}
	related(target.ID, Entry(3).ID, applies.ID)
	related(other.ID)
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.SaveEntry(Entry(3, to(other.ID)), 1, nil); err != nil {
			return err
		}
		applies.Application = nil
		return w.SaveEntry(applies, 1, nil)
	})
	related(target.ID)
	related(other.ID, Entry(3).ID)
	// What a relation leads to may go; the one that speaks of it stays.
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(other.ID) })
	related(other.ID, Entry(3).ID)
}

// Ids come from forms and addresses too: no form of them may break the store
// or reach another's record.
func testStoreOddIDs(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	for _, id := range []string{"", "a\x00b", "\x00", strings.Repeat("x", 40000)} {
		storeRefuses(t, s, rugzak.CodeInvalid, func(w rugzak.Writer) error {
			return w.SaveEntry(Entry(1, func(e *rugzak.Entry) { e.ID = rugzak.EntryID(id) }), 0, &rugzak.RevisionNote{})
		})
		storeRefuses(t, s, rugzak.CodeInvalid, func(w rugzak.Writer) error {
			return w.SavePerson(rugzak.Person{ID: rugzak.PersonID(id), Email: "x@example.org"}, 0)
		})
		storeRefuses(t, s, rugzak.CodeInvalid, func(w rugzak.Writer) error {
			return w.SaveKeep(rugzak.Keep{Person: People()[0].ID, Entry: rugzak.EntryID(id)})
		})
		storeView(t, s, func(r rugzak.Reader) error {
			_, err := r.Entry(rugzak.EntryID(id))
			storeMissing(t, "entry", err)
			keeps, err := r.Keeps(rugzak.PersonID(id))
			Same(t, "keeps", keeps, nil)
			if err != nil {
				t.Error(err)
			}
			hidden, err := r.IsHiddenAuthor(rugzak.EntryID(id), rugzak.PersonID(id))
			if hidden || err != nil {
				t.Errorf("IsHiddenAuthor = %v, %v", hidden, err)
			}
			Same(t, "entries", storeCollect(t, r.Entries(rugzak.List(id), "")), nil)
			return nil
		})
	}
}
