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

// say responds to an entry, and fails when that is refused.
func (c *cast) say(t *testing.T, who string, e rugzak.EntryID, in backpack.ResponseInput) rugzak.Response {
	t.Helper()
	c.clock.turn(c.clock.Now().Add(time.Minute))
	if in.Kind == "" {
		in.Kind = rugzak.ResponseQuestion
	}
	if in.Lang == "" {
		in.Lang = rugzak.Dutch
	}
	x, _, err := c.Respond(t.Context(), c.people[who], e, in)
	if err != nil {
		t.Fatalf("%s responds: %v", who, err)
	}
	return x
}

// heard is the text of everything a person reads beneath an entry.
func (c *cast) heard(t *testing.T, who string, e rugzak.EntryID) string {
	t.Helper()
	v, err := c.Responses(t.Context(), c.people[who], e, 1, "")
	if err != nil {
		return ""
	}
	var b strings.Builder
	for _, x := range v.Threads {
		b.WriteString(x.Author + x.HTML + x.Response.Body)
		if x.Gone {
			b.WriteString("[gone]")
		}
		for _, r := range x.Replies {
			b.WriteString(r.Author + r.HTML + r.Response.Body)
		}
	}
	return b.String()
}

// noticed counts the notices of a kind that a person can see.
func (c *cast) noticed(t *testing.T, who string, kind rugzak.NoticeKind) (count int) {
	t.Helper()
	err := c.Store.View(t.Context(), func(r rugzak.Reader) error {
		all, err := r.Notices(c.people[who].ID)
		for _, n := range all {
			if n.Kind == kind {
				count++
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return count
}

// What is said about an entry is seen by exactly who may read the entry, at all
// times.
func TestResponsesFollowTheirEntry(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	e := c.write(t, audienceCase{name: "municipality and partner", by: author, level: rugzak.LevelInternal, also: []string{ceder}})
	c.say(t, ceder, e.ID, backpack.ResponseInput{Body: "kraanvogel"})
	for _, who := range []string{author, teammate, elsewhere, ceder} {
		if !strings.Contains(c.heard(t, who, e.ID), "kraanvogel") {
			t.Errorf("%s does not read the response", who)
		}
	}
	if said := c.heard(t, douglas, e.ID); said != "" {
		t.Errorf("another partner reads %q", said)
	}
	stored, _ := c.stored(t, e.ID)
	if _, err := c.ChangeAudience(t.Context(), c.people[author], e.ID, stored.Version, rugzak.Audience{Level: rugzak.LevelTeam}); err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{elsewhere, ceder} {
		if said := c.heard(t, who, e.ID); said != "" {
			t.Errorf("%s still reads %q after the entry was narrowed", who, said)
		}
	}
	if !strings.Contains(c.heard(t, teammate, e.ID), "kraanvogel") {
		t.Error("a teammate no longer reads the response")
	}
}

func TestWithdrawingAndPurgingResponses(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	e := c.write(t, audienceCase{name: "department", by: author, level: rugzak.LevelOrganisation})
	first := c.say(t, teammate, e.ID, backpack.ResponseInput{Body: "ooievaar"})
	c.say(t, author, e.ID, backpack.ResponseInput{Body: "reiger", To: first.ID, Kind: rugzak.ResponseAnswer})
	if _, err := c.WithdrawResponse(t.Context(), c.people[teammate], e.ID, first.ID); err != nil {
		t.Fatal(err)
	}
	if said := c.heard(t, author, e.ID); strings.Contains(said, "ooievaar") || !strings.Contains(said, "[gone]") || !strings.Contains(said, "reiger") {
		t.Errorf("others read %q of a withdrawn response that was answered", said)
	}
	if !strings.Contains(c.heard(t, teammate, e.ID), "ooievaar") {
		t.Error("who withdrew it cannot read it any more")
	}
	if _, err := c.PutBackResponse(t.Context(), c.people[teammate], e.ID, first.ID); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(c.heard(t, author, e.ID), "ooievaar") {
		t.Error("put back, nobody reads it")
	}
	if _, err := c.PurgeOwnResponse(t.Context(), c.people[teammate], e.ID, first.ID); err != nil {
		t.Fatal(err)
	}
	if said := c.heard(t, teammate, e.ID); strings.Contains(said, "ooievaar") || !strings.Contains(said, "reiger") {
		t.Errorf("after purging %q is read", said)
	}
	if _, _, err := c.EditResponse(t.Context(), c.people[teammate], e.ID, first.ID, 1, backpack.ResponseInput{}); err == nil {
		t.Error("what was purged can be edited")
	}
}

// A number that may be a citizen service number is not stored in a response,
// new or edited, and a reported one is hidden at once.
func TestPrivacyOfResponses(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	e := c.write(t, audienceCase{name: "municipality", by: author, level: rugzak.LevelInternal})
	bad := backpack.ResponseInput{Kind: rugzak.ResponseTip, Lang: rugzak.Dutch, Body: "Bel over bsn 111222333."}
	if _, _, err := c.Respond(t.Context(), c.people[teammate], e.ID, bad); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("a citizen service number gave %v", err)
	}
	x := c.say(t, teammate, e.ID, backpack.ResponseInput{Body: "flamingo"})
	if _, _, err := c.EditResponse(t.Context(), c.people[teammate], e.ID, x.ID, x.Version, bad); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("a citizen service number in an edit gave %v", err)
	}
	if _, err := c.ReportResponse(t.Context(), c.people[elsewhere], e.ID, x.ID, rugzak.ReasonStory); err != nil {
		t.Fatal(err)
	}
	for who, reads := range map[string]bool{author: false, elsewhere: false, teammate: true, "privacyofficer": true} {
		if strings.Contains(c.heard(t, who, e.ID), "flamingo") != reads {
			t.Errorf("%s reads a reported response: want %v", who, reads)
		}
	}
	all, err := c.Incidents(t.Context(), c.people["privacyofficer"])
	if err != nil || len(all) != 1 || all[0].Incident.Response != x.ID {
		t.Fatalf("the incidents are %v, %v", all, err)
	}
	if _, err := c.Settle(t.Context(), c.people["privacyofficer"], all[0].ID, rugzak.SettledPurged, false); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(c.heard(t, teammate, e.ID), "flamingo") {
		t.Error("a purged response is still read")
	}
}

// Nobody learns from responses who wrote without name, and the writer hears of
// them without a notice that leads to the entry.
func TestResponsesToSomethingWithoutName(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	e := c.write(t, audienceCase{name: "without name", by: author, mode: rugzak.Anonymous, level: rugzak.LevelInternal})
	c.say(t, teammate, e.ID, backpack.ResponseInput{Body: "Hoe?"})
	if c.noticed(t, author, rugzak.NoticeResponse) != 0 || c.noticed(t, author, rugzak.NoticeResponseUnnamed) != 1 {
		t.Error("who wrote without name is told otherwise than without the entry")
	}
	c.say(t, author, e.ID, backpack.ResponseInput{Body: "Vraag ik me ook af."})
	v, err := c.Responses(t.Context(), c.people[teammate], e.ID, 1, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range v.Threads {
		if x.Writer {
			t.Error("a response shows who wrote without name")
		}
	}
	mine, err := c.Responses(t.Context(), c.people[author], e.ID, 1, "")
	if err != nil || !mine.Nameless || v.Nameless {
		t.Errorf("the warning shows for the writer %v and for another %v, %v", mine.Nameless, v.Nameless, err)
	}
}

// A partner names only who is on the page or of their own organisation; others
// are as if they did not exist.
func TestMentions(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	e := c.write(t, audienceCase{name: "municipality and partner", by: author, level: rugzak.LevelInternal, also: []string{ceder}})
	ask := func(who, named string) error {
		_, _, err := c.Respond(t.Context(), c.people[who], e.ID, backpack.ResponseInput{
			Kind: rugzak.ResponseQuestion, Lang: rugzak.Dutch, Body: "Dag " + rugzak.Mention(rugzak.PersonID(named)),
		})
		return err
	}
	stranger, absent := ask(ceder, string(c.people[elsewhere].ID)), ask(ceder, string(c.NewID()))
	if stranger == nil || answerOf(stranger) != answerOf(absent) {
		t.Errorf("naming somebody unseen gave %v, somebody who does not exist %v", stranger, absent)
	}
	if err := ask(ceder, string(c.people[author].ID)); err != nil {
		t.Errorf("naming the author gave %v", err)
	}
	if c.noticed(t, author, rugzak.NoticeMention) != 1 || c.noticed(t, author, rugzak.NoticeResponse) != 0 {
		t.Error("who is named is not told once, as named")
	}
	if err := ask(teammate, string(c.people[douglas].ID)); err == nil {
		t.Error("somebody who may not read the entry was named")
	}
	if c.noticed(t, douglas, rugzak.NoticeMention) != 0 {
		t.Error("somebody who may not read the entry was told of it")
	}
	found, err := c.MentionChoices(t.Context(), c.people[ceder], e.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range found {
		if m.ID != c.people[author].ID {
			t.Errorf("a partner is offered %s", m.Name)
		}
	}
}

func TestQuestionPhase(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	in := simple("Hoe houden we contact?", "We zoeken.", rugzak.LevelInternal)
	in.Kind = rugzak.KindQuestion
	e := c.share(t, c.people[author], in)
	if _, err := c.BeginAskPhase(t.Context(), c.people[author], e.ID); err != nil {
		t.Fatal(err)
	}
	tip := backpack.ResponseInput{Kind: rugzak.ResponseTip, Body: "Bel eens.", Lang: rugzak.Dutch}
	if _, _, err := c.Respond(t.Context(), c.people[teammate], e.ID, tip); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("a tip in the question phase gave %v", err)
	}
	q := c.say(t, teammate, e.ID, backpack.ResponseInput{Body: "Met wie?"})
	waiting, err := c.WaitingResponses(t.Context(), c.people[author], 10)
	if err != nil || len(waiting) != 1 || waiting[0].Response != q.ID {
		t.Errorf("what waits for an answer is %v, %v", waiting, err)
	}
	c.say(t, author, e.ID, backpack.ResponseInput{Body: "Met de wijk.", To: q.ID, Kind: rugzak.ResponseAnswer})
	if waiting, err := c.WaitingResponses(t.Context(), c.people[author], 10); err != nil || len(waiting) != 0 {
		t.Errorf("answered, still waits: %v, %v", waiting, err)
	}
	if _, err := c.EndAskPhase(t.Context(), c.people[author], e.ID); err != nil {
		t.Fatal(err)
	}
	if _, _, err := c.Respond(t.Context(), c.people[teammate], e.ID, tip); err != nil {
		t.Errorf("a tip after the question phase gave %v", err)
	}
}

// An own experience becomes a draft once; shared by name the response leads to
// it, shared without name nothing does.
func TestExperienceBecomesEntry(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	e := c.write(t, audienceCase{name: "municipality", by: author, level: rugzak.LevelInternal})
	leads := func(who string) (to rugzak.EntryID) {
		v, err := c.Responses(t.Context(), c.people[who], e.ID, 1, "")
		if err != nil {
			t.Fatal(err)
		}
		return v.Threads[len(v.Threads)-1].Entry
	}
	for _, mode := range []rugzak.AuthorMode{rugzak.ByName, rugzak.Anonymous} {
		x := c.say(t, teammate, e.ID, backpack.ResponseInput{Kind: rugzak.ResponseExperience, Body: "Wij belden eerst."})
		made, err := c.EntryFromResponse(t.Context(), c.people[teammate], e.ID, x.ID)
		if err != nil {
			t.Fatal(err)
		}
		again, err := c.EntryFromResponse(t.Context(), c.people[teammate], e.ID, x.ID)
		if err != nil || again.Entry.ID != made.Entry.ID {
			t.Errorf("pressed again it made %v, %v", again.Entry.ID, err)
		}
		if leads(teammate) != made.Entry.ID || leads(elsewhere) != "" {
			t.Error("a draft is shown to others, or not to its author")
		}
		in := c.InputOf(made.Entry)
		in.Title, in.Mode, in.Audience = "Eerst bellen", mode, rugzak.Audience{Level: rugzak.LevelInternal}
		if _, err := c.Share(t.Context(), c.people[teammate], made.Entry.ID, made.Entry.Version, in); err != nil {
			t.Fatal(err)
		}
		if named := mode == rugzak.ByName; (leads(elsewhere) != "") != named {
			t.Errorf("shared as %q, the response leads to %q", mode, leads(elsewhere))
		}
		stored, err := c.responseStored(t, e.ID, x.ID)
		if err != nil || mode == rugzak.Anonymous && stored.Became != "" {
			t.Errorf("without name, the store still leads from %s to %s: %v", x.ID, stored.Became, err)
		}
	}
}

func (c *cast) responseStored(t *testing.T, e rugzak.EntryID, id string) (x rugzak.Response, err error) {
	t.Helper()
	err = c.Store.View(t.Context(), func(r rugzak.Reader) (err error) { x, err = r.Response(e, id); return err })
	return x, err
}

// One press and the same press back; no organisation is named for few people.
func TestRecognition(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	e := c.write(t, audienceCase{name: "municipality", by: author, level: rugzak.LevelInternal})
	seen := func(who string) backpack.Recognition {
		v, err := c.Responses(t.Context(), c.people[who], e.ID, 1, "")
		if err != nil {
			t.Fatal(err)
		}
		return v.Recognition
	}
	press := func(who string, kind rugzak.SignalKind) {
		if _, err := c.Press(t.Context(), c.people[who], rugzak.Signal{Entry: e.ID, Kind: kind}); err != nil {
			t.Fatal(err)
		}
	}
	for i, who := range ofAhorn[:rugzak.RecognisedBy] {
		if len(seen(author).Organisations) > 0 {
			t.Errorf("an organisation is named for %d people", i)
		}
		press(who, rugzak.SignalRecognise)
		if r := seen(author); len(r.Organisations) == 0 && !r.Others {
			t.Errorf("nothing is said after %s recognised it", who)
		}
	}
	if len(seen(author).Organisations) != 1 {
		t.Error("no organisation is named for enough people")
	}
	press(ofAhorn[0], rugzak.SignalRecognise)
	if r := seen(author); len(r.Organisations) > 0 || seen(ofAhorn[0]).Mine {
		t.Error("the same press does not take it back")
	}
	press(elsewhere, rugzak.SignalThank)
	press(elsewhere, rugzak.SignalThank)
	press(elsewhere, rugzak.SignalThank)
	if n := c.noticed(t, author, rugzak.NoticeThanks); n != 1 {
		t.Errorf("thanked by one person, told %d times", n)
	}
}
