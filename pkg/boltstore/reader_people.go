// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"iter"
	"slices"

	"rugzak/pkg/rugzak"
)

// Organisation returns one organisation.
func (r *reader) Organisation(id rugzak.OrganisationID) (rugzak.Organisation, error) {
	var record organisationRecord
	if err := r.get(bucketOrganisations, []byte(id), &record); err != nil {
		return rugzak.Organisation{}, err
	}
	return record.organisation(id), nil
}

// Organisations lists all organisations by name.
func (r *reader) Organisations() ([]rugzak.Organisation, error) {
	var out []rugzak.Organisation
	var failed error
	each(r, bucketOrganisations, func(id string, record organisationRecord, err error) bool {
		failed = err
		out = append(out, record.organisation(rugzak.OrganisationID(id)))
		return err == nil
	})
	if failed != nil {
		return nil, failed
	}
	slices.SortStableFunc(out, func(a, b rugzak.Organisation) int { return byName(a.Name, b.Name) })
	return out, nil
}

func byName(a, b string) int { return rugzak.CompareNames(a, b) }

// Person returns one person.
func (r *reader) Person(id rugzak.PersonID) (rugzak.Person, error) {
	var record personRecord
	if err := r.get(bucketPeople, []byte(id), &record); err != nil {
		return rugzak.Person{}, err
	}
	return record.person(id), nil
}

// PersonByEmail returns the person with this address.
func (r *reader) PersonByEmail(email string) (rugzak.Person, error) {
	if email == "" {
		return rugzak.Person{}, rugzak.NotFound()
	}
	id, err := r.pointer(bucketEmails, []byte(rugzak.CleanEmail(email)))
	if err != nil {
		return rugzak.Person{}, err
	}
	return r.Person(rugzak.PersonID(id))
}

// People yields everybody, by id.
func (r *reader) People() iter.Seq2[rugzak.Person, error] {
	return func(yield func(rugzak.Person, error) bool) {
		each(r, bucketPeople, func(id string, record personRecord, err error) bool {
			return yield(record.person(rugzak.PersonID(id)), err) && err == nil
		})
	}
}

// Theme returns one theme.
func (r *reader) Theme(id rugzak.ThemeID) (rugzak.Theme, error) {
	var record themeRecord
	if err := r.get(bucketThemes, []byte(id), &record); err != nil {
		return rugzak.Theme{}, err
	}
	return record.theme(id), nil
}

// Themes lists all themes by title.
func (r *reader) Themes() ([]rugzak.Theme, error) {
	var out []rugzak.Theme
	var failed error
	each(r, bucketThemes, func(id string, record themeRecord, err error) bool {
		failed = err
		out = append(out, record.theme(rugzak.ThemeID(id)))
		return err == nil
	})
	if failed != nil {
		return nil, failed
	}
	slices.SortStableFunc(out, func(a, b rugzak.Theme) int { return byName(a.Title, b.Title) })
	return out, nil
}

// metaThemes counts the changes of the themes.
var metaThemes = []byte("themes")

// ThemesVersion counts the changes of the themes.
func (r *reader) ThemesVersion() (int, error) { return r.counted(metaThemes) }

// Session returns one session.
func (r *reader) Session(hash string) (rugzak.Session, error) {
	var record sessionRecord
	if err := r.get(bucketSessions, []byte(hash), &record); err != nil {
		return rugzak.Session{}, err
	}
	return rugzak.Session{
		Hash: hash, ID: record.ID, Person: rugzak.PersonID(record.Person), Epoch: record.Epoch, How: rugzak.SignInWay(record.How),
		Client: record.Client, Pending: record.Pending, CreatedAt: record.Created, SeenAt: record.Seen,
	}, nil
}

// Sessions lists a person's sessions.
func (r *reader) Sessions(person rugzak.PersonID) ([]rugzak.Session, error) {
	var out []rugzak.Session
	hashes, err := r.second(bucketPersonSession, pair(person, ""))
	if err != nil {
		return nil, err
	}
	for _, hash := range hashes {
		s, err := r.Session(hash)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// Credential returns how a person proves who they are.
func (r *reader) Credential(person rugzak.PersonID) (rugzak.Credential, error) {
	var record credentialRecord
	if err := r.get(bucketCredentials, []byte(person), &record); err != nil {
		return rugzak.Credential{}, err
	}
	return rugzak.Credential{Person: person, Password: record.Password}, nil
}

// Token returns a link.
func (r *reader) Token(hash string) (rugzak.Token, error) {
	var record tokenRecord
	if err := r.get(bucketTokens, []byte(hash), &record); err != nil {
		return rugzak.Token{}, err
	}
	return rugzak.Token{Hash: hash, Purpose: rugzak.TokenPurpose(record.Purpose), Person: rugzak.PersonID(record.Person), Expires: record.Expires}, nil
}
