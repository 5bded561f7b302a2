// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/boltstore"
	"rugzak/pkg/rugzak"
)

// openIncident is the one report that waits for a privacy officer.
func (c *cast) openIncident(t *testing.T) backpack.IncidentView {
	t.Helper()
	all, err := c.Incidents(t.Context(), c.people["privacyofficer"])
	if err != nil || len(all) == 0 || !all[0].Open() {
		t.Fatalf("incidents %+v, %v", all, err)
	}
	v, err := c.Incident(t.Context(), c.people["privacyofficer"], all[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// A reported meeting is gone at once for everybody but its maker, comes back when
// it is put back, with who signed up, and leaves nothing when it is purged.
func TestReportMeeting(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, maker, officer := t.Context(), c.people[author], c.people["privacyofficer"]
	in := simple("Hoe beginnen we samen?", "Tekst.", rugzak.LevelInternal, c.partner)
	in.Kind = rugzak.KindQuestion
	question := c.share(t, maker, in)
	m, err := c.SaveMeeting(ctx, maker, "", 0, c.meeting(question.ID, rugzak.WholeMunicipality, c.partner))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.SignUp(ctx, c.people[ceder], m.ID, true); err != nil {
		t.Fatal(err)
	}
	if _, err := c.ReportMeeting(ctx, c.people[douglas], m.ID, rugzak.ReasonName); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Fatalf("who does not see it reports it: %v", err)
	}
	if _, err := c.ReportMeeting(ctx, c.people[ceder], m.ID, rugzak.ReasonName); err != nil {
		t.Fatal(err)
	}
	for _, name := range c.names {
		if sees := c.seesMeeting(t, name, m.ID, question.ID); sees != (name == author) {
			t.Errorf("%s sees the reported meeting: %v", name, sees)
		}
	}
	if mine, err := c.Service.Mine(ctx, c.people[ceder], ""); err != nil || len(mine.Meetings) != 0 {
		t.Errorf("the backpack of who signed up shows %+v, %v", mine.Meetings, err)
	}
	if got := c.toldOf(t, maker); got != string(rugzak.NoticeMeetingReported) {
		t.Errorf("the maker is told %q", got)
	}
	v := c.openIncident(t)
	if v.Meeting != m.ID || v.Reporter != c.people[ceder].Name || !slices.Equal(v.Lines, []string{m.Title, m.Place}) || v.Mended || !v.MayDecide || v.Readers == 0 {
		t.Errorf("incident %+v", v)
	}
	if _, err := c.Settle(ctx, officer, v.ID, rugzak.SettledMended, false); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("settled as mended before it was: %v", err)
	}
	now, err := c.Service.Meeting(ctx, maker, m.ID)
	if err != nil {
		t.Fatal(err)
	}
	mended := c.meeting(question.ID, rugzak.WholeMunicipality, c.partner)
	mended.Title = "Kanariebijeenkomst met koffie"
	if _, err := c.SaveMeeting(ctx, maker, m.ID, now.Meeting.Version, mended); err != nil {
		t.Fatal(err)
	}
	if c.seesMeeting(t, teammate, m.ID, question.ID) {
		t.Error("a change of its maker shows it again")
	}
	if v = c.openIncident(t); !v.Mended || v.Asked.IsZero() {
		t.Errorf("the officer is told nothing of the change: %+v", v)
	}
	if _, err := c.Settle(ctx, officer, v.ID, rugzak.SettledMended, false); err != nil {
		t.Fatal(err)
	}
	if mine, err := c.Service.Mine(ctx, c.people[ceder], ""); err != nil || len(mine.Meetings) != 1 || !c.seesMeeting(t, teammate, m.ID, question.ID) {
		t.Errorf("after it was put back: %+v, %v", mine.Meetings, err)
	}
	c.clock.turn(c.clock.Now().Add(time.Second))
	if _, err := c.ReportMeeting(ctx, c.people[elsewhere], m.ID, ""); err != nil {
		t.Fatal(err)
	}
	if v = c.openIncident(t); v.Reason != rugzak.ReasonElse {
		t.Errorf("the reason is %q", v.Reason)
	}
	if _, err := c.Settle(ctx, officer, v.ID, rugzak.SettledPurged, false); err != nil {
		t.Fatal(err)
	}
	if c.seesMeeting(t, author, m.ID, question.ID) {
		t.Error("its maker sees what was purged")
	}
	if v, err = c.Incident(ctx, officer, v.ID); err != nil || !v.Gone || len(v.Lines) != 0 || len(v.Purges) != 1 {
		t.Errorf("the incident of what is gone: %+v, %v", v, err)
	}
	if err := c.store.View(ctx, func(r rugzak.Reader) error {
		_, err := r.Tombstone(rugzak.MeetingReportSubject(m.ID))
		for p, err := range r.Participants(rugzak.Subject("meeting:" + m.ID)) {
			t.Errorf("somebody still comes: %+v, %v", p, err)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}

// A reported need for room is gone for its team, its manager included. Nothing
// can be said about it until a privacy officer decides.
func TestReportRoom(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, writer, mate, officer := t.Context(), c.people[author], c.people[teammate], c.people["privacyofficer"]
	manager := c.join(t, writer.Organisation, writer.Team, rugzak.RoleParticipant, rugzak.RoleManager)
	need, err := c.AskRoom(ctx, writer, backpack.RoomInput{Kind: rugzak.RoomTime, Text: "Een uur voor de bakker", ForTeam: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{elsewhere, "privacyofficer", "administrator", ceder} {
		if _, err := c.ReportRoom(ctx, c.people[name], need.ID, rugzak.ReasonName); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("%s reports what they do not see: %v", name, err)
		}
	}
	report := func() backpack.IncidentView {
		t.Helper()
		c.clock.turn(c.clock.Now().Add(time.Second))
		if _, err := c.ReportRoom(ctx, mate, need.ID, rugzak.ReasonStory); err != nil {
			t.Fatal(err)
		}
		return c.openIncident(t)
	}
	v := report()
	if v.Need != need.ID || !slices.Equal(v.Lines, []string{need.Text}) || v.Organisation == "" {
		t.Errorf("incident %+v", v)
	}
	for name, p := range map[string]rugzak.Person{"a colleague": mate, "the manager": manager, "the officer": officer} {
		if _, err := c.Service.RoomNeed(ctx, p, need.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("%s sees it: %v", name, err)
		}
		if page, err := c.Room(ctx, p); err != nil || len(page.Open) != 0 {
			t.Errorf("%s finds %+v, %v", name, page.Open, err)
		}
		if err := c.MakeRoom(ctx, p, need.ID, "Doe maar"); err == nil {
			t.Errorf("%s makes room", name)
		}
	}
	if c.toldOf(t, manager) != "" || c.toldOf(t, writer) != string(rugzak.NoticeRoomReported) {
		t.Errorf("told: the manager %q, the writer %q", c.toldOf(t, manager), c.toldOf(t, writer))
	}
	if err := c.AnswerRoom(ctx, writer, need.ID, "Nog iets"); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("something is said about it: %v", err)
	}
	if _, err := c.Settle(ctx, officer, v.ID, rugzak.SettledMended, false); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("settled as mended: %v", err)
	}
	if _, err := c.Settle(ctx, officer, v.ID, rugzak.SettledBack, false); err != nil {
		t.Fatal(err)
	}
	if page, err := c.Room(ctx, manager); err != nil || len(page.Open) != 1 {
		t.Errorf("after it was put back: %+v, %v", page.Open, err)
	}
	if _, err := c.Settle(ctx, officer, report().ID, rugzak.SettledPurged, false); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Service.RoomNeed(ctx, writer, need.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("its writer sees what was purged: %v", err)
	}
	if c.toldOf(t, manager)+c.toldOf(t, writer) != "" {
		t.Error("somebody is still told of it")
	}
}

// What was purged of meetings and needs for room comes back by no older export,
// and by no older backup; what is reported can be settled where it is imported.
func TestPurgedMeetingAndNeedStayAway(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, writer, mate, officer := t.Context(), c.people[author], c.people[teammate], c.people["privacyofficer"]
	gone, err := c.SaveMeeting(ctx, c.people["facilitator"], "", 0, c.meeting("", rugzak.WholeMunicipality))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.SignUp(ctx, mate, gone.ID, true); err != nil {
		t.Fatal(err)
	}
	asked, err := c.AskRoom(ctx, writer, backpack.RoomInput{Kind: rugzak.RoomTime, Text: "Kanarieruimte", ForTeam: true})
	if err != nil {
		t.Fatal(err)
	}
	other := c.meeting("", rugzak.WholeMunicipality)
	other.Title = "Blijft in beeld"
	stays, err := c.SaveMeeting(ctx, c.people["facilitator"], "", 0, other)
	if err != nil {
		t.Fatal(err)
	}
	need, err := c.AskRoom(ctx, writer, backpack.RoomInput{Kind: rugzak.RoomMoney, Text: "Blijft nodig", ForTeam: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, report := range []func() (rugzak.Position, error){
		func() (rugzak.Position, error) { return c.ReportMeeting(ctx, mate, stays.ID, rugzak.ReasonName) },
		func() (rugzak.Position, error) { return c.ReportRoom(ctx, mate, need.ID, rugzak.ReasonName) },
	} {
		if _, err := report(); err != nil {
			t.Fatal(err)
		}
	}
	var backup bytes.Buffer
	if err := c.store.Backup(ctx, &backup); err != nil {
		t.Fatal(err)
	}
	before := c.export(t, true)
	for _, report := range []func() (rugzak.Position, error){
		func() (rugzak.Position, error) { return c.ReportMeeting(ctx, mate, gone.ID, rugzak.ReasonName) },
		func() (rugzak.Position, error) { return c.ReportRoom(ctx, mate, asked.ID, rugzak.ReasonName) },
	} {
		c.clock.turn(c.clock.Now().Add(time.Second))
		if _, err := report(); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Settle(ctx, officer, c.openIncident(t).ID, rugzak.SettledPurged, false); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.FinishPurges(ctx); err != nil {
		t.Fatal(err)
	}
	canaries := []string{"Kanariebijeenkomst", "Kanarieruimte"}
	for _, word := range canaries {
		if found := c.places(t, word); len(found) > 0 {
			t.Errorf("%s stands in %v", word, found)
		}
	}

	before.Everything.Tombstones = c.export(t, true).Everything.Tombstones
	empty := newHouse(t)
	if _, err := empty.ImportWhole(ctx, backpack.Operator(), before.Everything, before.whole, nil); err != nil {
		t.Fatal(err)
	}
	for _, word := range canaries {
		if found := empty.places(t, word); len(found) > 0 {
			t.Errorf("after importing an older export %s stands in %v", word, found)
		}
	}
	if err := empty.store.View(ctx, func(r rugzak.Reader) error {
		for p, err := range r.AllParticipations() {
			t.Errorf("somebody comes to what is gone: %+v, %v", p, err)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	all, err := empty.Incidents(ctx, officer)
	if err != nil || len(all) != 2 {
		t.Errorf("what is reported comes along as %+v, %v", all, err)
	}
	for _, i := range all {
		if _, err := empty.Settle(ctx, officer, i.ID, rugzak.SettledBack, false); err != nil {
			t.Errorf("%+v: %v", i, err)
		}
	}
	if list, err := empty.Meetings(ctx, mate); err != nil || len(list.Upcoming) != 1 || list.Upcoming[0].Meeting.Title != other.Title {
		t.Errorf("put back, the programme holds %+v, %v", list.Upcoming, err)
	}
	if page, err := empty.Room(ctx, mate); err != nil || len(page.Open) != 1 {
		t.Errorf("put back, the team needs %+v, %v", page.Open, err)
	}
	empty.close()

	c.close()
	done, err := boltstore.Restore(ctx, &backup, filepath.Join(c.dir, "rugzak.db"), true, nil)
	if err != nil || done.Removed != 2 {
		t.Fatalf("restore: %+v, %v", done, err)
	}
	restored, err := boltstore.Open(filepath.Join(c.dir, "rugzak.db"), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer restored.Close()
	again := &house{store: restored}
	for _, word := range canaries {
		if found := again.places(t, word); len(found) > 0 {
			t.Errorf("after restoring an older backup %s stands in %v", word, found)
		}
	}
}
