// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testStoreSavedSearches(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	me, other := People()[0].ID, People()[1].ID
	saved := func(n int, p rugzak.PersonID) rugzak.SavedSearch {
		return rugzak.SavedSearch{
			Person: p, ID: ID(n), Name: "Schulden", Query: `schulden "warme overdracht"`,
			Filter: rugzak.Filter{rugzak.FacetKind: {"method", "question"}, rugzak.FacetTheme: {"bal"}},
			Newest: true, Archived: true, Notify: true, At: Noon, Since: Noon.Add(time.Minute),
			Fresh: []rugzak.EntryID{"een", "twee"}, Told: []rugzak.EntryID{"drie"}, ToldAt: Noon.Add(time.Hour),
		}
	}
	wantEveryField(t, reflect.ValueOf(saved(1, me)), "SavedSearch")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, q := range []rugzak.SavedSearch{saved(2, me), saved(1, other), saved(3, me)} {
			if err := w.SaveSearch(q); err != nil {
				return err
			}
		}
		return nil
	})
	list := func(p rugzak.PersonID) (all []rugzak.SavedSearch) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) (err error) { all, err = r.SavedSearches(p); return err })
		return all
	}
	every := func() (all []rugzak.SavedSearch) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error { all = storeCollect(t, r.AllSavedSearches()); return nil })
		return all
	}
	Same(t, "saved searches", list(me), []rugzak.SavedSearch{saved(2, me), saved(3, me)})
	Same(t, "saved searches of nobody", list(""), nil)
	if all := every(); len(all) != 3 {
		t.Errorf("%d saved searches in all, want 3", len(all))
	}
	again := saved(2, me)
	again.Name, again.Notify, again.Fresh = "Geld", false, nil
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveSearch(again) })
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.SavedSearch(me, ID(2))
		Same(t, "saved again", got, again)
		_, gone := r.SavedSearch(other, ID(2))
		storeMissing(t, "the saved search of somebody else", gone)
		return err
	})
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveSavedSearch(other, ID(2)) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveSavedSearch(me, ID(3)) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(me) })
	Same(t, "after a person went", every(), []rugzak.SavedSearch{saved(1, other)})

	followed := func() (pos rugzak.Position) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) (err error) { pos, err = r.FollowedTo("iemand"); return err })
		return pos
	}
	Same(t, "a follower that never came", followed(), rugzak.Position(""))
	head, _, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.MarkFollowed("iemand", head) })
	Same(t, "a follower", followed(), head)
}
