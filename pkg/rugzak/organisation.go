// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"unicode/utf8"
)

// OrganisationKind tells departments of the municipality from its partners.
type OrganisationKind string

// The two kinds of organisation.
const (
	Department OrganisationKind = "department" // afdeling
	Partner    OrganisationKind = "partner"    // partnerorganisatie
)

// Valid reports whether k is known.
func (k OrganisationKind) Valid() bool { return k == Department || k == Partner }

// Organisation is a department or a partner organisation, with its teams.
type Organisation struct {
	ID     OrganisationID
	Name   string
	Kind   OrganisationKind
	Teams  []Team
	Sample bool // made by the starter content
	Closed bool // no new members; its entries stay
	Need   Need // what it needs and offers
	// Version grows with every save: a save against an older one is refused.
	Version int
}

// Team is a part of one organisation.
type Team struct {
	ID   TeamID
	Name string
	Need Need // what it needs and offers
}

// The limits of organisations.
const (
	MaxName  = 120 // characters in a name of an organisation, team, theme or person
	MaxTeams = 200
)

// Team returns the team with this id.
func (o Organisation) Team(id TeamID) (Team, bool) {
	i := slices.IndexFunc(o.Teams, func(t Team) bool { return t.ID == id })
	if i < 0 {
		return Team{}, false
	}
	return o.Teams[i], true
}

// Validate checks the limits of an organisation.
func (o Organisation) Validate() error {
	var p Problems
	if !ValidSlug(string(o.ID)) || o.ID == WholeMunicipality {
		p.Add("id", "error.slug")
	}
	checkOwnName(&p, "name", o.Name)
	if !o.Kind.Valid() {
		p.Add("kind", "error.choose")
	}
	if len(o.Teams) > MaxTeams {
		p.Add("teams", "error.too_many", MaxTeams)
	}
	seen := map[TeamID]bool{}
	for _, t := range o.Teams {
		if !ValidSlug(string(t.ID)) || seen[t.ID] {
			p.Add("teams", "error.slug")
		}
		seen[t.ID] = true
		checkOwnName(&p, "teams", t.Name)
		t.Need.check(&p)
	}
	o.Need.check(&p)
	return p.Err()
}

// checkName notes an empty, long or unprintable name.
func checkName(p *Problems, field, name string) {
	switch {
	case name == "":
		p.Add(field, "error.required")
	case utf8.RuneCountInString(name) > MaxName:
		p.Add(field, "error.too_long", MaxName)
	case !cleanLine(name):
		p.Add(field, "error.unprintable")
	}
}

// checkOwnName checks the name of a person, organisation or team, which must
// not be taken for another's.
func checkOwnName(p *Problems, field, name string) {
	checkName(p, field, name)
	if lookalike(name) {
		p.Add(field, "error.lookalike")
	}
}
