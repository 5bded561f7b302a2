// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// RoundInput is what the form of a round holds.
type RoundInput struct {
	Title, Text, Opens, Closes string
	Set                        rugzak.QuestionSetID
	Questions                  []rugzak.RoundQuestion
	Weeks                      int
	Reviewed                   bool
	Key                        string // sending the form twice makes one round
}

func (in RoundInput) clean() RoundInput {
	in.Title, in.Text = rugzak.Line(in.Title), strings.TrimSpace(rugzak.Newlines(in.Text))
	in.Questions = cleanQuestions(in.Questions)
	return in
}

// cleanQuestions brings questions in order and drops empty ones.
func cleanQuestions(all []rugzak.RoundQuestion) []rugzak.RoundQuestion {
	var out []rugzak.RoundQuestion
	for _, q := range all {
		if q = (rugzak.RoundQuestion{NL: rugzak.Line(q.NL), EN: rugzak.Line(q.EN)}); q != (rugzak.RoundQuestion{}) {
			out = append(out, q)
		}
	}
	return out
}

func (in RoundInput) texts() []field {
	return append([]field{{"title", in.Title}, {"text", in.Text}}, questionTexts(in.Questions)...)
}

// RoundFindings lists what the screener found in the form of a round.
func (s *Service) RoundFindings(ctx context.Context, in RoundInput) ([]Found, error) {
	found, err := s.inspect(ctx, in.clean().texts(), nil)
	return shownFindings(found), err
}

// NextRound proposes the round after the last one, or a first one that begins
// on Monday.
func (s *Service) NextRound(ctx context.Context, by rugzak.Person) (rugzak.ReflectionRound, error) {
	var next rugzak.ReflectionRound
	if !rugzak.CanCurate(by) {
		return next, rugzak.Forbidden("error.curators_only")
	}
	err := s.view(ctx, "next round", func(r rugzak.Reader) error {
		all, err := r.Rounds()
		if err != nil {
			return err
		}
		if len(all) > 0 {
			last := all[len(all)-1]
			if last.Weeks == 0 {
				last.Weeks = rugzak.DefaultRoundWeeks
			}
			next, _ = last.Next(s.now())
			next.Number = highest(all) + 1
			return nil
		}
		monday := s.now().AddDate(0, 0, 7)
		for monday.Weekday() != time.Monday {
			monday = monday.AddDate(0, 0, -1)
		}
		next = rugzak.ReflectionRound{
			Number: 1, Weeks: rugzak.DefaultRoundWeeks, Opens: monday.Format(time.DateOnly),
			Closes: monday.AddDate(0, 0, rugzak.DefaultRoundOpen).Format(time.DateOnly),
		}
		return nil
	})
	return next, err
}

func highest(all []rugzak.ReflectionRound) (number int) {
	for _, r := range all {
		number = max(number, r.Number)
	}
	return number
}

// SaveRound plans a round (empty id), or changes one. Once people answer, its
// questions and its first day stay.
func (s *Service) SaveRound(ctx context.Context, by rugzak.Person, id string, base int, in RoundInput) (rugzak.ReflectionRound, error) {
	var r rugzak.ReflectionRound
	if !rugzak.CanCurate(by) {
		return r, rugzak.Forbidden("error.curators_only")
	}
	in = in.clean()
	found, err := s.lookAt(ctx, in.texts())
	if err != nil {
		return r, err
	}
	_, err = s.update(ctx, "save round", func(w rugzak.Writer) error {
		r = rugzak.ReflectionRound{ID: rugzak.NewID(s.now()), At: s.now()}
		all, err := w.Rounds()
		if err != nil {
			return err
		}
		if id == "" {
			made, err := madeBy(w, by, in.Key)
			if err != nil {
				return err
			}
			if sent, err := w.Round(made); !isMissing(err) {
				r = sent
				return err
			}
			r.Number = highest(all) + 1
		} else {
			if r, err = lookRound(w, by, id); err != nil {
				return err
			}
			if r.Version != base {
				return rugzak.Conflict()
			}
		}
		before := r
		if err := s.fillRound(&r, in); err != nil {
			return err
		}
		if err := apart(all, r); err != nil {
			return err
		}
		if !in.Reviewed && !slices.Equal(in.texts(), roundInputOf(before).texts()) {
			if err := wantReview(found); err != nil {
				return err
			}
		}
		if err := w.SaveRound(r, before.Version); err != nil {
			return err
		}
		r.Version = before.Version + 1
		if id == "" {
			if err := s.saveMade(w, by, in.Key, r.ID); err != nil {
				return err
			}
		}
		if err := s.logRound(w, by, r, rugzak.VerbRoundSaved); err != nil {
			return err
		}
		return s.inviteAll(w, r)
	})
	return r, err
}

// lookAt refuses what may be in no text that partners read, and returns the
// rest of what was found, for the writer to look at.
func (s *Service) lookAt(ctx context.Context, texts []field) ([]Found, error) {
	if err := s.refuseNumbers(texts...); err != nil {
		return nil, err
	}
	found, err := s.inspect(ctx, texts, nil)
	if err != nil {
		return nil, err
	}
	return found, refusePartners(found)
}

func roundInputOf(r rugzak.ReflectionRound) RoundInput {
	return RoundInput{Title: r.Title, Text: r.Text, Questions: r.Questions}
}

// fillRound puts the form into a round.
func (s *Service) fillRound(r *rugzak.ReflectionRound, in RoundInput) error {
	state := rugzak.RoundPlanned
	if r.Version > 0 {
		state = r.State(s.now())
	}
	if state == rugzak.RoundClosed || state == rugzak.RoundDone {
		return rugzak.Forbidden("error.round.over")
	}
	r.Title, r.Text, r.Closes, r.Weeks, r.UpdatedAt = in.Title, in.Text, in.Closes, in.Weeks, s.now()
	if state == rugzak.RoundPlanned {
		r.Opens, r.Set, r.Questions = in.Opens, in.Set, in.Questions
	}
	if err := r.Validate(); err != nil {
		return err
	}
	var p rugzak.Problems
	if state == rugzak.RoundPlanned && r.State(s.now()) == rugzak.RoundClosed { // one that is open may be closed early
		p.Add("closes", "error.round.past")
	}
	return p.Err()
}

// apart wants a round to be at other days than the others: people answer one at
// a time.
func apart(all []rugzak.ReflectionRound, r rugzak.ReflectionRound) error {
	var p rugzak.Problems
	for _, o := range all {
		if o.ID != r.ID && o.Opens <= r.Closes && r.Opens <= o.Closes {
			p.Add("opens", "error.round.together", o.Number)
			break
		}
	}
	return p.Err()
}

func (s *Service) logRound(w rugzak.Writer, by rugzak.Person, r rugzak.ReflectionRound, verb rugzak.Verb) error {
	if err := s.textMended(w, rugzak.RoundOccasion(r.ID)); err != nil {
		return err
	}
	return w.Log(rugzak.Change{At: s.now(), Actor: "person:" + string(by.ID), Verb: verb, Subject: rugzak.RoundSubject(r.ID)})
}

// RemoveRound takes back a round that was planned and did not open yet.
func (s *Service) RemoveRound(ctx context.Context, by rugzak.Person, id string) error {
	if !rugzak.CanCurate(by) {
		return rugzak.Forbidden("error.curators_only")
	}
	_, err := s.update(ctx, "remove round", func(w rugzak.Writer) error {
		r, err := lookRound(w, by, id)
		if err != nil {
			return err
		}
		if r.State(s.now()) != rugzak.RoundPlanned {
			return rugzak.Forbidden("error.round.begun")
		}
		if err := errors.Join(w.RemoveRound(id), s.logRound(w, by, r, rugzak.VerbRoundRemoved)); err != nil {
			return err
		}
		all, err := w.Rounds()
		if err != nil || len(all) == 0 {
			return err
		}
		// The last one that is left would plan it anew.
		last := all[len(all)-1]
		if last.Weeks, last.UpdatedAt = 0, s.now(); last.Opens > r.Opens {
			return nil
		}
		return errors.Join(w.SaveRound(last, last.Version), s.logRound(w, by, last, rugzak.VerbRoundSaved))
	})
	return err
}
