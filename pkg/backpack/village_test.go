// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// village is a house with a few people, by a name for each.
type village struct {
	*house
	people map[string]rugzak.Person
}

// newVillage has two departments, two partners, and one of each role.
func newVillage(t testing.TB) *village {
	t.Helper()
	v := &village{house: newHouse(t), people: map[string]rugzak.Person{}}
	for _, o := range []backpack.OrganisationInput{
		{Name: "Wmo", Kind: rugzak.Department, Teams: []rugzak.Team{{Name: "Noord"}}},
		{Name: "Jeugd", Kind: rugzak.Department},
		{Name: "Welzijn", Kind: rugzak.Partner},
		{Name: "Wonen", Kind: rugzak.Partner},
	} {
		if _, err := v.SaveOrganisation(t.Context(), backpack.Operator(), "", 0, o); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range []struct {
		name string
		o    rugzak.OrganisationID
		team rugzak.TeamID
		role rugzak.Role
	}{
		{"anna", "wmo", "noord", rugzak.RoleParticipant},
		{"bas", "jeugd", "", rugzak.RoleParticipant},
		{"curator", "wmo", "", rugzak.RoleFacilitator},
		{"admin", "wmo", "", rugzak.RoleAdministrator},
		{"officer", "jeugd", "", rugzak.RolePrivacyOfficer},
		{"partner", "welzijn", "", rugzak.RoleParticipant},
		{"outsider", "wonen", "", rugzak.RoleParticipant},
	} {
		roles := []rugzak.Role{rugzak.RoleParticipant}
		if p.role != rugzak.RoleParticipant {
			roles = append(roles, p.role)
		}
		made, err := v.SavePerson(t.Context(), backpack.Operator(), "", 0, backpack.PersonInput{
			Name: "Iemand " + p.name, Email: p.name + "@voorbeeld.test", Organisation: p.o, Team: p.team, Roles: roles, Language: rugzak.Dutch,
		})
		if err != nil {
			t.Fatal(err)
		}
		v.people[p.name] = v.person(t, made.Email)
	}
	return v
}
