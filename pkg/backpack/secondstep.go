// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// SecondStep says by what a person can take the second step.
type SecondStep struct {
	Person                   rugzak.PersonID
	Passkey, Codes, Recovery bool
}

// secondStep finds who is between the password and the second step.
func (s *Service) secondStep(r rugzak.Reader, step string) (c rugzak.Challenge, p rugzak.Person, factors []rugzak.Factor, err error) {
	if c, err = s.challenged(r, step, rugzak.ChallengeSecondStep); err != nil {
		return c, p, nil, err
	}
	if p, err = r.Person(c.Person); err != nil {
		return c, p, nil, err
	}
	if p.Inactive || p.Epoch != c.Epoch { // what ended their sessions ends this too
		return c, p, nil, stepGone()
	}
	factors, err = r.Factors(c.Person)
	return c, p, factors, err
}

// SecondStep shows by what the second step can be taken.
func (s *Service) SecondStep(ctx context.Context, step string) (SecondStep, error) {
	var out SecondStep
	err := s.view(ctx, "second step", func(r rugzak.Reader) error {
		c, _, factors, err := s.secondStep(r, step)
		if err != nil {
			return err
		}
		v := FactorsView{Factors: factors}
		codes, err := r.Recovery(c.Person)
		if isMissing(err) {
			err = nil
		}
		out = SecondStep{Person: c.Person, Passkey: v.Has(rugzak.FactorPasskey), Codes: v.Has(rugzak.FactorTOTP), Recovery: len(codes.Hashes) > 0}
		return err
	})
	return out, err
}

// FinishWithCode takes the second step with a code of an app.
func (s *Service) FinishWithCode(ctx context.Context, step, code, client string) (SignedIn, error) {
	return s.takeStep(ctx, step, refusedCode, func(w rugzak.Writer, p rugzak.Person, factors []rugzak.Factor) (rugzak.Arrival, error) {
		for _, f := range factors {
			if f.Kind != rugzak.FactorTOTP || s.Codes == nil {
				continue
			}
			at, ok := s.Codes.Check(string(f.Data), code, s.now())
			if !ok || at <= f.Step { // a code works once
				continue
			}
			f.Step, f.UsedAt = at, s.now()
			return rugzak.Arrival{How: rugzak.ByPasswordTOTP, Client: client}, w.SaveFactor(f)
		}
		return rugzak.Arrival{}, wrongCode()
	})
}

// FinishWithRecovery takes the second step with a recovery code.
func (s *Service) FinishWithRecovery(ctx context.Context, step, code, client string) (SignedIn, error) {
	return s.takeStep(ctx, step, refusedRecovery, func(w rugzak.Writer, p rugzak.Person, _ []rugzak.Factor) (rugzak.Arrival, error) {
		return rugzak.Arrival{How: rugzak.ByPasswordRecovery, Client: client}, s.useRecovery(w, p.ID, code)
	})
}

// takeStep takes the second step: proof checks it and says how the person comes
// in. A wrong proof leaves the challenge, so that it can be tried again.
func (s *Service) takeStep(ctx context.Context, step, why string, proof func(rugzak.Writer, rugzak.Person, []rugzak.Factor) (rugzak.Arrival, error)) (SignedIn, error) {
	if err := s.localOnly(); err != nil {
		return SignedIn{}, err
	}
	var in SignedIn
	var p rugzak.Person
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		c, person, factors, err := s.secondStep(w, step)
		if p = person; err != nil {
			return err
		}
		arrival, err := proof(w, p, factors)
		if err != nil {
			return err
		}
		if err := w.RemoveChallenge(c.ID); err != nil {
			return err
		}
		in.Person = p.ID
		in.Session, err = s.beginSession(w, p, arrival)
		return err
	})
	if isMissing(err) {
		err = stepGone()
	}
	if rugzak.CodeOf(err) == rugzak.CodeInvalid && p.ID != "" {
		s.refused(ctx, p, why)
	}
	if err != nil {
		return SignedIn{Person: p.ID}, err
	}
	return in, nil
}

// AskPasskey makes the options for a passkey as the second step.
func (s *Service) AskPasskey(ctx context.Context, origin, step string) (options []byte, err error) {
	if s.Passkeys == nil || origin == "" {
		return nil, noPasskeys()
	}
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		c, _, factors, err := s.secondStep(w, step)
		if err != nil {
			return err
		}
		options, c.Data, err = s.Passkeys.Ask(origin, c.Person, factors)
		if err != nil {
			return err
		}
		return w.SaveChallenge(c)
	})
	return options, err
}

// FinishWithPasskey takes the second step with a passkey.
func (s *Service) FinishWithPasskey(ctx context.Context, origin, step string, answer []byte, client string) (SignedIn, error) {
	if s.Passkeys == nil || origin == "" {
		return SignedIn{}, noPasskeys()
	}
	var state []byte
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error { // a question is answered once
		c, _, _, err := s.secondStep(w, step)
		if err != nil {
			return err
		}
		if len(c.Data) == 0 {
			return stepGone()
		}
		state, c.Data = c.Data, nil
		return w.SaveChallenge(c)
	})
	if err != nil {
		return SignedIn{}, err
	}
	used, copied, err := s.answered(ctx, origin, state, answer)
	if err != nil || copied {
		return SignedIn{}, s.badPasskey(ctx, used, copied, err)
	}
	return s.takeStep(ctx, step, refusedPasskey, func(w rugzak.Writer, p rugzak.Person, factors []rugzak.Factor) (rugzak.Arrival, error) {
		return rugzak.Arrival{How: rugzak.ByPasswordPasskey, Client: client}, s.markUsed(w, p, factors, used)
	})
}

// markUsed stores what a passkey counts, provided that it is still there.
func (s *Service) markUsed(w rugzak.Writer, p rugzak.Person, factors []rugzak.Factor, used rugzak.Factor) error {
	if used.Person != p.ID || !slices.ContainsFunc(factors, func(f rugzak.Factor) bool { return f.ID == used.ID }) {
		return &rugzak.Error{Code: rugzak.CodeInvalid, Key: "error.passkey"}
	}
	used.UsedAt = s.now()
	return w.SaveFactor(used)
}
