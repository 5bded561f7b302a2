// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// BagSink takes what is in somebody's backpack, text by text.
type BagSink interface {
	Steps(steps []rugzak.BagStep) error
	Entry(e rugzak.BagEntry) error
	AttachmentSink // after its entry
}

// TakeBackpack passes on what is in a person's own backpack, for readable
// files: what they wrote, and what they took along as far as they may read it
// at this moment. It is written down, and goes a few times a day.
func (s *Service) TakeBackpack(ctx context.Context, by rugzak.Person, to BagSink) error {
	if by.ID == "" || by.ID == Operator().ID {
		return mustSignIn()
	}
	var steps []rugzak.BagStep
	var own []rugzak.EntryID
	var keeps []rugzak.Keep
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) (err error) {
		steps = nil
		if err := s.mayTake(w, by, rugzak.ExportBackpack); err != nil {
			return err
		}
		if err := s.audit(w, by, rugzak.AuditExported, "", rugzak.ExportBackpack); err != nil {
			return err
		}
		n, err := readNames(w, by)
		if err != nil {
			return err
		}
		promised, err := s.promises(n, by)
		if err != nil {
			return err
		}
		for _, p := range promised {
			steps = append(steps, rugzak.BagStep{Step: p.Step, Title: p.Title, Day: p.Day, Entry: p.Entry})
		}
		if own, err = ownEntries(w, by); err != nil {
			return err
		}
		keeps, err = w.Keeps(by.ID)
		return err
	})
	if err != nil {
		return err
	}
	if err := to.Steps(steps); err != nil {
		return err
	}
	for _, k := range keeps {
		if err := s.passOn(ctx, by, k.Entry, &k, to); err != nil {
			return err
		}
	}
	for _, id := range own {
		if err := s.passOn(ctx, by, id, nil, to); err != nil {
			return err
		}
	}
	return nil
}

// passOn reads one text with the rights of this moment. One that is out of
// sight by now is passed over.
func (s *Service) passOn(ctx context.Context, by rugzak.Person, id rugzak.EntryID, k *rugzak.Keep, to BagSink) error {
	var out rugzak.BagEntry
	there := false
	err := s.view(ctx, "text of a backpack", func(r rugzak.Reader) error {
		e, mine, err := look(r, by, id)
		if isMissing(err) || err == nil && k == nil && !mine {
			return nil
		}
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		there = true
		out = rugzak.BagEntry{
			Part: bagPartOf(e, k), Entry: n.shown(by, e, mine), Organisation: n.organisation(e.Organisation).Name,
			Authors: n.authors(e), Keep: k, MonthOnly: e.Mode == rugzak.Anonymous,
		}
		if out.Attachments, err = r.Attachments(id); err != nil {
			return err
		}
		if e.Application != nil {
			if lesson, _, err := look(r, by, e.Application.Lesson); err == nil {
				out.Lesson = lesson.Title
			} else if !isMissing(err) {
				return err
			}
		}
		return nil
	})
	if err != nil || !there {
		return err
	}
	if err := to.Entry(out); err != nil {
		return err
	}
	return s.passAttached(ctx, by, id, to)
}

func bagPartOf(e rugzak.Entry, k *rugzak.Keep) rugzak.BagPart {
	switch {
	case k != nil:
		return rugzak.BagKept
	case e.State == rugzak.StateDraft:
		return rugzak.BagDrafts
	case e.Kind == rugzak.KindApplication:
		return rugzak.BagApplied
	}
	return rugzak.BagOwn
}
