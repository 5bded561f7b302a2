// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// fullThread is a thread of the theme "wonen" with something in every field.
func fullThread(number int, sources ...rugzak.Quote) rugzak.Thread {
	return rugzak.Thread{
		Theme: "wonen", Number: number, Intro: "Vooraf.", Bound: true, Held: true, From: 1, NotBSN: []string{"123456782"},
		At: Noon.Add(time.Duration(number) * time.Hour),
		Sections: []rugzak.ThreadSection{
			{Prompt: rugzak.PromptSee, Text: "Wij zien **dat** bellen helpt.\n\n## Verder\n\n- een\n- twee", Quotes: sources},
			{Prompt: rugzak.PromptAsk, Text: "Van iedereen: bel."},
		},
	}
}

func testStoreThreads(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	open, narrow := Entry(1), Entry(2)
	open.Audience, narrow.Audience = rugzak.Audience{Level: rugzak.LevelInternal}, rugzak.Audience{Level: rugzak.LevelTeam}
	q := func(e rugzak.Entry) rugzak.Quote {
		return rugzak.Quote{Entry: e.ID, Text: "wie belt, spreekt de datum af", Function: "consulent"}
	}
	first, second := fullThread(1, q(open)), fullThread(2, q(open), q(narrow))
	first.Held, second.Held = false, false
	every := fullThread(1, rugzak.Quote{Entry: open.ID, Text: "Wie belt?", Function: "consulent", Gone: true})
	every.Sections[1].Quotes = every.Sections[0].Quotes
	wantEveryField(t, reflect.ValueOf(every), "Thread")
	missing := func(theme rugzak.ThemeID) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			_, err := r.Thread(theme)
			storeMissing(t, "the thread of "+string(theme), err)
			return nil
		})
	}
	missing("wonen")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, theme := range []rugzak.ThemeID{"wonen", "wonen-en-zorg"} {
			if err := w.SaveTheme(rugzak.Theme{ID: theme, Title: string(theme), Audience: rugzak.Audience{Level: rugzak.LevelInternal}}, 0); err != nil {
				return err
			}
		}
		for _, e := range []rugzak.Entry{open, narrow} {
			if err := w.SaveEntry(e, 0, &rugzak.RevisionNote{}); err != nil {
				return err
			}
		}
		if err := w.SaveThread(first); err != nil {
			return err
		}
		return w.SaveThread(second)
	})
	missing("wonen-en-zorg")
	for name, again := range map[string]rugzak.Thread{"the newest number again": second, "a gap": fullThread(4)} {
		t.Log(name)
		storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveThread(again) })
	}
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveThread(rugzak.Thread{Theme: "wonen-en-zorg"}) })
	want := func(what string, all ...rugzak.Thread) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			Same(t, what+", newest first", storeCollect(t, r.Threads("wonen")), all)
			got, err := r.Thread("wonen")
			if err != nil {
				return err
			}
			Same(t, what+", the newest", got, all[0])
			one, err := r.ThreadVersion("wonen", all[len(all)-1].Number)
			Same(t, what+", the oldest", one, all[len(all)-1])
			if of := storeCollect(t, r.AllThreads()); len(of) != len(all) {
				t.Errorf("%s: %d versions of all themes, want %d", what, len(of), len(all))
			}
			return err
		})
	}
	want("stored", second, first)

	// What was quoted goes with its source; what had become too narrow for the
	// thread holds it.
	gone := rugzak.Quote{Gone: true}
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(open.ID) })
	first.Sections[0].Quotes, second.Sections[0].Quotes = []rugzak.Quote{gone}, []rugzak.Quote{gone, q(narrow)}
	want("without an open source", second, first)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.PurgeEntry(narrow.ID) })
	second.Sections[0].Quotes, second.Held = []rugzak.Quote{gone, gone}, true
	want("without a narrow source", second, first)

	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveThreads("wonen", true) })
	want("without its past", second)
	third := fullThread(3)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveThread(third) })
	want("numbered on", third, second)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveTheme("wonen") })
	missing("wonen")
}

// What was quoted from the past of an entry goes with that past; what still
// stands in it stays.
func testStoreThreadPast(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	e := Entry(1)
	e.Title, e.Lesson, e.Body, e.Audience = "Warme overdracht", "", "Wie belt, spreekt de datum uit.", rugzak.Audience{Level: rugzak.LevelInternal}
	stays, goes := rugzak.Quote{Entry: e.ID, Text: "spreekt de datum uit"}, rugzak.Quote{Entry: e.ID, Text: "de buurvrouw belde zelf"}
	thread := fullThread(1, stays, goes)
	thread.Held = false
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.SaveTheme(rugzak.Theme{ID: "wonen", Title: "Wonen", Audience: rugzak.Audience{Level: rugzak.LevelInternal}}, 0); err != nil {
			return err
		}
		if err := w.SaveEntry(e, 0, &rugzak.RevisionNote{}); err != nil {
			return err
		}
		return w.SaveThread(thread)
	})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.PurgePast(e.ID) })
	thread.Sections[0].Quotes[1], thread.Held = rugzak.Quote{Gone: true}, true
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Thread("wonen")
		Same(t, "the thread", got, thread)
		return err
	})
}
