// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"strings"
	"time"
)

// Role is what a person may do beyond reading and writing what is theirs. A
// person has a set of roles; permission.go holds the table.
type Role string

// The roles.
const (
	RoleParticipant    Role = "participant"    // deelnemer
	RoleFacilitator    Role = "facilitator"    // facilitator: curates themes
	RoleCoreTeam       Role = "coreteam"       // kernteam: shows results
	RoleManager        Role = "manager"        // leidinggevende
	RolePartnerContact Role = "partnercontact" // contactpersoon of a partner organisation
	RolePrivacyOfficer Role = "privacyofficer" // privacycoördinator
	RoleAdministrator  Role = "administrator"  // beheerder
)

// Roles lists the roles in the order in which they are offered.
func Roles() []Role {
	return []Role{RoleParticipant, RoleFacilitator, RoleCoreTeam, RoleManager, RolePartnerContact, RolePrivacyOfficer, RoleAdministrator}
}

// Person is somebody who can sign in.
type Person struct {
	ID           PersonID
	Email        string // lower case, unique
	Name         string
	Organisation OrganisationID
	Kind         OrganisationKind // of the organisation: kept beside it so that rights need no second look-up
	Team         TeamID           // may be empty
	Roles        []Role
	Language     Lang // of the interface; empty when never chosen
	Inactive     bool // may not sign in
	Sample       bool
	// Why is "Waarom stap ik in?": one line of their own, at the visibility they
	// chose. Level draft is for themselves only.
	Why      string
	WhyLevel Audience
	// LeftAt is when the person left: they may not sign in, and after a set
	// time they become a former colleague. Zero while they are here.
	LeftAt time.Time
	// Former is what is left of a former colleague (oud-collega): nothing but
	// an id, so that what they wrote still has a writer. Name and address are
	// empty, and they never come back.
	Former bool
	// TourDone: the person was shown around, or did not want to be.
	TourDone bool
	// Visual: the person writes with the formatting in view.
	Visual bool
	// Epoch grows whenever all sessions of the person must end.
	Epoch   int
	Version int
}

// MaxEmail is the longest e-mail address in bytes (RFC 5321).
const MaxEmail = 254

// Has reports whether the person has one of the roles.
func (p Person) Has(roles ...Role) bool {
	return slices.ContainsFunc(roles, func(r Role) bool { return slices.Contains(p.Roles, r) })
}

// IsMember reports whether the person belongs to a department.
func (p Person) IsMember() bool { return p.Kind == Department }

// CleanEmail brings an address to the form in which it is stored and compared.
//
// Only plain letters are made small: a letter of another script that has one of
// them as its small form, such as the Kelvin sign, is no way to write it.
func CleanEmail(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, strings.TrimSpace(s))
}

// Validate checks the limits of a person. The organisation must be the one the
// person belongs to.
func (p Person) Validate(o Organisation) error {
	var ps Problems
	if p.Former {
		return p.validFormer()
	}
	if !validEmail(p.Email) {
		ps.Add("email", "error.email")
	}
	checkOwnName(&ps, "name", p.Name)
	p.checkWhy(&ps)
	if o.ID == "" || p.Organisation != o.ID || p.Kind != o.Kind {
		ps.Add("organisation", "error.choose")
	}
	if p.Team != "" {
		if _, ok := o.Team(p.Team); !ok {
			ps.Add("team", "error.choose")
		}
	}
	if len(p.Roles) == 0 {
		ps.Add("roles", "error.choose")
	}
	for _, r := range p.Roles {
		switch {
		case !slices.Contains(Roles(), r):
			ps.Add("roles", "error.choose")
		case r == RolePartnerContact && o.Kind != Partner:
			ps.Add("roles", "error.role_partner_only")
		case o.Kind == Partner && r != RolePartnerContact && r != RoleParticipant:
			ps.Add("roles", "error.role_department_only")
		case r == RoleManager && p.Team == "":
			ps.Add("team", "error.role_manager_team")
		}
	}
	if p.Language != "" && !p.Language.Valid() {
		ps.Add("language", "error.choose")
	}
	return ps.Err()
}

// validFormer reports whether nothing is left of a former colleague that could
// tell who they were.
func (p Person) validFormer() error {
	var ps Problems
	if p.Email != "" {
		ps.Add("email", "error.person_former")
	}
	if p.Name != "" || len(p.Roles) > 0 || p.Team != "" || p.Language != "" || p.Why != "" || !p.Inactive {
		ps.Add("name", "error.person_former")
	}
	return ps.Err()
}

// ErasesAt is when somebody who left becomes a former colleague; ok is false
// for who did not leave, and where nothing is erased by itself.
func (p Person) ErasesAt(r RetentionSettings) (at time.Time, ok bool) {
	if p.LeftAt.IsZero() || p.Former || r.FormerColleague <= 0 {
		return time.Time{}, false
	}
	return p.LeftAt.AddDate(0, r.FormerColleague, 0), true
}

// validEmail accepts the addresses mail systems accept in practice: one @, no
// space or control characters, a host with a name on both sides of its dots.
func validEmail(s string) bool {
	if len(s) > MaxEmail || s != CleanEmail(s) || !plainASCII(s) || strings.ContainsAny(s, " <>(),;:\\\"[]") {
		return false
	}
	local, host, ok := strings.Cut(s, "@")
	if !ok || local == "" || len(local) > 64 || host == "" || strings.Contains(host, "@") {
		return false
	}
	return !strings.HasPrefix(host, ".") && !strings.HasSuffix(host, ".") && !strings.Contains(host, "..")
}
