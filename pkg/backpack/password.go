// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"time"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// ResetLinkLasts is how long the link in a mail works that somebody asked for.
const ResetLinkLasts = time.Hour

// NoticePassword tells a person that their password was changed.
const NoticePassword rugzak.NoticeKind = "password_changed"

// tell puts a notice about a person's own account among their notices.
func (s *Service) tell(w rugzak.Writer, id rugzak.PersonID, kind rugzak.NoticeKind, about string) error {
	return w.SaveNotice(rugzak.Notice{ID: rugzak.NewID(s.now()), Person: id, Kind: kind, About: about, At: s.now()})
}

// PasswordLink makes a link by which a person chooses a password. An
// administrator passes it on, and never knows the password.
func (s *Service) PasswordLink(ctx context.Context, by rugzak.Person, id rugzak.PersonID) (string, error) {
	if err := s.localOnly(); err != nil {
		return "", err
	}
	if !rugzak.CanAdminister(by) {
		return "", rugzak.Forbidden("error.administrators_only")
	}
	secret, hash := rugzak.NewSecret()
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		if _, err := w.Person(id); err != nil {
			return err
		}
		if err := w.SaveToken(rugzak.Token{Hash: hash, Purpose: rugzak.TokenChoosePassword, Person: id, Expires: s.now().Add(PasswordLinkLasts)}); err != nil {
			return err
		}
		return s.audit(w, by, rugzak.AuditPassword, rugzak.PersonActor(id), "link-made")
	})
	return secret, err
}

// ResetLink makes the link by which a person chooses a new password, for the
// mail they asked for. Older ones no longer work.
func (s *Service) ResetLink(ctx context.Context, id rugzak.PersonID) (secret string, err error) {
	if err := s.localOnly(); err != nil {
		return "", err
	}
	secret, hash := rugzak.NewSecret()
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		p, err := w.Person(id)
		if err != nil {
			return err
		}
		if p.Inactive {
			return rugzak.NotFound()
		}
		return w.SaveToken(rugzak.Token{Hash: hash, Purpose: rugzak.TokenResetPassword, Person: id, Expires: s.now().Add(ResetLinkLasts)})
	})
	return secret, err
}

// PasswordLinkFor reports for whom a link to choose a password is. Looking does
// not use the link up.
func (s *Service) PasswordLinkFor(ctx context.Context, secret string) (rugzak.Person, error) {
	p, err := s.TokenValid(ctx, secret, rugzak.TokenChoosePassword)
	if isMissing(err) {
		return s.TokenValid(ctx, secret, rugzak.TokenResetPassword)
	}
	return p, err
}

// ChoosePassword sets the password of the person a link was made for, ends all
// their sessions, and lets them in. A second factor they have is still asked
// for: whoever reads their mail is not yet them.
func (s *Service) ChoosePassword(ctx context.Context, secret, password, client string) (SignedIn, error) {
	if err := s.localOnly(); err != nil {
		return SignedIn{}, err
	}
	p, err := s.PasswordLinkFor(ctx, secret)
	if err != nil {
		return SignedIn{}, err
	}
	hash, err := s.newPassword(ctx, p, password)
	if err != nil {
		return SignedIn{}, err
	}
	var in SignedIn
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		t, err := s.token(w, secret, rugzak.TokenChoosePassword)
		if isMissing(err) {
			t, err = s.token(w, secret, rugzak.TokenResetPassword)
		}
		if err != nil {
			return err
		}
		if p, err = s.setPassword(w, rugzak.Person{ID: t.Person}, t.Person, hash, string(t.Purpose)); err != nil || p.Inactive {
			return err
		}
		in, err = s.arrive(w, p, rugzak.Arrival{How: rugzak.ByLink, Client: client})
		return err
	})
	return in, err
}

// ChangePassword sets a new password for somebody who knows the old one, ends
// all their sessions, and goes on with this one under a new secret.
func (s *Service) ChangePassword(ctx context.Context, by rugzak.Person, here rugzak.Session, current, fresh string) (session string, err error) {
	if err := s.localOnly(); err != nil {
		return "", err
	}
	if err := s.provePassword(ctx, by, current); err != nil {
		return "", err
	}
	hash, err := s.newPassword(ctx, by, fresh)
	if err != nil {
		return "", err
	}
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		p, err := s.setPassword(w, by, by.ID, hash, "changed")
		if err != nil || p.Inactive {
			return err
		}
		session, err = s.newSession(w, p, rugzak.Arrival{How: here.How, Client: here.Client})
		return err
	})
	return session, err
}

// provePassword checks the password of somebody who is signed in.
func (s *Service) provePassword(ctx context.Context, by rugzak.Person, current string) error {
	var c rugzak.Credential
	err := s.view(ctx, "credential", func(r rugzak.Reader) (err error) {
		c, err = r.Credential(by.ID)
		return err
	})
	if err != nil && !isMissing(err) {
		return err
	}
	ok, err := s.Hasher.Verify(ctx, c.Password, current)
	if err == nil && !ok {
		var p rugzak.Problems
		p.Add("current", "error.password_wrong")
		err = p.Err()
	}
	return err
}

// SetPassword sets a password from the command line.
func (s *Service) SetPassword(ctx context.Context, by rugzak.Person, id rugzak.PersonID, password string) error {
	if !rugzak.CanAdminister(by) {
		return rugzak.Forbidden("error.administrators_only")
	}
	var p rugzak.Person
	err := s.view(ctx, "person", func(r rugzak.Reader) (err error) {
		p, err = r.Person(id)
		return err
	})
	if err != nil {
		return err
	}
	hash, err := s.newPassword(ctx, p, password)
	if err != nil {
		return err
	}
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		_, err := s.setPassword(w, by, id, hash, "set")
		return err
	})
	return err
}

// newPassword checks a password somebody chooses and makes its hash.
func (s *Service) newPassword(ctx context.Context, p rugzak.Person, password string) (hash string, err error) {
	var o rugzak.Organisation
	err = s.view(ctx, "organisation", func(r rugzak.Reader) (err error) {
		o, err = r.Organisation(p.Organisation)
		return err
	})
	if err != nil && !isMissing(err) {
		return "", err
	}
	if err := s.checkPassword("password", password, o.Name, p.Name, p.Email); err != nil {
		return "", err
	}
	return s.Hasher.Hash(ctx, password)
}

// setPassword stores a new password. It ends all sessions of the person and
// every link that would set another, and tells them.
func (s *Service) setPassword(w rugzak.Writer, by rugzak.Person, id rugzak.PersonID, hash, how string) (rugzak.Person, error) {
	p, err := w.Person(id)
	if err != nil {
		return p, err
	}
	for _, purpose := range []rugzak.TokenPurpose{rugzak.TokenChoosePassword, rugzak.TokenResetPassword} {
		if err := w.RemoveTokens(id, purpose); err != nil {
			return p, err
		}
	}
	if _, err := s.renew(w, &p, nil); err != nil {
		return p, err
	}
	_, err = w.Credential(id)
	if err != nil && !isMissing(err) {
		return p, err
	}
	if err == nil { // nobody needs to be told of their first one
		if err := s.tell(w, id, NoticePassword, ""); err != nil {
			return p, err
		}
	}
	if err := w.SaveCredential(rugzak.Credential{Person: id, Password: hash}); err != nil {
		return p, err
	}
	return p, s.audit(w, by, rugzak.AuditPassword, rugzak.PersonActor(id), how)
}

// PasswordFits checks a password before anything else of a form or command is
// done. Words are what everybody can know about the person.
func (s *Service) PasswordFits(field, password string, words ...string) error {
	return s.checkPassword(field, password, words...)
}

// checkPassword applies the only rules there are: long enough, and not one of
// those that are guessed first.
func (s *Service) checkPassword(field, password string, words ...string) error {
	var p rugzak.Problems
	switch {
	case utf8.RuneCountInString(password) < rugzak.MinPassword:
		p.Add(field, "error.password_short", rugzak.MinPassword)
	case len(password) > rugzak.MaxPasswordBytes:
		p.Add(field, "error.too_long", rugzak.MaxPasswordBytes)
	case s.Common != nil && s.Common.Common(password, append(words, s.SiteName)...):
		p.Add(field, "error.password_common")
	}
	return p.Err()
}
