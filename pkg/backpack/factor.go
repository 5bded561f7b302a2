// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// The notices about factors.
const (
	NoticeFactorAdded   rugzak.NoticeKind = "factor_added"   // about: the kind
	NoticeFactorRemoved rugzak.NoticeKind = "factor_removed" // about: the kind
	NoticeFactorsReset  rugzak.NoticeKind = "factors_reset"
	NoticeRecoveryUsed  rugzak.NoticeKind = "recovery_used" // about: how many are left
	NoticeCopied        rugzak.NoticeKind = "passkey_copied"
)

// freshFor is how long after signing in somebody may change their proofs: who
// finds an open screen may not make it their own.
const freshFor = 30 * time.Minute

// FactorsView is what a person's page of proofs shows. The factors hold no data.
type FactorsView struct {
	Factors     []rugzak.Factor
	CodesLeft   int
	Required    bool // a role of theirs asks for a factor
	HasPassword bool
	Fresh       bool // they signed in a short while ago, and may change something
}

// Has reports whether there is a factor of a kind.
func (v FactorsView) Has(kind rugzak.FactorKind) bool {
	return slices.ContainsFunc(v.Factors, func(f rugzak.Factor) bool { return f.Kind == kind })
}

// Factors shows a person their own proofs.
func (s *Service) Factors(ctx context.Context, by rugzak.Person, here rugzak.Session) (FactorsView, error) {
	v := FactorsView{Fresh: s.fresh(here) == nil}
	err := s.view(ctx, "factors", func(r rugzak.Reader) (err error) {
		if v.Factors, err = r.Factors(by.ID); err != nil {
			return err
		}
		for i := range v.Factors {
			v.Factors[i].Data = nil
		}
		codes, err := r.Recovery(by.ID)
		if err != nil && !isMissing(err) {
			return err
		}
		v.CodesLeft = len(codes.Hashes)
		_, err = r.Credential(by.ID)
		if err != nil && !isMissing(err) {
			return err
		}
		v.HasPassword = err == nil
		settings, err := r.Settings()
		v.Required = needsFactor(settings, by)
		return err
	})
	return v, err
}

// fresh refuses a session that began too long ago.
func (s *Service) fresh(here rugzak.Session) error {
	if s.now().Sub(here.CreatedAt) > freshFor {
		return rugzak.Forbidden("error.sign_in_again")
	}
	return nil
}

// noPasskeys is the answer where passkeys cannot be used.
func noPasskeys() error { return &rugzak.Error{Code: rugzak.CodeInvalid, Key: "error.no_passkeys"} }

// AskNewPasskey makes the options for a new passkey of the person.
func (s *Service) AskNewPasskey(ctx context.Context, by rugzak.Person, here rugzak.Session, origin string) (options []byte, step string, err error) {
	if s.Passkeys == nil || origin == "" {
		return nil, "", noPasskeys()
	}
	if err := s.fresh(here); err != nil {
		return nil, "", err
	}
	var old []rugzak.Factor
	err = s.view(ctx, "factors", func(r rugzak.Reader) (err error) {
		old, err = r.Factors(by.ID)
		return err
	})
	if err != nil {
		return nil, "", err
	}
	options, state, err := s.Passkeys.AskNew(origin, by, old)
	if err != nil {
		return nil, "", err
	}
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		step, err = s.challenge(w, rugzak.Challenge{Purpose: rugzak.ChallengePasskeyAdd, Person: by.ID, Data: state})
		return err
	})
	return options, step, err
}

// AddPasskey keeps a new passkey. The session goes on under a new secret, all
// others of the person end.
func (s *Service) AddPasskey(ctx context.Context, by rugzak.Person, here rugzak.Session, origin, step, name string, answer []byte) (session string, err error) {
	if s.Passkeys == nil || origin == "" {
		return "", noPasskeys()
	}
	name, err = s.factorName(name)
	if err != nil {
		return "", err
	}
	c, err := s.takeChallenge(ctx, step, rugzak.ChallengePasskeyAdd)
	if err != nil {
		return "", err
	}
	if c.Person != by.ID {
		return "", stepGone()
	}
	data, err := s.Passkeys.CheckNew(origin, by, c.Data, answer)
	if err != nil {
		return "", err
	}
	return s.addFactor(ctx, by, here, rugzak.Factor{Kind: rugzak.FactorPasskey, Name: name, Data: data})
}

// factorName cleans the word a person has for a factor.
func (s *Service) factorName(name string) (string, error) {
	name = rugzak.Line(name)
	if err := s.refuseNumbers(field{"passkey_name", name}); err != nil {
		return "", err
	}
	var p rugzak.Problems
	if utf8.RuneCountInString(name) > rugzak.MaxFactorName {
		p.Add("passkey_name", "error.too_long", rugzak.MaxFactorName)
	}
	return name, p.Err()
}

// addFactor stores a factor.
func (s *Service) addFactor(ctx context.Context, by rugzak.Person, here rugzak.Session, f rugzak.Factor) (session string, err error) {
	f.ID, f.Person, f.CreatedAt = rugzak.NewID(s.now()), by.ID, s.now()
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		if err := s.fresh(here); err != nil {
			return err
		}
		p, err := w.Person(by.ID)
		if err != nil {
			return err
		}
		old, err := w.Factors(by.ID)
		if err != nil {
			return err
		}
		twice := f.Kind == rugzak.FactorTOTP && slices.ContainsFunc(old, func(o rugzak.Factor) bool { return o.Kind == f.Kind })
		if len(old) >= rugzak.MaxFactors || twice {
			return rugzak.Forbidden("error.factors_full")
		}
		if err := w.SaveFactor(f); err != nil {
			return err
		}
		if err := s.tell(w, by.ID, NoticeFactorAdded, string(f.Kind)); err != nil {
			return err
		}
		if err := s.audit(w, by, rugzak.AuditFactor, rugzak.PersonActor(by.ID), string(f.Kind)+".added"); err != nil {
			return err
		}
		session, err = s.renew(w, &p, &here)
		return err
	})
	return session, err
}

// RemoveFactor takes a factor of one's own away. The last one stays where a
// role asks for one.
func (s *Service) RemoveFactor(ctx context.Context, by rugzak.Person, here rugzak.Session, id string) (session string, err error) {
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		if err := s.fresh(here); err != nil {
			return err
		}
		p, err := w.Person(by.ID)
		if err != nil {
			return err
		}
		all, err := w.Factors(by.ID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(f rugzak.Factor) bool { return f.ID == id })
		if i < 0 {
			return rugzak.NotFound()
		}
		if len(all) == 1 {
			settings, err := w.Settings()
			if err != nil {
				return err
			}
			if needsFactor(settings, p) {
				return rugzak.Forbidden("error.factor_required")
			}
			if err := w.RemoveRecovery(by.ID); err != nil {
				return err
			}
		}
		if err := w.RemoveFactor(by.ID, id); err != nil {
			return err
		}
		if err := s.tell(w, by.ID, NoticeFactorRemoved, string(all[i].Kind)); err != nil {
			return err
		}
		if err := s.audit(w, by, rugzak.AuditFactor, rugzak.PersonActor(by.ID), string(all[i].Kind)+".removed"); err != nil {
			return err
		}
		session, err = s.renew(w, &p, &here)
		return err
	})
	return session, err
}

// ResetFactors takes all factors of somebody away who lost them. They sign in
// with their password, and add a factor again where a role asks for one.
func (s *Service) ResetFactors(ctx context.Context, by rugzak.Person, id rugzak.PersonID) error {
	if !rugzak.CanAdminister(by) {
		return rugzak.Forbidden("error.administrators_only")
	}
	if by.ID == id { // a stolen session must not get rid of the second factor
		return rugzak.Forbidden("error.factors_own")
	}
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		p, err := w.Person(id)
		if err != nil {
			return err
		}
		all, err := w.Factors(id)
		if err != nil {
			return err
		}
		for _, f := range all {
			if err := w.RemoveFactor(id, f.ID); err != nil {
				return err
			}
		}
		if err := w.RemoveRecovery(id); err != nil {
			return err
		}
		if err := s.tell(w, id, NoticeFactorsReset, ""); err != nil {
			return err
		}
		if err := s.audit(w, by, rugzak.AuditFactor, rugzak.PersonActor(id), "reset"); err != nil {
			return err
		}
		_, err = s.renew(w, &p, nil)
		return err
	})
	return err
}
