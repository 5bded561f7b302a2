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

// What a team needs is all text: it stays in the site, and mail and feeds say
// only that there is something.
func TestNeedForRoomStaysInTheSite(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	box := c.withPost()
	ctx := t.Context()
	manager := c.join(t, c.people[author].Organisation, "noord", rugzak.RoleParticipant, rugzak.RoleManager)
	writer := c.people[author]
	for _, p := range []rugzak.Person{manager, writer} {
		c.choose(t, p, func(s *rugzak.NoticeSettings) { s.Digest = true })
	}
	need, err := c.AskRoom(ctx, writer, backpack.RoomInput{Kind: rugzak.RoomTime, Text: "Kanarietijd voor het overleg"})
	if err != nil {
		t.Fatal(err)
	}
	c.clock.turn(c.clock.Now().Add(time.Minute))
	if err := c.AskAboutRoom(ctx, manager, need.ID, "Kanarievraag"); err != nil {
		t.Fatal(err)
	}
	if err := c.ThankForRoom(ctx, manager, need.ID, "Kanariedank"); err != nil {
		t.Fatal(err)
	}
	for name, p := range map[string]rugzak.Person{"the manager": manager, "the writer": writer} {
		told := c.outside(t, box, p)
		if !strings.Contains(told, "notice_item.room_") {
			t.Errorf("%s hears nothing: %s", name, told)
		}
		if strings.Contains(told, "Kanarie") {
			t.Errorf("outside the site %s reads: %s", name, told)
		}
	}
}

// A calendar holds a meeting as long as its page is there for the person.
func TestCalendarHoldsMeetingsThatMayBeSeen(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx := t.Context()
	in := simple("Hoe beginnen we samen?", "Tekst.", rugzak.LevelInternal, c.partner)
	in.Kind = rugzak.KindQuestion
	question := c.share(t, c.people[author], in)
	m, err := c.SaveMeeting(ctx, c.people[author], "", 0, c.meeting(question.ID, rugzak.WholeMunicipality, c.partner))
	if err != nil {
		t.Fatal(err)
	}
	guest := c.people[ceder]
	if err := c.SignUp(ctx, guest, m.ID, false); err != nil {
		t.Fatal(err)
	}
	calendar, _ := c.feed(t, guest, rugzak.Feed{Kind: rugzak.FeedCalendar})
	holds := func() bool {
		v, err := calendar()
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range v.Occasions {
			if o.Kind == backpack.OccasionMeeting || strings.Contains(o.Text+o.Place, "Kanarie") || strings.Contains(o.Place, "De Brug") {
				return true
			}
		}
		return false
	}
	if !holds() {
		t.Fatal("what somebody signed up for is not in their calendar")
	}
	// The partner is no longer invited; what is planned anew is not theirs.
	changed := c.meeting(question.ID, rugzak.WholeMunicipality)
	changed.Place = "De Brug, achterom"
	if _, err := c.SaveMeeting(ctx, c.people[author], m.ID, m.Version, changed); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Service.Meeting(ctx, guest, m.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Fatalf("the page of who is not invited: %v", err)
	}
	if holds() {
		t.Error("the calendar tells of a meeting whose page is not there")
	}
}
