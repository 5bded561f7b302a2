// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// Wordings are the sentences that an organisation replaced by its own, and the
// version of them. known is the version somebody has already: all is nil when it
// is that one.
func (s *Service) Wordings(ctx context.Context, by rugzak.Person, known int) (version int, all []rugzak.Wording, err error) {
	if by.ID == "" {
		return 0, nil, mustSignIn()
	}
	err = s.view(ctx, "wordings", func(r rugzak.Reader) (err error) {
		if version, err = r.WordingsVersion(); err != nil || version == known {
			return err
		}
		m, err := r.Movement()
		all = m.Wordings
		return err
	})
	return version, all, err
}

// SaveWordings replaces some sentences: those of the keys. One that is empty is
// the product's again. was are the ones the form was made from.
func (s *Service) SaveWordings(ctx context.Context, by rugzak.Person, keys []string, was, wordings []rugzak.Wording) error {
	if !rugzak.CanShape(by) {
		return rugzak.Forbidden("error.shapers_only")
	}
	clean := func(all []rugzak.Wording) (out []rugzak.Wording) {
		for _, w := range all {
			w.NL, w.EN = rugzak.Line(w.NL), rugzak.Line(w.EN)
			if slices.Contains(keys, w.Key) && w.NL+w.EN != "" {
				out = append(out, w)
			}
		}
		slices.SortFunc(out, func(a, b rugzak.Wording) int { return cmp.Compare(a.Key, b.Key) })
		return out
	}
	was, wordings = clean(was), clean(wordings)
	var texts []field
	for _, w := range wordings {
		texts = append(texts, field{w.Key, w.NL}, field{w.Key, w.EN})
	}
	found, err := s.shortTexts(ctx, texts...)
	if err != nil {
		return err
	}
	_, err = s.update(ctx, "save wordings", func(w rugzak.Writer) error {
		m, err := w.Movement()
		if err != nil {
			return err
		}
		now := clean(m.Wordings)
		switch {
		case slices.Equal(now, wordings):
			return nil
		case !slices.Equal(now, was):
			return rugzak.Conflict()
		}
		next := slices.DeleteFunc(slices.Clone(m.Wordings), func(w rugzak.Wording) bool { return slices.Contains(keys, w.Key) })
		next = append(next, wordings...)
		slices.SortFunc(next, func(a, b rugzak.Wording) int { return cmp.Compare(a.Key, b.Key) })
		if err := rugzak.ValidateWordings(next); err != nil {
			return err
		}
		if err := refusePartners(found); err != nil {
			return err
		}
		m.Wordings = next
		if err := w.SaveMovement(m); err != nil {
			return err
		}
		if err := s.audit(w, by, rugzak.AuditSettings, "settings", "wordings"); err != nil {
			return err
		}
		return w.Log(rugzak.Change{At: s.now(), Actor: rugzak.PersonActor(by.ID), Verb: rugzak.VerbWordingsSaved, Subject: "wordings"})
	})
	return err
}
