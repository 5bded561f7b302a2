// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"time"

	"rugzak/pkg/rugzak"
)

// The kinds of mail. Whoever adds one adds a row to letters and the keys
// "mail.KIND.subject" and "mail.KIND.text".
const (
	MailInvitation      rugzak.MailKind = "invitation"
	MailInvitationKnown rugzak.MailKind = "invitation_known" // never queued: what an invitation becomes for who has an account
	MailReset           rugzak.MailKind = "reset"
	MailConsentGiven    rugzak.MailKind = "consent_given"
	MailReported        rugzak.MailKind = "reported"
)

// Post is how mail goes out.
type Post struct {
	Mailer rugzak.Mailer
	// Text is a sentence of the catalogue.
	Text func(lang rugzak.Lang, key string, args ...any) string
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
	_, holder := rugzak.NewSecret()
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
		if err := s.SendMail(ctx, holder); err != nil && ctx.Err() == nil {
			failures = min(failures+1, 6)
			s.Log.WarnContext(ctx, "mail cannot be sent now", "err", err)
		} else {
			failures = 0
		}
		timer.Reset(postPause << failures)
	}
}

// SendMail sends what is due, once. It stops at the first message the mail
// system does not take for a reason that may pass: the next would fare alike.
func (s *Service) SendMail(ctx context.Context, holder string) error {
	var due []rugzak.Mail
	err := s.view(ctx, "mail queue", func(r rugzak.Reader) error {
		queue, err := r.MailQueue()
		for _, m := range queue {
			if !s.now().Before(m.NotBefore) {
				due = append(due, m)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, m := range due {
		if err := s.sendOne(ctx, holder, m); err != nil {
			return err
		}
	}
	return nil
}

// sendOne sends a message and takes it out of the queue, with the lease to
// itself and outside of any transaction. A process that dies in between leaves
// it in the queue: it is then sent twice, rather than never.
func (s *Service) sendOne(ctx context.Context, holder string, m rugzak.Mail) error {
	var mine bool
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) (err error) {
		mine, err = w.TakeLease(mailWork, holder, s.now(), s.now().Add(leaseLasts))
		return err
	})
	if err != nil || !mine {
		return err
	}
	var message rugzak.Message
	if s.MailOn() && s.now().Before(m.At.Add(postGivesUp)) {
		if message, err = s.compose(ctx, m); err != nil {
			return err
		}
	} else if m.Attempts > 0 {
		s.Log.WarnContext(ctx, "mail given up", "mail", m.ID, "kind", string(m.Kind), "attempts", m.Attempts)
	}
	var sent error
	if message.To != "" {
		sent = s.Post.Mailer.Send(ctx, message)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if _, err = s.Store.Update(ctx, func(w rugzak.Writer) error { return s.settle(w, m, sent) }); err != nil || sent == nil {
		return err
	}
	if rugzak.CodeOf(sent) != rugzak.CodeInvalid {
		return sent
	}
	s.Log.WarnContext(ctx, "mail refused", "mail", m.ID, "kind", string(m.Kind), "err", sent)
	return nil
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
