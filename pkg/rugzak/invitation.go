// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"time"
)

// Invitation asks somebody who has no account to come in, at one place and
// with these roles and no others. It is used up when they do.
//
// Two links lead to it at most, each stored as the hash of its secret: the one
// the inviter was shown, and the one that was mailed. A newer one takes the
// place of its elder, and coming in by either ends both.
type Invitation struct {
	ID           string // as made by NewID
	Email        string
	Name         string // may be empty: whoever comes in says it
	Organisation OrganisationID
	Team         TeamID // may be empty
	Roles        []Role
	Language     Lang
	InvitedBy    PersonID
	At           time.Time
	Expires      time.Time
	Link, Mailed string // hashes; may be empty
}

// InvitationLasts is how long an invitation works.
const InvitationLasts = 7 * 24 * time.Hour

// InvitationKept is how long one that ran out stays in the list, to be renewed.
const InvitationKept = 30 * 24 * time.Hour

// Open reports whether the invitation still works.
func (i Invitation) Open(now time.Time) bool { return now.Before(i.Expires) }

// Person is who the invitation makes, under a name.
func (i Invitation) Person(id PersonID, name string, o Organisation) Person {
	return Person{
		ID: id, Email: i.Email, Name: name, Organisation: o.ID, Kind: o.Kind, Team: i.Team, Roles: slices.Clone(i.Roles), Language: i.Language,
	}
}

// Validate checks the limits: those of the person it would make, of whom the
// name may still be missing.
func (i Invitation) Validate(o Organisation) error {
	name := i.Name
	if name == "" {
		name = "-"
	}
	return i.Person("", name, o).Validate(o)
}

// InvitationReader reads invitations.
type InvitationReader interface {
	Invitation(id string) (Invitation, error)
	// InvitationByLink finds an invitation by the hash of one of its links.
	InvitationByLink(hash string) (Invitation, error)
	// Invitations lists all of them, oldest first.
	Invitations() ([]Invitation, error)
}

// InvitationWriter writes invitations.
type InvitationWriter interface {
	// SaveInvitation stores an invitation; links it had before and has no more
	// lead nowhere.
	SaveInvitation(i Invitation) error
	RemoveInvitation(id string) error
}
