// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// Phases lists the phases, those that were closed among them, in their order.
func (s *Service) Phases(ctx context.Context, by rugzak.Person) ([]rugzak.Phase, error) {
	if !rugzak.CanShape(by) {
		return nil, rugzak.Forbidden("error.shapers_only")
	}
	var out []rugzak.Phase
	err := s.view(ctx, "phases", func(r rugzak.Reader) error {
		m, err := r.Movement()
		out = m.Phases
		return err
	})
	return out, err
}

// SavePhases puts the phases as a form has them: renamed, closed, in its order,
// with new ones that have no id yet. None goes, for entries were written in it.
// was is what the form was made from.
func (s *Service) SavePhases(ctx context.Context, by rugzak.Person, was, phases []rugzak.Phase) error {
	if !rugzak.CanShape(by) {
		return rugzak.Forbidden("error.shapers_only")
	}
	phases = slices.Clone(phases)
	var texts []field
	for i, f := range phases {
		phases[i].NameNL, phases[i].NameEN = rugzak.Line(f.NameNL), rugzak.Line(f.NameEN)
		texts = append(append(texts, name("phases", f.NameNL)...), field{"phases", f.NameEN})
	}
	if _, err := s.shortTexts(ctx, texts...); err != nil {
		return err
	}
	_, err := s.update(ctx, "save phases", func(w rugzak.Writer) error {
		m, err := w.Movement()
		if err != nil {
			return err
		}
		next, err := nextPhases(m.Phases, phases)
		if err != nil || slices.Equal(next, m.Phases) {
			return err
		}
		if !slices.Equal(m.Phases, was) {
			return rugzak.Conflict()
		}
		if err := rugzak.ValidatePhases(next); err != nil {
			return err
		}
		if len(rugzak.Movement{Phases: next}.OpenPhases()) == 0 {
			var p rugzak.Problems
			p.Add("phases", "error.phases.none")
			return p.Err()
		}
		m.Phases = next
		if err := w.SaveMovement(m); err != nil {
			return err
		}
		if err := s.audit(w, by, rugzak.AuditSettings, "settings", "phases"); err != nil {
			return err
		}
		return w.Log(rugzak.Change{At: s.now(), Actor: rugzak.PersonActor(by.ID), Verb: rugzak.VerbPhasesSaved, Subject: "phases"})
	})
	return err
}

// nextPhases are the phases of a form, and behind them those it leaves out.
func nextPhases(before, form []rugzak.Phase) ([]rugzak.Phase, error) {
	var out []rugzak.Phase
	has := func(all []rugzak.Phase, id string) bool {
		return slices.ContainsFunc(all, func(f rugzak.Phase) bool { return string(f.ID) == id })
	}
	for _, f := range form {
		if f.ID == "" && f.NameNL == "" && f.NameEN == "" && f.Begins == "" {
			continue
		}
		if !has(before, string(f.ID)) || has(out, string(f.ID)) {
			slug := rugzak.PhaseID(rugzak.Slug(f.NameNL))
			if slug == "" {
				slug = "fase"
			}
			id, err := freeSlug(slug, func(id string) (bool, error) { return !has(before, id) && !has(out, id), nil })
			if err != nil {
				return nil, err
			}
			f.ID = id
		}
		out = append(out, f)
	}
	for _, f := range before {
		if !has(out, string(f.ID)) {
			f.Closed = true
			out = append(out, f)
		}
	}
	return out, nil
}
