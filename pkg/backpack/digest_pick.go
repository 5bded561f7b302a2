// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"fmt"
	"time"

	"rugzak/pkg/rugzak"
)

// DigestDesk is what somebody sees who chooses for the next message of the
// week: what is chosen, as far as they may read it, and what they may choose.
type DigestDesk struct {
	Week    rugzak.Week
	Sends   time.Time // when the mail goes out
	Picks   []DigestItem
	Choices []DigestItem
	Version int
}

// digestChoices is how many entries are offered.
const digestChoices = 60

// DigestDesk shows the choice for the next message of the week.
func (s *Service) DigestDesk(ctx context.Context, by rugzak.Person) (DigestDesk, error) {
	var desk DigestDesk
	if !rugzak.CanCurate(by) {
		return desk, rugzak.Forbidden("error.curators_only")
	}
	err := s.view(ctx, "message of the week to choose", func(r rugzak.Reader) error {
		all, err := r.Settings()
		if err != nil {
			return err
		}
		desk.Sends = all.Mail.Sends(s.lastDigest(all.Mail, s.now()).AddDate(0, 0, 7))
		desk.Week = rugzak.WeekIn(desk.Sends)
		digest, err := r.Digest(desk.Week)
		if err != nil {
			return err
		}
		desk.Version = digest.Version
		d := digestMaker{r: r, by: by, from: s.now().AddDate(0, -3, 0), now: s.now()}
		if desk.Picks, err = d.chosen(desk.Week); err != nil {
			return err
		}
		recent, err := d.walk()
		for _, e := range recent[:min(len(recent), digestChoices)] {
			desk.Choices = append(desk.Choices, about(e))
		}
		return err
	})
	return desk, err
}

// SaveDigest chooses for the next message of the week. What somebody else chose
// and this person may not read stays as long as there is room, and they do not
// hear of it. base is the version the form was made
// from.
func (s *Service) SaveDigest(ctx context.Context, by rugzak.Person, week rugzak.Week, base int, picks []rugzak.DigestPick) error {
	if !rugzak.CanCurate(by) {
		return rugzak.Forbidden("error.curators_only")
	}
	if err := s.checkReasons(ctx, picks); err != nil {
		return err
	}
	_, err := s.update(ctx, "choose the message of the week", func(w rugzak.Writer) error {
		all, err := w.Settings()
		if err != nil {
			return err
		}
		next := rugzak.WeekIn(all.Mail.Sends(s.lastDigest(all.Mail, s.now()).AddDate(0, 0, 7)))
		if week != next {
			return rugzak.Conflict() // its mail went out meanwhile
		}
		before, err := w.Digest(week)
		if err != nil {
			return err
		}
		d := digestMaker{r: w, by: by}
		chosen := rugzak.Digest{Week: week}
		var ps rugzak.Problems
		for i, pick := range picks {
			e, err := w.Entry(pick.Entry)
			if err != nil && !isMissing(err) {
				return err
			}
			if err != nil || !d.shows(e) {
				ps.Add(fmt.Sprintf("entry_%d", i+1), "error.choose")
				continue
			}
			chosen.Picks = append(chosen.Picks, pick)
		}
		if err := ps.Err(); err != nil {
			return err
		}
		for _, pick := range before.Picks {
			e, err := w.Entry(pick.Entry)
			if err != nil {
				return err
			}
			if !d.shows(e) && len(chosen.Picks) < rugzak.MaxDigestItems {
				chosen.Picks = append(chosen.Picks, pick)
			}
		}
		if err := chosen.Validate(); err != nil {
			return err
		}
		if err := w.SaveDigest(chosen, base); err != nil {
			return err
		}
		return w.Log(rugzak.Change{At: s.now(), Actor: rugzak.PersonActor(by.ID), Verb: rugzak.VerbDigestSaved, Subject: rugzak.DigestSubject(week)})
	})
	return err
}

// checkReasons cleans the reasons of what is picked and refuses what may not
// stand in a text that partners may come to read.
func (s *Service) checkReasons(ctx context.Context, picks []rugzak.DigestPick) error {
	var written []field
	for i := range picks {
		picks[i].Reason = rugzak.Line(picks[i].Reason)
		written = append(written, field{fmt.Sprintf("reason_%d", i+1), picks[i].Reason})
	}
	found, err := s.shortTexts(ctx, written...)
	if err != nil {
		return err
	}
	return refusePartners(found)
}
