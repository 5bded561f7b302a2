// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"time"

	"rugzak/pkg/rugzak"
)

type invitationRecord struct {
	Email     string    `json:"e"`
	Name      string    `json:"n,omitempty"`
	Org       string    `json:"o"`
	Team      string    `json:"t,omitempty"`
	Roles     []string  `json:"r"`
	Language  string    `json:"l,omitempty"`
	InvitedBy string    `json:"b"`
	At        time.Time `json:"at"`
	Expires   time.Time `json:"x"`
	Link      string    `json:"h,omitempty"`
	Mailed    string    `json:"hm,omitempty"`
}

func (r invitationRecord) invitation(id string) rugzak.Invitation {
	return rugzak.Invitation{
		ID: id, Email: r.Email, Name: r.Name, Organisation: rugzak.OrganisationID(r.Org), Team: rugzak.TeamID(r.Team),
		Roles: words[string, rugzak.Role](r.Roles), Language: rugzak.Lang(r.Language), InvitedBy: rugzak.PersonID(r.InvitedBy),
		At: r.At, Expires: r.Expires, Link: r.Link, Mailed: r.Mailed,
	}
}

// Invitation returns one invitation.
func (r *reader) Invitation(id string) (rugzak.Invitation, error) {
	var record invitationRecord
	if err := r.get(bucketInvitations, []byte(id), &record); err != nil {
		return rugzak.Invitation{}, err
	}
	return record.invitation(id), nil
}

// InvitationByLink finds an invitation by the hash of one of its links.
func (r *reader) InvitationByLink(hash string) (rugzak.Invitation, error) {
	id, err := r.pointer(bucketInvitationLinks, []byte(hash))
	if err != nil {
		return rugzak.Invitation{}, err
	}
	return r.Invitation(id)
}

// Invitations lists all invitations, oldest first.
func (r *reader) Invitations() ([]rugzak.Invitation, error) {
	var out []rugzak.Invitation
	var failed error
	each(r, bucketInvitations, func(id string, record invitationRecord, err error) bool {
		failed = err
		out = append(out, record.invitation(id))
		return err == nil
	})
	if failed != nil {
		return nil, failed
	}
	return out, nil
}

// SaveInvitation stores an invitation under its links.
func (w *writer) SaveInvitation(i rugzak.Invitation) error {
	if err := validID(i.ID); err != nil {
		return err
	}
	if err := w.forgetInvitationLinks(i.ID); err != nil {
		return err
	}
	for _, hash := range []string{i.Link, i.Mailed} {
		if hash == "" {
			continue
		}
		if err := w.put(bucketInvitationLinks, []byte(hash), pointerRecord{ID: i.ID}); err != nil {
			return err
		}
	}
	return w.put(bucketInvitations, []byte(i.ID), invitationRecord{
		Email: i.Email, Name: i.Name, Org: string(i.Organisation), Team: string(i.Team), Roles: words[rugzak.Role, string](i.Roles),
		Language: string(i.Language), InvitedBy: string(i.InvitedBy), At: i.At, Expires: i.Expires, Link: i.Link, Mailed: i.Mailed,
	})
}

// RemoveInvitation takes an invitation away; its links lead nowhere.
func (w *writer) RemoveInvitation(id string) error {
	if _, err := w.Invitation(id); err != nil {
		return err
	}
	if err := w.forgetInvitationLinks(id); err != nil {
		return err
	}
	return w.remove(bucketInvitations, []byte(id))
}

func (w *writer) forgetInvitationLinks(id string) error {
	before, err := w.Invitation(id)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	for _, hash := range []string{before.Link, before.Mailed} {
		if hash == "" {
			continue
		}
		if err := w.remove(bucketInvitationLinks, []byte(hash)); err != nil {
			return err
		}
	}
	return nil
}

// invited checks invitations and their links, in both directions.
func (c *checker) invited() {
	each(&c.reader, bucketInvitations, func(id string, record invitationRecord, err error) bool {
		if !c.good("invitation "+id, err) {
			return true
		}
		for _, hash := range []string{record.Link, record.Mailed} {
			if hash != "" {
				c.expect(bucketInvitationLinks, []byte(hash), id)
			}
		}
		return true
	})
	c.compare(bucketInvitationLinks)
}
