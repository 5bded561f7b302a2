// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"iter"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// requestsCounted is a store that counts how often requests, and what they are
// about, are read.
type requestsCounted struct {
	rugzak.Store
	reads int
}

type requestsReader struct {
	rugzak.Reader
	of *requestsCounted
}

func (s *requestsCounted) View(ctx context.Context, fn func(rugzak.Reader) error) error {
	return s.Store.View(ctx, func(r rugzak.Reader) error { return fn(requestsReader{r, s}) })
}

func (r requestsReader) AllWidenings() iter.Seq2[rugzak.Widening, error] {
	return func(yield func(rugzak.Widening, error) bool) {
		for x, err := range r.Reader.AllWidenings() {
			if r.of.reads++; !yield(x, err) {
				return
			}
		}
	}
}

func (r requestsReader) Widenings(id rugzak.EntryID) ([]rugzak.Widening, error) {
	all, err := r.Reader.Widenings(id)
	r.of.reads += 1 + len(all)
	return all, err
}

func (r requestsReader) Rights(id rugzak.EntryID) (rugzak.Entry, error) {
	r.of.reads++
	return r.Reader.Rights(id)
}

// What the first page and the own backpack read does not grow with what others
// are asked.
func TestRequestsToOthersAreNotRead(t *testing.T) {
	t.Parallel()
	h := newCast(t)
	me, other, asker := h.people[author], h.people[elsewhere], h.people["facilitator"]
	ask := func(by rugzak.Person, title string) {
		t.Helper()
		e := h.share(t, by, simple(title, "Daarna bellen we.", rugzak.LevelInternal))
		err := h.AskWidening(t.Context(), asker, e.ID, rugzak.Audience{Also: []rugzak.OrganisationID{h.partner}})
		if err != nil {
			t.Fatal(err)
		}
	}
	counted := &requestsCounted{Store: h.store}
	deps := h.Deps
	deps.Store = counted
	s := backpack.New(deps)
	reads := func() int {
		t.Helper()
		counted.reads = 0
		if _, err := s.Home(t.Context(), me); err != nil {
			t.Fatal(err)
		}
		v, err := s.Mine(t.Context(), me, "")
		if err != nil || len(v.Asked) != 1 {
			t.Fatalf("asked: %+v, %v", v.Asked, err)
		}
		return counted.reads
	}
	ask(me, "Wie belt?")
	before := reads()
	for _, title := range []string{"Een", "Twee", "Drie", "Vier", "Vijf"} {
		ask(other, title)
	}
	if after := reads(); after != before {
		t.Errorf("with five requests to somebody else %d are read, without them %d", after, before)
	}
}
