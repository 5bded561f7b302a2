// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"

	"rugzak/pkg/rugzak"
)

func testStoreThemeMerges(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	one, two, three := Entry(1), Entry(2), Entry(3)
	storePut(t, s, one, two, three)
	by := People()[0].ID
	full := rugzak.ThemeMerge{
		From: rugzak.Theme{
			ID: "oud", Title: "Oud", Summary: "Zo was het", Thread: Body(1), Synonyms: []string{"vroeger"}, OpenQuestions: []string{"Wanneer?"},
			Pins: []rugzak.EntryID{one.ID}, Curators: []rugzak.PersonID{by}, Audience: rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{Homes}},
			Closed: true, Sample: true, Reported: true, NotBSN: []string{"123456782"}, Version: 3, UpdatedAt: Noon,
		},
		Into: "nieuw", By: by, At: Noon, Moved: []rugzak.EntryID{one.ID, two.ID}, Both: []rugzak.EntryID{three.ID}, Meetings: []string{ID(77)},
		Gained: rugzak.ThemeGain{
			Synonyms: []string{"vroeger"}, OpenQuestions: []string{"Wanneer?"}, Pins: []rugzak.EntryID{one.ID}, Curators: []rugzak.PersonID{by},
			Refused: []rugzak.EntryID{one.ID},
		},
	}
	wantEveryField(t, reflect.ValueOf(full), "ThemeMerge")
	bare := rugzak.ThemeMerge{From: rugzak.Theme{ID: "aaa", Title: "A"}, Into: "oud", At: Noon}
	version := func() (n int) {
		storeView(t, s, func(r rugzak.Reader) (err error) { n, err = r.ThemesVersion(); return err })
		return n
	}
	before := version()
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.SaveTheme(rugzak.Theme{ID: "nieuw", Title: "Nieuw"}, 0); err != nil {
			return err
		}
		for _, m := range []rugzak.ThemeMerge{full, bare} {
			if err := w.SaveThemeMerge(m); err != nil {
				return err
			}
		}
		return nil
	})
	if version() == before {
		t.Error("merging leaves the version of the themes as it was")
	}
	all := func(want ...rugzak.ThemeMerge) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			got, err := r.ThemeMerges()
			Same(t, "merges", got, want)
			return err
		})
	}
	all(bare, full)
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.ThemeMerge("oud")
		Same(t, "a merge", got, full)
		_, missing := r.ThemeMerge("nieuw")
		storeMissing(t, "a merge that is not there", missing)
		return err
	})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(one.ID) })
	full.Moved, full.From.Pins, full.Gained.Pins, full.Gained.Refused = full.Moved[1:], nil, nil, nil
	all(bare, full)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(by) })
	full.By = ""
	all(bare, full)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.UndoThemeMerge("oud") })
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.UndoThemeMerge("oud") })
	all(bare)
	full.From.Version++
	theme := func(want ...rugzak.Theme) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			got, err := r.Themes()
			Same(t, "themes", got, append([]rugzak.Theme{{ID: "nieuw", Title: "Nieuw", Version: 1}}, want...))
			return err
		})
	}
	theme(full.From)
	of := rugzak.Subject(rugzak.ThemeSubject("oud"))
	joined := rugzak.Participation{Person: People()[1].ID, Of: of, Way: rugzak.WayFollow, At: Noon}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.SaveParticipation(joined); err != nil {
			return err
		}
		return w.SaveThemeMerge(full) // once more: it is taken from among the themes, and who joined in stays
	})
	theme()
	followers := func(want int) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			Same(t, "who joined in", len(storeCollect(t, r.AllParticipations())), want)
			return nil
		})
	}
	followers(1)
	letters := func(want ...string) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			got, err := r.ThemeLetters("oud")
			var ids []string
			for _, l := range got {
				ids = append(ids, l.ID)
			}
			Same(t, "letters", ids, want)
			return err
		})
	}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, l := range []rugzak.ThemeLetter{{ID: ID(81), Theme: "oud", At: Noon, SentAt: Noon}, {ID: ID(82), Theme: "oud", At: Noon}} {
			if err := w.SaveThemeLetter(l, 0); err != nil {
				return err
			}
		}
		return w.ForgetThemeMerge("oud")
	})
	all(bare, full.Forgotten())
	followers(0)
	letters(ID(81))
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveThemeMerge("oud") })
	letters()
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveThemeMerge("oud") })
	all(bare)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveThemeMerge("aaa") })
}

func testStoreEntryMerges(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	for n := range 4 {
		storePut(t, s, Entry(n+1))
	}
	id := func(n int) rugzak.EntryID { return Entry(n).ID }
	by := People()[0].ID
	merge := rugzak.EntryMerge{From: id(1), Into: id(2), By: by, At: Noon, Themes: []rugzak.ThemeID{"wonen"}}
	wantEveryField(t, reflect.ValueOf(merge), "EntryMerge")
	other := rugzak.EntryMerge{From: id(3), Into: id(2), At: Noon}
	apart := rugzak.NewNotDouble(id(4), id(2))
	apart.By, apart.At = by, Noon
	wantEveryField(t, reflect.ValueOf(apart), "NotDouble")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, m := range []rugzak.EntryMerge{{From: id(1), Into: id(4), At: Noon}, other, merge} {
			if err := w.SaveEntryMerge(m); err != nil {
				return err
			}
		}
		return w.SaveNotDouble(apart)
	})
	storeRefuses(t, s, rugzak.CodeInvalid, func(w rugzak.Writer) error {
		return w.SaveNotDouble(rugzak.NotDouble{A: id(4), B: id(2), At: Noon})
	})
	into := func(n int, want ...rugzak.EntryMerge) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			got, err := r.EntriesMerged(id(n))
			Same(t, "what went into an entry", got, want)
			return err
		})
	}
	into(2, merge, other)
	into(4)
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.EntryMerge(id(1))
		Same(t, "a merge", got, merge)
		Same(t, "all merges", storeCollect(t, r.AllEntryMerges()), []rugzak.EntryMerge{merge, other})
		Same(t, "what is not the same", storeCollect(t, r.AllNotDoubles()), []rugzak.NotDouble{apart})
		known, failed := r.NotDouble(id(4), id(2))
		Same(t, "not the same, the other way round", known, apart)
		_, missing := r.NotDouble(id(1), id(2))
		storeMissing(t, "what is not known of two entries", missing)
		if failed != nil {
			return failed
		}
		return err
	})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(by) })
	merge.By, apart.By = "", ""
	into(2, merge, other)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(id(3)) })
	into(2, merge)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntryMerge(id(1)) })
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveEntryMerge(id(1)) })
	into(2)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveEntryMerge(merge) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(id(2)) })
	storeView(t, s, func(r rugzak.Reader) error {
		Same(t, "merges after the entry went", storeCollect(t, r.AllEntryMerges()), nil)
		Same(t, "what is not the same after one went", storeCollect(t, r.AllNotDoubles()), nil)
		return nil
	})
}
