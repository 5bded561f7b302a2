// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// ownCatalogue gives a site sentences of its own to replace.
func ownCatalogue(t *testing.T) func(*Config) {
	catalogue, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return func(c *Config) { c.Catalogue = catalogue }
}

// Phases are renamed, moved, closed and added without code; entries keep theirs.
func TestPhasesPage(t *testing.T) {
	s := newSite(t)
	s.as(colleague).get(pathPhases).want(http.StatusForbidden)
	for _, who := range []string{facilitator, coreteam, administrator} {
		s.as(who).get(pathShape).want(http.StatusOK).find(`a[href="` + pathPhases + `"]`)
	}
	e := s.write(participant, func(in *backpack.Input) { in.Phase = "instappen" })
	const form = `main form[action="` + pathPhases + `"]`
	a := s.as(administrator)
	first, second := a.get(pathPhases).want(http.StatusOK), a.get(pathPhases)
	moved := first.submit(form, "do", "up-2").want(http.StatusOK)
	moved.find(`input[name=nl1][value="Verkennen"]`)
	moved.submit(form, "nl1", "Rondkijken", "en1", "Looking round", "closed2", "1", "nl5", "Vieren").want(http.StatusSeeOther)
	second.submit(form, "nl1", "Anders").want(http.StatusConflict).shows("Rondkijken / Looking round").find(`input[name=nl1][value="Anders"]`)
	a.get(pathPhases).submit(form, "nl1", "").want(http.StatusUnprocessableEntity)

	new := s.as(participant).get(pathEntryNew + "?soort=experience").want(http.StatusOK)
	new.find(`option[value=verkennen]`)
	new.find(`option[value=vieren]`)
	if new.Doc.Find(`option[value=instappen]`).Length() > 0 {
		t.Error("a phase that was closed is still offered")
	}
	s.as(participant).get(at(pathEntryEdit, string(e.ID))).want(http.StatusOK).find(`option[value=instappen][selected]`)
	s.inEnglish(participant)
	s.as(participant).get(pathEntryNew + "?soort=experience").shows("Looking round")
	a.get(pathPhases).submit(form, "closed1", "1", "closed3", "1", "closed4", "1", "closed5", "1").want(http.StatusUnprocessableEntity).shows("Laat minstens één fase open.")
}

// Names of parts and prompts of kinds are replaced for everybody at once, in each
// language by itself, and are the product's again when they are emptied.
func TestWordings(t *testing.T) {
	s := newSite(t, ownCatalogue(t))
	s.as(colleague).get(pathPartNames).want(http.StatusForbidden)
	f := s.as(facilitator)
	const names = `main form[action="` + pathPartNames + `"]`
	first, second := f.get(pathPartNames).want(http.StatusOK).shows("Nederlands: Mijn rugzak"), f.get(pathPartNames)
	first.submit(names, "nav.mine.nl", "Mijn <tas>").want(http.StatusSeeOther)
	c := s.as(colleague)
	c.get(pathHome).want(http.StatusOK).shows("Mijn <tas>").hides("<tas>")
	if got := c.get(pathMine).text("nav[aria-label] [aria-current=page]"); got != "Mijn <tas>" {
		t.Errorf("the menu says %q", got)
	}
	s.inEnglish(colleague)
	s.as(colleague).get(pathHome).shows("My backpack").hides("tas&gt;")
	second.submit(names, "nav.mine.nl", "Onze tas").want(http.StatusConflict).shows("Iemand anders bewaarde: Mijn <tas>").submit(names).want(http.StatusSeeOther)
	f.get(pathHome).shows("Onze tas")
	f.get(pathPartNames).submit(names, "nav.mine.nl", "Een naam die veel en veel te lang is voor een menu").want(http.StatusUnprocessableEntity).find(`input[value="Een naam die veel en veel te lang is voor een menu"]`)
	f.get(pathPartNames).submit(names, "nav.mine.nl", "").want(http.StatusSeeOther)
	f.get(pathHome).shows("Mijn rugzak")

	prompts := at(pathPrompts, string(rugzak.KindExperience))
	f.get(prompts).want(http.StatusOK).submit(`main form[action="`+prompts+`"]`, "prompt.experience.happened.nl", "Wat maakte je mee?").want(http.StatusSeeOther)
	s.as(participant).get(pathShare).want(http.StatusOK).shows("Wat maakte je mee?").shows("Wat leverde het op of wat leerde je?")
	f.get(at(pathPrompts, "onzin")).want(http.StatusNotFound)
	f.get(at(pathPrompts, string(rugzak.KindApplication))).want(http.StatusOK)
	for _, kind := range rugzak.Kinds() {
		f.get(at(pathPrompts, string(kind))).want(http.StatusOK)
	}
}

// Another process that serves the same store shows what was replaced too.
func TestWordingsOfAnotherProcess(t *testing.T) {
	s := newSite(t, ownCatalogue(t))
	s.as(colleague).get(pathHome).shows("Mijn rugzak")
	err := s.Service.SaveWordings(s.Context(), s.people[facilitator], []string{"nav.mine"}, nil, []rugzak.Wording{{Key: "nav.mine", NL: "Onze tas", EN: "Our bag"}})
	if err != nil {
		t.Fatal(err)
	}
	s.as(colleague).get(pathHome).shows("Onze tas").hides("Mijn rugzak")
}
