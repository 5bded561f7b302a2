// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"slices"
	"testing"

	"rugzak/pkg/rugzak"
)

func testStoreThemes(t *testing.T, s rugzak.Store) {
	full := rugzak.Theme{
		ID: "wonen", Title: "wonen en ontmoeten", Summary: "Onder één dak", Thread: Body(1), Synonyms: []string{"huis", "buur"},
		OpenQuestions: []string{"Wie nodigt uit?"}, Pins: []rugzak.EntryID{Entry(1).ID}, Curators: []rugzak.PersonID{People()[2].ID},
		Audience: rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{Homes}},
		Closed:   true, Sample: true, Reported: true, NotBSN: []string{"123456782"}, Version: 4, UpdatedAt: Noon,
	}
	wantEveryField(t, reflect.ValueOf(full), "Theme")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, theme := range []rugzak.Theme{full, {ID: "aaa", Title: "Zorg"}, {ID: "zzz", Title: "Buurt"}} {
			if err := w.SaveTheme(theme, 0); err != nil {
				return err
			}
		}
		return nil
	})
	version := func() (n int) {
		storeView(t, s, func(r rugzak.Reader) (err error) { n, err = r.ThemesVersion(); return err })
		return n
	}
	saved := version()
	full.Version = 1
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Themes()
		Same(t, "themes by title", got, []rugzak.Theme{{ID: "zzz", Title: "Buurt", Version: 1}, full, {ID: "aaa", Title: "Zorg", Version: 1}})
		return err
	})
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveTheme(full, 0) })
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveTheme(full, 2) })
	storeUpdate(t, s, func(w rugzak.Writer) error {
		full.Title = "Wonen"
		if err := w.SaveTheme(full, 1); err != nil {
			return err
		}
		before, err := w.ThemesVersion()
		if err != nil {
			return err
		}
		if err := w.RemoveTheme("aaa"); err != nil {
			return err
		}
		after, err := w.ThemesVersion()
		if after == before {
			t.Error("removing a theme leaves the version as it was, within the transaction")
		}
		return err
	})
	if n := version(); n == saved || saved == 0 {
		t.Errorf("the version is %d, was %d before themes changed", n, saved)
	}
	full.Version = 2
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Theme("wonen")
		Same(t, "theme", got, full)
		if err != nil {
			t.Error(err)
		}
		_, err = r.Theme("aaa")
		storeMissing(t, "theme", err)
		return nil
	})
}

func testStoreMovement(t *testing.T, s rugzak.Store) {
	full := rugzak.Movement{
		Compass: rugzak.Compass{
			Purpose: "Samen dichtbij.", Drives: []rugzak.Drive{{ID: "nabij", Name: "Nabij", Meaning: "Wij komen langs.", Closed: true}},
			Why: "Na de ronde", Occasion: "meeting:een", Sample: true, Version: 2, UpdatedAt: Noon,
		},
		Agenda: []rugzak.AgendaItem{{
			ID: "a", Title: "Eén loket", Text: "Tekst", Horizon: rugzak.HorizonLater, Organisations: []rugzak.OrganisationID{Youth},
			Questions: []rugzak.EntryID{Entry(1).ID}, Successes: []rugzak.EntryID{Entry(2).ID},
			Progress: []rugzak.AgendaProgress{{At: Noon, Organisation: Youth, Text: "Begonnen"}}, DoneAt: Noon, Learned: "Bel eerst",
			Occasion: "meeting:twee", Sample: true, Version: 3, UpdatedAt: Noon,
		}},
		Rounds: []rugzak.RoundPlan{{
			ID: "r", Title: "Terugblik", Text: "Tekst", Weeks: 6, Start: "2026-04-01", Questions: []string{"Wat werkte?"}, Sample: true,
		}},
		Phases:   []rugzak.Phase{{ID: "begin", NameNL: "Begin", NameEN: "Start", Begins: "2026-04-01", Closed: true}},
		Wordings: []rugzak.Wording{{Key: "nav.mine", NL: "Mijn tas", EN: "My bag"}},
	}
	wantEveryField(t, reflect.ValueOf(full), "Movement")
	for range 2 {
		storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveMovement(full) })
		storeView(t, s, func(r rugzak.Reader) error {
			got, err := r.Movement()
			Same(t, "movement", got, full)
			return err
		})
		full.Agenda, full.Phases = nil, full.Phases[:1]
	}
}

// testStoreCompass keeps what the compass was, tells when wordings changed, and
// takes an entry that goes out of the agenda.
func testStoreCompass(t *testing.T, s rugzak.Store) {
	past := []rugzak.Compass{
		{Purpose: "Eerst", Drives: []rugzak.Drive{{ID: "een", Name: "Een", Meaning: "Eén.", Closed: true}}, Why: "Begin", Occasion: "meeting:een", Sample: true, Version: 1, UpdatedAt: Noon},
		{Purpose: "Toen", Version: 2},
	}
	wantEveryField(t, reflect.ValueOf(past[0]), "Compass")
	var before int
	e := Entry(1)
	storePut(t, s, e)
	storeUpdate(t, s, func(w rugzak.Writer) (err error) {
		before, err = w.WordingsVersion()
		return first(err, w.PutPastCompass(past[0]), w.PutPastCompass(past[1]), w.SaveMovement(rugzak.Movement{
			Agenda:   []rugzak.AgendaItem{{ID: "een", Questions: []rugzak.EntryID{e.ID, Entry(2).ID}, Successes: []rugzak.EntryID{e.ID}}},
			Wordings: []rugzak.Wording{{Key: "nav.mine", NL: "Mijn tas"}},
		}))
	})
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.PastCompasses()
		Same(t, "past compasses", got, []rugzak.Compass{past[1], past[0]})
		after, err2 := r.WordingsVersion()
		if after == before {
			t.Error("other wordings have the same version")
		}
		return first(err, err2)
	})
	storeUpdate(t, s, func(w rugzak.Writer) error {
		return first(w.RemoveEntry(e.ID), w.RemovePastCompasses())
	})
	storeView(t, s, func(r rugzak.Reader) error {
		m, err := r.Movement()
		if len(m.Agenda) != 1 || !slices.Equal(m.Agenda[0].Questions, []rugzak.EntryID{Entry(2).ID}) || len(m.Agenda[0].Successes) > 0 {
			t.Errorf("an entry that is gone is still linked: %+v", m.Agenda)
		}
		got, err2 := r.PastCompasses()
		if len(got) > 0 {
			t.Errorf("%d compasses are left", len(got))
		}
		return first(err, err2)
	})
}
