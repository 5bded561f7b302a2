// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"bytes"
	"cmp"
	"slices"

	"rugzak/pkg/rugzak"
)

// readOrganisations reads a list of organisations with their teams.
func readOrganisations(data []byte, p *problems) []rugzak.Organisation {
	var out []rugzak.Organisation
	seen := map[rugzak.OrganisationID]bool{}
	for _, m := range readList(data, p) {
		o := rugzak.Organisation{
			ID:     rugzak.OrganisationID(m.text("id")),
			Name:   m.text("name"),
			Kind:   choice(m, "kind", rugzak.Department, rugzak.Partner),
			Sample: m.flag("sample"),
			Closed: m.flag("closed"),
			Need:   rugzak.Need{Needs: m.text("needs"), Offers: m.text("offers"), Ways: m.text("ways")},
		}
		for _, t := range m.mappings("teams") {
			o.Teams = append(o.Teams, rugzak.Team{
				ID: rugzak.TeamID(t.text("id")), Name: t.text("name"),
				Need: rugzak.Need{Needs: t.text("needs"), Offers: t.text("offers"), Ways: t.text("ways")},
			})
			t.done()
		}
		m.done()
		m.check(o.Validate())
		m.once(seen[o.ID], "id", string(o.ID))
		seen[o.ID] = true
		out = append(out, o)
	}
	return out
}

// organisationsFile writes organisations by id; teams keep their order.
func organisationsFile(all []rugzak.Organisation) []byte {
	all = slices.SortedFunc(slices.Values(all), func(a, b rugzak.Organisation) int { return cmp.Compare(a.ID, b.ID) })
	return listFile(len(all), func(i int, y *emitter) {
		o := all[i]
		emitText(y, "id", o.ID)
		emitText(y, "name", o.Name)
		emitText(y, "kind", o.Kind)
		y.flag("sample", o.Sample)
		y.flag("closed", o.Closed)
		emitText(y, "needs", o.Need.Needs)
		emitText(y, "offers", o.Need.Offers)
		emitText(y, "ways", o.Need.Ways)
		y.mappings("teams", len(o.Teams), func(i int, y *emitter) {
			emitText(y, "id", o.Teams[i].ID)
			emitText(y, "name", o.Teams[i].Name)
			emitText(y, "needs", o.Teams[i].Need.Needs)
			emitText(y, "offers", o.Teams[i].Need.Offers)
			emitText(y, "ways", o.Teams[i].Need.Ways)
		})
	})
}

// readPeople reads a list of people of these organisations.
func readPeople(data []byte, organisations []rugzak.Organisation, p *problems) []rugzak.Person {
	byID := map[rugzak.OrganisationID]rugzak.Organisation{}
	for _, o := range organisations {
		byID[o.ID] = o
	}
	var out []rugzak.Person
	ids, emails := map[rugzak.PersonID]bool{}, map[string]bool{}
	for _, m := range readList(data, p) {
		person := rugzak.Person{
			ID:           rugzak.PersonID(m.text("id")),
			Email:        m.text("email"),
			Name:         m.text("name"),
			Organisation: rugzak.OrganisationID(m.text("organisation")),
			Team:         rugzak.TeamID(m.text("team")),
			Roles:        list[rugzak.Role](m, "roles"),
			Language:     choice(m, "language", rugzak.Languages()...),
			Inactive:     m.flag("inactive"),
			Sample:       m.flag("sample"),
			Former:       m.flag("former"),
			TourDone:     m.flag("tour_done"),
			Visual:       m.flag("visual"),
			Why:          m.text("why"),
		}
		person.WhyLevel = rugzak.Audience{Level: rugzak.Level(m.text("why_level")), Also: list[rugzak.OrganisationID](m, "why_also")}
		person.LeftAt = m.time("left_at")
		m.done()
		organisation := byID[person.Organisation]
		person.Kind = organisation.Kind
		if !rugzak.ValidSlug(string(person.ID)) {
			m.problem("id", "exchange.id")
		}
		m.check(person.Validate(organisation))
		m.once(ids[person.ID], "id", string(person.ID))
		m.once(emails[person.Email], "email", person.Email)
		ids[person.ID], emails[person.Email] = true, true
		out = append(out, person)
	}
	return out
}

// peopleFile writes people by id. Nothing by which they sign in is in it.
func peopleFile(all []rugzak.Person) []byte {
	all = slices.SortedFunc(slices.Values(all), func(a, b rugzak.Person) int { return cmp.Compare(a.ID, b.ID) })
	return listFile(len(all), func(i int, y *emitter) {
		p := all[i]
		emitText(y, "id", p.ID)
		emitText(y, "email", p.Email)
		emitText(y, "name", p.Name)
		emitText(y, "organisation", p.Organisation)
		emitText(y, "team", p.Team)
		emitList(y, "roles", p.Roles)
		emitText(y, "language", p.Language)
		y.flag("inactive", p.Inactive)
		y.flag("sample", p.Sample)
		emitText(y, "why", p.Why)
		emitText(y, "why_level", p.WhyLevel.Level)
		emitList(y, "why_also", p.WhyLevel.Also)
		y.time("left_at", p.LeftAt)
		y.flag("former", p.Former)
		y.flag("tour_done", p.TourDone)
		y.flag("visual", p.Visual)
	})
}

// readList reads a file that is one list of mappings.
func readList(data []byte, p *problems) []*mapping {
	data, ok := cleanBytes(data, p)
	if !ok {
		return nil
	}
	return mappings(parseYAML(data, p), "", p)
}

func listFile(n int, write func(i int, y *emitter)) []byte {
	var out bytes.Buffer
	emitItems(&out, "", n, write)
	return out.Bytes()
}

// check notes what a rule of the product says about a record.
func (m *mapping) check(err error) {
	for _, f := range fieldsOf(err) {
		m.fieldProblem(f)
	}
}

// once notes a value that stands in an earlier record already.
func (m *mapping) once(seen bool, key, value string) {
	if seen && value != "" {
		m.problem(key, "exchange.again", shown(value))
	}
}
