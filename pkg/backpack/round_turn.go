// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"slices"

	"rugzak/pkg/rugzak"
)

// turnRounds does what reflection rounds ask for by themselves: everybody is
// invited to one that opened, and the round after the last one is planned. It
// returns how many people were invited and rounds planned.
func (s *Service) turnRounds(ctx context.Context) (invited, planned int, err error) {
	_, err = s.update(ctx, "turn rounds", func(w rugzak.Writer) error {
		invited, planned = 0, 0
		if err := s.adoptPlans(w); err != nil {
			return err
		}
		all, err := w.Rounds()
		if err != nil || len(all) == 0 {
			return err
		}
		for _, r := range all {
			n, err := s.inviteToRound(w, r)
			if err != nil {
				return err
			}
			invited += n
		}
		planned, err = s.planNext(w, all)
		return err
	})
	return invited, planned, err
}

// adoptPlans makes rounds of the plans that were kept before rounds were records
// of their own, as an older store or export holds them.
func (s *Service) adoptPlans(w rugzak.Writer) error {
	m, err := w.Movement()
	if err != nil || len(m.Rounds) == 0 {
		return err
	}
	all, err := w.Rounds()
	if err != nil {
		return err
	}
	for _, plan := range m.Rounds {
		round, set := plan.First(s.now())
		if slices.ContainsFunc(all, func(r rugzak.ReflectionRound) bool { return r.Set == set.ID }) {
			continue
		}
		round.ID, round.At, round.UpdatedAt = rugzak.NewID(s.now()), s.now(), s.now()
		if err := errors.Join(round.Validate(), set.Validate()); err != nil {
			return err
		}
		if err := errors.Join(w.SaveRound(round, 0), s.logTurn(w, round)); err != nil {
			return err
		}
		if err := w.SaveQuestionSet(set, 0); err != nil && rugzak.CodeOf(err) != rugzak.CodeConflict {
			return err
		}
	}
	m.Rounds = nil
	return w.SaveMovement(m)
}

// planNext plans the round after the last one once that has opened, with the
// questions its set has by now.
func (s *Service) planNext(w rugzak.Writer, all []rugzak.ReflectionRound) (int, error) {
	last := all[len(all)-1]
	if last.State(s.now()) == rugzak.RoundPlanned {
		return 0, nil
	}
	next, ok := last.Next(s.now())
	if !ok {
		return 0, nil
	}
	set, err := w.QuestionSet(next.Set)
	switch {
	case err == nil && len(set.Questions) > 0:
		next.Questions = set.Questions
	case err != nil && !isMissing(err):
		return 0, err
	}
	next.ID, next.Number, next.Sample = rugzak.NewID(s.now()), highest(all)+1, last.Sample
	next.At, next.UpdatedAt = s.now(), s.now()
	if err := next.Validate(); err != nil {
		return 0, err
	}
	if err := w.SaveRound(next, 0); err != nil {
		return 0, err
	}
	return 1, s.logTurn(w, next)
}

// inviteAll invites to a round that was just saved, when it is open already.
func (s *Service) inviteAll(w rugzak.Writer, r rugzak.ReflectionRound) error {
	_, err := s.inviteToRound(w, r)
	return err
}

// inviteToRound tells everybody of every organisation that a round is open, once.
func (s *Service) inviteToRound(w rugzak.Writer, r rugzak.ReflectionRound) (int, error) {
	if !r.InvitedAt.IsZero() || r.State(s.now()) != rugzak.RoundOpen {
		return 0, nil
	}
	r.InvitedAt = s.now()
	if err := errors.Join(w.SaveRound(r, r.Version), s.logTurn(w, r)); err != nil {
		return 0, err
	}
	return s.tellOfRound(w, r, rugzak.NoticeRoundOpen, func(rugzak.Person) (bool, error) { return true, nil })
}

// logTurn notes that a round changed because its day came.
func (s *Service) logTurn(w rugzak.Writer, r rugzak.ReflectionRound) error {
	return w.Log(rugzak.Change{At: s.now(), Actor: "system", Verb: rugzak.VerbRoundSaved, Subject: rugzak.RoundSubject(r.ID)})
}

// tellOfRound leaves a notice about a round for everybody who is meant.
func (s *Service) tellOfRound(w rugzak.Writer, r rugzak.ReflectionRound, kind rugzak.NoticeKind, meant func(rugzak.Person) (bool, error)) (int, error) {
	var to []rugzak.PersonID
	for p, err := range w.People() {
		if err != nil {
			return 0, err
		}
		if p.Inactive {
			continue
		}
		ok, err := meant(p)
		if err != nil {
			return 0, err
		}
		if ok {
			to = append(to, p.ID)
		}
	}
	for _, id := range to {
		if err := s.leave(w, rugzak.Notice{Person: id, Kind: kind, About: r.ID}); err != nil {
			return 0, err
		}
	}
	return len(to), nil
}
