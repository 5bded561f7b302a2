// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// invitationPath is the path of the link that an answer shows.
func (a *answer) invitationPath() string {
	a.Helper()
	address, err := url.Parse(a.text("#link"))
	if err != nil || !strings.HasPrefix(address.Path, "/uitnodiging/") {
		a.Fatalf("the link is %q", a.text("#link"))
	}
	return address.Path
}

// From an invitation by the contact of a partner to the first entry.
func TestAContactInvitesAColleague(t *testing.T) {
	s := newSite(t)
	c := s.as(contact)
	c.get(pathHome).want(http.StatusOK).shows("Mijn organisatie")
	own := c.get(pathOwnOrganisation).want(http.StatusOK).shows("Stichting Welzijn").shows("partner@voorbeeld.example").
		hides("Stichting Wonen").hides("outsider").hides("Test participant")
	if own.find(`form[action$="/uitzetten"]`).Length() != 1 {
		t.Error("the contact may deactivate others than the one participant")
	}
	form := c.get(pathInvite).want(http.StatusOK).shows("Deze persoon komt bij Stichting Welzijn").hides("Beheerder").hides("Wmo")
	form.submit("form.rz-panel", "email", "geen adres").want(http.StatusUnprocessableEntity).shows("volledig e-mailadres")
	form.submit("form.rz-panel", "email", "partner@voorbeeld.example").want(http.StatusUnprocessableEntity).shows("doet al mee")
	for _, forged := range [][]string{{"organisation", string(s.orgs["wonen"].ID)}, {"organisation", string(s.orgs["wmo"].ID)}} {
		c.post(pathInvite, append(forged, "email", "x@welzijn.example", "roles", "participant", "language", "nl")...).want(http.StatusForbidden)
	}
	for _, forged := range [][]string{{"roles", "administrator"}, {"roles", "participant", "team", string(s.orgs["wmo"].ID) + "/toegang"}} {
		c.post(pathInvite, append(forged, "email", "x@welzijn.example", "language", "nl")...).want(http.StatusUnprocessableEntity)
	}
	made := form.submit("form.rz-panel", "email", "Nieuw@welzijn.example", "name", "Nieuwe collega").want(http.StatusOK).shows("nieuw@welzijn.example").shows("7 dagen")
	path := made.invitationPath()
	c.get(pathInvitations).want(http.StatusOK).shows("nieuw@welzijn.example").hides(strings.TrimPrefix(path, "/uitnodiging/"))

	newcomer := s.as(nobody)
	door := newcomer.get(path).want(http.StatusOK).shows("Stichting Welzijn")
	newcomer.get(path).want(http.StatusOK) // looking does not use it up
	if door.find("#name").AttrOr("value", "") != "Nieuwe collega" {
		t.Error("the name of the invitation is not filled in")
	}
	short := door.submit("form.rz-panel", "password", "kort", "name", "Andere naam").want(http.StatusUnprocessableEntity)
	if short.find("#name").AttrOr("value", "") != "Andere naam" || short.find("#password").AttrOr("value", "") != "" {
		t.Error("the form keeps the wrong things")
	}
	short.submit("form.rz-panel", "password", testPassword).follow().want(http.StatusOK).shows("Je doet nu mee").shows("Andere naam")
	newcomer.get(pathOwnOrganisation).want(http.StatusForbidden)
	gone := s.as(nobody).get(path).want(http.StatusNotFound).shows("Deze uitnodiging werkt niet meer")
	wrong := s.as(nobody).get(at(pathInvitation, "bestaat-niet")).want(http.StatusNotFound)
	if strings.ReplaceAll(withoutID(gone), path, wrong.Path) != withoutID(wrong) {
		t.Error("a used link and a wrong one differ")
	}
	if log := s.Book.String(); strings.Contains(log, strings.TrimPrefix(path, "/uitnodiging/")) || strings.Contains(log, "nieuw@") {
		t.Error("the log holds the link or the address")
	}

	c.get(pathOwnOrganisation).submit(`form[action$="` + string(s.people[partner].ID) + `/uitzetten"]`).follow().want(http.StatusOK).shows("De toegang is uitgezet")
	s.as(partner).get(pathHome).want(http.StatusSeeOther)
	c.post(at(pathDeactivate, string(s.people[outsider].ID)), "a", "b").want(http.StatusNotFound)
	c.post(at(pathDeactivate, string(s.people[contact].ID)), "a", "b").want(http.StatusForbidden)
}

// Administrators invite everywhere, renew and withdraw; others may not.
func TestAnAdministratorInvites(t *testing.T) {
	s := newSite(t)
	c := s.as(administrator)
	wmo := s.orgs["wmo"]
	form := c.get(pathInvite).want(http.StatusOK).shows("Beheerder")
	made := form.submit("form.rz-panel", "email", "leiding@wmo.example", "organisation", string(wmo.ID), "team", teamValue(wmo.ID, wmo.Teams[0].ID), "roles", "participant", "roles", "manager").
		want(http.StatusOK)
	first := made.invitationPath()
	list := c.get(pathInvitations).want(http.StatusOK).shows("leiding@wmo.example").shows("Toegang").shows("Test administrator")
	second := list.submit(`form[action$="/vernieuwen"]`).want(http.StatusOK).invitationPath()
	s.as(nobody).get(first).want(http.StatusNotFound)
	s.as(nobody).get(second).want(http.StatusOK)
	renew := list.find(`form[action$="/vernieuwen"]`).AttrOr("action", "")
	for _, who := range []string{participant, facilitator, manager, privacyperson, partner} {
		s.as(who).get(pathInvitations).want(http.StatusForbidden)
		s.as(who).post(renew, "a", "b").want(http.StatusForbidden)
	}
	s.as(contact).post(renew, "a", "b").want(http.StatusNotFound)
	s.as(contact).get(pathInvitations).want(http.StatusOK).hides("leiding@wmo.example")
	c.get(pathInvitations).submit(`form[action$="/intrekken"]`).follow().want(http.StatusOK).shows("ingetrokken").hides("leiding@wmo.example")
	s.as(nobody).get(second).want(http.StatusNotFound)
	c.post(pathInvite, "email", "outsider@voorbeeld.example", "organisation", string(wmo.ID), "roles", "participant").
		want(http.StatusUnprocessableEntity).shows("doet al mee")
	s.inEnglish(administrator)
	s.as(administrator).get(pathInvitations).want(http.StatusOK).shows("no open invitations")
	acts := map[rugzak.AuditVerb]int{}
	err := s.Store.View(t.Context(), func(r rugzak.Reader) error {
		for record, err := range r.AuditLog(0) {
			if err != nil {
				return err
			}
			acts[record.Verb]++
		}
		return nil
	})
	if err != nil || acts[rugzak.AuditInvited] != 2 || acts[rugzak.AuditUninvited] != 1 {
		t.Errorf("in the audit log: %v, %v", acts, err)
	}
}
