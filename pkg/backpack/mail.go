// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// The kinds of mail. Whoever adds one adds a row to letters and its sentences.
const (
	MailInvitation      rugzak.MailKind = "invitation"
	MailInvitationKnown rugzak.MailKind = "invitation_known" // never queued: what an invitation becomes for who has an account
	MailReset           rugzak.MailKind = "reset"
	MailNotice          rugzak.MailKind = "notice"
	MailDigest          rugzak.MailKind = "digest"
)

// Post is how mail goes out.
type Post struct {
	Mailer rugzak.Mailer
	// Text is a sentence of the catalogue.
	Text func(lang rugzak.Lang, key string, args ...any) string
	// Count is a sentence of the catalogue about a number of things.
	Count func(lang rugzak.Lang, key string, n int, args ...any) string
	// Day is a day ("2026-12-03") in words.
	Day func(lang rugzak.Lang, day string) string
	// HTML is a letter as HTML.
	HTML func(rugzak.Letter) (string, error)
	// Link is a full address. It comes from the configuration, never from a
	// request.
	Link func(to rugzak.LinkTo, value string) string
}

const (
	// postPause is how often the queue is looked at.
	postPause = 5 * time.Second
	// leaseLasts is how long one process has the sending to itself; it takes the
	// lease again for each message.
	leaseLasts = 2 * time.Minute
	// postFirstWait is how long a message waits after its first failure; each
	// further one doubles it, up to postLongestWait.
	postFirstWait   = time.Minute
	postLongestWait = 6 * time.Hour
	// postGivesUp is when a message that cannot be sent is dropped.
	postGivesUp = 3 * 24 * time.Hour
	mailWork    = "mail"
)

// MailOn reports whether mail is set up.
func (s *Service) MailOn() bool { return s.Post != nil }

// queueMail puts a message in the queue, where mail is set up.
func (s *Service) queueMail(w rugzak.Writer, m rugzak.Mail) (bool, error) {
	if !s.MailOn() {
		return false, nil
	}
	m.ID, m.At = rugzak.NewID(s.now()), s.now()
	return true, w.QueueMail(m)
}

// Deliver sends what is queued until ctx ends. Where mail is not set up it only
// throws away what nobody will send any more. Once a day it also removes
// invitations that ran out long ago.
func (s *Service) Deliver(ctx context.Context) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	var cleaned time.Time
	for failures := 0; ; {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
		}
		if now := s.now(); now.Sub(cleaned) >= 24*time.Hour {
			cleaned = now
			if err := s.ForgetInvitations(ctx); err != nil && ctx.Err() == nil {
				s.Log.WarnContext(ctx, "old invitations not removed", "err", err)
			}
		}
		if err := s.mailRound(ctx); err != nil && ctx.Err() == nil {
			failures = min(failures+1, 6)
			s.Log.WarnContext(ctx, "mail cannot be sent now", "err", err)
		} else {
			failures = 0
		}
		timer.Reset(postPause << failures)
	}
}

// mailRound queues what the change log and the clock ask for, and sends what is
// due. What cannot be queued now does not keep what waits.
func (s *Service) mailRound(ctx context.Context) error {
	err := errors.Join(s.FollowNotices(ctx, s.Process), s.QueueDigests(ctx, s.Process))
	return errors.Join(err, s.SendMail(ctx, s.Process))
}

// sendAtOnce is how many messages are sent before the queue is looked at again:
// what somebody waits for, such as a link for a new password, goes before the
// message of the week to everybody.
const sendAtOnce = 20

// SendMail sends what is due, once. It stops at the first message the mail
// system does not take for a reason that may pass: the next would fare alike.
func (s *Service) SendMail(ctx context.Context, holder string) error {
	for {
		due, err := s.dueMail(ctx)
		if err != nil || len(due) == 0 {
			return err
		}
		for _, m := range due[:min(len(due), sendAtOnce)] {
			if mine, err := s.sendOne(ctx, holder, m); err != nil || !mine {
				return err
			}
		}
	}
}

// dueMail lists what may be sent now, messages of the week last.
func (s *Service) dueMail(ctx context.Context) (due []rugzak.Mail, err error) {
	err = s.view(ctx, "mail queue", func(r rugzak.Reader) error {
		queue, err := r.MailQueue()
		due = slices.DeleteFunc(queue, func(m rugzak.Mail) bool { return s.now().Before(m.NotBefore) })
		return err
	})
	slices.SortStableFunc(due, func(a, b rugzak.Mail) int { return cmp.Compare(turn(a), turn(b)) })
	return due, err
}

// turn puts what goes to everybody after what somebody waits for.
func turn(m rugzak.Mail) int {
	if m.Kind == MailDigest {
		return 1
	}
	return 0
}

// sendOne sends a message and takes it out of the queue, with the lease to
// itself and outside of any transaction. A process that dies in between leaves
// it in the queue: it is then sent twice, rather than never, under the same
// Message-ID. mine is false while another process sends.
func (s *Service) sendOne(ctx context.Context, holder string, m rugzak.Mail) (mine bool, err error) {
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) (err error) {
		mine, err = w.TakeLease(mailWork, holder, s.now(), s.now().Add(leaseLasts))
		return err
	})
	if err != nil || !mine {
		return mine, err
	}
	var message rugzak.Message
	if s.MailOn() && s.now().Before(m.At.Add(postGivesUp)) {
		if message, err = s.compose(ctx, m); err != nil {
			return mine, err
		}
	} else if m.Attempts > 0 {
		s.Log.WarnContext(ctx, "mail given up", "mail", m.ID, "kind", string(m.Kind), "attempts", m.Attempts)
	}
	var sent error
	if message.To != "" {
		sent = s.Post.Mailer.Send(ctx, message)
	}
	if sent != nil && ctx.Err() != nil {
		return mine, ctx.Err() // broken off, which is no failure of the mail system
	}
	// What was sent is written down, also when this process is asked to stop.
	_, err = s.Store.Update(context.WithoutCancel(ctx), func(w rugzak.Writer) error { return s.settle(w, m, sent) })
	if err != nil || sent == nil {
		return mine, err
	}
	if rugzak.CodeOf(sent) != rugzak.CodeInvalid {
		return mine, sent
	}
	s.Log.WarnContext(ctx, "mail refused", "mail", m.ID, "kind", string(m.Kind), "err", sent)
	return mine, nil
}

// settle takes a message that was sent, or that never will be, out of the
// queue; else it is tried again later. One that was taken out meanwhile stays out.
func (s *Service) settle(w rugzak.Writer, m rugzak.Mail, sent error) error {
	if sent == nil || rugzak.CodeOf(sent) == rugzak.CodeInvalid {
		return w.RemoveMail(m.ID)
	}
	queue, err := w.MailQueue()
	if err != nil {
		return err
	}
	for _, now := range queue {
		if now.ID == m.ID {
			m.Attempts++
			m.NotBefore = s.now().Add(min(postFirstWait<<min(m.Attempts-1, 10), postLongestWait))
			return w.QueueMail(m)
		}
	}
	return nil
}
