// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"time"

	"rugzak/pkg/rugzak"
)

// MarkAgreement marks a lesson of one's own as a working agreement, once enough
// other organisations confirmed it, or takes that back. Like a theme it is no
// edit of the text.
func (s *Service) MarkAgreement(ctx context.Context, by rugzak.Person, id rugzak.EntryID, on bool) (rugzak.Position, error) {
	return s.update(ctx, "mark agreement", func(w rugzak.Writer) error {
		e, err := lookMine(w, by, id)
		if err != nil {
			return err
		}
		return s.setAgreement(w, by, e, on)
	})
}

// CurateAgreement does the same for a curator, who may read the lesson.
func (s *Service) CurateAgreement(ctx context.Context, by rugzak.Person, id rugzak.EntryID, on bool) (rugzak.Position, error) {
	return s.update(ctx, "curate agreement", func(w rugzak.Writer) error {
		e, _, err := look(w, by, id)
		if err != nil {
			return err
		}
		if !rugzak.CanCurate(by) {
			return rugzak.Forbidden("error.curators_only")
		}
		return s.setAgreement(w, by, e, on)
	})
}

func (s *Service) setAgreement(w rugzak.Writer, by rugzak.Person, e rugzak.Entry, on bool) error {
	if !e.State.Public() {
		return rugzak.Forbidden("error.keep_shared_only")
	}
	if on == (e.Agreed != "") {
		return nil
	}
	e.Agreed = ""
	if on {
		n, err := readNames(w, by)
		if err != nil {
			return err
		}
		_, growth, err := n.applied(by, e)
		if err != nil {
			return err
		}
		if !e.Kind.Matures() || !growth.MayAgree {
			return rugzak.Forbidden("error.agreement_early")
		}
		e.Agreed = s.now().Format(time.DateOnly)
	}
	if err := w.SaveEntry(e, e.Version, nil); err != nil {
		return err
	}
	return w.Log(s.change(e, by, rugzak.VerbLessonAgreed))
}
