// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// While entries go out of sight, no search that begins after the use case has
// answered may count or show them, nor may a list, a theme or a page.
func TestNarrowingHoldsAtOnce(t *testing.T) {
	const count, least = 150, 1000 // entries, and checks meanwhile
	h := newHouse(t)
	h.starter(t)
	writer, reader := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	if writer.Organisation == reader.Organisation || writer.Team == "" {
		t.Fatal("the test needs a writer with a team and a reader elsewhere")
	}
	theme, err := h.SaveTheme(t.Context(), reader, "", 0, backpack.ThemeInput{Title: "Smalle bundel"})
	if err != nil {
		t.Fatal(err)
	}
	ids := make([]rugzak.Entry, count)
	place := map[rugzak.EntryID]int{}
	for i := range ids {
		in := simple(fmt.Sprintf("Smal %d", i), "Een zwaluw vliegt over.", rugzak.LevelInternal)
		in.Themes = []rugzak.ThemeID{theme.ID}
		ids[i] = h.share(t, writer, in)
		place[ids[i].ID] = i
	}
	h.caughtUp(t)

	var gone [count]atomic.Bool
	var done atomic.Bool
	var checks, refused atomic.Int64
	look := func(what string, ask func() ([]rugzak.EntryID, int, error)) {
		for !done.Load() {
			hidden := map[int]bool{}
			for i := range gone {
				if gone[i].Load() {
					hidden[i] = true
				}
			}
			found, total, err := ask()
			switch {
			case rugzak.CodeOf(err) == rugzak.CodeUnavailable:
				refused.Add(1)
				continue
			case err != nil:
				t.Errorf("%s: %v", what, err)
				return
			}
			for _, id := range found {
				if i, ok := place[id]; ok && hidden[i] {
					t.Errorf("%s shows an entry that went out of sight", what)
				}
			}
			if total > count-len(hidden) {
				t.Errorf("%s counts %d of at most %d", what, total, count-len(hidden))
			}
			checks.Add(int64(1 + len(hidden)))
		}
	}
	var group sync.WaitGroup
	ctx := context.WithoutCancel(t.Context())
	search := func(a backpack.Asked) func() ([]rugzak.EntryID, int, error) {
		return func() ([]rugzak.EntryID, int, error) {
			v, err := h.Search(ctx, reader, a)
			var found []rugzak.EntryID
			for _, hit := range v.Hits {
				found = append(found, hit.ID)
			}
			for _, f := range v.Facets {
				for _, value := range f.Values {
					v.Total = max(v.Total, value.Count)
				}
			}
			return found, v.Total, err
		}
	}
	group.Go(func() { look("search", search(backpack.Asked{Query: "zwaluw", Size: 100})) })
	group.Go(func() {
		look("filtered search", search(backpack.Asked{Filter: rugzak.Filter{rugzak.FacetTheme: {string(theme.ID)}}, Plain: true, Size: 100}))
	})
	group.Go(func() {
		look("theme", func() ([]rugzak.EntryID, int, error) {
			v, err := h.Theme(ctx, reader, theme.ID, "")
			return idsOf(v.Entries), v.Count, err
		})
	})
	group.Go(func() {
		look("home", func() ([]rugzak.EntryID, int, error) {
			v, err := h.Home(ctx, reader)
			return idsOf(v.Newest), 0, err
		})
	})
	// Who narrows waits for who looks, so that on a busy machine too there are
	// checks all along.
	keepUp := func(i int) {
		for checks.Load() < int64(least*i/count) && !t.Failed() {
			time.Sleep(time.Millisecond)
		}
	}
	for i, e := range ids {
		if i == count/2 { // the index is made anew in the middle of it
			group.Go(func() {
				if err := h.Reindex(ctx, nil); err != nil {
					t.Errorf("reindex: %v", err)
				}
			})
		}
		keepUp(i)
		var err error
		switch i % 4 {
		case 0:
			_, err = h.ChangeAudience(t.Context(), writer, e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelTeam})
		case 1:
			_, err = h.Withdraw(t.Context(), writer, e.ID)
		case 2:
			in := h.InputOf(e)
			in.Audience.Level = rugzak.LevelOrganisation
			_, err = h.Revise(t.Context(), writer, e.ID, e.Version, in)
		case 3:
			continue // stays
		}
		if err != nil {
			t.Errorf("narrow %d: %v", i, err)
			break
		}
		gone[i].Store(true)
	}
	keepUp(count)
	done.Store(true)
	group.Wait()
	if checks.Load() < least {
		t.Errorf("only %d checks (%d searches refused)", checks.Load(), refused.Load())
	}
	t.Logf("%d checks, %d searches asked to come back", checks.Load(), refused.Load())
	titles, total := h.find(t, reader, "zwaluw")
	if total != (count)/4 || strings.Contains(strings.Join(titles, ","), "Smal 0,") {
		t.Errorf("%d found at the end: %v", total, titles)
	}
}
