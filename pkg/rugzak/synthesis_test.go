// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"encoding/hex"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestQuotes(t *testing.T) {
	a, b := EntryID(NewID(time.Unix(1, 0))), EntryID(NewID(time.Unix(2, 0)))
	for text, want := range map[string][]EntryID{
		"": nil,
		"Zonder verwijzing, wel /ervaringen/nieuw.":                                             nil,
		"[Titel](/ervaringen/" + string(a) + ")":                                                {a},
		"<https://rugzak.example/ervaringen/" + string(a) + "/versies?x=1#y>":                   {a},
		"/ervaringen/" + string(a):                                                              {a},
		"[x][1] en [y][2]\n\n[1]: /ervaringen/" + string(b) + "\n[2]: /ervaringen/" + string(a): {b, a},
		"/ervaringen/" + string(a) + "/ervaringen/" + string(b) + " /ervaringen/" + string(a):   {a, b},
		"/ervaringen/" + string(a) + "x":                                                        nil,
		"/ervaringen/" + strings.ToUpper(string(a)):                                             nil,
		"[x](/ervaringen/%" + hex.EncodeToString([]byte(a[:1])) + string(a[1:]) + ")":           {a},
		"[x](&#47;erva&#114;ingen&#x2f;" + string(a) + ")":                                      {a},
		`[x](\/ervaringen\/` + string(a) + ")":                                                  {a},
		"[x](/erv%61ringen%2F" + string(a) + ") 100% &c \\":                                     {a},
		"/themas/" + string(a):                                                                  nil,
	} {
		if got := Quotes(text); !slices.Equal(got, want) {
			t.Errorf("%q quotes %v, want %v", text, got, want)
		}
	}
}

// Covers is held to reading itself: whoever the text lets in may read the source.
func TestCovers(t *testing.T) {
	kinds := map[OrganisationID]OrganisationKind{"wmo": Department, "jeugd": Department, "welzijn": Partner, "wonen": Partner}
	kind := func(o OrganisationID) OrganisationKind { return kinds[o] }
	var people []Person
	var entries []Entry
	for _, o := range []OrganisationID{"wmo", "jeugd", "welzijn", "wonen"} {
		for _, team := range []TeamID{"", "noord"} {
			people = append(people, Person{ID: PersonID(string(o) + team2(team)), Organisation: o, Kind: kinds[o], Team: team, Roles: []Role{RoleParticipant}})
		}
		for _, level := range []Level{LevelTeam, LevelOrganisation, LevelInternal} {
			if level == LevelInternal && kinds[o] == Partner {
				continue
			}
			for _, also := range [][]OrganisationID{nil, {"wmo"}, {"welzijn"}, {"welzijn", "wonen"}, {WholeMunicipality}, {"jeugd", "wmo"}} {
				if kinds[o] == Department && slices.Contains(also, WholeMunicipality) {
					continue
				}
				entries = append(entries, Entry{State: StateShared, Organisation: o, OrganisationKind: kinds[o], Team: "noord", Audience: Audience{Level: level, Also: also}.Clean(o)})
			}
		}
	}
	entries = append(entries, Entry{State: StateWithdrawn, Organisation: "wmo", OrganisationKind: Department, Audience: Audience{Level: LevelInternal}})
	yes := 0
	for _, source := range entries {
		for _, text := range entries {
			covered := Covers(source, AudienceTokens(text), kind)
			outside := slices.ContainsFunc(people, func(p Person) bool { return CanRead(p, text) && !CanRead(p, source) })
			if covered && outside {
				t.Errorf("%v of %s covers %v of %s, and somebody reads only the text", source.Audience, source.Organisation, text.Audience, text.Organisation)
			}
			// Naming all departments one by one is not the municipality: another may come.
			named := slices.Contains(source.Audience.Also, "jeugd") || slices.Contains(source.Audience.Also, "wmo")
			if !covered && !outside && !named {
				t.Errorf("%v of %s does not cover %v of %s, though all its readers may", source.Audience, source.Organisation, text.Audience, text.Organisation)
			}
			if covered {
				yes++
			}
		}
	}
	if yes == 0 {
		t.Error("nothing covers anything: the test sees nothing")
	}
}

func team2(team TeamID) string { return "-" + string(team) }

// An address is compared by its plain letters: what only looks like one of
// them, or has one as its small form, is no address of that person.
func TestCleanEmail(t *testing.T) {
	for typed, want := range map[string]string{
		" Rick@Voorbeeld.TEST ": "rick@voorbeeld.test", "ric\u212a@voorbeeld.test": "ric\u212a@voorbeeld.test", "": "",
	} {
		if got := CleanEmail(typed); got != want {
			t.Errorf("%q becomes %q, want %q", typed, got, want)
		}
	}
	if validEmail(CleanEmail("ric\u212a@voorbeeld.test")) {
		t.Error("a Kelvin sign is a letter of an address")
	}
}
