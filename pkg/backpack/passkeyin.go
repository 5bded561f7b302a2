// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// AskAnyPasskey makes the options to sign in with a passkey alone. They are the
// same for everybody, and name nobody's passkeys.
func (s *Service) AskAnyPasskey(ctx context.Context, origin string) (options []byte, step string, err error) {
	if err := s.localOnly(); err != nil {
		return nil, "", err
	}
	if s.Passkeys == nil || origin == "" {
		return nil, "", noPasskeys()
	}
	options, state, err := s.Passkeys.Ask(origin, "", nil)
	if err != nil {
		return nil, "", err
	}
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		step, err = s.challenge(w, rugzak.Challenge{Purpose: rugzak.ChallengePasskeyIn, Data: state})
		return err
	})
	return options, step, err
}

// PasskeySignIn lets somebody in with a passkey alone: having it and opening it
// (PIN, finger or face) are two proofs.
func (s *Service) PasskeySignIn(ctx context.Context, origin, step string, answer []byte, client string) (SignedIn, error) {
	if err := s.localOnly(); err != nil {
		return SignedIn{}, err
	}
	if s.Passkeys == nil || origin == "" {
		return SignedIn{}, noPasskeys()
	}
	c, err := s.takeChallenge(ctx, step, rugzak.ChallengePasskeyIn)
	if err != nil {
		return SignedIn{}, err
	}
	used, copied, err := s.answered(ctx, origin, c.Data, answer)
	if err != nil || copied {
		return SignedIn{}, s.badPasskey(ctx, used, copied, err)
	}
	in := SignedIn{Person: used.Person}
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		p, err := w.Person(used.Person)
		if err != nil {
			return err
		}
		if p.Inactive {
			return &rugzak.Error{Code: rugzak.CodeInvalid, Key: "error.passkey"}
		}
		factors, err := w.Factors(p.ID)
		if err != nil {
			return err
		}
		if err := s.markUsed(w, p, factors, used); err != nil {
			return err
		}
		in.Session, err = s.beginSession(w, p, rugzak.Arrival{How: rugzak.ByPasskey, Client: client})
		return err
	})
	if rugzak.CodeOf(err) == rugzak.CodeInvalid || isMissing(err) {
		return SignedIn{}, s.badPasskey(ctx, used, false, err)
	}
	return in, err
}

// answered checks the answer of a passkey.
func (s *Service) answered(ctx context.Context, origin string, state, answer []byte) (used rugzak.Factor, copied bool, err error) {
	return s.Passkeys.Check(origin, state, answer, func(p rugzak.PersonID) (factors []rugzak.Factor, err error) {
		err = s.view(ctx, "factors", func(r rugzak.Reader) (err error) {
			factors, err = r.Factors(p)
			return err
		})
		return factors, err
	})
}

// badPasskey writes down that a passkey was refused, and gives the one answer
// to all that can be wrong with one. The owner of a passkey that seems to be
// copied is told.
func (s *Service) badPasskey(ctx context.Context, used rugzak.Factor, copied bool, err error) error {
	if code := rugzak.CodeOf(err); code != "" && code != rugzak.CodeInvalid && code != rugzak.CodeNotFound {
		return err
	}
	why := refusedPasskey
	if copied {
		why = refusedClone
		_, err := s.Store.Update(ctx, func(w rugzak.Writer) error { return s.tell(w, used.Person, NoticeCopied, "") })
		if err != nil {
			s.Log.WarnContext(ctx, "owner of a copied passkey not told", "err", err)
		}
	}
	s.refused(ctx, rugzak.Person{ID: used.Person}, why)
	return &rugzak.Error{Code: rugzak.CodeInvalid, Key: "error.passkey", Err: err}
}
