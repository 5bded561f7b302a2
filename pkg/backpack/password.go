// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// PasswordLink makes a link by which a person chooses a password. An
// administrator passes it on, and never knows the password.
func (s *Service) PasswordLink(ctx context.Context, by rugzak.Person, id rugzak.PersonID) (string, error) {
	if !rugzak.CanAdminister(by) {
		return "", rugzak.Forbidden("error.administrators_only")
	}
	secret, hash := rugzak.NewSecret()
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		if _, err := w.Person(id); err != nil {
			return err
		}
		return w.SaveToken(rugzak.Token{Hash: hash, Purpose: rugzak.TokenChoosePassword, Person: id, Expires: s.now().Add(PasswordLinkLasts)})
	})
	return secret, err
}

// ChoosePassword sets the password of the person a link was made for, ends all
// their sessions, and begins a new one.
func (s *Service) ChoosePassword(ctx context.Context, secret, password string) (session string, err error) {
	return s.setPassword(ctx, password, true, func(w rugzak.Writer) (rugzak.PersonID, error) {
		t, err := s.token(w, secret, rugzak.TokenChoosePassword)
		if err != nil {
			return "", err
		}
		return t.Person, w.RemoveToken(t.Hash)
	})
}

// ChangePassword sets a new password for somebody who knows the old one, ends
// all their sessions, and begins a new one.
func (s *Service) ChangePassword(ctx context.Context, by rugzak.Person, current, fresh string) (session string, err error) {
	var c rugzak.Credential
	err = s.view(ctx, "credential", func(r rugzak.Reader) (err error) {
		c, err = r.Credential(by.ID)
		return err
	})
	if err != nil && !isMissing(err) {
		return "", err
	}
	ok, err := s.Hasher.Verify(ctx, c.Password, current)
	if err != nil {
		return "", err
	}
	if !ok {
		var p rugzak.Problems
		p.Add("current", "error.password_wrong")
		return "", p.Err()
	}
	return s.setPassword(ctx, fresh, true, func(rugzak.Writer) (rugzak.PersonID, error) { return by.ID, nil })
}

// SetPassword sets a password from the command line.
func (s *Service) SetPassword(ctx context.Context, by rugzak.Person, id rugzak.PersonID, password string) error {
	if !rugzak.CanAdminister(by) {
		return rugzak.Forbidden("error.administrators_only")
	}
	_, err := s.setPassword(ctx, password, false, func(rugzak.Writer) (rugzak.PersonID, error) { return id, nil })
	return err
}

// setPassword ends all sessions of a person; with begin it starts a new one.
func (s *Service) setPassword(ctx context.Context, password string, begin bool, whose func(rugzak.Writer) (rugzak.PersonID, error)) (session string, err error) {
	if err := checkPassword("password", password); err != nil {
		return "", err
	}
	hash, err := s.Hasher.Hash(ctx, password)
	if err != nil {
		return "", err
	}
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		id, err := whose(w)
		if err != nil {
			return err
		}
		p, err := w.Person(id)
		if err != nil {
			return err
		}
		p.Epoch++
		if err := w.SavePerson(p, p.Version); err != nil {
			return err
		}
		if err := w.SaveCredential(rugzak.Credential{Person: id, Password: hash}); err != nil {
			return err
		}
		if p.Inactive || !begin {
			return nil
		}
		session, err = s.beginSession(w, p)
		return err
	})
	return session, err
}

// checkPassword applies the only rule there is: long enough.
func checkPassword(field, password string) error {
	var p rugzak.Problems
	switch {
	case utf8.RuneCountInString(password) < rugzak.MinPassword:
		p.Add(field, "error.password_short", rugzak.MinPassword)
	case len(password) > rugzak.MaxPasswordBytes:
		p.Add(field, "error.too_long", rugzak.MaxPasswordBytes)
	}
	return p.Err()
}
