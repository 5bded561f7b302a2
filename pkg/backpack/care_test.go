// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

func TestAskToEnrich(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, curator := t.Context(), c.people["facilitator"]
	e := c.share(t, c.people[author], simple("Kort verhaal", "We belden eerst.", rugzak.LevelInternal))
	if err := c.AskEnrichment(ctx, curator, e.ID, []rugzak.EnrichPoint{rugzak.EnrichResult}, "Hoe liep het af?"); err != nil {
		t.Fatal(err)
	}
	asks, err := c.CareForMe(ctx, c.people[author])
	if err != nil || len(asks) != 1 || asks[0].Text != "Hoe liep het af?" || asks[0].Proposal || asks[0].Entry != e.ID {
		t.Fatalf("the author is asked %+v, %v", asks, err)
	}
	for _, who := range []string{teammate, "facilitator", "administrator"} {
		if other, err := c.CareForMe(ctx, c.people[who]); err != nil || len(other) != 0 {
			t.Errorf("%s is asked %+v, %v", who, other, err)
		}
		if err := c.AnswerEnrichment(ctx, c.people[who], e.ID, asks[0].ID, true); rugzak.CodeOf(err) != rugzak.CodeForbidden {
			t.Errorf("%s answers: %v", who, err)
		}
	}
	v, err := c.Read(ctx, curator, e.ID)
	if err != nil || v.Care.Enriching != rugzak.WideningOpen || len(v.Care.Asked) != 0 {
		t.Errorf("the asker sees %+v, %v", v.Care, err)
	}
	if err := c.AnswerEnrichment(ctx, c.people[author], e.ID, asks[0].ID, true); err != nil {
		t.Fatal(err)
	}
	c.see(t, func(r rugzak.Reader) error {
		if x, err := r.Enrichment(e.ID, asks[0].ID); err != nil || x.Text != "" || x.Validate() != nil {
			t.Errorf("what was asked stays after the answer: %+v, %v", x, err)
		}
		return nil
	})
	if err := c.AnswerEnrichment(ctx, c.people[author], e.ID, asks[0].ID, false); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("answering twice gave %v", err)
	}
	if n, m := c.noticed(t, author, rugzak.NoticeEnrichAsked), c.noticed(t, "facilitator", rugzak.NoticeEnrichYes); n != 1 || m != 1 {
		t.Errorf("told %d and %d times", n, m)
	}
}

func TestRequestsToEnrichHaveRules(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	e := c.share(t, c.people[author], simple("Kort verhaal", "We belden eerst.", rugzak.LevelInternal))
	mine := c.share(t, c.people["facilitator"], simple("Van mij", "Zelf geschreven.", rugzak.LevelInternal))
	hidden := c.share(t, c.people[elsewhere], simple("Alleen hier", "Voor ons.", rugzak.LevelOrganisation))
	for _, x := range []struct {
		name, who string
		entry     rugzak.EntryID
		text      string
		points    []rugzak.EnrichPoint
		want      rugzak.Code
	}{
		{"a participant", teammate, e.ID, "Meer?", nil, rugzak.CodeForbidden},
		{"one's own", "facilitator", mine.ID, "Meer?", nil, rugzak.CodeForbidden},
		{"hidden", "facilitator", hidden.ID, "Meer?", nil, rugzak.CodeNotFound},
		{"absent", "facilitator", c.NewID(), "Meer?", nil, rugzak.CodeNotFound},
		{"nothing", "facilitator", e.ID, "", nil, rugzak.CodeInvalid},
		{"no such point", "facilitator", e.ID, "", []rugzak.EnrichPoint{"alles"}, rugzak.CodeInvalid},
		{"a number", "facilitator", e.ID, "Over 111222333?", nil, rugzak.CodeInvalid},
		{"good", "facilitator", e.ID, "", []rugzak.EnrichPoint{rugzak.EnrichResult}, ""},
		{"once more", "facilitator", e.ID, "Meer?", nil, rugzak.CodeInvalid},
		{"another facilitator", "coreteam", e.ID, "Meer?", nil, ""},
	} {
		if err := c.AskEnrichment(t.Context(), c.people[x.who], x.entry, x.points, x.text); rugzak.CodeOf(err) != x.want {
			t.Errorf("%s gave %v, want %q", x.name, err, x.want)
		}
	}
}

func TestProposeAnotherText(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, curator, writer := t.Context(), c.people["facilitator"], c.people[author]
	e := c.share(t, writer, simple("Bellen", "Wij heeft eerst gebeld.", rugzak.LevelInternal))
	good := backpack.ProposalInput{Title: "Eerst bellen", Body: "Wij hebben eerst gebeld.", Why: "Leest beter"}
	for _, x := range []struct {
		name string
		by   rugzak.Person
		base int
		in   backpack.ProposalInput
		want rugzak.Code
	}{
		{"a participant", c.people[teammate], e.Version, good, rugzak.CodeForbidden},
		{"a partner", c.people[ceder], e.Version, good, rugzak.CodeNotFound},
		{"the same", curator, e.Version, backpack.ProposalInput{Title: e.Title, Body: e.Body}, rugzak.CodeInvalid},
		{"without title", curator, e.Version, backpack.ProposalInput{Body: "Iets"}, rugzak.CodeInvalid},
		{"a number", curator, e.Version, backpack.ProposalInput{Title: "Over 111222333", Body: "Iets"}, rugzak.CodeInvalid},
		{"an older text", curator, e.Version - 1, good, rugzak.CodeConflict},
		{"good", curator, e.Version, good, ""},
		{"once more", curator, e.Version, good, rugzak.CodeInvalid},
	} {
		if err := c.ProposeText(ctx, x.by, e.ID, x.base, x.in); rugzak.CodeOf(err) != x.want {
			t.Errorf("%s gave %v, want %q", x.name, err, x.want)
		}
	}
	if now, _ := c.stored(t, e.ID); now.Title != e.Title || now.Version != e.Version {
		t.Error("a proposal changed the text")
	}
	asks, err := c.CareForMe(ctx, writer)
	if err != nil || len(asks) != 1 || !asks[0].Proposal {
		t.Fatalf("the author is asked %+v, %v", asks, err)
	}
	for _, who := range []string{teammate, "facilitator", ceder} {
		_, err := c.ProposedText(ctx, c.people[who], e.ID, asks[0].ID)
		if code := rugzak.CodeOf(err); code != rugzak.CodeForbidden && code != rugzak.CodeNotFound {
			t.Errorf("%s sees the proposal: %v", who, err)
		}
	}
	v, err := c.ProposedText(ctx, writer, e.ID, asks[0].ID)
	if err != nil || v.Moved || pieces(v.Diff, "body", rugzak.DiffAdded) != "hebben" || pieces(v.Diff, "body", rugzak.DiffTaken) != "heeft" {
		t.Errorf("the author sees %+v, %v", v.Diff, err)
	}

	in := c.InputOf(e)
	in.Body = "Wij heeft eerst gebeld. En toen gemaild."
	moved, err := c.Revise(ctx, writer, e.ID, e.Version, in)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.AnswerText(ctx, writer, e.ID, asks[0].ID, true, v.Base, false); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("taking over by the difference with an older text gave %v", err)
	}
	v, err = c.ProposedText(ctx, writer, e.ID, asks[0].ID)
	if err != nil || !v.Moved || !strings.Contains(pieces(v.Diff, "body", rugzak.DiffTaken), "gemaild") {
		t.Errorf("what the author would lose is not shown: %+v, %v", v, err)
	}
	saved, err := c.AnswerText(ctx, writer, e.ID, asks[0].ID, true, v.Base, false)
	if err != nil || saved.Entry.Title != good.Title || saved.Entry.Body != good.Body || saved.Entry.Revision != moved.Entry.Revision+1 {
		t.Errorf("taken over: %+v, %v", saved.Entry, err)
	}
	if n := c.noticed(t, "facilitator", rugzak.NoticeTextYes); n != 1 {
		t.Errorf("the asker was told %d times", n)
	}
	if asks, err := c.CareForMe(ctx, writer); err != nil || len(asks) != 0 {
		t.Errorf("still asked: %+v, %v", asks, err)
	}
	if places := c.places(t, good.Why); len(places) != 0 {
		t.Errorf("what was answered is still in %v", places)
	}
}

// Who wrote without name is asked too, and nothing leads from what they were
// told to the entry.
func TestAskWithoutName(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, curator := t.Context(), c.people["facilitator"]
	in := simple("Lastig moment", "Het liep anders.", rugzak.LevelInternal)
	in.Mode = rugzak.Anonymous
	e := c.share(t, c.people[author], in)
	if err := c.AskEnrichment(ctx, curator, e.ID, nil, "Wat zou je nu doen?"); err != nil {
		t.Fatal(err)
	}
	if err := c.ProposeText(ctx, curator, e.ID, e.Version, backpack.ProposalInput{Title: "Een lastig moment", Body: "Het liep anders."}); err != nil {
		t.Fatal(err)
	}
	if asks, err := c.CareForMe(ctx, c.people[author]); err != nil || len(asks) != 2 {
		t.Errorf("the author is asked %+v, %v", asks, err)
	}
	kinds, entries := c.noticesOf(t, author)
	if len(kinds) != 2 || strings.Join([]string{string(entries[0]), string(entries[1])}, "") != "" {
		t.Errorf("told %v about %v", kinds, entries)
	}
}

func TestReviewQueueIsTheAuthorsFirst(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, curator := t.Context(), c.people["facilitator"]
	due := func(who string, level rugzak.Level, mode rugzak.AuthorMode) rugzak.Entry {
		t.Helper()
		in := simple("Oud "+string(c.NewID()), "Van toen.", level)
		in.Mode, in.ReviewBy = mode, "2026-11"
		return c.share(t, c.people[who], in)
	}
	here := due(author, rugzak.LevelInternal, rugzak.ByName)
	left := due(teammate, rugzak.LevelInternal, rugzak.ByName)
	nameless := due(teammate, rugzak.LevelInternal, rugzak.Anonymous)
	due(elsewhere, rugzak.LevelOrganisation, rugzak.ByName) // hidden from the curator
	c.inactive(t, c.people[teammate], true)
	c.clock.turn(time.Date(2026, 12, 2, 9, 0, 0, 0, time.UTC))
	if err := c.Daily(ctx); err != nil {
		t.Fatal(err)
	}
	queue := func() map[rugzak.EntryID]backpack.ReviewLine {
		t.Helper()
		q, err := c.ReviewQueue(ctx, curator)
		if err != nil {
			t.Fatal(err)
		}
		out := map[rugzak.EntryID]backpack.ReviewLine{}
		for _, l := range q.Lines {
			out[l.ID] = l
		}
		return out
	}
	if q := queue(); len(q) != 0 {
		t.Errorf("before the author had time: %v", q)
	}
	if err := c.AskArchive(ctx, curator, here.ID); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("asking before the author had time gave %v", err)
	}
	c.clock.turn(c.clock.Now().Add(backpack.ReviewFirst))
	q := queue()
	if len(q) != 3 || q[here.ID].Left || !q[left.ID].Left || q[nameless.ID].Left {
		t.Fatalf("the queue: %+v", q)
	}
	if _, err := c.ReviewQueue(ctx, c.people[author]); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("a participant sees the queue: %v", err)
	}
	for id, want := range map[rugzak.EntryID]rugzak.Code{here.ID: rugzak.CodeForbidden, nameless.ID: rugzak.CodeForbidden, c.NewID(): rugzak.CodeNotFound} {
		if _, err := c.ReviewFor(ctx, curator, id, backpack.ReviewArchive); rugzak.CodeOf(err) != want {
			t.Errorf("deciding for an author gave %v, want %q", err, want)
		}
	}
	for range 2 {
		if err := c.AskArchive(ctx, curator, here.ID); err != nil {
			t.Fatal(err)
		}
	}
	if n := c.noticed(t, author, rugzak.NoticeArchiveAsked); n != 1 || !queue()[here.ID].Asked {
		t.Errorf("the author was asked %d times", n)
	}
	if v, err := c.Read(ctx, c.people[author], here.ID); err != nil || !v.Care.ArchiveAsked {
		t.Errorf("the author sees %+v, %v", v.Care, err)
	}
	if err := c.AskArchive(ctx, curator, left.ID); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("asking who left gave %v", err)
	}
	if saved, err := c.ReviewFor(ctx, curator, left.ID, backpack.ReviewArchive); err != nil || saved.Entry.State != rugzak.StateArchived {
		t.Errorf("archived: %v, %v", saved.Entry.State, err)
	}
	if acts := c.acts(t, rugzak.AuditReviewed); len(acts) != 1 {
		t.Errorf("acts: %v", acts)
	}
	if saved, err := c.Review(ctx, c.people[author], here.ID, backpack.ReviewKeep); err != nil || saved.Entry.State != rugzak.StateShared {
		t.Errorf("kept: %v, %v", saved.Entry.State, err)
	}
	if n := c.noticed(t, author, rugzak.NoticeArchiveAsked); n != 0 {
		t.Errorf("the author is still asked %d times", n)
	}
	if q := queue(); len(q) != 1 {
		t.Errorf("the queue after that: %+v", q)
	}
}
