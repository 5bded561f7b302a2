// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"slices"
	"testing"

	"rugzak/pkg/rugzak"
)

// savedSearches: who saved a search for everything is told of exactly what they
// find and did not write.
func (c check) savedSearches(t *testing.T) {
	t.Helper()
	id := rugzak.NewID(c.clock.Now())
	_, err := c.store.Update(t.Context(), func(w rugzak.Writer) error { // as if saved before anything was there
		if err := w.MarkFollowed("saved-searches", ""); err != nil {
			return err
		}
		return w.SaveSearch(rugzak.SavedSearch{Person: c.p.ID, ID: id, Name: "Alles", Query: common, Notify: true})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.TellSavedSearches(t.Context()); err != nil {
		t.Fatal(err)
	}
	saved, err := c.SavedSearch(t.Context(), c.p, id)
	if err != nil {
		t.Fatal(err)
	}
	want := c.m.list(func(e rugzak.Entry) bool { return c.m.found(c.p, e) && !c.m.wrote(c.p, e) && e.State.Public() })
	slices.Sort(want)
	got := append([]rugzak.EntryID{}, saved.Told...)
	slices.Sort(got)
	c.same(t, "new results", got, want)
	page, err := c.Notices(t.Context(), c.p)
	if err != nil {
		t.Fatal(err)
	}
	c.clean(t, "notices", page)
	count := 0
	for _, l := range page.Lines {
		if l.Saved != nil && l.Saved.ID == id {
			count = l.Count
		}
	}
	if count != len(want) {
		t.Errorf("%s is told of %d new results, want %d", c.p.Organisation, count, len(want))
	}
}
