// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// Noon is the moment at which the samples begin.
var Noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// ID returns the same valid id for the same number, a later one for a higher
// number.
func ID(n int) string {
	var u [16]byte
	ms := uint64(Noon.UnixMilli()) + uint64(n)
	binary.BigEndian.PutUint16(u[0:], uint16(ms>>32))
	binary.BigEndian.PutUint32(u[2:], uint32(ms))
	u[6], u[8] = 0x70, 0x80
	binary.BigEndian.PutUint32(u[12:], uint32(n))
	return strings.ToLower(base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(u[:]))
}

// The organisations of the samples: two departments and two partners.
const (
	Youth   rugzak.OrganisationID = "jeugd"
	Streets rugzak.OrganisationID = "openbare-ruimte"
	Homes   rugzak.OrganisationID = "huizen-voor-allen"
	Library rugzak.OrganisationID = "leeszaal-de-brug"
)

// Organisations returns the organisations, by name.
func Organisations() []rugzak.Organisation {
	return []rugzak.Organisation{
		{ID: Homes, Name: "Huizen voor Allen", Kind: rugzak.Partner},
		{ID: Youth, Name: "Jeugd", Kind: rugzak.Department, Teams: []rugzak.Team{
			{ID: "noord", Name: "Team Noord"}, {ID: "zuid", Name: "Team Zuid"},
		}},
		{ID: Library, Name: "Leeszaal De Brug", Kind: rugzak.Partner},
		{ID: Streets, Name: "Openbare ruimte", Kind: rugzak.Department, Teams: []rugzak.Team{{ID: "groen", Name: "Team Groen"}}},
	}
}

// People returns made-up people, by id: two colleagues of one team, one of
// another department who curates themes, an administrator and two partners.
func People() []rugzak.Person {
	person := func(n int, name string, o rugzak.OrganisationID, kind rugzak.OrganisationKind, team rugzak.TeamID, roles ...rugzak.Role) rugzak.Person {
		email := strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@example.org"
		return rugzak.Person{
			ID: rugzak.PersonID(ID(-1000 + n)), Email: email, Name: name, Organisation: o, Kind: kind, Team: team,
			Roles: roles, Language: rugzak.Dutch,
		}
	}
	return []rugzak.Person{
		person(1, "Anouk Appel", Youth, rugzak.Department, "noord", rugzak.RoleParticipant),
		person(2, "Bram Berk", Youth, rugzak.Department, "noord", rugzak.RoleParticipant, rugzak.RoleManager),
		person(3, "Chaima Ceder", Streets, rugzak.Department, "groen", rugzak.RoleParticipant, rugzak.RoleFacilitator),
		person(4, "Daan Den", Streets, rugzak.Department, "", rugzak.RoleAdministrator),
		person(5, "Eva Els", Homes, rugzak.Partner, "", rugzak.RoleParticipant, rugzak.RolePartnerContact),
		person(6, "Fatih Fruit", Library, rugzak.Partner, "", rugzak.RoleParticipant),
	}
}

// Entry returns a shared experience of the first of People, readable for her
// department, with the changes of the edits. Entries with a higher number were
// shared later.
func Entry(n int, edits ...func(*rugzak.Entry)) rugzak.Entry {
	author := People()[0]
	at := Noon.Add(time.Duration(n) * time.Minute)
	e := rugzak.Entry{
		ID: rugzak.EntryID(ID(n)), Kind: rugzak.KindExperience, State: rugzak.StateShared, Lang: rugzak.Dutch,
		Title: fmt.Sprintf("Ervaring nummer %d", n), Lesson: "Vraag eerst wat de buurt zelf al doet.", Body: Body(n),
		Mode: rugzak.ByName, Authors: []rugzak.PersonID{author.ID},
		Audience:     rugzak.Audience{Level: rugzak.LevelOrganisation},
		Organisation: author.Organisation, OrganisationKind: author.Kind, Team: author.Team,
		Revision: 1, Version: 1, CreatedAt: at, UpdatedAt: at, SharedAt: at,
	}
	for _, edit := range edits {
		edit(&e)
	}
	return e
}

// Draft returns a draft of the first of People.
func Draft(n int, edits ...func(*rugzak.Entry)) rugzak.Entry {
	e := Entry(n, func(e *rugzak.Entry) {
		e.State, e.SharedAt, e.Revision = rugzak.StateDraft, time.Time{}, 0
		e.Audience.Level = rugzak.LevelDraft
	})
	for _, edit := range edits {
		edit(&e)
	}
	return e
}

// Full returns an entry in which every field says something.
func Full(n int) rugzak.Entry {
	people := People()
	return Entry(n, func(e *rugzak.Entry) {
		e.Kind = rugzak.KindMethod
		e.Authors = []rugzak.PersonID{people[0].ID, people[1].ID}
		e.Audience.Also = []rugzak.OrganisationID{Homes, Library}
		e.Themes = []rugzak.ThemeID{"ontmoeten", "wonen"}
		e.Drives = []rugzak.DriveID{"nabij", "samen"}
		e.With = []rugzak.OrganisationID{"welzijn", "wonen"}
		e.Tags = []string{"koffie", "bankje"}
		e.Phase, e.Month, e.ReviewBy = "verkennen", "2026-02", "2028-02"
		e.Agreed = "2026-11-26"
		e.Occasion, e.HideTaking = rugzak.RoundOccasion(ID(n+1003)), true
		e.Relations = []rugzak.Relation{{Type: rugzak.BuildsOn, To: rugzak.EntryID(ID(n + 1000))}, {Type: rugzak.SeeAlso, To: rugzak.EntryID(ID(n + 1001))}}
		e.Question = &rugzak.QuestionData{
			Size: rugzak.SizeJoint, State: rugzak.QuestionTrying, BallWith: Streets, Since: "2026-01-15", Asked: Homes,
			NextStep: "Langs de deuren gaan", When: "2026-04-01", HopedGain: "Minder klachten", Gain: "Meer aanspraak", AskUntil: "2026-01-20",
		}
		e.Application = &rugzak.ApplicationData{Lesson: rugzak.EntryID(ID(n + 1002)), Outcome: rugzak.OutcomePartly, Tell: true}
		e.Method = &rugzak.MethodData{
			Goal: "explore", MinutesMin: 30, MinutesMax: 60, GroupMin: 4, GroupMax: 12, Guidance: "light", Trust: "medium",
			Preparation: "Zet stoelen in een kring", Materials: "Kaartjes", Place: "Buiten",
			Steps: []rugzak.Step{{Minutes: 10, Text: "Kennismaken"}, {Minutes: 20, Text: "Vertellen"}},
		}
		e.NotBSN = []string{"123456782"}
		e.External = rugzak.External{Source: "oude-map", ID: fmt.Sprintf("map/%d.md", n)}
		e.Sample = true
		e.Revision, e.Version = 1, 3
		e.UpdatedAt = e.SharedAt.Add(90*time.Second + 123456789)
	})
}

// Body returns about 1.5 KB of made-up Markdown, different for each number.
func Body(n int) string {
	verbs := []string{"vroegen", "belden", "bezochten", "hielpen", "volgden", "ontvingen", "spraken"}
	things := []string{"de bewoners", "een ondernemer", "het schoolplein", "drie gezinnen", "de huismeester", "een vrijwilliger", "de wijkverpleegkundige", "een jongere"}
	results := []string{"dat scheelde een tweede bezoek", "toen bleek de folder te moeilijk", "daarna ging het sneller", "dat leverde vertrouwen op", "en dat duurde langer dan gedacht"}
	var b strings.Builder
	fmt.Fprintf(&b, "## Situatie\n\nIn week %d liepen we vast met melding %d.\n\n## Aanpak\n\n", n%52+1, n)
	for i := range 14 {
		k := n*31 + i*17 + n/7
		fmt.Fprintf(&b, "- We %s %s om %d:%02d uur, want %s (%d keer).\n", verbs[k%len(verbs)], things[k/3%len(things)], 8+k%10, k*7%60, results[k/5%len(results)], k%23)
	}
	b.WriteString("\n## Resultaat\n\nDe volgende keer beginnen we met luisteren en plannen we minder strak.\n")
	return b.String()
}
