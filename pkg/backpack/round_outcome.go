// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// OutcomeInput is what the form of a joint outcome holds.
type OutcomeInput struct {
	Outcome  string
	Also     []rugzak.OrganisationID // partners it is for
	Publish  bool
	Reviewed bool
}

// OutcomeFindings lists what the screener found in a joint outcome, and which
// entries it quotes that fewer may read than whom it is for.
func (s *Service) OutcomeFindings(ctx context.Context, by rugzak.Person, in OutcomeInput) ([]Found, []NarrowSource, error) {
	if !rugzak.CanSteer(by) {
		return nil, nil, rugzak.Forbidden("error.core_team_only")
	}
	text := rugzak.Newlines(in.Outcome)
	found, err := s.inspect(ctx, []field{{"outcome", text}}, nil)
	if err != nil {
		return nil, nil, err
	}
	var narrow []NarrowSource
	err = s.view(ctx, "sources of an outcome", func(r rugzak.Reader) (err error) {
		round := rugzak.ReflectionRound{Outcome: text, Also: in.Also}
		narrow, err = narrowSources(r, by, rugzak.Quotes(text), round.Tokens())
		return err
	})
	return shownFindings(found), narrow, err
}

// mayConclude fetches a round that people no longer answer, for the core team.
func (s *Service) mayConclude(r rugzak.Reader, by rugzak.Person, id string) (rugzak.ReflectionRound, error) {
	if !rugzak.CanSteer(by) {
		return rugzak.ReflectionRound{}, rugzak.Forbidden("error.core_team_only")
	}
	round, err := lookRound(r, by, id)
	if err == nil && round.State(s.now()) == rugzak.RoundPlanned {
		err = rugzak.Forbidden("error.round.planned")
	}
	return round, err
}

// SaveOutcome stores the joint outcome of a round, and publishes it when that is
// asked for. It is never shared wider than what it quotes. Everybody it is for
// is told once.
func (s *Service) SaveOutcome(ctx context.Context, by rugzak.Person, id string, base int, in OutcomeInput) (rugzak.ReflectionRound, error) {
	var r rugzak.ReflectionRound
	if !rugzak.CanSteer(by) {
		return r, rugzak.Forbidden("error.core_team_only")
	}
	in.Outcome = strings.TrimSpace(rugzak.Newlines(in.Outcome))
	found, err := s.lookAt(ctx, []field{{"outcome", in.Outcome}})
	if err != nil {
		return r, err
	}
	if len(in.Outcome) <= rugzak.MaxOutcome {
		if _, err := s.Renderer.Render(ctx, in.Outcome, rugzak.Dutch); err != nil {
			return r, asOutcomeProblem(err)
		}
	}
	_, err = s.update(ctx, "save outcome", func(w rugzak.Writer) error {
		var err error
		if r, err = s.mayConclude(w, by, id); err != nil {
			return err
		}
		if r.Version != base {
			return rugzak.Conflict()
		}
		before := r
		if r.Outcome, err = keptOutcome(w, by, before, in.Outcome); err != nil {
			return err
		}
		r.Also, r.UpdatedAt = unique(in.Also), s.now()
		slices.Sort(r.Also)
		if err := checkPartners(w, r.Also); err != nil {
			return err
		}
		if err := r.Validate(); err != nil {
			return err
		}
		narrow, err := narrowSources(w, by, rugzak.Quotes(r.Outcome), r.Tokens())
		if err == nil {
			err = tooWide("outcome", narrow)
		}
		if err != nil {
			return err
		}
		if !in.Reviewed && r.Outcome != before.Outcome {
			if err := wantReview(found); err != nil {
				return err
			}
		}
		return s.publish(w, by, before, &r, in.Publish)
	})
	return r, err
}

// publish stores an outcome, and the first time it is published tells everybody
// it is for.
func (s *Service) publish(w rugzak.Writer, by rugzak.Person, before rugzak.ReflectionRound, r *rugzak.ReflectionRound, publish bool) error {
	first := publish && before.PublishedAt.IsZero()
	var p rugzak.Problems
	switch {
	case first && r.State(s.now()) == rugzak.RoundOpen:
		p.Add("outcome", "error.round.still_open")
	case (first || !before.PublishedAt.IsZero()) && r.Outcome == "":
		p.Add("outcome", "error.required")
	}
	if err := p.Err(); err != nil {
		return err
	}
	verb := rugzak.VerbRoundSaved
	if first {
		r.PublishedAt, verb = s.now(), rugzak.VerbRoundPublished
	}
	if err := w.SaveRound(*r, before.Version); err != nil {
		return err
	}
	r.Version = before.Version + 1
	if err := s.logRound(w, by, *r, verb); err != nil || !first {
		return err
	}
	_, err := s.tellOfRound(w, *r, rugzak.NoticeRoundOutcome, func(p rugzak.Person) (bool, error) {
		if p.ID == by.ID {
			return false, nil
		}
		return readsOutcome(w, p, *r)
	})
	return err
}

// keptOutcome is the outcome to store: who does not see the one that is there,
// and leaves the field empty, leaves it as it is.
func keptOutcome(r rugzak.Reader, by rugzak.Person, before rugzak.ReflectionRound, typed string) (string, error) {
	if typed != "" || before.Outcome == "" {
		return typed, nil
	}
	reads, err := readsAll(r, by, rugzak.Quotes(before.Outcome))
	if err != nil || reads {
		return typed, err
	}
	return before.Outcome, nil
}

// asOutcomeProblem puts a refusal of the renderer next to the outcome.
func asOutcomeProblem(err error) error {
	if rugzak.CodeOf(err) != rugzak.CodeInvalid {
		return err
	}
	var p rugzak.Problems
	p.Add("outcome", "error.body_too_long", rugzak.MaxOutcome>>10)
	return p.Err()
}

// ChooseChange chooses the most significant change in a domain, with the reason,
// instead of the one that was chosen before.
func (s *Service) ChooseChange(ctx context.Context, by rugzak.Person, id string, in rugzak.RoundChange) error {
	if !rugzak.CanSteer(by) {
		return rugzak.Forbidden("error.core_team_only")
	}
	in.Domain, in.Reason = rugzak.Line(in.Domain), strings.TrimSpace(rugzak.Newlines(in.Reason))
	if _, err := s.lookAt(ctx, []field{{"domain", in.Domain}, {"reason", in.Reason}}); err != nil {
		return err
	}
	_, err := s.update(ctx, "choose change", func(w rugzak.Writer) error {
		r, err := s.mayConclude(w, by, id)
		if err != nil {
			return err
		}
		var p rugzak.Problems
		e, _, err := look(w, by, in.Entry)
		if isMissing(err) || err == nil && !e.State.Public() {
			p.Add("entry", "error.round.entry")
		} else if err != nil {
			return err
		}
		r.Changes = slices.DeleteFunc(r.Changes, sameDomain(in.Domain))
		r.Changes = append(r.Changes, in)
		if err := r.Validate(); err != nil {
			return err
		}
		if err := p.Err(); err != nil {
			return err
		}
		return s.saveConclusion(w, by, r, rugzak.VerbRoundSaved)
	})
	return err
}

func sameDomain(domain string) func(rugzak.RoundChange) bool {
	return func(c rugzak.RoundChange) bool { return strings.EqualFold(c.Domain, domain) }
}

// DropChange takes back what was chosen in a domain.
func (s *Service) DropChange(ctx context.Context, by rugzak.Person, id, domain string) error {
	_, err := s.update(ctx, "drop change", func(w rugzak.Writer) error {
		r, err := s.mayConclude(w, by, id)
		if err != nil {
			return err
		}
		r.Changes = slices.DeleteFunc(r.Changes, sameDomain(domain))
		return s.saveConclusion(w, by, r, rugzak.VerbRoundSaved)
	})
	return err
}

func (s *Service) saveConclusion(w rugzak.Writer, by rugzak.Person, r rugzak.ReflectionRound, verb rugzak.Verb) error {
	r.UpdatedAt = s.now()
	if err := w.SaveRound(r, r.Version); err != nil {
		return err
	}
	return s.logRound(w, by, r, verb)
}
