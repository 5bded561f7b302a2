// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// postbox takes messages, or fails as it is told.
type postbox struct {
	got  []rugzak.Message
	fail []error // used up in turn; nil goes well
}

func (p *postbox) Send(_ context.Context, m rugzak.Message) error {
	if len(p.fail) > 0 {
		err := p.fail[0]
		p.fail = p.fail[1:]
		if err != nil {
			return err
		}
	}
	p.got = append(p.got, m)
	return nil
}

// withPost sets up mail: texts show their key and what is filled in.
func (c *cast) withPost() *postbox {
	box := &postbox{}
	c.Post = &backpack.Post{
		Mailer: box,
		Text:   func(lang rugzak.Lang, key string, args ...any) string { return fmt.Sprint(lang, " ", key, " ", args) },
		Count: func(lang rugzak.Lang, key string, n int, args ...any) string {
			return fmt.Sprint(lang, " ", key, " ", n, " ", args)
		},
		Day:  func(_ rugzak.Lang, day string) string { return day },
		HTML: func(l rugzak.Letter) (string, error) { return fmt.Sprintf("<p>%+v</p>", l), nil },
		Link: func(to rugzak.LinkTo, value string) string { return "https://rugzak.test/" + string(to) + "/" + value },
	}
	return box
}

func (c *cast) waiting(t testing.TB) (queue []rugzak.Mail) {
	t.Helper()
	c.see(t, func(r rugzak.Reader) (err error) {
		queue, err = r.MailQueue()
		return err
	})
	return queue
}

// An invitation goes out with a link of its own, that works.
func TestMailedInvitation(t *testing.T) {
	c := newCast(t)
	box := c.withPost()
	contact := c.people["partnercontact"]
	made, err := c.Invite(t.Context(), contact, invited("nieuw@ceder.test", c.partner))
	if err != nil || !made.Mailed {
		t.Fatalf("%+v, %v", made, err)
	}
	if queue := c.waiting(t); len(queue) != 1 || strings.Contains(fmt.Sprintf("%+v", queue), "nieuw@") || strings.Contains(fmt.Sprintf("%+v", queue), made.Secret) {
		t.Errorf("the queue holds more than ids: %+v", queue)
	}
	if err := c.SendMail(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if len(box.got) != 1 || box.got[0].To != "nieuw@ceder.test" || !strings.Contains(box.got[0].Text, "Ceder") || !strings.Contains(box.got[0].HTML, "Ceder") || box.got[0].Unsubscribe != "" || len(c.waiting(t)) > 0 {
		t.Fatalf("sent %+v, waiting %+v", box.got, c.waiting(t))
	}
	_, rest, _ := strings.Cut(box.got[0].Text, "https://rugzak.test/invitation/")
	secret, _, _ := strings.Cut(rest, "\n")
	for _, link := range []string{secret, made.Secret} {
		if _, err := c.OpenInvitation(t.Context(), link); err != nil {
			t.Errorf("a link does not work: %v", err)
		}
	}
	if _, err := c.AcceptInvitation(t.Context(), secret, backpack.Acceptance{Name: "X", Password: goodWords}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.OpenInvitation(t.Context(), made.Secret); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("the other link still works: %v", err)
	}
}

// What was revoked while it waited is not sent, and nobody is told.
func TestMailIsHeldToTheRightsOfTheMoment(t *testing.T) {
	c := newCast(t)
	box := c.withPost()
	contact, writer, reader := c.people["partnercontact"], c.people[author], c.people[ceder]
	e := c.share(t, writer, simple("Verhaal", "Tekst.", rugzak.LevelTeam, c.partner))
	put := func(m rugzak.Mail) {
		t.Helper()
		m.ID, m.At = rugzak.NewID(c.clock.Now()), c.clock.Now()
		if _, err := c.store.Update(t.Context(), func(w rugzak.Writer) error { return w.QueueMail(m) }); err != nil {
			t.Fatal(err)
		}
	}
	sent := func() (to []string) {
		t.Helper()
		box.got = nil
		if err := c.SendMail(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
		for _, m := range box.got {
			to = append(to, m.To)
		}
		if left := c.waiting(t); len(left) > 0 {
			t.Errorf("still waiting: %+v", left)
		}
		return to
	}
	made, err := c.Invite(t.Context(), contact, invited("weg@ceder.test", c.partner))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.WithdrawInvitation(t.Context(), contact, made.Invitation.ID); err != nil {
		t.Fatal(err)
	}
	about := func(p rugzak.Person, kind rugzak.NoticeKind) rugzak.Mail {
		return rugzak.Mail{Kind: backpack.MailNotice, To: p.ID, Entry: e.ID, Notice: c.leave(t, p, kind, e.ID)}
	}
	put(about(c.people[douglas], rugzak.NoticeWideningYes)) // may not read it
	put(rugzak.Mail{Kind: backpack.MailNotice, To: writer.ID, Entry: e.ID, Notice: "weg"})
	put(rugzak.Mail{Kind: "onbekend", To: writer.ID})
	put(rugzak.Mail{Kind: backpack.MailReset, To: rugzak.PersonID(c.NewID())})
	if to := sent(); len(to) > 0 {
		t.Errorf("sent to %v", to)
	}
	put(about(reader, rugzak.NoticeWideningYes))
	put(rugzak.Mail{Kind: backpack.MailReset, To: writer.ID})
	if to := sent(); len(to) != 2 {
		t.Errorf("sent to %v", to)
	}
	c.inactive(t, c.person(t, reader.Email), true)
	put(about(reader, rugzak.NoticeWideningYes))
	if to := sent(); len(to) > 0 {
		t.Errorf("sent to who left: %v", to)
	}
	// Who has an account elsewhere is told that, and nothing of who asked.
	if _, err := c.Invite(t.Context(), contact, invited(c.people[douglas].Email, c.partner)); err != nil {
		t.Fatal(err)
	}
	if to := sent(); len(to) != 1 || to[0] != c.people[douglas].Email || strings.Contains(box.got[0].Text, "Ceder") || !strings.Contains(box.got[0].Text, "invitation_known") {
		t.Errorf("sent %+v", box.got)
	}
}

// A mail system that fails is tried again, later and later; after some days the
// message is dropped. One process sends.
func TestMailIsTriedAgain(t *testing.T) {
	c := newCast(t)
	box := c.withPost()
	down, refused := &rugzak.Error{Code: rugzak.CodeUnavailable, Err: errors.New("down")}, &rugzak.Error{Code: rugzak.CodeInvalid, Err: errors.New("unknown")}
	invite := func(email string) {
		t.Helper()
		if _, err := c.Invite(t.Context(), c.people["administrator"], invited(email, c.partner)); err != nil {
			t.Fatal(err)
		}
	}
	invite("een@ceder.test")
	box.fail = []error{down, down}
	for i, wait := range []time.Duration{time.Minute, 2 * time.Minute} {
		if err := c.SendMail(t.Context(), "a"); err == nil {
			t.Fatal("a failure was not told")
		}
		queue := c.waiting(t)
		if len(queue) != 1 || queue[0].Attempts != i+1 || !queue[0].NotBefore.Equal(c.clock.Now().Add(wait)) {
			t.Fatalf("attempt %d: %+v", i+1, queue)
		}
		if err := c.SendMail(t.Context(), "a"); err != nil || len(box.got) > 0 {
			t.Fatalf("tried before its time: %v", err)
		}
		c.clock.turn(c.clock.Now().Add(wait))
	}
	if err := c.SendMail(t.Context(), "b"); err != nil || len(box.got) != 1 {
		t.Fatalf("the third attempt: %v, %+v", err, box.got)
	}
	invite("twee@ceder.test")
	if err := c.SendMail(t.Context(), "c"); err != nil || len(box.got) != 1 {
		t.Errorf("somebody without the lease sent: %v", err)
	}
	box.fail = []error{refused}
	if err := c.SendMail(t.Context(), "b"); err != nil || len(c.waiting(t)) > 0 || len(box.got) != 1 {
		t.Errorf("a refusal for good: %v, %+v", err, c.waiting(t))
	}
	invite("drie@ceder.test")
	c.clock.turn(c.clock.Now().Add(4 * 24 * time.Hour))
	if err := c.SendMail(t.Context(), "b"); err != nil || len(c.waiting(t)) > 0 || len(box.got) != 1 {
		t.Errorf("too old: %v, %+v, %+v", err, c.waiting(t), box.got)
	}
}

// stopping is a mail system that takes a message while the server is asked to
// stop.
type stopping struct {
	*postbox
	stop func()
}

func (s stopping) Send(ctx context.Context, m rugzak.Message) error {
	s.stop()
	return s.postbox.Send(ctx, m)
}

// What was sent while the server was asked to stop is not sent again, and what
// was broken off waits without having failed.
func TestMailSentWhileStopping(t *testing.T) {
	c := newCast(t)
	box := c.withPost()
	if _, err := c.Invite(t.Context(), c.people["administrator"], invited("een@ceder.test", c.partner)); err != nil {
		t.Fatal(err)
	}
	round := func() {
		t.Helper()
		ctx, stop := context.WithCancel(t.Context())
		c.Post.Mailer = stopping{box, stop}
		if err := c.SendMail(ctx, "a"); err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	box.fail = []error{context.Canceled}
	round()
	if queue := c.waiting(t); len(queue) != 1 || queue[0].Attempts != 0 {
		t.Fatalf("broken off, there waits %+v", queue)
	}
	round()
	if queue := c.waiting(t); len(box.got) != 1 || len(queue) > 0 {
		t.Errorf("sent %d times, and there waits %+v", len(box.got), queue)
	}
}
