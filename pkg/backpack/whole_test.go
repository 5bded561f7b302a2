// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"encoding/json"
	"slices"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// whole gives back what a recorder took, as a whole import reads it.
func (r *recorder) whole(yield func(backpack.WholeEntry, error) bool) {
	for _, e := range r.Entries {
		if !yield(e, nil) {
			return
		}
	}
}

// comparable is a recorder as text, without the counters of records outside
// entries, which an export does not hold.
func (r *recorder) comparable(t testing.TB) string {
	t.Helper()
	b := r.Everything
	b.Files = nil
	b.Organisations, b.People, b.Themes = slices.Clone(b.Organisations), slices.Clone(b.People), slices.Clone(b.Themes)
	for i := range b.Organisations {
		b.Organisations[i].Version = 0
	}
	for i := range b.People {
		b.People[i].Version = 0
	}
	for i := range b.Themes {
		b.Themes[i].Version = 0
	}
	b.Terms = slices.Clone(b.Terms)
	for i := range b.Terms {
		b.Terms[i].Version = 0
	}
	data, err := json.Marshal([]any{b, r.Entries})
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Export, import into an empty house, export again: the same.
func TestWholeAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 21, 60)
	// An audience that changed after the last edit must not touch its note.
	for id, e := range w.model(t).entries {
		if e.State == rugzak.StateShared && e.Mode == rugzak.ByName {
			stored, author := w.stored(t, id)
			if _, err := w.ChangeAudience(t.Context(), author, id, stored.Version, rugzak.Audience{Level: rugzak.LevelOrganisation}); err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	w.roomAndMeetings(t)
	w.talk(t)
	// Groups of words come along as they are, also where one was removed.
	if err := w.ShipTerms(t.Context(), shippedTerms(t)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.store.Update(t.Context(), func(x rugzak.Writer) error { return x.RemoveTerm("wmo") }); err != nil {
		t.Fatal(err)
	}
	for _, hidden := range []bool{true, false} {
		first := w.export(t, hidden)
		if len(first.Everything.Keeps) == 0 || len(first.Everything.Attachments) == 0 || len(first.Everything.SavedSearches) == 0 || len(first.Everything.RoomNeeds) == 0 || len(first.Everything.Meetings) == 0 || len(first.Everything.Responses) == 0 || len(first.Everything.Signals) == 0 || !slices.ContainsFunc(first.Entries, func(e backpack.WholeEntry) bool { return len(e.Past) > 0 }) {
			t.Fatal("the world has too little to compare")
		}
		empty := newHouse(t)
		empty.clock.turn(w.clock.Now().AddDate(0, 1, 0))
		if err := empty.ShipTerms(t.Context(), shippedTerms(t)); err != nil { // as a server does at its first start
			t.Fatal(err)
		}
		n, err := empty.ImportWhole(t.Context(), backpack.Operator(), first.Everything, first.whole, nil)
		if err != nil || n != len(first.Entries) {
			t.Fatalf("%d of %d, %v", n, len(first.Entries), err)
		}
		if a, b := first.comparable(t), empty.export(t, hidden).comparable(t); a != b {
			t.Errorf("with hidden authors %v:\n%s", hidden, firstDifference(a, b))
		}
		// Everybody finds and reads what they did before.
		w.caughtUp(t)
		empty.caughtUp(t)
		for _, p := range w.people {
			want, err := w.Search(t.Context(), p, backpack.Asked{Query: common, Plain: true})
			if err != nil {
				t.Fatal(err)
			}
			got, err := empty.Search(t.Context(), p, backpack.Asked{Query: common, Plain: true})
			if err != nil {
				t.Fatal(err)
			}
			drafts := 0 // without name, and without their writer in this export
			if !hidden {
				for _, e := range w.model(t).entries {
					if e.State == rugzak.StateDraft && e.Mode == rugzak.Anonymous && e.IsAuthor(p.ID) {
						drafts++
					}
				}
			}
			if got.Total != want.Total-drafts {
				t.Errorf("%s finds %d, was %d (%d drafts)", p.Organisation, got.Total, want.Total, drafts)
			}
		}
		if _, err := empty.ImportWhole(t.Context(), backpack.Operator(), first.Everything, first.whole, nil); rugzak.CodeOf(err) != rugzak.CodeConflict {
			t.Errorf("into a house that is not empty: %v", err)
		}
		empty.close()
	}
}

// One bad entry, and nothing is kept.
func TestWholeIsAllOrNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 22, 30)
	i := slices.IndexFunc(w.export(t, true).Entries, func(e backpack.WholeEntry) bool { return len(e.Past) > 0 })
	if i < 0 {
		t.Fatal("no entry with revisions")
	}
	for name, spoil := range map[string]func(*recorder){
		"no title":         func(r *recorder) { e := &r.Entries[i].Entry; e.Title = "" },
		"no organisation":  func(r *recorder) { e := &r.Entries[i].Entry; e.Organisation = "weg" },
		"no past revision": func(r *recorder) { e := &r.Entries[i]; e.Past = nil },
		"revision of another": func(r *recorder) {
			e := &r.Entries[i]
			e.Past = slices.Clone(e.Past)
			e.Past[0].Entry.ID = r.Entries[0].Entry.ID + "x"
		},
		"no version":           func(r *recorder) { e := &r.Entries[i].Entry; e.Version = 0 },
		"the same entry twice": func(r *recorder) { r.Entries = append(r.Entries, r.Entries[i]) },
		"person without organisation": func(r *recorder) {
			r.Everything.People = slices.Clone(r.Everything.People)
			r.Everything.People[0].Organisation = "weg"
		},
	} {
		r := w.export(t, true)
		spoil(r)
		empty := newHouse(t)
		if _, err := empty.ImportWhole(t.Context(), backpack.Operator(), r.Everything, r.whole, nil); err == nil {
			t.Errorf("%s: taken", name)
		}
		if left := empty.export(t, true); len(left.Entries)+len(left.Everything.People)+len(left.Everything.Organisations)+len(left.Everything.Themes) > 0 {
			t.Errorf("%s: something stayed", name)
		}
		empty.close()
	}
}
