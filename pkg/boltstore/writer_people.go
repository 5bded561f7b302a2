// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"

	"rugzak/pkg/rugzak"
)

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
	if err := validID(o.ID); err != nil {
		return err
	}
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
	return w.remove(bucketOrganisations, []byte(id))
}

// SavePerson stores a person under an address nobody else has.
func (w *writer) SavePerson(p rugzak.Person, base int) error {
	if err := validID(p.ID); err != nil {
		return err
	}
	before, err := w.Person(p.ID)
	if err := fits(err, before.Version, base); err != nil {
		return err
	}
	if err := w.saveEmail(p.ID, before.Email, p.Email); err != nil {
		return err
	}
	p.Version = base + 1
	if err := w.moveParticipations(before, p); err != nil {
		return err
	}
	return w.put(bucketPeople, []byte(p.ID), recordOfPerson(p))
}

// saveEmail gives a person's address to them and to nobody else.
func (w *writer) saveEmail(id rugzak.PersonID, before, email string) error {
	before, email = rugzak.CleanEmail(before), rugzak.CleanEmail(email)
	if before == email {
		return nil
	}
	if email != "" {
		_, err := w.pointer(bucketEmails, []byte(email))
		switch {
		case err == nil:
			return &rugzak.Error{Code: rugzak.CodeConflict, Key: "error.email_taken"}
		case rugzak.CodeOf(err) != rugzak.CodeNotFound:
			return err
		}
		if err := w.put(bucketEmails, []byte(email), pointerRecord{ID: string(id)}); err != nil {
			return err
		}
	}
	return w.remove(bucketEmails, []byte(before))
}

// RemovePerson takes a person away, with what only they have.
func (w *writer) RemovePerson(id rugzak.PersonID) error {
	p, err := w.Person(id)
	if err != nil {
		return err
	}
	if err := errors.Join(w.saveEmail(id, p.Email, ""), w.remove(bucketCredentials, []byte(id))); err != nil {
		return err
	}
	sessions, err := w.second(bucketPersonSession, pair(id, ""))
	if err != nil {
		return err
	}
	for _, hash := range sessions {
		if err := w.RemoveSession(hash); err != nil {
			return err
		}
	}
	entries, err := w.second(bucketKeeps, pair(id, ""))
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if err := w.RemoveKeep(id, rugzak.EntryID(entry)); err != nil {
			return err
		}
	}
	if err := w.removeTokens(func(t tokenRecord) bool { return t.Person == string(id) }); err != nil {
		return err
	}
	if err := w.removeIdentities(id); err != nil {
		return err
	}
	hidden, err := w.HiddenEntries(id)
	if err != nil {
		return err
	}
	for _, entry := range hidden {
		if err := w.removeHidden(entry, id); err != nil {
			return err
		}
	}
	if err := w.forgetNotices(id); err != nil {
		return err
	}
	if err := w.forgetFactors(id); err != nil {
		return err
	}
	if err := errors.Join(w.forgetAsks(id), w.leaveMerges(id), w.leaveRefusals(id)); err != nil {
		return err
	}
	if err := w.forgetSignals(id); err != nil {
		return err
	}
	if err := w.removeUnder(bucketSavedSearches, pair(id, "")); err != nil {
		return err
	}
	if err := w.forgetFeeds(id); err != nil {
		return err
	}
	if err := w.forgetInvolved(id); err != nil {
		return err
	}
	if err := w.forgetParticipations(id); err != nil {
		return err
	}
	if err := w.removeUnder(bucketMade, pair(id, "")); err != nil {
		return err
	}
	if err := errors.Join(w.leaveRoom(id), w.leaveMeetings(id)); err != nil {
		return err
	}
	return w.remove(bucketPeople, []byte(id))
}

// SaveTheme stores a theme.
func (w *writer) SaveTheme(t rugzak.Theme, base int) error {
	if err := validID(t.ID); err != nil {
		return err
	}
	before, err := w.Theme(t.ID)
	if err := fits(err, before.Version, base); err != nil {
		return err
	}
	t.Version = base + 1
	return errors.Join(w.put(bucketThemes, []byte(t.ID), recordOfTheme(t)), w.count(metaThemes))
}

// RemoveTheme takes a theme away.
func (w *writer) RemoveTheme(id rugzak.ThemeID) error {
	if _, err := w.Theme(id); err != nil {
		return err
	}
	return errors.Join(w.removeOfTheme(id, true), w.remove(bucketThemes, []byte(id)), w.count(metaThemes))
}

// removeOfTheme takes away what belongs to a theme that goes; of its letters those
// that were sent too, or not.
func (w *writer) removeOfTheme(id rugzak.ThemeID, sent bool) error {
	return errors.Join(w.RemoveParticipants(rugzak.Subject(rugzak.ThemeSubject(id))), w.RemoveThreads(id, false), w.removeLetters(id, sent), w.forgetRefusals(id))
}

// SaveSession stores a session.
func (w *writer) SaveSession(s rugzak.Session) error {
	if err := errors.Join(validID(s.Person), validID(s.Hash)); err != nil {
		return err
	}
	if err := w.store(bucketPersonSession, pair(s.Person, s.Hash), nil); err != nil {
		return err
	}
	return w.put(bucketSessions, []byte(s.Hash), sessionRecord{
		ID: s.ID, Person: string(s.Person), Epoch: s.Epoch, How: string(s.How), Client: s.Client, Pending: s.Pending,
		Created: s.CreatedAt, Seen: s.SeenAt,
	})
}

// RemoveSession ends a session.
func (w *writer) RemoveSession(hash string) error {
	s, err := w.Session(hash)
	if err != nil {
		return err
	}
	return errors.Join(
		w.remove(bucketPersonSession, pair(s.Person, hash)),
		w.remove(bucketSessions, []byte(hash)),
	)
}

// SaveCredential stores how a person proves who they are.
func (w *writer) SaveCredential(c rugzak.Credential) error {
	if err := validID(c.Person); err != nil {
		return err
	}
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
	if err := validID(t.Hash); err != nil {
		return err
	}
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
	return w.remove(bucketTokens, []byte(hash))
}

// RemoveTokens takes the links of a person for a purpose away.
func (w *writer) RemoveTokens(person rugzak.PersonID, purpose rugzak.TokenPurpose) error {
	return w.removeTokens(func(t tokenRecord) bool { return t.Person == string(person) && t.Purpose == string(purpose) })
}
