// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"encoding/json"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// leavesTraces lets somebody write in everything that holds a person, and
// returns the id of the need for room.
func (h *house) leavesTraces(t *testing.T, p rugzak.Person) string {
	t.Helper()
	now := h.person(t, p.Email)
	why := backpack.WhyInput{Why: "Zonneveld leert graag van anderen", Level: rugzak.Audience{Level: rugzak.LevelInternal}, Reviewed: true}
	if err := h.SetWhy(t.Context(), p, why, now.Version); err != nil {
		t.Fatal(err)
	}
	need, err := h.AskRoom(t.Context(), p, backpack.RoomInput{Kind: rugzak.RoomTime, Text: "Een uur per week"})
	if err != nil {
		t.Fatal(err)
	}
	in := simple("Hoe beginnen we?", "Tekst.", rugzak.LevelInternal)
	in.Kind = rugzak.KindQuestion
	question := h.share(t, p, in)
	if _, err := h.SaveMeeting(t.Context(), p, "", 0, h.meeting(question.ID, p.Organisation)); err != nil {
		t.Fatal(err)
	}
	return need.ID
}

// toldOf lists the kinds of what a person is told of needs and meetings.
func (h *house) toldOf(t *testing.T, p rugzak.Person) string {
	t.Helper()
	page, err := h.Notices(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range page.Lines {
		if l.Room+l.Meeting+string(l.Shared) != "" {
			out = append(out, string(l.Notice.Kind))
		}
	}
	return strings.Join(out, " ")
}

// A need for room is its team's: everybody else, whatever their role, gets the
// answer of one that is not there, on every surface. Who wrote it on behalf of
// the team is told to nobody.
func TestRoomIsSeenByItsTeamOnly(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx := t.Context()
	writer, mate := c.people[author], c.people[teammate]
	manager := c.join(t, writer.Organisation, writer.Team, rugzak.RoleParticipant, rugzak.RoleManager)
	need, err := c.AskRoom(ctx, writer, backpack.RoomInput{Kind: rugzak.RoomMandate, Text: "Zelf een afspraak maken met Ceder", ForTeam: true})
	if err != nil {
		t.Fatal(err)
	}
	absent := string(c.NewID())
	for _, name := range c.names {
		if name == author || name == teammate {
			continue
		}
		p := c.people[name]
		for what, do := range map[string]func(id string) error{
			"RoomNeed":     func(id string) error { return second(c.Service.RoomNeed(ctx, p, id)) },
			"MakeRoom":     func(id string) error { return c.MakeRoom(ctx, p, id, "Vanaf maandag") },
			"AskAboutRoom": func(id string) error { return c.AskAboutRoom(ctx, p, id, "Waarvoor?") },
			"ThankForRoom": func(id string) error { return c.ThankForRoom(ctx, p, id, "") },
			"AnswerRoom":   func(id string) error { return c.AnswerRoom(ctx, p, id, "Ja") },
			"CloseRoom":    func(id string) error { return c.CloseRoom(ctx, p, id) },
			"WithdrawRoom": func(id string) error { return c.WithdrawRoom(ctx, p, id) },
		} {
			if got, none := do(need.ID), do(absent); got == nil || answerOf(got) != answerOf(none) {
				t.Errorf("%s as %s: %v, absent gives %v", what, name, got, none)
			}
		}
		if v, err := c.Room(ctx, p); err == nil && len(v.Open)+len(v.Done) > 0 || err != nil && p.ID != "" {
			t.Errorf("the page of %s shows %+v, %v", name, v.Open, err)
		}
		if p.ID != "" && !p.Inactive && c.toldOf(t, p) != "" {
			t.Errorf("%s is told %s", name, c.toldOf(t, p))
		}
	}
	if got := c.toldOf(t, manager); got != string(rugzak.NoticeRoomAsked) {
		t.Errorf("the manager is told %q", got)
	}
	for name, p := range map[string]rugzak.Person{"a colleague": mate, "the manager": manager} {
		v, err := c.Room(ctx, p)
		if err != nil || len(v.Open) != 1 {
			t.Fatalf("%s sees %+v, %v", name, v, err)
		}
		if shown, _ := json.Marshal(v); strings.Contains(string(shown), string(writer.ID)) || strings.Contains(string(shown), writer.Name) {
			t.Errorf("%s sees who wrote on behalf of the team: %s", name, shown)
		}
	}
	if err := c.MakeRoom(ctx, mate, need.ID, "Doe maar"); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("a colleague makes room: %v", err)
	}
	if err := c.CloseRoom(ctx, manager, need.ID); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("the manager closes it: %v", err)
	}
	for _, say := range []func() error{
		func() error { return c.AskAboutRoom(ctx, manager, need.ID, "Met wie?") },
		func() error { return c.AnswerRoom(ctx, writer, need.ID, "Met de huismeester") },
		func() error { return c.MakeRoom(ctx, manager, need.ID, "Vanaf maandag") },
		func() error { return c.ThankForRoom(ctx, manager, need.ID, "") },
	} {
		c.clock.turn(c.clock.Now().Add(1e9))
		if err := say(); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := c.toldOf(t, writer), "room_thanks room_made room_question"; got != want {
		t.Errorf("the writer is told %q, want %q", got, want)
	}
	if got, want := c.toldOf(t, manager), "room_answer room_asked"; got != want {
		t.Errorf("the manager is told %q, want %q", got, want)
	}
	v, err := c.Service.RoomNeed(ctx, mate, need.ID)
	if shown, _ := json.Marshal(v); err != nil || v.Need.State != rugzak.RoomMade || len(v.Lines) != 4 || strings.Contains(string(shown), string(writer.ID)) {
		t.Errorf("what a colleague sees: %s, %v", shown, err)
	}
	if err := c.WithdrawRoom(ctx, writer, need.ID); err != nil {
		t.Fatal(err)
	}
	if got := c.toldOf(t, writer) + c.toldOf(t, manager); got != "" {
		t.Errorf("after it was withdrawn they are told %q", got)
	}
	c.see(t, func(r rugzak.Reader) error {
		for n, err := range r.AllRoomNeeds() {
			t.Errorf("still there: %+v, %v", n, err)
		}
		return nil
	})
}

// The form of a need, sent twice, makes one.
func TestRoomFormSentTwice(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	in := backpack.RoomInput{Kind: rugzak.RoomTime, Text: "Een uur per week", Key: string(c.NewID())}
	for range 2 {
		if _, err := c.AskRoom(t.Context(), c.people[author], in); err != nil {
			t.Fatal(err)
		}
	}
	v, err := c.Room(t.Context(), c.people[teammate])
	if err != nil || len(v.Open) != 1 {
		t.Fatalf("%d needs, %v", len(v.Open), err)
	}
	// What is in the form of another is no way to find out what there is.
	for _, key := range []string{in.Key, v.Open[0].Need.ID} {
		in.Key = key
		if made, err := c.AskRoom(t.Context(), c.people[teammate], in); err != nil || made.ID == v.Open[0].Need.ID {
			t.Errorf("with the key of another: %s, %v", made.ID, err)
		}
	}
	if _, err := c.AskRoom(t.Context(), c.people[elsewhere], backpack.RoomInput{Kind: rugzak.RoomTime, Text: "x"}); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("without a team: %v", err)
	}
	in = backpack.RoomInput{Kind: rugzak.RoomTime, Text: "Tijd voor mevrouw Jansen", Key: string(c.NewID())}
	if _, err := c.AskRoom(t.Context(), c.people[author], in); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("with a name in it: %v", err)
	}
	in.Reviewed = true
	if _, err := c.AskRoom(t.Context(), c.people[author], in); err != nil {
		t.Errorf("looked at: %v", err)
	}
}

// roomAndMeetings puts a need for room, a meeting and why somebody takes part
// into a world.
func (w *world) roomAndMeetings(t *testing.T) {
	t.Helper()
	for _, p := range w.people {
		if rugzak.CanAskRoom(p) {
			if _, err := w.AskRoom(t.Context(), p, backpack.RoomInput{Kind: rugzak.RoomContact, Text: "Iemand die de weg kent", ForTeam: true}); err != nil {
				t.Fatal(err)
			}
		}
		if rugzak.CanCurate(p) {
			if _, err := w.SaveMeeting(t.Context(), p, "", 0, w.meeting("", rugzak.WholeMunicipality)); err != nil {
				t.Fatal(err)
			}
		}
	}
	p := w.person(t, w.people[0].Email)
	in := backpack.WhyInput{Why: "Ik leer graag", Level: rugzak.Audience{Level: rugzak.LevelOrganisation}}
	if err := w.SetWhy(t.Context(), p, in, p.Version); err != nil {
		t.Fatal(err)
	}
}
