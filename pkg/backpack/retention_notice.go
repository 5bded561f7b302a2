// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"

	"rugzak/pkg/rugzak"
)

// asNotice is a notice about an entry. Who wrote without name must not be found
// by what they were told, so that theirs does not say which entry it is about.
func asNotice(kind rugzak.NoticeKind, e rugzak.Entry) rugzak.Notice {
	if e.Mode == rugzak.Anonymous && e.State != rugzak.StateDraft {
		return rugzak.Notice{Kind: rugzak.NoticeReviewNameless}
	}
	return rugzak.Notice{Kind: kind, Entry: e.ID}
}

// authorsToTell are the authors of an entry, also those who wrote without
// name: what tells them is for them alone.
func authorsToTell(r rugzak.Reader, e rugzak.Entry) ([]rugzak.PersonID, error) {
	hidden, err := r.HiddenAuthors(e.ID)
	return slices.Concat(e.Authors, hidden), err
}

// tellOfAge gives the authors of an entry a notice, unless they have it.
func (s *Service) tellOfAge(w rugzak.Writer, kind rugzak.NoticeKind, e rugzak.Entry) error {
	if err := s.untellOfAge(w, e); err != nil {
		return err
	}
	authors, err := authorsToTell(w, e)
	if err != nil {
		return err
	}
	for _, a := range authors {
		if p, err := w.Person(a); isMissing(err) || err == nil && p.Inactive {
			continue
		} else if err != nil {
			return err
		}
		n := asNotice(kind, e)
		n.ID, n.Person, n.At = rugzak.NewID(s.now()), a, s.now()
		if err := w.SaveNotice(n); err != nil {
			return err
		}
	}
	return nil
}

// untellOfAge takes away what the authors were told about the age of an entry.
func (s *Service) untellOfAge(w rugzak.Writer, e rugzak.Entry) error {
	authors, err := authorsToTell(w, e)
	if err != nil {
		return err
	}
	for _, a := range authors {
		notices, err := w.Notices(a)
		if err != nil {
			return err
		}
		for _, n := range notices {
			told := n.Kind == rugzak.NoticeDraftOld || n.Kind == rugzak.NoticeReview || n.Kind == rugzak.NoticeArchiveAsked
			nameless := n.Kind == rugzak.NoticeReviewNameless
			if n.Entry != asNotice(n.Kind, e).Entry || !told && !nameless {
				continue
			}
			if err := w.RemoveNotice(a, n.ID); err != nil {
				return err
			}
			if nameless {
				break // one entry, one notice; which one does not matter
			}
		}
	}
	return nil
}
