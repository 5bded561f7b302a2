// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"iter"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// What somebody said stays theirs to take away, also beneath what they may not
// read any more. Nobody else may, and of the entry nothing is told.
func TestOwnResponseOutOfSight(t *testing.T) {
	t.Parallel()
	for _, who := range []string{elsewhere, ceder} {
		t.Run(who, func(t *testing.T) {
			t.Parallel()
			c := newCast(t)
			e := c.write(t, audienceCase{name: "municipality and partner", by: author, level: rugzak.LevelInternal, also: []string{ceder}})
			said := c.say(t, who, e.ID, backpack.ResponseInput{Body: "zandloper"})
			kept := c.say(t, who, e.ID, backpack.ResponseInput{Body: "kraanvogel"})
			own := func() []rugzak.OwnResponse {
				t.Helper()
				d, err := c.OwnData(t.Context(), c.people[who])
				if err != nil {
					t.Fatal(err)
				}
				return d.Responses
			}
			if got := own(); len(got) != 2 || got[0].Unseen || got[0].Title != e.Title || got[0].ID != said.ID {
				t.Fatalf("control: %+v", got)
			}
			if _, err := c.ChangeAudience(t.Context(), c.people[author], e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelTeam}); err != nil {
				t.Fatal(err)
			}
			if got := own(); len(got) != 2 || !got[0].Unseen || got[0].Title != "" || got[0].Text != "zandloper" {
				t.Errorf("of what is out of sight: %+v", got)
			}
			other := c.people[douglas]
			wants := func(what string, err error, want rugzak.Code) {
				t.Helper()
				if rugzak.CodeOf(err) != want {
					t.Errorf("%s: %v, want %s", what, err, want)
				}
			}
			_, err := c.WithdrawResponse(t.Context(), other, e.ID, said.ID)
			wants("another withdraws", err, rugzak.CodeNotFound)
			_, err = c.PurgeOwnResponse(t.Context(), other, e.ID, said.ID)
			wants("another purges", err, rugzak.CodeNotFound)
			_, err = c.PurgeOwnResponse(t.Context(), rugzak.Person{}, e.ID, said.ID)
			wants("nobody purges", err, rugzak.CodeNotFound)
			_, err = c.WithdrawResponse(t.Context(), c.people[who], e.ID, "0")
			wants("one that is not there", err, rugzak.CodeNotFound)

			if _, err := c.WithdrawResponse(t.Context(), c.people[who], e.ID, said.ID); err != nil {
				t.Fatal(err)
			}
			if got := c.heard(t, author, e.ID); strings.Contains(got, "zandloper") || !strings.Contains(got, "kraanvogel") {
				t.Errorf("after it was withdrawn, the author reads %q", got)
			}
			_, err = c.PutBackResponse(t.Context(), c.people[who], e.ID, said.ID)
			wants("put back out of sight", err, rugzak.CodeNotFound)
			if got := own(); len(got) != 2 || !got[0].Withdrawn {
				t.Errorf("withdrawn: %+v", got)
			}
			if _, err := c.PurgeOwnResponse(t.Context(), c.people[who], e.ID, said.ID); err != nil {
				t.Fatal(err)
			}
			if got := own(); len(got) != 1 || got[0].ID != kept.ID {
				t.Errorf("after one was purged: %+v", got)
			}
		})
	}
}

// A name beneath a response leads to the page of that person: who reads the
// response meets the name. When the response goes, the page goes with it.
func TestProfileBesideResponse(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	e := c.write(t, audienceCase{name: "municipality and partner", by: author, level: rugzak.LevelInternal, also: []string{ceder}})
	for _, who := range []string{author, elsewhere, ceder} {
		c.say(t, who, e.ID, backpack.ResponseInput{Body: "reiger"})
	}
	if _, err := c.Profile(t.Context(), c.people[ceder], c.people[teammate].ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("the page of who said nothing: %v", err)
	}
	if _, err := c.Profile(t.Context(), c.people[douglas], c.people[elsewhere].ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("the page of who responded elsewhere: %v", err)
	}
	for _, reader := range []string{author, elsewhere, ceder, "partnercontact"} {
		v, err := c.Responses(t.Context(), c.people[reader], e.ID, 1, "")
		if err != nil || len(v.Threads) != 3 {
			t.Fatalf("%s: %d responses, %v", reader, len(v.Threads), err)
		}
		for _, x := range v.Threads {
			_, err := c.Profile(t.Context(), c.people[reader], x.Response.Author)
			if x.Profile != x.Response.Author || err != nil {
				t.Errorf("%s: the name %s leads to %q, and the page says %v", reader, x.Author, x.Profile, err)
			}
		}
	}
	v, err := c.Responses(t.Context(), c.people[elsewhere], e.ID, 1, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range v.Threads {
		if x.Mine {
			if _, err := c.WithdrawResponse(t.Context(), c.people[elsewhere], e.ID, x.Response.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := c.Profile(t.Context(), c.people[ceder], c.people[elsewhere].ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("the page of who withdrew their response: %v", err)
	}
}

// relatedCounted is a store that counts how many related entries are read.
type relatedCounted struct {
	rugzak.Store
	read int
}

type relatedReader struct {
	rugzak.Reader
	of *relatedCounted
}

func (s *relatedCounted) View(ctx context.Context, fn func(rugzak.Reader) error) error {
	return s.Store.View(ctx, func(r rugzak.Reader) error { return fn(relatedReader{r, s}) })
}

func (r relatedReader) RelatedTo(id rugzak.EntryID) iter.Seq2[rugzak.Entry, error] {
	return func(yield func(rugzak.Entry, error) bool) {
		for e, err := range r.Reader.RelatedTo(id) {
			r.of.read++
			if !yield(e, err) {
				return
			}
		}
	}
}

// What a lineage reads does not grow with how much came of an entry, and a trail
// reads each application once.
func TestLineageAndTrailReadBounded(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	e := c.share(t, c.people[author], simple("Bel eerst", "Tekst.", rugzak.LevelInternal))
	counted := &relatedCounted{Store: c.Store}
	deps := c.Deps
	deps.Store = counted
	s := backpack.New(deps)
	used, lineage := 0, []int{}
	for _, many := range []int{80, 120} {
		for ; used < many; used++ {
			c.usedBy(t, elsewhere, e.ID, rugzak.OutcomeWorked, rugzak.LevelInternal, true)
		}
		counted.read = 0
		l, err := s.Lineage(t.Context(), c.people[author], e.ID)
		if err != nil || !l.More {
			t.Fatalf("more: %v, %v", l.More, err)
		}
		lineage = append(lineage, counted.read)
		counted.read = 0
		trail, err := s.Trail(t.Context(), c.people[author], e.ID, 0, 5)
		if err != nil || trail.Total != many || counted.read != many {
			t.Errorf("of %d applications the trail counts %d and reads %d, %v", many, trail.Total, counted.read, err)
		}
	}
	if lineage[0] != lineage[1] || lineage[0] == 0 {
		t.Errorf("a lineage of 80 reads %d, of 120 %d", lineage[0], lineage[1])
	}
}
