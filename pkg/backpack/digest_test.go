// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// digestDay is a Tuesday after nine, in the week after the clock of a house.
var digestDay = time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)

// subscribe lets somebody have the message of the week mailed.
func (h *house) subscribe(t testing.TB, p rugzak.Person) {
	t.Helper()
	if err := h.WantDigest(t.Context(), p, true); err != nil {
		t.Fatal(err)
	}
}

// queueDigests queues the messages of the week and sends nothing.
func (h *house) queueDigests(t testing.TB, holder string) {
	t.Helper()
	if err := h.QueueDigests(t.Context(), holder); err != nil {
		t.Fatal(err)
	}
}

// textsTo joins what somebody was sent.
func (p *postbox) textsTo(to string) (all string) {
	for _, m := range p.got {
		if m.To == to {
			all += m.Subject + m.Text + m.HTML
		}
	}
	return all
}

// The message of the week comes to who chose it, once, whoever starts again in
// between; who has nothing to read gets none, and so does who stopped meanwhile.
func TestDigestComesOnceAWeek(t *testing.T) {
	c := newCast(t)
	box := c.withPost()
	wanting, stopping, leaving, writer := c.people[elsewhere], c.people["facilitator"], c.people["coreteam"], c.people[author]
	c.share(t, writer, simple("Nieuws voor iedereen", "Tekst.", rugzak.LevelInternal))
	for _, p := range []rugzak.Person{wanting, stopping, leaving, c.people[douglas]} {
		c.subscribe(t, p)
	}
	c.round(t)
	if len(box.got) > 0 || len(c.waiting(t)) > 0 {
		t.Fatalf("before its hour: %+v", box.got)
	}
	c.clock.turn(digestDay)
	c.queueDigests(t, "a")
	queue := c.waiting(t)
	if len(queue) != 4 {
		t.Fatalf("queued %+v", queue)
	}
	for _, m := range queue {
		if m.Kind != backpack.MailDigest || m.Week != "2026-W48" || m.Entry != "" || strings.Contains(fmt.Sprintf("%+v", m), "@") {
			t.Errorf("the queue holds %+v", m)
		}
	}
	// The day's work was not marked as done when the process died: nobody is
	// queued again.
	c.put(t, func(w rugzak.Writer) error { return w.MarkDone("digest", time.Time{}) })
	c.queueDigests(t, "a")
	if n := len(c.waiting(t)); n != 4 {
		t.Errorf("after another start %d wait", n)
	}
	if err := c.WantDigest(t.Context(), stopping, false); err != nil {
		t.Fatal(err)
	}
	c.inactive(t, c.person(t, leaving.Email), true)
	c.round(t)
	if len(box.got) != 1 || box.got[0].To != wanting.Email || !strings.Contains(box.got[0].Text, "Nieuws voor iedereen") || box.got[0].Unsubscribe == "" {
		t.Fatalf("sent %+v", box.got)
	}
	for range 3 {
		c.clock.turn(c.clock.Now().Add(24 * time.Hour))
		c.round(t)
	}
	if len(box.got) != 1 {
		t.Errorf("in one week %d were sent", len(box.got))
	}
	c.clock.turn(digestDay.AddDate(0, 0, 7))
	c.share(t, writer, simple("Een week later", "Tekst.", rugzak.LevelInternal))
	c.round(t)
	if len(box.got) != 2 || !strings.Contains(box.got[1].Text, "Een week later") || strings.Contains(box.got[1].Text, "Nieuws voor iedereen") {
		t.Errorf("the next week: %+v", box.got)
	}
	// A server that was down for days does not send old news.
	c.clock.turn(digestDay.AddDate(0, 0, 14+5))
	c.share(t, writer, simple("Te laat", "Tekst.", rugzak.LevelInternal))
	c.round(t)
	if len(box.got) != 2 {
		t.Errorf("five days late: %+v", box.got[2:])
	}
}

// What a partner is mailed is what they may see when it is sent: rights that go
// while it waits act, for what was chosen as for what came by itself.
func TestDigestOfAPartnerHoldsWhatTheyMaySeeNow(t *testing.T) {
	c := newCast(t)
	box := c.withPost()
	writer, partner, curator := c.people[author], c.people[ceder], c.people["facilitator"]
	stays := c.share(t, writer, simple("Blijft gedeeld", "Tekst.", rugzak.LevelInternal, c.partner))
	goes := c.share(t, writer, simple("Wordt teruggetrokken", "Tekst.", rugzak.LevelInternal, c.partner))
	inside := c.share(t, writer, simple("Alleen binnen", "Tekst.", rugzak.LevelInternal))
	var picks []rugzak.DigestPick
	for _, e := range []rugzak.Entry{goes, inside, stays} {
		picks = append(picks, rugzak.DigestPick{Entry: e.ID, Reason: "Waarom " + e.Title})
	}
	desk, err := c.DigestDesk(t.Context(), curator)
	if err != nil || desk.Week != "2026-W48" {
		t.Fatalf("%+v, %v", desk, err)
	}
	if err := c.SaveDigest(t.Context(), curator, desk.Week, desk.Version, picks); err != nil {
		t.Fatal(err)
	}
	c.subscribe(t, partner)
	c.subscribe(t, c.people[elsewhere])
	c.clock.turn(digestDay)
	c.leave(t, partner, rugzak.NoticeReview, goes.ID) // also what they were told
	before, err := c.WeekMessage(t.Context(), partner)
	if err != nil || len(before.Items) != 2 {
		t.Fatalf("before: %+v, %v", before.Items, err)
	}
	c.queueDigests(t, "a")
	if _, err := c.ChangeAudience(t.Context(), writer, goes.ID, goes.Version, rugzak.Audience{Level: rugzak.LevelInternal}); err != nil {
		t.Fatal(err)
	}
	c.round(t)
	mailed := box.textsTo(partner.Email)
	if !strings.Contains(mailed, "Blijft gedeeld") || !strings.Contains(mailed, "Waarom Blijft gedeeld") {
		t.Errorf("what the partner may see is not there: %s", mailed)
	}
	for _, hidden := range []string{"teruggetrokken", "Alleen binnen", string(goes.ID), string(inside.ID)} {
		if strings.Contains(mailed, hidden) {
			t.Errorf("the partner is mailed %q", hidden)
		}
	}
	if colleague := box.textsTo(c.people[elsewhere].Email); !strings.Contains(colleague, "teruggetrokken") || !strings.Contains(colleague, "Alleen binnen") {
		t.Errorf("a colleague misses what they may see: %s", colleague)
	}
	now, err := c.WeekMessage(t.Context(), partner)
	if err != nil || len(now.Items) != 1 || now.Items[0].Entry != stays.ID || !now.Items[0].Chosen {
		t.Errorf("in the site: %+v, %v", now.Items, err)
	}
	if preview, err := c.PreviewDigest(t.Context(), partner); err != nil || !strings.Contains(preview, "Blijft gedeeld") || strings.Contains(preview, "binnen") {
		t.Errorf("the preview: %q, %v", preview, err)
	}
}

// Choosing takes one to five entries the chooser may read, each once and with a
// reason that holds no number of a person; what goes takes its reason along.
func TestChooseTheDigest(t *testing.T) {
	c := newCast(t)
	curator, writer := c.people["facilitator"], c.people[author]
	var shared []rugzak.Entry
	for i := range 6 {
		shared = append(shared, c.share(t, writer, simple(fmt.Sprint("Verhaal ", i), "Tekst.", rugzak.LevelInternal)))
	}
	hidden := c.share(t, writer, simple("Voor het team", "Tekst.", rugzak.LevelTeam))
	pick := func(e rugzak.Entry, reason string) rugzak.DigestPick {
		return rugzak.DigestPick{Entry: e.ID, Reason: reason}
	}
	const week = "2026-W48"
	six := make([]rugzak.DigestPick, 0, 6)
	for _, e := range shared {
		six = append(six, pick(e, "Goed"))
	}
	for name, test := range map[string]struct {
		week  rugzak.Week
		picks []rugzak.DigestPick
		want  rugzak.Code
	}{
		"six":         {week, six, rugzak.CodeInvalid},
		"hidden":      {week, []rugzak.DigestPick{pick(hidden, "Goed")}, rugzak.CodeInvalid},
		"absent":      {week, []rugzak.DigestPick{{Entry: rugzak.EntryID(rugzak.NewID(c.clock.Now())), Reason: "Goed"}}, rugzak.CodeInvalid},
		"no reason":   {week, []rugzak.DigestPick{pick(shared[0], " ")}, rugzak.CodeInvalid},
		"twice":       {week, []rugzak.DigestPick{pick(shared[0], "Goed"), pick(shared[0], "Goed")}, rugzak.CodeInvalid},
		"a number":    {week, []rugzak.DigestPick{pick(shared[0], "Vraag naar 111222333")}, rugzak.CodeInvalid},
		"a telephone": {week, []rugzak.DigestPick{pick(shared[0], "Goed"), pick(shared[1], "Bel 06-12345678")}, rugzak.CodeInvalid},
		"a past week": {"2026-W40", []rugzak.DigestPick{pick(shared[0], "Goed")}, rugzak.CodeConflict},
	} {
		if err := c.SaveDigest(t.Context(), curator, test.week, 0, test.picks); rugzak.CodeOf(err) != test.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := c.SaveDigest(t.Context(), curator, week, 0, six[:2]); err != nil {
		t.Fatal(err)
	}
	if err := c.SaveDigest(t.Context(), curator, week, 0, six[:1]); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("somebody else chose meanwhile: %v", err)
	}
	c.put(t, func(w rugzak.Writer) error { return w.PurgeEntry(shared[0].ID) })
	desk, err := c.DigestDesk(t.Context(), curator)
	if err != nil || len(desk.Picks) != 1 || desk.Picks[0].Entry != shared[1].ID {
		t.Errorf("after a purge: %+v, %v", desk.Picks, err)
	}
}

// Nothing is chosen by anybody: the message makes itself, of at most five things
// each with a reason, and never of one's own.
func TestDigestMakesItself(t *testing.T) {
	c := newCast(t)
	c.withPost()
	reader := c.people[elsewhere]
	lesson := c.share(t, c.people[author], simple("Bel eerst", "Tekst.", rugzak.LevelInternal))
	own := c.share(t, reader, simple("Van mezelf", "Tekst.", rugzak.LevelInternal))
	c.clock.turn(digestDay.Add(-time.Hour))
	in := simple("Wij belden ook", "Tekst.", rugzak.LevelInternal)
	in.Kind, in.Application = rugzak.KindApplication, &rugzak.ApplicationData{Lesson: lesson.ID, Outcome: rugzak.OutcomeWorked}
	c.share(t, c.people["facilitator"], in)
	c.clock.turn(digestDay)
	v, err := c.WeekMessage(t.Context(), reader)
	if err != nil || len(v.Items) == 0 || len(v.Items) > rugzak.MaxDigestItems {
		t.Fatalf("%+v, %v", v.Items, err)
	}
	if first := v.Items[0]; first.Entry != lesson.ID || first.Key != "digest.reason.used" || first.Times != 1 {
		t.Errorf("first is %+v", first)
	}
	seen := map[rugzak.EntryID]bool{}
	for _, item := range v.Items {
		if item.Entry == own.ID || seen[item.Entry] || item.Key == "" {
			t.Errorf("there is %+v", item)
		}
		seen[item.Entry] = true
	}
}

// However many want it, one transaction queues few, and all are queued.
func TestDigestForMany(t *testing.T) {
	c := newCast(t)
	c.withPost()
	const many = 120
	for range many {
		c.subscribe(t, c.join(t, c.people[author].Organisation, "", rugzak.RoleParticipant))
	}
	c.clock.turn(digestDay)
	c.queueDigests(t, "a")
	people := map[rugzak.PersonID]bool{}
	for _, m := range c.waiting(t) {
		people[m.To] = true
	}
	if len(people) != many || len(c.waiting(t)) != many {
		t.Errorf("%d people, %d mails", len(people), len(c.waiting(t)))
	}
}
