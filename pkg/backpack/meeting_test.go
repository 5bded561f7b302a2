// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// meeting is the form of one, some days from now.
func (h *house) meeting(entry rugzak.EntryID, invited ...rugzak.OrganisationID) backpack.MeetingInput {
	return backpack.MeetingInput{
		Title: "Kanariebijeenkomst", Day: h.clock.Now().AddDate(0, 0, 9).Format(time.DateOnly), Start: "14:00", End: "15:00",
		Place: "De Brug", Entry: entry, Organisations: invited,
	}
}

// seesMeeting reports whether somebody meets a meeting, and holds that every
// surface says the same.
func (c *cast) seesMeeting(t *testing.T, name, id string, entry rugzak.EntryID) bool {
	t.Helper()
	p := c.people[name]
	_, err := c.Service.Meeting(t.Context(), p, id)
	if _, none := c.Service.Meeting(t.Context(), p, string(c.NewID())); err != nil && answerOf(err) != answerOf(none) {
		t.Errorf("%s: hidden gives %v, absent %v", name, err, none)
	}
	sees := err == nil
	if up, none := c.SignUp(t.Context(), p, id, false), c.SignUp(t.Context(), p, string(c.NewID()), false); !sees && answerOf(up) != answerOf(none) {
		t.Errorf("%s signs up for what they do not see: %v, absent %v", name, up, none)
	} else if sees && up == nil {
		if err := c.SignOff(t.Context(), p, id); err != nil {
			t.Error(err)
		}
	}
	for what, list := range map[string]func() (backpack.MeetingList, error){
		"the programme": func() (backpack.MeetingList, error) { return c.Meetings(t.Context(), p) },
		"the question":  func() (backpack.MeetingList, error) { return c.MeetingsAbout(t.Context(), p, entry, "") },
	} {
		all, err := list()
		shown, _ := json.Marshal(all)
		if p.ID != "" && err != nil || strings.Contains(string(shown), "Kanariebijeenkomst") != sees {
			t.Errorf("%s for %s: %s, %v, want %v", what, name, shown, err, sees)
		}
	}
	return sees
}

// A meeting is seen by who is invited and may read what it is about. Who signed
// up keeps seeing it, without what they may no longer read.
func TestMeetingIsSeenByTheInvited(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx := t.Context()
	in := simple("Hoe beginnen we samen?", "Tekst.", rugzak.LevelInternal, c.partner)
	in.Kind = rugzak.KindQuestion
	question := c.share(t, c.people[author], in)
	if _, err := c.SaveMeeting(ctx, c.people[elsewhere], "", 0, c.meeting(question.ID, rugzak.WholeMunicipality)); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Fatalf("who has no part in the question plans a meeting: %v", err)
	}
	if _, err := c.SaveMeeting(ctx, c.people[author], "", 0, c.meeting(question.ID, c.people[douglas].Organisation)); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Fatalf("a partner is invited who may not read the question: %v", err)
	}
	m, err := c.SaveMeeting(ctx, c.people[author], "", 0, c.meeting(question.ID, rugzak.WholeMunicipality, c.partner))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range c.names {
		want := name != nobodyAtAll && name != gone && name != douglas
		if got := c.seesMeeting(t, name, m.ID, question.ID); got != want {
			t.Errorf("%s sees it: %v", name, got)
		}
	}
	if err := c.SignUp(ctx, c.people[ceder], m.ID, true); err != nil {
		t.Fatal(err)
	}
	if err := c.SignUp(ctx, c.people[elsewhere], m.ID, false); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{author, teammate} { // to its maker no more is told
		v, err := c.Service.Meeting(ctx, c.people[name], m.ID)
		if err != nil || !v.Total.Held || v.Total.N != 0 || len(v.Names) != 1 || v.Names[0].Name != c.people[ceder].Name {
			t.Errorf("who comes, as %s sees it: %+v %+v, %v", name, v.Total, v.Names, err)
		}
		if shown, _ := json.Marshal(v); strings.Contains(string(shown), string(c.people[elsewhere].ID)) {
			t.Errorf("%s learns who else comes: %s", name, shown)
		}
	}
	moved := c.meeting(question.ID, rugzak.WholeMunicipality, c.partner)
	moved.Start = "14:30"
	if m, err = c.SaveMeeting(ctx, c.people[author], m.ID, m.Version, moved); err != nil {
		t.Fatal(err)
	}
	if got := c.toldOf(t, c.people[ceder]); got != string(rugzak.NoticeMeetingMoved) {
		t.Errorf("who signed up is told %q", got)
	}
	stored, _ := c.stored(t, question.ID)
	if _, err := c.ChangeAudience(ctx, c.people[author], question.ID, stored.Version, rugzak.Audience{Level: rugzak.LevelTeam}); err != nil {
		t.Fatal(err)
	}
	if c.seesMeeting(t, "participant", m.ID, question.ID) {
		t.Error("who may not read the question any more still sees the meeting")
	}
	v, err := c.Service.Meeting(ctx, c.people[ceder], m.ID)
	if err != nil || !v.Coming || v.About != nil || v.Meeting.Entry != "" {
		t.Errorf("who signed up sees %+v, %v", v, err)
	}
	if err := c.CancelMeeting(ctx, c.people[ceder], m.ID); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("somebody else cancels: %v", err)
	}
	c.clock.turn(c.clock.Now().Add(time.Second))
	if err := c.CancelMeeting(ctx, c.people[author], m.ID); err != nil {
		t.Fatal(err)
	}
	if got := c.toldOf(t, c.people[elsewhere]); got != "meeting_cancelled meeting_moved" {
		t.Errorf("who signed up is told %q", got)
	}
	if err := c.SignUp(ctx, c.people[teammate], m.ID, false); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("signing up for what is off: %v", err)
	}
	if err := c.SignOff(ctx, c.people[ceder], m.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Service.Meeting(ctx, c.people[ceder], m.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("after signing off: %v", err)
	}
}

// Who changes a meeting does not leave out an organisation they may not know.
func TestWhoIsInvitedStaysWhenAPartnerChangesAMeeting(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, other := t.Context(), c.people[douglas].Organisation
	in := simple("Hoe beginnen we samen?", "Tekst.", rugzak.LevelInternal, c.partner, other)
	in.Kind = rugzak.KindQuestion
	question := c.share(t, c.people[author], in)
	of := rugzak.Subject(rugzak.EntrySubject(question.ID))
	if err := c.Join(ctx, c.people[ceder], of, backpack.JoinInput{Way: rugzak.WayDo, Step: "Ik bel.", When: c.meeting("").Day}); err != nil {
		t.Fatal(err)
	}
	m, err := c.SaveMeeting(ctx, c.people[ceder], "", 0, c.meeting(question.ID, rugzak.WholeMunicipality, c.partner))
	if err != nil {
		t.Fatal(err)
	}
	if m, err = c.SaveMeeting(ctx, c.people["facilitator"], m.ID, m.Version, c.meeting(question.ID, rugzak.WholeMunicipality, c.partner, other)); err != nil {
		t.Fatal(err)
	}
	v, err := c.Service.Meeting(ctx, c.people[ceder], m.ID)
	if shown, _ := json.Marshal(v); err != nil || strings.Contains(string(shown), string(other)) {
		t.Fatalf("the partner learns who else is invited: %s, %v", shown, err)
	}
	moved := c.meeting(question.ID, v.Meeting.Organisations...)
	moved.Start = "14:30"
	if m, err = c.SaveMeeting(ctx, c.people[ceder], m.ID, m.Version, moved); err != nil {
		t.Fatal(err)
	}
	if !c.seesMeeting(t, douglas, m.ID, question.ID) || !c.seesMeeting(t, elsewhere, m.ID, question.ID) {
		t.Errorf("invited now: %v", m.Organisations)
	}
	// Whom they know they can leave out.
	if m, err = c.SaveMeeting(ctx, c.people["facilitator"], m.ID, m.Version, c.meeting(question.ID, rugzak.WholeMunicipality, c.partner)); err != nil || c.seesMeeting(t, douglas, m.ID, question.ID) {
		t.Errorf("left out: %v, %v", m.Organisations, err)
	}
}

// The form of a meeting, sent twice, makes one; the key of another makes one's
// own, so that it is no way to find out what there is.
func TestMeetingFormSentTwice(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	in := c.meeting("", rugzak.WholeMunicipality)
	in.Key = string(c.NewID())
	first, err := c.SaveMeeting(t.Context(), c.people["facilitator"], "", 0, in)
	if err != nil {
		t.Fatal(err)
	}
	again, err := c.SaveMeeting(t.Context(), c.people["facilitator"], "", 0, in)
	if err != nil || again.ID != first.ID {
		t.Errorf("sent again: %s, %v", again.ID, err)
	}
	for _, key := range []string{in.Key, first.ID} {
		in.Key = key
		if made, err := c.SaveMeeting(t.Context(), c.people["coreteam"], "", 0, in); err != nil || made.ID == first.ID {
			t.Errorf("with the key of another: %s, %v", made.ID, err)
		}
	}
}
