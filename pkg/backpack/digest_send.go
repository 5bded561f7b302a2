// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

const (
	// digestWork names the weekly queueing; when it was done is the moment the
	// messages were due.
	digestWork = "digest"
	// digestStep is for how many people one transaction queues: others wait while
	// it lasts.
	digestStep = 50
)

// QueueDigests queues the message of the week for everybody who wants it, once
// its hour has come: in small steps, each of which stores with the mail that
// this person has this week's. What breaks off goes on where it was, and nobody
// gets it twice. A server that was down for days skips a week rather than send
// old news.
func (s *Service) QueueDigests(ctx context.Context, holder string) error {
	if !s.MailOn() || s.ReadOnly() {
		return nil
	}
	now := s.now()
	var week rugzak.Week
	var due rugzak.MailSettings
	var people []rugzak.PersonID
	done := true
	err := s.view(ctx, "who wants the message of the week", func(r rugzak.Reader) error {
		all, err := r.Settings()
		if err != nil {
			return err
		}
		due = all.Mail
		sent := s.lastDigest(due, now)
		at, err := r.DoneAt(digestWork)
		if done = !at.Before(sent) || now.Sub(sent) > postGivesUp; err != nil || done {
			return err
		}
		week = rugzak.WeekIn(sent)
		for p, err := range r.People() {
			if err != nil {
				return err
			}
			if wants, err := wantsDigest(r, p, week); err != nil {
				return err
			} else if wants {
				people = append(people, p.ID)
			}
		}
		return nil
	})
	if err != nil || done {
		return err
	}
	for some := range slices.Chunk(people, digestStep) {
		if mine, err := s.queueDigests(ctx, holder, week, some); err != nil || !mine {
			return err
		}
	}
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		if mine, err := w.TakeLease(mailWork, holder, s.now(), s.now().Add(leaseLasts)); err != nil || !mine {
			return err
		}
		return w.MarkDone(digestWork, s.lastDigest(due, now).UTC())
	})
	return err
}

// wantsDigest reports whether a person is to get the message of a week.
func wantsDigest(r rugzak.Reader, p rugzak.Person, week rugzak.Week) (bool, error) {
	if p.Inactive || p.Email == "" {
		return false, nil
	}
	settings, err := r.NoticeSettings(p.ID)
	if err != nil || !settings.Digest {
		return false, err
	}
	had, err := r.Digested(p.ID)
	return had < week, err
}

// queueDigests queues the message for some people; mine is false while another
// process does the mail.
func (s *Service) queueDigests(ctx context.Context, holder string, week rugzak.Week, people []rugzak.PersonID) (mine bool, err error) {
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		if mine, err = w.TakeLease(mailWork, holder, s.now(), s.now().Add(leaseLasts)); err != nil || !mine {
			return err
		}
		for _, id := range people {
			p, err := w.Person(id)
			if isMissing(err) {
				continue
			}
			if err != nil {
				return err
			}
			if wants, err := wantsDigest(w, p, week); err != nil {
				return err
			} else if !wants {
				continue
			}
			if _, err := s.queueMail(w, rugzak.Mail{Kind: MailDigest, To: id, Week: week}); err != nil {
				return err
			}
			if err := w.MarkDigested(id, week); err != nil {
				return err
			}
		}
		return nil
	})
	return mine, err
}
