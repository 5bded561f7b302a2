// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// SignedIn is how far signing in came: a session began, or a second step is
// asked for.
type SignedIn struct {
	Person  rugzak.PersonID
	Session string // the secret of the new session; empty when a second step is asked for
	// Step is what this browser shows at the second step; empty when none is
	// asked for.
	Step string
}

// signInFailed is the one answer to everything that is wrong with signing in.
func signInFailed() error { return &rugzak.Error{Code: rugzak.CodeInvalid, Key: "error.sign_in"} }

// SignIn checks e-mail and password and lets the person in. The work is the
// same for people who do not exist.
func (s *Service) SignIn(ctx context.Context, email, password, client string) (SignedIn, error) {
	if err := s.localOnly(); err != nil {
		return SignedIn{}, err
	}
	var p rugzak.Person
	var c rugzak.Credential
	err := s.view(ctx, "sign in", func(r rugzak.Reader) (err error) {
		if p, err = r.PersonByEmail(rugzak.CleanEmail(email)); err == nil {
			c, err = r.Credential(p.ID)
		}
		return err
	})
	if err != nil && !isMissing(err) {
		return SignedIn{}, err
	}
	if len(password) > rugzak.MaxPasswordBytes {
		password = ""
	}
	ok, err := s.Hasher.Verify(ctx, c.Password, password)
	if err != nil {
		return SignedIn{}, err
	}
	if !ok || p.ID == "" || p.Inactive {
		s.refused(ctx, p, refusedPassword)
		return SignedIn{}, signInFailed()
	}
	fresh := ""
	if s.Hasher.NeedsRehash(c.Password) {
		if fresh, err = s.Hasher.Hash(ctx, password); err != nil {
			return SignedIn{}, err
		}
	}
	var in SignedIn
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		now, err := w.Person(p.ID)
		if err != nil {
			return err
		}
		if now.Inactive || now.Epoch != p.Epoch {
			return signInFailed()
		}
		if fresh != "" {
			if err := w.SaveCredential(rugzak.Credential{Person: p.ID, Password: fresh}); err != nil {
				return err
			}
		}
		in, err = s.arrive(w, now, rugzak.Arrival{How: rugzak.ByPassword, Client: client})
		return err
	})
	return in, err
}

// arrive lets a person in who showed one proof; whoever has a factor is asked
// for it first.
func (s *Service) arrive(w rugzak.Writer, p rugzak.Person, in rugzak.Arrival) (SignedIn, error) {
	factors, err := w.Factors(p.ID)
	if err != nil {
		return SignedIn{}, err
	}
	out := SignedIn{Person: p.ID}
	if len(factors) > 0 && !in.How.Strong() {
		out.Step, err = s.challenge(w, rugzak.Challenge{Purpose: rugzak.ChallengeSecondStep, Person: p.ID, Epoch: p.Epoch, How: in.How})
		return out, err
	}
	out.Session, err = s.beginSession(w, p, in)
	return out, err
}

// lacksFactor reports whether a person who came in this way must add a second
// factor before anything else.
func (s *Service) lacksFactor(r rugzak.Reader, p rugzak.Person, how rugzak.SignInWay) (bool, error) {
	if how.Strong() {
		return false, nil
	}
	settings, err := r.Settings()
	if err != nil || !needsFactor(settings, p) {
		return false, err
	}
	factors, err := r.Factors(p.ID)
	return len(factors) == 0, err
}

// needsFactor reports whether the settings ask a second factor of a person.
func needsFactor(settings rugzak.Settings, p rugzak.Person) bool {
	return slices.ContainsFunc(settings.Accounts.SecondFactor, func(r rugzak.Role) bool { return p.Has(r) })
}
