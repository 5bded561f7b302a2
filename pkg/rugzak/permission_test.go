// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"rugzak/pkg/rugzak"
)

// The readers of the table below: one of each place a person can stand.
var readers = map[string]rugzak.Person{
	"author":          {ID: "a", Organisation: "jeugd", Kind: rugzak.Department, Team: "toegang", Roles: []rugzak.Role{rugzak.RoleParticipant}},
	"same team":       {ID: "b", Organisation: "jeugd", Kind: rugzak.Department, Team: "toegang", Roles: []rugzak.Role{rugzak.RoleParticipant}},
	"same department": {ID: "c", Organisation: "jeugd", Kind: rugzak.Department, Team: "wijk", Roles: []rugzak.Role{rugzak.RoleParticipant}},
	"other":           {ID: "d", Organisation: "wmo", Kind: rugzak.Department, Team: "toegang", Roles: []rugzak.Role{rugzak.RoleParticipant}},
	"administrator":   {ID: "e", Organisation: "wmo", Kind: rugzak.Department, Roles: rugzak.Roles()},
	"partner":         {ID: "f", Organisation: "welzijn", Kind: rugzak.Partner, Team: "toegang", Roles: []rugzak.Role{rugzak.RoleParticipant}},
	"other partner":   {ID: "g", Organisation: "corporatie", Kind: rugzak.Partner, Roles: []rugzak.Role{rugzak.RoleParticipant}},
	"inactive":        {ID: "h", Organisation: "jeugd", Kind: rugzak.Department, Team: "toegang", Inactive: true},
	"nobody":          {},
}

func TestCanRead(t *testing.T) {
	entry := func(state rugzak.State, level rugzak.Level, also ...rugzak.OrganisationID) rugzak.Entry {
		return rugzak.Entry{
			ID: "x", State: state, Organisation: "jeugd", OrganisationKind: rugzak.Department, Team: "toegang",
			Authors: []rugzak.PersonID{"a"}, Audience: rugzak.Audience{Level: level, Also: also},
		}
	}
	fromPartner := func(level rugzak.Level, also ...rugzak.OrganisationID) rugzak.Entry {
		e := entry(rugzak.StateShared, level, also...)
		e.Organisation, e.OrganisationKind, e.Authors = "welzijn", rugzak.Partner, nil
		return e
	}
	withoutName := entry(rugzak.StateShared, rugzak.LevelTeam)
	withoutName.Authors, withoutName.Mode = nil, rugzak.Anonymous
	teamless := entry(rugzak.StateShared, rugzak.LevelTeam)
	teamless.Team = ""

	for name, c := range map[string]struct {
		entry rugzak.Entry
		may   []string
	}{
		"draft":                     {entry(rugzak.StateDraft, rugzak.LevelInternal, "welzijn"), []string{"author"}},
		"reported":                  {entry(rugzak.StateReported, rugzak.LevelInternal, "welzijn"), []string{"author", "administrator"}},
		"withdrawn":                 {entry(rugzak.StateWithdrawn, rugzak.LevelInternal, "welzijn"), []string{"author"}},
		"unknown state":             {entry("", rugzak.LevelInternal), []string{"author"}},
		"team":                      {entry(rugzak.StateShared, rugzak.LevelTeam), []string{"author", "same team"}},
		"team without a team":       {teamless, []string{"author"}},
		"level draft while shared":  {entry(rugzak.StateShared, rugzak.LevelDraft), []string{"author"}},
		"organisation":              {entry(rugzak.StateShared, rugzak.LevelOrganisation), []string{"author", "same team", "same department"}},
		"internal":                  {entry(rugzak.StateShared, rugzak.LevelInternal), []string{"author", "same team", "same department", "other", "administrator"}},
		"archived internal":         {entry(rugzak.StateArchived, rugzak.LevelInternal), []string{"author", "same team", "same department", "other", "administrator"}},
		"to review":                 {entry(rugzak.StateToReview, rugzak.LevelOrganisation), []string{"author", "same team", "same department"}},
		"team and one partner":      {entry(rugzak.StateShared, rugzak.LevelTeam, "welzijn"), []string{"author", "same team", "partner"}},
		"team and another one":      {entry(rugzak.StateShared, rugzak.LevelTeam, "wmo"), []string{"author", "same team", "other", "administrator"}},
		"without name":              {withoutName, []string{"same team", "author"}},
		"partner, own organisation": {fromPartner(rugzak.LevelOrganisation), []string{"partner"}},
		"partner, own team":         {fromPartner(rugzak.LevelTeam), []string{"partner"}},
		"partner, whole city":       {fromPartner(rugzak.LevelOrganisation, rugzak.WholeMunicipality), []string{"partner", "author", "same team", "same department", "other", "administrator"}},
		"partner, one department":   {fromPartner(rugzak.LevelOrganisation, "wmo"), []string{"partner", "other", "administrator"}},
		"partner at level internal": {fromPartner(rugzak.LevelInternal), []string{"partner"}},
		"partner and a fellow":      {fromPartner(rugzak.LevelTeam, "corporatie"), []string{"partner", "other partner"}},
		"two organisations on top":  {entry(rugzak.StateShared, rugzak.LevelTeam, "corporatie", "welzijn"), []string{"author", "same team", "partner", "other partner"}},
	} {
		t.Run(name, func(t *testing.T) {
			for who, p := range readers {
				if got, want := rugzak.CanRead(p, c.entry), slices.Contains(c.may, who); got != want {
					t.Errorf("%s: CanRead = %v, want %v", who, got, want)
				}
			}
		})
	}
}

// Reading is sharing a token: the index and the lists of the store rely on it.
func TestTokensSayTheSameAsCanRead(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	for range 20000 {
		kind := rugzak.OrganisationKind(pick(string(rugzak.Department), string(rugzak.Partner)))
		p := rugzak.Person{ID: rugzak.PersonID(pick("a", "b")), Organisation: rugzak.OrganisationID(pick("o1", "o2", "o3")), Kind: kind, Team: rugzak.TeamID(pick("", "t1", "t2"))}
		e := rugzak.Entry{
			ID: "x", State: rugzak.State(pick("draft", "shared", "to-review", "archived", "withdrawn")),
			Organisation: rugzak.OrganisationID(pick("o1", "o2", "o3")), OrganisationKind: rugzak.OrganisationKind(pick("department", "partner")),
			Team: rugzak.TeamID(pick("", "t1", "t2")), Authors: []rugzak.PersonID{rugzak.PersonID(pick("a", "b", ""))},
			Audience: rugzak.Audience{Level: rugzak.Level(pick("draft", "team", "organisation", "internal")), Also: []rugzak.OrganisationID{rugzak.OrganisationID(pick("o1", "o2", "o3", "internal"))}},
		}
		shared := slices.ContainsFunc(rugzak.ReaderTokens(p), func(tok string) bool { return slices.Contains(rugzak.EntryTokens(e), tok) })
		if got := rugzak.CanRead(p, e); got != shared {
			t.Fatalf("CanRead = %v but tokens %v and %v", got, rugzak.ReaderTokens(p), rugzak.EntryTokens(e))
		}
	}
}

func TestRoles(t *testing.T) {
	for role, want := range map[rugzak.Role]string{
		rugzak.RoleParticipant: "post", rugzak.RoleFacilitator: "post curate", rugzak.RoleCoreTeam: "post curate steer",
		rugzak.RoleManager: "post", rugzak.RolePartnerContact: "post", rugzak.RolePrivacyOfficer: "post",
		rugzak.RoleAdministrator: "post administer",
	} {
		p := rugzak.Person{ID: "p", Organisation: "wmo", Kind: rugzak.Department, Roles: []rugzak.Role{role}}
		got := ""
		for _, may := range []struct {
			name string
			ok   bool
		}{{"post", rugzak.CanPost(p)}, {"curate", rugzak.CanCurate(p)}, {"steer", rugzak.CanSteer(p)}, {"administer", rugzak.CanAdminister(p)}} {
			if may.ok {
				got += " " + may.name
			}
		}
		if got[1:] != want {
			t.Errorf("%s may%s, want %s", role, got, want)
		}
		p.Kind = rugzak.Partner
		if rugzak.CanCurate(p) || rugzak.CanAdminister(p) {
			t.Errorf("%s of a partner may curate or administer", role)
		}
		p.Inactive = true
		if rugzak.CanPost(p) {
			t.Errorf("inactive %s may post", role)
		}
	}
}

func TestCanReadTheme(t *testing.T) {
	theme := rugzak.Theme{Audience: rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{"welzijn"}}}
	for who, want := range map[string]bool{"author": true, "other": true, "partner": true, "other partner": false, "inactive": false, "nobody": false} {
		if got := rugzak.CanReadTheme(readers[who], theme); got != want {
			t.Errorf("%s: CanReadTheme = %v, want %v", who, got, want)
		}
	}
}
