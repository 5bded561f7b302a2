// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"rugzak/content"
	"rugzak/pkg/backpack"
	"rugzak/pkg/exchange"
	"rugzak/pkg/rugzak"
)

// adminPaths are the pages of an administrator that a GET shows.
func adminPaths(s *site) []string {
	return []string{
		pathAdmin, pathRoles, pathOrganisations, pathOrganisationNew, at(pathOrganisation, string(s.orgs["wmo"].ID)),
		pathPeople, pathPersonNew, at(pathPerson, string(s.people[participant].ID)), pathSamples,
	}
}

func TestOnlyAdministratorsAdminister(t *testing.T) {
	s := newSite(t)
	for _, path := range adminPaths(s) {
		for _, who := range everybody() {
			got := s.as(who).get(path)
			switch who {
			case administrator:
				got.want(http.StatusOK)
			case nobody:
				got.want(http.StatusSeeOther)
			default:
				got.want(http.StatusForbidden).shows("Dit kan alleen een beheerder").hides("participant@voorbeeld.example")
			}
		}
	}
	c := s.as(administrator)
	c.get(pathAdmin).shows("2 afdelingen").shows("2 partners").shows("10 deelnemers").shows("10 zonder wachtwoord").shows("0 voorbeelden")
	c.get(at(pathOrganisation, "bestaat-niet")).want(http.StatusNotFound)
	c.get(at(pathPerson, rugzak.NewID(testTime))).want(http.StatusNotFound)
	c.get(at(pathPerson, "nieuws")).want(http.StatusNotFound)
	s.inEnglish(administrator)
	for i, says := range []string{"Participants", "May not", "Departments", "You cannot change this later", "One team per line", "No password yet", "Choose an organisation", "Make a link", "There are no examples"} {
		s.as(administrator).get(adminPaths(s)[i]).want(http.StatusOK).shows(says)
	}
}

// The page says of each role what the table of permissions says.
func TestRolesPage(t *testing.T) {
	s := newSite(t)
	page := s.as(administrator).get(pathRoles).want(http.StatusOK)
	rows := page.find("tbody tr")
	if rows.Length() != len(rugzak.Roles()) {
		t.Fatalf("%d rows", rows.Length())
	}
	for i, role := range rugzak.Roles() {
		cells := rows.Eq(i).Find("td")
		for j, perm := range rugzak.Permissions() {
			if yes := strings.Contains(cells.Eq(j+1).Text(), "Ja"); yes != role.Allows(perm) {
				t.Errorf("%s, %s: the page says %v", role, perm, yes)
			}
		}
	}
}

func TestOrganisationForm(t *testing.T) {
	s := newSite(t)
	c := s.as(administrator)
	form := c.get(pathOrganisationNew)
	form.submit("form.rz-panel", "name", "", "teams", "Noord").want(http.StatusBadRequest) // a team without its id
	got := form.submit("form.rz-panel", "name", "", "teams", "Noord", "teams", "Zuid", "teams", "").want(http.StatusUnprocessableEntity).shows("Vul dit in").shows("Kies een van de mogelijkheden")
	if v := got.find("#teams-2").AttrOr("value", ""); v != "Zuid" {
		t.Errorf("the second team is %q", v)
	}
	more := got.submit("form.rz-panel", "do", "rows").want(http.StatusOK)
	if n := more.find("[name=teams]").Length(); n != 2+freeTeamRows {
		t.Errorf("%d rows", n)
	}
	got.submit("form.rz-panel", "name", "wmo", "kind", "partner").want(http.StatusUnprocessableEntity).shows("Deze naam is al in gebruik")
	list := got.submit("form.rz-panel", "name", "Nieuw", "kind", "partner").follow().want(http.StatusOK).shows("De organisatie is toegevoegd").shows("Noord, Zuid")
	path := list.find(`section[aria-labelledby=partners] a[href^="/beheer/organisaties/nieuw"]`).AttrOr("href", "")
	if path == pathOrganisationNew {
		t.Fatal("the organisation got the address of the form")
	}

	edit := c.get(path).want(http.StatusOK)
	if edit.Doc.Find("[type=radio]").Length() > 0 {
		t.Error("the kind can be changed")
	}
	edit.submit("form.rz-panel", "kind", "department").want(http.StatusUnprocessableEntity)
	other := c.get(path)
	edit.submit("form.rz-panel", "teams", "Noord-West", "teams", "", "teams", "Oost", "teams", "", "teams", "", "closed", "yes").
		follow().want(http.StatusOK).shows("Noord-West, Oost").shows("Gesloten").hides("Zuid")
	conflict := other.submit("form.rz-panel", "name", "Andere naam").want(http.StatusConflict).shows("Iemand anders bewaarde dit").shows("Noord-West")
	if conflict.find("#name").AttrOr("value", "") != "Andere naam" {
		t.Error("what was typed is lost")
	}
	conflict.submit("form.rz-panel:has(#name)").follow().want(http.StatusOK).shows("Andere naam")

	wmo := c.get(at(pathOrganisation, string(s.orgs["wmo"].ID)))
	wmo.submit("form.rz-panel", "teams", "", "teams", "", "teams", "", "teams", "", "teams", "").want(http.StatusUnprocessableEntity).shows("In dit team zitten nog mensen")
	wmo.submit("form.rz-panel", "name", "Klant 123456782").want(http.StatusUnprocessableEntity)
}

// From a new person to the first time they are signed in.
func TestAddingAPerson(t *testing.T) {
	s := newSite(t)
	c := s.as(administrator)
	welzijn, wmo := s.orgs["welzijn"], s.orgs["wmo"]
	form := c.get(pathPersonNew).want(http.StatusOK)
	got := form.submit("form.rz-panel", "name", "Fatima", "email", "fatima@", "organisation", "").want(http.StatusUnprocessableEntity).shows("volledig e-mailadres")
	if got.find("#name").AttrOr("value", "") != "Fatima" || got.find("#email").AttrOr("value", "") != "fatima@" {
		t.Error("what was typed is lost")
	}
	got = got.submit("form.rz-panel", "email", "Fatima@welzijn.example", "organisation", string(welzijn.ID), "team", teamValue(wmo.ID, wmo.Teams[0].ID)).
		want(http.StatusUnprocessableEntity).shows("Dit team hoort bij een andere organisatie")
	got.submit("form.rz-panel", "team", "", "roles", "facilitator").want(http.StatusUnprocessableEntity).shows("alleen voor mensen van een afdeling")
	got.submit("form.rz-panel", "team", "", "email", "partner@voorbeeld.example").want(http.StatusUnprocessableEntity).shows("Iemand anders heeft dit e-mailadres al")
	form.submit("form.rz-panel", "name", "X", "email", "x@wmo.example", "organisation", string(wmo.ID), "roles", "manager").want(http.StatusUnprocessableEntity).shows("hoort bij een team")
	person := got.submit("form.rz-panel", "team", teamValue(welzijn.ID, welzijn.Teams[0].ID)).follow().want(http.StatusOK).
		shows("De deelnemer is toegevoegd").shows("Nog geen wachtwoord")
	if v := person.find("#team option[selected]").AttrOr("value", ""); v != teamValue(welzijn.ID, welzijn.Teams[0].ID) {
		t.Errorf("the team is %q", v)
	}

	link := person.submit(`form[action$="/link"]`).want(http.StatusOK).shows("7 dagen")
	address, err := url.Parse(link.text("#link"))
	if err != nil || "http://"+address.Host != s.URL || !strings.HasPrefix(address.Path, "/wachtwoord/") {
		t.Fatalf("the link is %v", address)
	}
	secret := strings.TrimPrefix(address.Path, "/wachtwoord/")
	person.get(person.Path).want(http.StatusOK).hides(secret)
	for _, who := range []string{facilitator, partner} {
		s.as(who).post(person.Path+"/link", "a", "b").want(http.StatusForbidden)
	}

	fatima := s.as(nobody)
	choose := fatima.get(address.Path).want(http.StatusOK).shows("Dag Fatima")
	choose.submit("form.rz-panel", "password", "kort").want(http.StatusUnprocessableEntity)
	choose.submit("form.rz-panel", "password", testPassword).follow().want(http.StatusOK).shows("Fatima")
	fatima.post(pathSignOut).want(http.StatusSeeOther)
	fatima.get(pathHome).want(http.StatusSeeOther)
	fatima.get(address.Path).want(http.StatusNotFound)
	fatima.get(pathSignIn).submit("form.rz-panel", "email", "fatima@welzijn.example", "password", testPassword).follow().want(http.StatusOK)
	c.get(person.Path).want(http.StatusOK).shows("Actief")
	if log := s.Book.String(); strings.Contains(log, secret) || strings.Contains(log, "fatima") {
		t.Error("the log holds the link or the address")
	}

	c.get(person.Path).submit("form.rz-panel:has(#name)", "inactive", "yes").follow().want(http.StatusOK).shows("Uitgezet").hides("Maak een link")
	fatima.get(pathHome).want(http.StatusSeeOther)
}

func TestTwoAdministratorsAtOnce(t *testing.T) {
	s := newSite(t)
	c, path := s.as(administrator), at(pathPerson, string(s.people[participant].ID))
	first, second := c.get(path), c.get(path)
	first.submit("form.rz-panel:has(#name)", "name", "Eerste naam").want(http.StatusSeeOther)
	both := second.submit("form.rz-panel:has(#name)", "name", "Tweede naam").want(http.StatusConflict).shows("Eerste naam").shows("Wmo, Toegang")
	if both.find("#name").AttrOr("value", "") != "Tweede naam" {
		t.Error("what was typed is lost")
	}
	both.submit("form.rz-panel:has(#name)").follow().want(http.StatusOK).shows("Tweede naam")
}

func TestTheLastAdministratorStays(t *testing.T) {
	s := newSite(t)
	c, own := s.as(administrator), at(pathPerson, string(s.people[administrator].ID))
	page := c.get(own).want(http.StatusOK)
	page.submit("form.rz-panel:has(#name)", "roles", "participant").want(http.StatusUnprocessableEntity).shows("Dit is de laatste beheerder")
	page.submit("form.rz-panel:has(#name)", "inactive", "yes").want(http.StatusUnprocessableEntity).shows("Dit is de laatste beheerder")
	other := c.get(at(pathPerson, string(s.people[colleague].ID)))
	other.submit("form.rz-panel:has(#name)", "roles", "participant", "roles", "administrator").want(http.StatusSeeOther)
	page.submit("form.rz-panel:has(#name)", "roles", "participant").want(http.StatusSeeOther)
	s.as(administrator).get(pathAdmin).want(http.StatusForbidden)
	s.as(colleague).get(pathAdmin).want(http.StatusOK)
}

func TestListOfPeople(t *testing.T) {
	s := newSite(t)
	for i := range 45 {
		in := backpack.PersonInput{
			Name: fmt.Sprintf("Persoon %02d", i), Email: fmt.Sprintf("p%d@jeugd.example", i), Organisation: s.orgs["jeugd"].ID, Roles: []rugzak.Role{rugzak.RoleParticipant},
		}
		if _, err := s.Service.SavePerson(t.Context(), backpack.Operator(), "", 0, in); err != nil {
			t.Fatal(err)
		}
	}
	c := s.as(administrator)
	first := c.get(pathPeople).want(http.StatusOK).shows("55 deelnemers")
	if n := first.find("tbody tr").Length(); n != peoplePage {
		t.Errorf("%d on the first page", n)
	}
	second := c.get(first.find("a[rel=next]").AttrOr("href", "")).want(http.StatusOK)
	if n := second.find("tbody tr").Length(); n != 5 || second.Doc.Find("a[rel=next]").Length() > 0 {
		t.Errorf("%d on the second page", n)
	}
	if got := c.get(second.find("a[rel=prev]").AttrOr("href", "")).find("tbody tr").Length(); got != peoplePage {
		t.Errorf("%d on the way back", got)
	}
	found := first.submit("main form", "organisatie", string(s.orgs["jeugd"].ID), "q", "PERSOON 07").want(http.StatusOK).shows("1 deelnemer").shows("p7@jeugd.example")
	if found.find("option[selected]").AttrOr("value", "") != string(s.orgs["jeugd"].ID) {
		t.Error("the filter is forgotten")
	}
	first.submit("main form", "q", "niemand zo").want(http.StatusOK).shows("Niemand gevonden")
	for _, page := range []string{"-3", "0", "999", "x"} {
		c.get(pathPeople + "?pagina=" + page).want(http.StatusOK).find("tbody tr")
	}
}

func withStarter(c *Config) {
	c.Starter = func(lang rugzak.Lang) (rugzak.Backpack, []rugzak.Incoming, error) {
		return exchange.Starter(content.FS, lang)
	}
}

// The examples come and go in one action each; what is real stays.
func TestSamplesComeAndGo(t *testing.T) {
	s := newSite(t, withStarter)
	c := s.as(administrator)
	own := s.share(participant, "Echt gebeurd", "Tekst", rugzak.LevelInternal)
	page := c.get(pathSamples).want(http.StatusOK).shows("Er staan nu geen voorbeelden in")
	c.get(pathSamplesRemove).want(http.StatusSeeOther)
	c.post(pathSamplesLoad, "language", "fr").want(http.StatusBadRequest)
	added := page.submit(`form[action$="/toevoegen"]`, "language", "nl").follow().want(http.StatusOK).shows("De voorbeelden zijn toegevoegd").shows("6 thema’s")
	added.submit(`form[action$="/toevoegen"]`, "language", "nl").follow().want(http.StatusOK).shows("stonden er al").shows("6 thema’s")
	counts, err := s.Service.Samples(t.Context(), s.people[administrator])
	if err != nil || counts.Entries < 20 {
		t.Fatalf("%+v, %v", counts, err)
	}
	s.as(participant).get(pathCompass).shows("De inwoner eerst").shows("Voorbeeld")
	s.as(participant).get(pathAgenda).shows("Voorbeeld")
	themes := s.as(participant).get(pathThemes).shows("Voorbeeld")

	// Somebody puts a real entry into a theme of the examples.
	path := themes.find("h2 a").AttrOr("href", "")
	s.as(facilitator).post(path+"/toevoegen", "entry", string(own.ID)).want(http.StatusSeeOther)

	confirm := c.get(pathSamplesRemove).want(http.StatusOK).shows("Wat jullie zelf schreven blijft staan")
	if again, err := s.Service.Samples(t.Context(), s.people[administrator]); err != nil || again != counts {
		t.Errorf("looking at the question changed %+v into %+v, %v", counts, again, err)
	}
	confirm.submit("form.rz-panel").follow().want(http.StatusOK).shows("De voorbeelden zijn verwijderd").shows("Er staan nu geen voorbeelden in")
	s.as(participant).get(path).want(http.StatusOK).shows("Echt gebeurd").hides("Voorbeeld</span>")
	left := s.as(participant).get(pathThemes).want(http.StatusOK)
	if n := left.find("ul.rz-cards li").Length(); n != 1 {
		t.Errorf("%d themes are left", n)
	}
	s.as(participant).get(pathCompass).want(http.StatusOK).find(".rz-empty")
	c.get(pathPeople).want(http.StatusOK).shows("10 deelnemers")

	added.submit(`form[action$="/toevoegen"]`, "language", "en").follow().want(http.StatusOK).shows("toegevoegd")
	s.as(participant).get(pathCompass).shows("Voorbeeld")
}

func TestOnlyAdministratorsTouchTheSamples(t *testing.T) {
	s := newSite(t, withStarter)
	for _, who := range []string{participant, coreteam, partner} {
		s.as(who).post(pathSamplesLoad, "language", "nl").want(http.StatusForbidden)
		s.as(who).post(pathSamplesRemove, "a", "b").want(http.StatusForbidden)
	}
	if counts, err := s.Service.Samples(t.Context(), s.people[administrator]); err != nil || counts.Any() {
		t.Errorf("%+v, %v", counts, err)
	}
}
