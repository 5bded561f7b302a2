// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testStoreLetters(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	e, other := Entry(1), Entry(2)
	letter := func(n int, theme rugzak.ThemeID) rugzak.ThemeLetter {
		return rugzak.ThemeLetter{
			ID: ID(n), Theme: theme, Lead: "Dit is nieuw.", Thread: 2, Question: other.ID, Method: e.ID, Meeting: ID(70),
			Picks: []rugzak.LetterPick{{Entry: e.ID, Why: "Goed voorbeeld"}, {Entry: other.ID, Why: "Eerlijk"}}, Day: "2026-12-03",
			What: "Samen lunchen", NotBSN: []string{"123456782"}, At: Noon, SentAt: Noon.Add(time.Hour), Version: 1,
		}
	}
	wantEveryField(t, reflect.ValueOf(letter(1, "wonen")), "ThemeLetter")
	first, second, third := letter(1, "wonen"), letter(2, "wonen"), letter(3, "wonen-en-zorg")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, theme := range []rugzak.ThemeID{"wonen", "wonen-en-zorg"} {
			if err := w.SaveTheme(rugzak.Theme{ID: theme, Title: string(theme)}, 0); err != nil {
				return err
			}
		}
		for _, x := range []rugzak.Entry{e, other} {
			if err := w.SaveEntry(x, 0, &rugzak.RevisionNote{}); err != nil {
				return err
			}
		}
		for _, l := range []rugzak.ThemeLetter{second, first, third} {
			if err := w.SaveThemeLetter(l, 0); err != nil {
				return err
			}
		}
		return nil
	})
	want := func(what string, all ...rugzak.ThemeLetter) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			got, err := r.ThemeLetters("wonen")
			Same(t, what, got, all)
			return err
		})
	}
	want("newest first", second, first)
	storeView(t, s, func(r rugzak.Reader) error {
		one, err := r.ThemeLetter(third.ID)
		Same(t, "one letter", one, third)
		all, failed := r.AllThemeLetters()
		Same(t, "all letters", all, []rugzak.ThemeLetter{first, second, third})
		_, gone := r.ThemeLetter(ID(9))
		storeMissing(t, "a letter that is not there", gone)
		if err == nil {
			err = failed
		}
		return err
	})
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveThemeLetter(first, 0) })
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveThemeLetter(letter(1, "wonen-en-zorg"), 1) })

	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(e.ID) })
	for _, l := range []*rugzak.ThemeLetter{&first, &second} {
		l.Picks, l.Method, l.Version = l.Picks[1:], "", 2
	}
	want("without an entry that went", second, first)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveThemeLetter(second.ID) })
	want("without one", first)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveTheme("wonen") })
	want("without the theme")
}

func testStoreCelebrations(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	e, other := Entry(1), Entry(2)
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, x := range []rugzak.Entry{e, other} {
			if err := w.SaveEntry(x, 0, &rugzak.RevisionNote{}); err != nil {
				return err
			}
		}
		return nil
	})
	march := rugzak.Celebration{
		Month: "2026-03", Picks: []rugzak.DigestPick{{Entry: e.ID, Reason: "Samen gelukt"}, {Entry: other.ID, Reason: "Volgehouden"}}, At: Noon, Version: 1,
	}
	april := march
	april.Month = "2026-04"
	wantEveryField(t, reflect.ValueOf(march), "Celebration")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.SaveCelebration(march, 0); err != nil {
			return err
		}
		return w.SaveCelebration(april, 0)
	})
	want := func(what string, all ...rugzak.Celebration) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			got, err := r.Celebrations()
			Same(t, what, got, all)
			return err
		})
	}
	want("newest first", april, march)
	storeView(t, s, func(r rugzak.Reader) error {
		one, err := r.Celebration("2026-03")
		Same(t, "one month", one, march)
		none, failed := r.Celebration("2026-05")
		Same(t, "a month without", none, rugzak.Celebration{Month: "2026-05"})
		if err == nil {
			err = failed
		}
		return err
	})
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveCelebration(march, 0) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(e.ID) })
	march.Picks, march.Version, april.Picks, april.Version = march.Picks[1:], 2, april.Picks[1:], 2
	want("without an entry that went", april, march)
	april.Picks = nil
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveCelebration(april, 2) })
	want("without a month", march)
}
