// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"slices"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// open reports whether a question waits for an answer, as far as the model
// knows.
func (m model) open(e rugzak.Entry) bool {
	return e.Kind == rugzak.KindQuestion && e.State.Public() && e.State != rugzak.StateArchived &&
		slices.Contains([]rugzak.QuestionState{rugzak.QuestionOpen, rugzak.QuestionExploring, rugzak.QuestionTrying}, e.Question.State)
}

// listed reports whether the lists of a reader hold an entry.
func (m model) listed(p rugzak.Person, e rugzak.Entry) bool { return m.meant(p, e) || e.IsAuthor(p.ID) }

// ownParts reads the parts of the own backpack page after page.
func (c check) ownParts(t *testing.T, drafts []rugzak.EntryID) {
	t.Helper()
	want := map[backpack.MinePart][]rugzak.EntryID{
		backpack.MineDrafts: drafts,
		backpack.MineApplied: c.m.list(func(e rugzak.Entry) bool {
			return c.m.wrote(c.p, e) && e.Kind == rugzak.KindApplication && e.State.Public()
		}),
		backpack.MineBalls: c.m.list(func(e rugzak.Entry) bool {
			return c.m.open(e) && c.m.listed(c.p, e) && (e.Question.BallWith == c.p.Organisation || e.Question.Asked == c.p.Organisation)
		}),
	}
	for part, ids := range want {
		got := []rugzak.EntryID{}
		for after := rugzak.Mark(""); ; {
			page, err := c.MinePart(t.Context(), c.p, part, after)
			if err != nil {
				t.Fatal(err)
			}
			c.clean(t, string(part), page)
			got = append(got, idsOf(page.Cards)...)
			if after = page.Next; after == "" {
				break
			}
		}
		c.same(t, string(part), got, ids)
	}
	c.othersBags(t)
	kept, err := c.MinePart(t.Context(), c.p, backpack.MineKept, "")
	if err != nil {
		t.Fatal(err)
	}
	c.clean(t, "taken along", kept)
}

// partnerHome holds what a partner finds on the first page to the model.
func (c check) partnerHome(t *testing.T, home backpack.HomeView) {
	t.Helper()
	if (home.Partner == nil) != (c.p.Kind == rugzak.Department) {
		t.Fatalf("%s has a partner's home: %v", c.p.Organisation, home.Partner != nil)
	}
	if home.Partner == nil {
		return
	}
	balls := c.m.list(func(e rugzak.Entry) bool {
		return c.m.open(e) && c.m.listed(c.p, e) && (e.Question.BallWith == c.p.Organisation || e.Question.Asked == c.p.Organisation)
	})
	c.same(t, "asked of partner", idsOf(home.Partner.Asked), balls[:min(len(balls), 5)])
	shared := c.m.list(func(e rugzak.Entry) bool {
		return c.m.open(e) && c.m.listed(c.p, e) && e.Organisation != c.p.Organisation && !slices.Contains(balls[:min(len(balls), 5)], e.ID)
	})
	c.same(t, "questions shared with partner", idsOf(home.Partner.Questions), shared[:min(len(shared), 5)])
	elsewhere := func(where ...rugzak.OrganisationID) bool {
		return slices.ContainsFunc(where, func(o rugzak.OrganisationID) bool { return o != "" && o != c.p.Organisation })
	}
	waiting := c.m.list(func(e rugzak.Entry) bool {
		return c.m.open(e) && c.m.listed(c.p, e) && e.Organisation == c.p.Organisation && elsewhere(e.Question.BallWith, e.Question.Asked)
	})
	c.same(t, "what the partner waits for", idsOf(home.Partner.Waiting), waiting[:min(len(waiting), 5)])
}

// takenBag holds what somebody takes out of their backpack.
type takenBag struct {
	Promised []rugzak.BagStep
	Texts    []rugzak.BagEntry
	Attached []rugzak.Attachment
}

func (b *takenBag) Steps(steps []rugzak.BagStep) error {
	b.Promised = steps
	return nil
}

func (b *takenBag) Attachment(f rugzak.AttachedFile) error {
	b.Attached = append(b.Attached, f.Attachment)
	return nil
}

func (b *takenBag) Entry(e rugzak.BagEntry) error {
	b.Texts = append(b.Texts, e)
	return nil
}

// othersBags: the backpacks of a team and of organisations, talks with them and
// the own backpack as files tell of nothing hidden.
func (c check) othersBags(t *testing.T) {
	t.Helper()
	team, err := c.TeamBag(t.Context(), c.p, "")
	if err != nil {
		t.Fatal(err)
	}
	c.clean(t, "backpack of a team", team)
	for _, o := range c.orgs {
		bag, err := c.OrganisationBag(t.Context(), c.p, o.ID, "", "")
		if err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Fatal(err)
		}
		c.clean(t, "backpack of an organisation", bag)
		talks, err := c.Talks(t.Context(), c.p, o.ID, "", "")
		if err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Fatal(err)
		}
		c.clean(t, "talks", talks)
	}
	taken := &takenBag{}
	if err := c.TakeBackpack(t.Context(), c.p, taken); err != nil {
		t.Fatal(err)
	}
	c.clean(t, "backpack as files", taken)
}
