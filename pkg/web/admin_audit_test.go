// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

func auditor(who string) bool { return who == administrator || who == privacyperson }

// Administrators and privacy officers read the log; nobody else, and nobody
// else takes it out.
func TestWhoReadsTheAuditLog(t *testing.T) {
	s := newSite(t)
	for _, who := range everybody() {
		c := s.as(who)
		for _, got := range []*answer{c.get(pathAudit), c.post(pathAuditTable, "soort", ""), c.post(pathAuditChain, "x", "")} {
			switch {
			case who == nobody:
				got.want(http.StatusSeeOther)
			case auditor(who):
				got.want(http.StatusOK)
			default:
				got.want(http.StatusForbidden).shows("Dit kan alleen een beheerder of de privacycoördinator").hides("Deelnemer toegevoegd")
			}
		}
	}
	for _, who := range []string{privacyperson, administrator} {
		s.as(who).get(pathHome).find(`a[href="` + map[string]string{privacyperson: pathAudit, administrator: pathAdmin}[who] + `"]`)
	}
}

func TestAuditLogPage(t *testing.T) {
	s := newSite(t)
	secret := s.share(participant, "Geheime titel", "Tekst", rugzak.LevelTeam, "welzijn")
	c := s.as(privacyperson)
	page := c.get(pathAudit).want(http.StatusOK).shows("Bijdrage gedeeld met een partner").shows("Test participant").
		shows("een bijdrage (" + string(secret.ID) + ")").shows("een team en Stichting Welzijn").shows("het beheer van de server").hides("Geheime titel")
	if n := page.find("tbody tr").Length(); n < len(s.people) {
		t.Errorf("%d lines", n)
	}
	found := page.submit("main form", "soort", "audience.partner").want(http.StatusOK)
	if found.find("tbody tr").Length() != 1 || found.find("option[selected]").AttrOr("value", "") != "audience.partner" {
		t.Error("the filter does not filter, or is forgotten")
	}
	page.submit("main form", "wie", "test colleague").want(http.StatusOK).shows("Test colleague").hides("Test manager")
	page.submit("main form", "wie", "niemand zo").want(http.StatusOK).shows("Geen regels gevonden")
	page.submit("main form", "tot", "2020-01-01").want(http.StatusOK).shows("Geen regels gevonden")
	page.submit("main form", "van", "gisteren").want(http.StatusUnprocessableEntity).shows("Kies een datum")
	s.inEnglish(administrator)
	s.as(administrator).get(pathAudit).want(http.StatusOK).shows("Entry shared with a partner").shows("Participant added")

	// More than a page.
	for range 2 * 50 {
		_, err := s.Store.Update(t.Context(), func(w rugzak.Writer) error {
			return w.Audit(rugzak.AuditAct{At: s.Server.Clock.Now(), Verb: rugzak.AuditSignOut, By: rugzak.PersonActor(s.people[colleague].ID)})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	first := c.get(pathAudit + "?soort=sign-out").want(http.StatusOK)
	second := c.get(first.find("a[rel=next]").AttrOr("href", "")).want(http.StatusOK)
	if a, b := first.find("tbody th").First().Text(), second.find("tbody th").First().Text(); a == b {
		t.Errorf("the second page begins with %s as the first does", b)
	}
	if n := second.find("tbody tr").Length(); n != 50 {
		t.Errorf("%d lines on the second page", n)
	}
	c.get(second.find("a[rel=prev]").AttrOr("href", "")).want(http.StatusOK)
	for _, odd := range []string{"x", "-1", "99999999999999999999", "1"} {
		c.get(pathAudit + "?voor=" + odd).want(http.StatusOK)
	}
}

// What is taken out is a table no cell of which can compute, and a chain that
// can be followed; both stand in the log.
func TestTakingTheAuditLogOut(t *testing.T) {
	s := newSite(t)
	_, err := s.Store.Update(t.Context(), func(w rugzak.Writer) error {
		p, err := w.Person(s.people[colleague].ID)
		if err != nil {
			return err
		}
		p.Name = "=HYPERLINK(0)"
		return w.SavePerson(p, p.Version)
	})
	if err != nil {
		t.Fatal(err)
	}
	c := s.as(administrator)
	got := c.get(pathAudit).submit(`form[action="` + pathAuditTable + `"]`).want(http.StatusOK)
	if d := got.Header.Get("Content-Disposition"); d != `attachment; filename="logboek.csv"` {
		t.Errorf("disposition %q", d)
	}
	table := csv.NewReader(strings.NewReader(strings.TrimPrefix(got.Body, "\ufeff")))
	table.Comma = ';'
	rows, err := table.ReadAll()
	if err != nil || len(rows) < len(s.people) || rows[0][0] != "Nummer" {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	live := 0
	for _, row := range rows {
		for _, cell := range row {
			if strings.HasPrefix(cell, "=") {
				t.Errorf("the cell %q computes", cell)
			}
			if strings.HasPrefix(cell, "'=HYPERLINK") {
				live++
			}
		}
	}
	if live == 0 {
		t.Error("the name that computes is not in the table: the check sees nothing")
	}
	chain := c.post(pathAuditChain, "x", "").want(http.StatusOK)
	state, err := rugzak.VerifyAuditLines(strings.NewReader(chain.Body))
	if err != nil || !state.Whole() || state.Records < uint64(len(s.people)) {
		t.Errorf("the chain is %+v, %v", state, err)
	}
	chain.hides("Test ")
	c.get(pathAudit + "?soort=exported").want(http.StatusOK).shows("het logboek als tabel").shows("de controleketen van het logboek")
	c.post(pathAuditTable, "van", "x").want(http.StatusBadRequest)
}

// Every act has a sentence.
func TestEveryAuditVerbHasASentence(t *testing.T) {
	catalogue, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range rugzak.AuditVerbs() {
		for _, lang := range locale.Languages() {
			if key := "audit_act." + string(verb); !catalogue.Has(lang, key) {
				t.Errorf("%s has no sentence in %s: add %s", verb, lang, key)
			}
		}
	}
}
