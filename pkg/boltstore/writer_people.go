// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import "rugzak/pkg/rugzak"

// fits checks the version of a record before it is written.
func fits(err error, stored, base int) error {
	switch {
	case err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound:
		return err
	case (err == nil) != (base > 0), err == nil && stored != base:
		return rugzak.Conflict()
	}
	return nil
}

// SaveOrganisation stores an organisation.
func (w *writer) SaveOrganisation(o rugzak.Organisation, base int) error {
	before, err := w.Organisation(o.ID)
	if err := fits(err, before.Version, base); err != nil {
		return err
	}
	o.Version = base + 1
	return w.put(bucketOrganisations, []byte(o.ID), recordOfOrganisation(o))
}

// RemoveOrganisation takes an organisation away.
func (w *writer) RemoveOrganisation(id rugzak.OrganisationID) error {
	if _, err := w.Organisation(id); err != nil {
		return err
	}
	return w.tx.Bucket(bucketOrganisations).Delete([]byte(id))
}

// SavePerson stores a person under an address nobody else has.
func (w *writer) SavePerson(p rugzak.Person, base int) error {
	before, err := w.Person(p.ID)
	if err := fits(err, before.Version, base); err != nil {
		return err
	}
	emails := w.tx.Bucket(bucketEmails)
	if other := emails.Get([]byte(p.Email)); other != nil && string(other) != string(p.ID) {
		return &rugzak.Error{Code: rugzak.CodeConflict, Key: "error.email_taken"}
	}
	if base > 0 && before.Email != p.Email {
		if err := emails.Delete([]byte(before.Email)); err != nil {
			return err
		}
	}
	if err := emails.Put([]byte(p.Email), []byte(p.ID)); err != nil {
		return err
	}
	p.Version = base + 1
	return w.put(bucketPeople, []byte(p.ID), recordOfPerson(p))
}

// RemovePerson takes a person away, with what only they have.
func (w *writer) RemovePerson(id rugzak.PersonID) error {
	p, err := w.Person(id)
	if err != nil {
		return err
	}
	if err := w.tx.Bucket(bucketEmails).Delete([]byte(p.Email)); err != nil {
		return err
	}
	if err := w.tx.Bucket(bucketCredentials).Delete([]byte(id)); err != nil {
		return err
	}
	for _, hash := range w.second(bucketPersonSession, pair(id, "")) {
		if err := w.RemoveSession(hash); err != nil {
			return err
		}
	}
	for _, entry := range w.second(bucketKeeps, pair(id, "")) {
		if err := w.RemoveKeep(id, rugzak.EntryID(entry)); err != nil {
			return err
		}
	}
	if err := w.removeTokens(func(t tokenRecord) bool { return t.Person == string(id) }); err != nil {
		return err
	}
	hidden, err := w.HiddenEntries(id)
	if err != nil {
		return err
	}
	for _, entry := range hidden {
		if err := w.removeAll(bucketHidden, pair(pair(hiddenByPerson, id), entry)); err != nil {
			return err
		}
		if err := w.tx.Bucket(bucketHidden).Delete(pair(pair(hiddenByEntry, entry), id)); err != nil {
			return err
		}
	}
	return w.tx.Bucket(bucketPeople).Delete([]byte(id))
}

// SaveTheme stores a theme.
func (w *writer) SaveTheme(t rugzak.Theme, base int) error {
	before, err := w.Theme(t.ID)
	if err := fits(err, before.Version, base); err != nil {
		return err
	}
	t.Version = base + 1
	return w.put(bucketThemes, []byte(t.ID), recordOfTheme(t))
}

// RemoveTheme takes a theme away.
func (w *writer) RemoveTheme(id rugzak.ThemeID) error {
	if _, err := w.Theme(id); err != nil {
		return err
	}
	return w.tx.Bucket(bucketThemes).Delete([]byte(id))
}

// SaveSession stores a session.
func (w *writer) SaveSession(s rugzak.Session) error {
	if err := w.tx.Bucket(bucketPersonSession).Put(pair(s.Person, s.Hash), nil); err != nil {
		return err
	}
	return w.put(bucketSessions, []byte(s.Hash), sessionRecord{
		Person: string(s.Person), Epoch: s.Epoch, Created: s.CreatedAt, Seen: s.SeenAt, LastWrite: string(s.LastWrite),
	})
}

// RemoveSession ends a session.
func (w *writer) RemoveSession(hash string) error {
	s, err := w.Session(hash)
	if err != nil {
		return err
	}
	if err := w.tx.Bucket(bucketPersonSession).Delete(pair(s.Person, hash)); err != nil {
		return err
	}
	return w.tx.Bucket(bucketSessions).Delete([]byte(hash))
}

// SaveCredential stores how a person proves who they are.
func (w *writer) SaveCredential(c rugzak.Credential) error {
	return w.put(bucketCredentials, []byte(c.Person), credentialRecord{Password: c.Password})
}

// removeTokens takes away the links that are meant.
func (w *writer) removeTokens(meant func(tokenRecord) bool) error {
	var links []string
	var failed error
	each(&w.reader, bucketTokens, func(hash string, record tokenRecord, err error) bool {
		if failed = err; err == nil && meant(record) {
			links = append(links, hash)
		}
		return err == nil
	})
	if failed != nil {
		return failed
	}
	for _, hash := range links {
		if err := w.RemoveToken(hash); err != nil {
			return err
		}
	}
	return nil
}

// SaveToken stores a link. Older ones for the same end no longer work.
func (w *writer) SaveToken(t rugzak.Token) error {
	err := w.removeTokens(func(old tokenRecord) bool {
		return old.Purpose == string(t.Purpose) && old.Person == string(t.Person)
	})
	if err != nil {
		return err
	}
	return w.put(bucketTokens, []byte(t.Hash), tokenRecord{Purpose: string(t.Purpose), Person: string(t.Person), Expires: t.Expires})
}

// RemoveToken uses a link up.
func (w *writer) RemoveToken(hash string) error {
	if _, err := w.Token(hash); err != nil {
		return err
	}
	return w.tx.Bucket(bucketTokens).Delete([]byte(hash))
}
