// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"time"

	"rugzak/pkg/rugzak"
)

const (
	// firstStartLasts is how long the link of the first start works.
	firstStartLasts = 24 * time.Hour
	// PasswordLinkLasts is how long a link to choose a password works.
	PasswordLinkLasts = 7 * 24 * time.Hour
)

// FirstStart makes the one-time link by which the first administrator is made;
// needed is false when there is one already.
func (s *Service) FirstStart(ctx context.Context) (secret string, needed bool, err error) {
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		if needed, err = needsAdministrator(w); err != nil || !needed {
			return err
		}
		var hash string
		secret, hash = rugzak.NewSecret()
		return w.SaveToken(rugzak.Token{Hash: hash, Purpose: rugzak.TokenFirstAdministrator, Expires: s.now().Add(firstStartLasts)})
	})
	return secret, needed, err
}

func needsAdministrator(r rugzak.Reader) (bool, error) {
	for p, err := range r.People() {
		if err != nil {
			return false, err
		}
		if p.Has(rugzak.RoleAdministrator) && !p.Inactive {
			return false, nil
		}
	}
	return true, nil
}

// FirstAdministrator is what the form of the first start holds.
type FirstAdministrator struct{ Organisation, Name, Email, Password string }

// CreateFirstAdministrator makes the first department and administrator and
// signs them in.
func (s *Service) CreateFirstAdministrator(ctx context.Context, secret string, in FirstAdministrator, client string) (session string, err error) {
	in.Organisation, in.Name, in.Email = rugzak.Line(in.Organisation), rugzak.Line(in.Name), rugzak.CleanEmail(in.Email)
	if err := s.refuseNumbers(append(name("organisation", in.Organisation), field{"name", in.Name}, field{"email", in.Email})...); err != nil {
		return "", err
	}
	if err := s.checkPassword("password", in.Password, in.Organisation, in.Name, in.Email); err != nil {
		return "", err
	}
	hash, err := s.Hasher.Hash(ctx, in.Password)
	if err != nil {
		return "", err
	}
	_, err = s.update(ctx, "first administrator", func(w rugzak.Writer) error {
		if _, err := s.token(w, secret, rugzak.TokenFirstAdministrator); err != nil {
			return err
		}
		o, err := s.departmentNamed(w, in.Organisation)
		if err != nil {
			return renameField(err, "organisation")
		}
		p := rugzak.Person{
			ID: rugzak.PersonID(rugzak.NewID(s.now())), Name: in.Name, Email: in.Email, Organisation: o.ID, Kind: o.Kind,
			Roles: []rugzak.Role{rugzak.RoleParticipant, rugzak.RoleAdministrator},
		}
		if err := p.Validate(o); err != nil {
			return err
		}
		if err := s.savePerson(w, Operator(), p, 0); err != nil {
			return err
		}
		if err := w.SaveCredential(rugzak.Credential{Person: p.ID, Password: hash}); err != nil {
			return err
		}
		if err := w.RemoveToken(rugzak.HashSecret(secret)); err != nil {
			return err
		}
		session, err = s.beginSession(w, p, rugzak.Arrival{How: rugzak.ByLink, Client: client})
		return err
	})
	return session, err
}

// renameField moves the field errors of err to one field of another form.
func renameField(err error, field string) error {
	e, ok := errors.AsType[*rugzak.Error](err)
	if !ok {
		return err
	}
	moved := *e
	moved.Fields = nil
	for _, f := range e.Fields {
		f.Field = field
		moved.Fields = append(moved.Fields, f)
	}
	return &moved
}

// token finds a link that still works. Everything that is wrong with one gives
// the same answer.
func (s *Service) token(r rugzak.Reader, secret string, purpose rugzak.TokenPurpose) (rugzak.Token, error) {
	gone := &rugzak.Error{Code: rugzak.CodeNotFound, Key: "error.link_used"}
	t, err := r.Token(rugzak.HashSecret(secret))
	if isMissing(err) || err == nil && (t.Purpose != purpose || s.now().After(t.Expires)) {
		return t, gone
	}
	if err == nil && purpose == rugzak.TokenFirstAdministrator {
		needed, err := needsAdministrator(r)
		if err == nil && !needed {
			err = gone
		}
		return t, err
	}
	return t, err
}

// TokenValid reports for whom a link is; the person is empty for the link of
// the first start. Looking does not use the link up.
func (s *Service) TokenValid(ctx context.Context, secret string, purpose rugzak.TokenPurpose) (rugzak.Person, error) {
	var p rugzak.Person
	err := s.view(ctx, "link", func(r rugzak.Reader) error {
		t, err := s.token(r, secret, purpose)
		if err != nil || t.Person == "" {
			return err
		}
		p, err = r.Person(t.Person)
		return err
	})
	return p, err
}

// SetLanguage remembers the language in which a person reads the site.
func (s *Service) SetLanguage(ctx context.Context, by rugzak.Person, lang rugzak.Lang) error {
	if !lang.Valid() {
		return &rugzak.Error{Code: rugzak.CodeMalformed, Key: "error.malformed"}
	}
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		p, err := w.Person(by.ID)
		if err != nil || p.Language == lang {
			return err
		}
		p.Language = lang
		return w.SavePerson(p, p.Version)
	})
	return err
}

// SetProfile lets people correct their own name and language.
func (s *Service) SetProfile(ctx context.Context, by rugzak.Person, name string, lang rugzak.Lang, base int) error {
	name = rugzak.Line(name)
	if err := s.refuseNumbers(field{"name", name}); err != nil {
		return err
	}
	_, err := s.update(ctx, "profile", func(w rugzak.Writer) error {
		p, err := w.Person(by.ID)
		if err != nil {
			return err
		}
		if p.Version != base {
			return rugzak.Conflict()
		}
		o, err := w.Organisation(p.Organisation)
		if err != nil {
			return err
		}
		p.Name, p.Language = name, lang
		if err := p.Validate(o); err != nil {
			return err
		}
		return s.savePerson(w, by, p, base)
	})
	return err
}
