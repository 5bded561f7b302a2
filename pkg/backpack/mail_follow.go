// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// FollowNotices queues a mail for each new notice that its person wants to be
// mailed of at once. It follows the change log from a position of its own, and
// stores the mails and the new position in one transaction: what was seen is
// queued, and nothing is queued twice. Where mail is off it stands still; once
// mail is on, what is older than mail may be is passed over.
func (s *Service) FollowNotices(ctx context.Context, holder string) error {
	for s.MailOn() && !s.ReadOnly() {
		var pos rugzak.Position
		err := s.view(ctx, "how far mail is", func(r rugzak.Reader) (err error) {
			pos, err = r.FollowedTo(mailWork)
			return err
		})
		if err != nil {
			return err
		}
		changes, err := s.Store.Changes(ctx, pos, followBatch)
		if err != nil {
			return err
		}
		var made []string
		for _, c := range changes {
			if id, ok := c.NoticeOf(); ok && c.Verb == rugzak.VerbNoticeMade {
				made = append(made, id)
			}
		}
		// Changes without notices are not worth a write, until they are many.
		if len(made) == 0 && len(changes) < followBatch {
			return nil
		}
		moved, err := s.queueNotices(ctx, holder, pos, changes[len(changes)-1].Position, made)
		if err != nil || !moved {
			return err
		}
	}
	return nil
}

// queueNotices queues the mails of some notices and moves on; moved is false
// when another process does the mail, or has just done this.
func (s *Service) queueNotices(ctx context.Context, holder string, from, to rugzak.Position, made []string) (moved bool, err error) {
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		moved = false
		mine, err := w.TakeLease(mailWork, holder, s.now(), s.now().Add(leaseLasts))
		if err != nil || !mine {
			return err
		}
		if at, err := w.FollowedTo(mailWork); err != nil || at != from {
			return err
		}
		moved = true
		for _, id := range made {
			if err := s.queueNotice(w, id); err != nil {
				return err
			}
		}
		return w.MarkFollowed(mailWork, to)
	})
	return moved, err
}

// queueNotice queues the mail about one notice, if there is to be one.
func (s *Service) queueNotice(w rugzak.Writer, id string) error {
	n, err := w.NoticeByID(id)
	if isMissing(err) {
		return nil // taken away already
	}
	if err != nil {
		return err
	}
	if !s.now().Before(n.At.Add(postGivesUp)) {
		return nil
	}
	if now, err := mailedNow(w, n); err != nil || !now {
		return err
	}
	_, err = s.queueMail(w, rugzak.Mail{Kind: MailNotice, To: n.Person, Entry: n.Entry, Notice: n.ID})
	return err
}

// mailedNow reports whether a person is mailed at once of what they are told.
func mailedNow(r rugzak.Reader, n rugzak.Notice) (bool, error) {
	rule, known := n.Kind.Rule()
	if !known || n.Read {
		return false, nil
	}
	settings, err := r.NoticeSettings(n.Person)
	return err == nil && settings.MailOf(rule) == rugzak.MailNow, err
}
