// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Ten lines become ten drafts on behalf of the team, that only who typed them
// sees: all or none, and once however often the form is sent.
func TestHarvest(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, me := t.Context(), c.people[author]
	in := c.meeting("", rugzak.WholeMunicipality, c.partner)
	in.Theme = c.theme
	m, err := c.SaveMeeting(ctx, c.people["facilitator"], "", 0, in)
	if err != nil {
		t.Fatal(err)
	}
	var lines []backpack.HarvestLine
	kinds := backpack.HarvestKinds()
	for n := range 10 {
		lines = append(lines, backpack.HarvestLine{ID: c.idFor(me), Kind: kinds[n%len(kinds)], Title: "We bellen eerst", Text: "We bellen eerst. Dan pas het formulier."})
	}
	bad := append([]backpack.HarvestLine(nil), lines...)
	bad[3].Text = "Bel 111222333 terug"
	_, err = c.SaveHarvest(ctx, me, m.ID, rugzak.Dutch, bad, true)
	wantField(t, "a line with a number", err, "line_4")
	named := append([]backpack.HarvestLine(nil), lines...)
	named[0].Text = "Mevrouw De Vries was blij"
	_, err = c.SaveHarvest(ctx, me, m.ID, rugzak.Dutch, named, false)
	wantField(t, "a line that names somebody", err, "reviewed")
	if v, err := c.Harvest(ctx, me, m.ID); err != nil || len(v.Drafts) != 0 {
		t.Fatalf("of what was refused %d drafts were kept, %v", len(v.Drafts), err)
	}
	for _, want := range []int{10, 0} {
		if made, err := c.SaveHarvest(ctx, me, m.ID, rugzak.Dutch, lines, false); err != nil || made != want {
			t.Errorf("%d drafts were made, want %d: %v", made, want, err)
		}
	}
	v, err := c.Harvest(ctx, me, m.ID)
	if err != nil || len(v.Drafts) != 10 || v.Team.Name == "" {
		t.Fatalf("%d drafts for team %q, %v", len(v.Drafts), v.Team.Name, err)
	}
	if other, err := c.Harvest(ctx, c.people[teammate], m.ID); err != nil || len(other.Drafts)+len(other.Shared) != 0 {
		t.Errorf("a teammate sees %d drafts, %v", len(other.Drafts), err)
	}
	e, _ := c.stored(t, v.Drafts[0].ID)
	if e.Mode != rugzak.ByTeam || e.Occasion != rugzak.MeetingOccasion(m.ID) || len(e.Themes) != 1 || e.State != rugzak.StateDraft {
		t.Errorf("the draft is %+v", e)
	}
	shared, err := c.Share(ctx, me, e.ID, e.Version, c.InputOf(e))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int{teammate: 1, ceder: 0} {
		if v, err := c.Harvest(ctx, c.people[name], m.ID); err != nil || len(v.Shared) != want {
			t.Errorf("%s reads %d of the harvest, want %d: %v", name, len(v.Shared), want, err)
		}
	}
	if v, err := c.Read(ctx, c.people[teammate], shared.Entry.ID); err != nil || v.Occasion == nil || v.Occasion.Meeting != m.ID {
		t.Errorf("the entry came of %+v, %v", v.Occasion, err)
	}
	// Who is not invited gets the answer of a meeting that is not there.
	_, hidden := c.Harvest(ctx, c.people[douglas], m.ID)
	_, absent := c.Harvest(ctx, c.people[douglas], string(c.NewID()))
	if answerOf(hidden) != answerOf(absent) || hidden == nil {
		t.Errorf("hidden gives %v, absent %v", hidden, absent)
	}
	// Without a name the entry no longer says where it was said.
	two, _ := c.stored(t, v.Drafts[1].ID)
	nameless := c.InputOf(two)
	nameless.Mode = rugzak.Anonymous
	if saved, err := c.Share(ctx, me, two.ID, two.Version, nameless); err != nil || saved.Entry.Occasion != "" {
		t.Errorf("without a name it came of %q, %v", saved.Entry.Occasion, err)
	}
}
