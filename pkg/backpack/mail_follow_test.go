// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// leave leaves somebody a notice, as use cases do.
func (h *house) leave(t testing.TB, p rugzak.Person, kind rugzak.NoticeKind, entry rugzak.EntryID) string {
	t.Helper()
	h.clock.turn(h.clock.Now().Add(time.Millisecond)) // they come one after another
	n := rugzak.Notice{ID: rugzak.NewID(h.clock.Now()), Person: p.ID, Kind: kind, Entry: entry, At: h.clock.Now()}
	h.put(t, func(w rugzak.Writer) error { return w.SaveNotice(n) })
	return n.ID
}

// put writes to the store.
func (h *house) put(t testing.TB, fn func(rugzak.Writer) error) {
	t.Helper()
	if _, err := h.store.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// round does what the mail does every few seconds.
func (h *house) round(t testing.TB) {
	t.Helper()
	if err := errors.Join(h.FollowNotices(t.Context(), "a"), h.QueueDigests(t.Context(), "a"), h.SendMail(t.Context(), "a")); err != nil {
		t.Fatal(err)
	}
}

// choose changes how somebody wants to be told.
func (h *house) choose(t testing.TB, p rugzak.Person, change func(*rugzak.NoticeSettings)) {
	t.Helper()
	own, _, err := h.NoticeSettings(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	change(&own)
	if err := h.SaveNoticeSettings(t.Context(), p, own); err != nil {
		t.Fatal(err)
	}
}

// Each notice that is addressed to somebody becomes one mail, whatever stops in
// between; the queue holds ids only.
func TestNoticesBecomeMailOnce(t *testing.T) {
	c := newCast(t)
	writer := c.people[author]
	e := c.share(t, writer, simple("Warme overdracht", "Geheime tekst.", rugzak.LevelInternal))
	c.leave(t, writer, rugzak.NoticeWideningAsked, e.ID) // before mail was on
	box := c.withPost()
	c.leave(t, writer, rugzak.NoticeWideningAsked, e.ID)
	c.leave(t, writer, rugzak.NoticeReview, e.ID) // for the message of the week
	c.leave(t, writer, "onbekend", e.ID)
	for range 3 {
		if err := c.FollowNotices(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
	}
	queue := c.waiting(t)
	if len(queue) != 2 {
		t.Fatalf("queued %+v", queue)
	}
	for _, m := range queue {
		if text := fmt.Sprintf("%+v", m); m.Kind != backpack.MailNotice || m.To != writer.ID || strings.Contains(text, writer.Email) || strings.Contains(text, "Warme") {
			t.Errorf("the queue holds %s", text)
		}
	}
	// Somebody else who does the mail keeps this process from it.
	c.leave(t, writer, rugzak.NoticeWideningAsked, e.ID)
	if err := c.FollowNotices(t.Context(), "b"); err != nil || len(c.waiting(t)) != 2 {
		t.Errorf("without the lease: %v, %d wait", err, len(c.waiting(t)))
	}
	c.round(t)
	if len(box.got) != 3 || len(c.waiting(t)) > 0 {
		t.Fatalf("%d sent, %d wait", len(box.got), len(c.waiting(t)))
	}
	ids := map[string]bool{}
	for _, m := range box.got {
		ids[m.ID] = true
		if m.To != writer.Email || !strings.Contains(m.Text, "Warme overdracht") || !strings.Contains(m.HTML, "Warme overdracht") || m.Unsubscribe == "" {
			t.Errorf("sent %+v", m)
		}
		if strings.Contains(m.Subject, "Warme") || strings.Contains(m.Text+m.HTML, "Geheime") {
			t.Errorf("too much is in %+v", m)
		}
	}
	if len(ids) != 3 {
		t.Errorf("%d mails have %d ids", len(box.got), len(ids))
	}
	c.round(t)
	if len(box.got) != 3 {
		t.Error("a mail was sent again")
	}
}

// A crash between queueing and remembering how far it came cannot be: both are
// one transaction. One that fails leaves neither.
func TestFollowingIsOneTransaction(t *testing.T) {
	c := newCast(t)
	c.withPost()
	for range 3 {
		c.leave(t, c.people[author], rugzak.NoticeWideningAsked, "")
	}
	var at rugzak.Position
	failing := errors.New("the disk is full")
	_, err := c.store.Update(t.Context(), func(w rugzak.Writer) error {
		if err := w.QueueMail(rugzak.Mail{ID: "x", Kind: backpack.MailNotice, At: c.clock.Now()}); err != nil {
			return err
		}
		return failing
	})
	if !errors.Is(err, failing) || len(c.waiting(t)) > 0 {
		t.Fatalf("what failed is there: %v, %v", err, c.waiting(t))
	}
	if err := c.FollowNotices(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	c.see(t, func(r rugzak.Reader) (err error) { at, err = r.FollowedTo("mail"); return err })
	head, _, err := c.store.Head(t.Context())
	if err != nil || at != head || len(c.waiting(t)) != 3 {
		t.Errorf("followed to %q of %q, %d wait: %v", at, head, len(c.waiting(t)), err)
	}
}

// What is chosen holds when it is queued and when it is sent; safety and privacy
// are told whatever is chosen.
func TestChoicesOfNotices(t *testing.T) {
	c := newCast(t)
	box := c.withPost()
	p := c.people[author]
	sent := func() int {
		t.Helper()
		box.got = nil
		c.round(t)
		return len(box.got)
	}
	asked := func() string { return c.leave(t, p, rugzak.NoticeWideningAsked, "") }
	asked()
	if sent() != 1 {
		t.Error("nothing was sent to who chose nothing")
	}
	for name, change := range map[string]func(*rugzak.NoticeSettings){
		"never": func(s *rugzak.NoticeSettings) {
			s.Choices = map[rugzak.NoticeGroup]rugzak.NoticeChoice{rugzak.GroupWidening: {Mail: rugzak.MailNever}}
		},
		"weekly": func(s *rugzak.NoticeSettings) {
			s.Choices = map[rugzak.NoticeGroup]rugzak.NoticeChoice{rugzak.GroupWidening: {Mail: rugzak.MailWeekly}}
		},
		"quiet": func(s *rugzak.NoticeSettings) { s.Choices, s.Quiet = nil, true },
	} {
		c.choose(t, p, func(s *rugzak.NoticeSettings) { *s = rugzak.NoticeSettings{} })
		asked()
		if err := c.FollowNotices(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
		c.choose(t, p, change) // while it waits
		asked()
		if n := sent(); n != 0 {
			t.Errorf("%s: %d sent", name, n)
		}
		c.leave(t, p, backpack.NoticePassword, "")
		if n := sent(); n != 1 || box.got[0].Unsubscribe != "" {
			t.Errorf("%s: of safety %d sent: %+v", name, n, box.got)
		}
	}
	c.choose(t, p, func(s *rugzak.NoticeSettings) { *s = rugzak.NoticeSettings{} })
	asked()
	if err := c.FollowNotices(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if err := c.SeenNotices(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if n := sent(); n != 0 {
		t.Errorf("%d sent of what was seen in the site", n)
	}
	for _, bad := range []rugzak.NoticeSettings{
		{Choices: map[rugzak.NoticeGroup]rugzak.NoticeChoice{rugzak.GroupPrivacy: {Hidden: true, Mail: rugzak.MailNever}}},
		{Choices: map[rugzak.NoticeGroup]rugzak.NoticeChoice{rugzak.GroupSearch: {Mail: rugzak.MailNow}}},
		{Choices: map[rugzak.NoticeGroup]rugzak.NoticeChoice{"iets": {Mail: rugzak.MailNever}}},
	} {
		if err := c.SaveNoticeSettings(t.Context(), p, bad); rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("%+v may be chosen: %v", bad, err)
		}
	}
}

// Several notices of one kind about one thing are one line, that goes as one;
// what somebody hid is neither listed nor called new.
func TestNoticesAreGrouped(t *testing.T) {
	c := newCast(t)
	p := c.people[author]
	e := c.share(t, p, simple("Samen eten", "Tekst.", rugzak.LevelInternal))
	for range 3 {
		c.leave(t, p, rugzak.NoticeReview, e.ID)
	}
	last := c.leave(t, p, rugzak.NoticeWideningYes, e.ID)
	page, err := c.Notices(t.Context(), p)
	if err != nil || len(page.Lines) != 2 || page.Lines[0].Times != 1 || page.Lines[1].Times != 3 || !page.News {
		t.Fatalf("%+v, %v", page, err)
	}
	later := c.leave(t, p, rugzak.NoticeReview, e.ID)
	if err := c.RemoveNotice(t.Context(), p, page.Lines[1].Notice.ID); err != nil {
		t.Fatal(err)
	}
	page, err = c.Notices(t.Context(), p)
	if err != nil || len(page.Lines) != 2 || page.Lines[0].Notice.ID != later || page.Lines[1].Notice.ID != last {
		t.Fatalf("after removing: %+v, %v", page, err)
	}
	c.choose(t, p, func(s *rugzak.NoticeSettings) {
		s.Choices = map[rugzak.NoticeGroup]rugzak.NoticeChoice{rugzak.GroupUpkeep: {Hidden: true, Mail: rugzak.MailWeekly}}
	})
	if page, err = c.Notices(t.Context(), p); err != nil || len(page.Lines) != 1 || page.Lines[0].Notice.ID != last {
		t.Errorf("what was hidden is listed: %+v, %v", page, err)
	}
	if err := c.RemoveNotice(t.Context(), p, last); err != nil {
		t.Fatal(err)
	}
	if page, err = c.Notices(t.Context(), p); err != nil || page.News || len(page.Lines) > 0 {
		t.Errorf("what is hidden is called new: %+v, %v", page, err)
	}
}

// The administrator says what a mail may hold; the text of an entry is never in
// one.
func TestWhatMailHolds(t *testing.T) {
	c := newCast(t)
	box := c.withPost()
	admin, writer := c.people["administrator"], c.people[author]
	in := simple("Zichtbare titel", "Nooit te mailen.", rugzak.LevelInternal)
	in.Lesson = "Bel eerst even."
	wide := c.share(t, writer, in)
	in.Audience, in.Lesson = rugzak.Audience{Level: rugzak.LevelTeam}, "Alleen voor ons."
	narrow := c.share(t, writer, in)
	for base, holds := range rugzak.AllMailHolds() {
		rules := rugzak.DefaultSettings().Mail
		rules.Holds = holds
		if err := c.SaveMailSettings(t.Context(), admin, base, rules); err != nil {
			t.Fatal(err)
		}
		box.got = nil
		c.leave(t, writer, rugzak.NoticeWideningAsked, wide.ID)
		c.leave(t, writer, rugzak.NoticeWideningAsked, narrow.ID)
		c.round(t)
		if len(box.got) != 2 {
			t.Fatalf("%s: %d sent", holds, len(box.got))
		}
		both := fmt.Sprint(box.got)
		title, lesson := strings.Contains(both, "Zichtbare titel"), strings.Contains(both, "Bel eerst even.")
		if title != (holds != rugzak.MailHoldsLink) || lesson != (holds == rugzak.MailHoldsLesson) {
			t.Errorf("%s: title %v, lesson %v in %s", holds, title, lesson, both)
		}
		if strings.Contains(both, "Nooit te mailen") || strings.Contains(both, "Alleen voor ons.") {
			t.Errorf("%s: too much in %s", holds, both)
		}
	}
}

// The link in a mail stops that mail, once and for all mails before and after;
// it says nothing of whom it is for, and nobody can tell a wrong one.
func TestStopMail(t *testing.T) {
	c := newCast(t)
	box := c.withPost()
	p, other := c.people[author], c.people[elsewhere]
	secretOf := func(m rugzak.Message) string {
		_, secret, _ := strings.Cut(m.Unsubscribe, "stop-mail/")
		return secret
	}
	for _, who := range []rugzak.Person{p, p, other} {
		c.leave(t, who, rugzak.NoticeWideningAsked, "")
	}
	c.round(t)
	secrets := map[string][]string{} // they go out in any order
	for _, m := range box.got {
		secrets[m.To] = append(secrets[m.To], secretOf(m))
	}
	if len(secrets[p.Email]) != 2 || len(secrets[other.Email]) != 1 {
		t.Fatalf("sent %+v", box.got)
	}
	first, second, others := secrets[p.Email][0], secrets[p.Email][1], secrets[other.Email][0]
	if first != second || first == others || len(first) < 40 || strings.Contains(first, string(p.ID)) {
		t.Fatalf("the secrets are %q, %q and %q", first, second, others)
	}
	c.see(t, func(r rugzak.Reader) error {
		if _, err := r.Unsubscribe(first); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Error("the secret is stored as it is")
		}
		return nil
	})
	for _, secret := range []string{first, first, "onzin", "", strings.Repeat("x", 5000)} {
		if err := c.StopMail(t.Context(), secret); err != nil {
			t.Errorf("%.20q answers %v", secret, err)
		}
	}
	box.got = nil
	c.leave(t, p, rugzak.NoticeWideningAsked, "")
	c.leave(t, other, rugzak.NoticeWideningAsked, "")
	c.round(t)
	if len(box.got) != 1 || box.got[0].To != other.Email {
		t.Errorf("after stopping: %+v", box.got)
	}
	c.clock.turn(c.clock.Now().Add(time.Hour))
	if own, _, err := c.NoticeSettings(t.Context(), p); err != nil || !own.Quiet {
		t.Errorf("%+v, %v", own, err)
	}
}

// A test mail tells whether mail goes out.
func TestTestMail(t *testing.T) {
	c := newCast(t)
	admin := c.people["administrator"]
	if err := c.SendTestMail(t.Context(), admin); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("without mail: %v", err)
	}
	box := c.withPost()
	if err := c.SendTestMail(t.Context(), admin); err != nil || len(box.got) != 1 || box.got[0].To != admin.Email || box.got[0].HTML == "" {
		t.Errorf("%v, %+v", err, box.got)
	}
	box.fail = []error{errors.New("down")}
	if err := c.SendTestMail(t.Context(), admin); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("a failure: %v", err)
	}
	c.leave(t, admin, rugzak.NoticeWideningAsked, "")
	box.fail = []error{errors.New("down")}
	_ = errors.Join(c.FollowNotices(t.Context(), "a"), c.SendMail(t.Context(), "a")) // fails, as it should
	state, err := c.MailState(t.Context(), admin)
	if err != nil || !state.On || state.Waiting != 1 || state.Failing != 1 || state.Oldest.IsZero() {
		t.Errorf("%+v, %v", state, err)
	}
}
