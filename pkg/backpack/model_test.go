// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// model is the whole store in memory, with the rule of who may see what spelled
// out a second time.
type model struct {
	entries map[rugzak.EntryID]rugzak.Entry
	hidden  map[rugzak.EntryID][]rugzak.PersonID
	themes  map[rugzak.ThemeID]rugzak.Theme
	orgs    map[rugzak.OrganisationID]rugzak.Organisation
	people  []rugzak.Person
	askers  map[rugzak.EntryID][]rugzak.PersonID // who asked for a wider audience
}

func (h *house) model(t testing.TB) model {
	t.Helper()
	m := model{
		entries: map[rugzak.EntryID]rugzak.Entry{}, hidden: map[rugzak.EntryID][]rugzak.PersonID{},
		themes: map[rugzak.ThemeID]rugzak.Theme{}, orgs: map[rugzak.OrganisationID]rugzak.Organisation{},
		askers: map[rugzak.EntryID][]rugzak.PersonID{},
	}
	err := h.store.View(t.Context(), func(r rugzak.Reader) error {
		for e, err := range r.Entries(rugzak.AllEntries, "") {
			if err != nil {
				return err
			}
			m.entries[e.ID] = e
			if m.hidden[e.ID], err = r.HiddenAuthors(e.ID); err != nil {
				return err
			}
		}
		themes, err := r.Themes()
		for _, th := range themes {
			m.themes[th.ID] = th
		}
		if err != nil {
			return err
		}
		for p, err := range r.People() {
			if err != nil {
				return err
			}
			m.people = append(m.people, p)
		}
		for ask, err := range r.AllWidenings() {
			if err != nil {
				return err
			}
			m.askers[ask.Entry] = append(m.askers[ask.Entry], ask.Asker)
		}
		orgs, err := r.Organisations()
		for _, o := range orgs {
			m.orgs[o.ID] = o
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// wrote reports whether the person wrote the entry, by name or without.
func (m model) wrote(p rugzak.Person, e rugzak.Entry) bool {
	return slices.Contains(e.Authors, p.ID) || slices.Contains(m.hidden[e.ID], p.ID)
}

// meant reports whether the audience of the entry lets the person in.
func (m model) meant(p rugzak.Person, e rugzak.Entry) bool {
	if e.State == rugzak.StateDraft || e.State == rugzak.StateWithdrawn {
		return false
	}
	if e.State == rugzak.StateReported {
		return p.Kind == rugzak.Department && slices.Contains(p.Roles, rugzak.RolePrivacyOfficer)
	}
	inside := p.Organisation == e.Organisation
	for _, o := range e.Audience.Also {
		if o == p.Organisation || o == rugzak.WholeMunicipality && p.Kind == rugzak.Department {
			return true
		}
	}
	switch e.Audience.Level {
	case rugzak.LevelTeam:
		return inside && e.Team != "" && p.Team == e.Team
	case rugzak.LevelOrganisation:
		return inside
	case rugzak.LevelInternal:
		return inside || p.Kind == rugzak.Department
	}
	return false
}

func (m model) sees(p rugzak.Person, e rugzak.Entry) bool { return m.wrote(p, e) || m.meant(p, e) }

func (m model) seesTheme(p rugzak.Person, id rugzak.ThemeID) bool {
	return p.Kind == rugzak.Department || slices.Contains(m.themes[id].Audience.Also, p.Organisation)
}

// list returns the entries that fit, newest first.
func (m model) list(fits func(rugzak.Entry) bool) []rugzak.EntryID {
	var fit []rugzak.Entry
	for _, e := range m.entries {
		if fits(e) {
			fit = append(fit, e)
		}
	}
	slices.SortFunc(fit, func(a, b rugzak.Entry) int { return strings.Compare(string(a.Mark()), string(b.Mark())) })
	ids := []rugzak.EntryID{}
	for _, e := range fit {
		ids = append(ids, e.ID)
	}
	return ids
}

// found reports whether a search of the person may count the entry: what the
// audience lets in and what stands under their own name, outside the archive.
func (m model) found(p rugzak.Person, e rugzak.Entry) bool {
	return (m.meant(p, e) || slices.Contains(e.Authors, p.ID)) && e.State != rugzak.StateArchived
}

// forbidden lists words that no answer to the person may hold: titles, texts
// and ids of hidden entries, titles of hidden themes, names of partners the
// person has nothing to do with, and of people they may not know.
func (m model) forbidden(p rugzak.Person) []string {
	var words []string
	spoken := map[rugzak.EntryID]bool{}
	known := map[rugzak.OrganisationID]bool{p.Organisation: true}
	for _, e := range m.entries {
		if m.wrote(p, e) { // the person's own words
			for _, rel := range e.Relations {
				spoken[rel.To] = true
			}
			if e.Application != nil {
				spoken[e.Application.Lesson] = true
			}
			for _, o := range e.Audience.Also {
				known[o] = true
			}
		}
		if m.sees(p, e) {
			known[e.Organisation] = true
		}
	}
	for _, e := range m.entries {
		if m.sees(p, e) {
			continue
		}
		words = append(words, e.Title, strings.TrimPrefix(e.Body, common+" tekst "))
		if !spoken[e.ID] {
			words = append(words, string(e.ID))
		}
	}
	for _, th := range m.themes {
		if !m.seesTheme(p, th.ID) {
			words = append(words, th.Title, `"`+string(th.ID)+`"`)
		}
		for _, o := range th.Audience.Also {
			if m.seesTheme(p, th.ID) {
				known[o] = known[o] || slices.Contains(th.Audience.Also, p.Organisation) // may be chosen
			}
		}
	}
	for _, o := range m.orgs {
		if p.Kind == rugzak.Partner && o.Kind == rugzak.Partner && !known[o.ID] {
			words = append(words, o.Name, `"`+string(o.ID)+`"`)
		}
	}
	for _, other := range m.people {
		if !m.knows(p, other) {
			words = append(words, other.Name, other.Email, string(other.ID))
		}
	}
	return append(words, `"Teams":[{`) // how organisations are made up
}

// knows spells out who may be told of whom: a person of themselves, of the
// authors by name of what they may read, and of who asked them something;
// members of departments of the curators of themes too.
func (m model) knows(p, other rugzak.Person) bool {
	if p.ID == other.ID {
		return true
	}
	for _, e := range m.entries {
		if e.Mode == rugzak.ByName && slices.Contains(e.Authors, other.ID) && m.sees(p, e) {
			return true
		}
		if m.wrote(p, e) && slices.Contains(m.askers[e.ID], other.ID) {
			return true
		}
	}
	for _, th := range m.themes {
		if p.Kind == rugzak.Department && slices.Contains(th.Curators, other.ID) {
			return true
		}
	}
	return false
}
