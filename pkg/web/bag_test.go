// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"archive/zip"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// ask shares a question whose ball is with an organisation.
func (s *site) askOf(who, title string, ball string, level rugzak.Level, also ...string) rugzak.Entry {
	s.Helper()
	in := backpack.Input{
		Kind: rugzak.KindQuestion, Lang: rugzak.Dutch, Title: title, Body: "Hoe doen we dit?", Mode: rugzak.ByName,
		Audience: rugzak.Audience{Level: level},
		Question: &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionOpen, BallWith: s.orgs[ball].ID, NextStep: "Samen bellen", When: "2026-01-05"},
	}
	for _, key := range also {
		in.Audience.Also = append(in.Audience.Also, s.orgs[key].ID)
	}
	return s.shareInput(who, in)
}

// A partner's first page shows what the municipality and they are working on,
// and nothing of what is not shared with them.
func TestPartnerHome(t *testing.T) {
	s := newSite(t)
	s.askOf(participant, "Wie belt na een melding?", "welzijn", rugzak.LevelInternal, "welzijn")
	s.askOf(participant, "Alleen voor ons", "jeugd", rugzak.LevelInternal)
	s.askOf(colleague, "Samen een folder?", "", rugzak.LevelInternal, "welzijn")
	s.askOf(partner, "Mogen wij mee naar binnen?", "wmo", rugzak.LevelOrganisation, "wmo")
	s.caughtUp()
	for _, lang := range rugzak.Languages() {
		if err := s.Service.SetLanguage(t.Context(), s.people[partner], lang); err != nil {
			t.Fatal(err)
		}
		a := s.as(partner).get(pathHome).want(http.StatusOK).hides("Alleen voor ons")
		for id, title := range map[string]string{"jullie-gevraagd": "Wie belt", "gedeelde-vragen": "Samen een folder", "jullie-vragen": "Mogen wij mee"} {
			if got := a.text(`section[aria-labelledby="` + id + `"]`); !strings.Contains(got, title) {
				t.Errorf("%s shows %q", id, got)
			}
		}
	}
	s.as(outsider).get(pathHome).want(http.StatusOK).hides("Wie belt").hides("Samen een folder").hides("Mogen wij mee")
	member := s.as(participant).get(pathHome).want(http.StatusOK)
	if member.Doc.Find(`[aria-labelledby="jullie-gevraagd"]`).Length() > 0 {
		t.Error("a member has a partner's home")
	}
	if got := member.text(`section[aria-labelledby="vraagt"]`); !strings.Contains(got, "Samen bellen") || !strings.Contains(got, "Mogen wij mee") {
		t.Errorf("what asks something of the member: %q", got)
	}
	if n := member.Doc.Find(`section[aria-labelledby="vraagt"] li`).Length(); n == 0 || n > 3 {
		t.Errorf("%d lines ask something on the first page", n)
	}
	s.as(partner).get(pathMineBalls).want(http.StatusOK).shows("Wie belt").hides("Alleen voor ons")
	s.as(partner).get(pathMine).want(http.StatusOK).shows("Wie belt").hides("Alleen voor ons")
}

// The backpack of a team is for its members, that of an organisation holds what
// each reader may see, and one the reader may not know is not there.
func TestBagsOfOthers(t *testing.T) {
	s := newSite(t)
	s.share(participant, "Voor het team", "Tekst.", rugzak.LevelTeam)
	s.share(participant, "Voor iedereen", "Tekst.", rugzak.LevelInternal, "welzijn")
	s.share(facilitator, "Van een collega zonder team", "Tekst.", rugzak.LevelInternal)
	s.share(outsider, "Van Wonen", "Tekst.", rugzak.LevelOrganisation, "wmo")
	s.caughtUp()
	s.as(manager).get(pathTeamBag).want(http.StatusOK).shows("Voor het team").shows("Voor iedereen").hides("Van een collega zonder team")
	s.as(colleague).get(pathTeamBag).want(http.StatusOK).shows("Je hoort bij geen team").hides("Voor het team")
	s.as(partner).get(pathTeamBag).want(http.StatusOK).shows("Je team deelde nog niets")
	wmo, wonen := at(pathOrganisationBag, string(s.orgs["wmo"].ID)), at(pathOrganisationBag, string(s.orgs["wonen"].ID))
	s.as(manager).get(pathOwnBag).want(http.StatusOK).shows("Voor het team").shows("Van een collega zonder team")
	s.as(colleague).get(wmo).want(http.StatusOK).hides("Voor het team").shows("Van een collega zonder team")
	s.as(partner).get(wmo).want(http.StatusOK).shows("Voor iedereen").hides("Voor het team").hides("Van een collega zonder team")
	s.as(participant).get(wonen).want(http.StatusOK).shows("Van Wonen")
	hidden, absent := s.as(partner).get(wonen).want(http.StatusNotFound), s.as(partner).get(at(pathOrganisationBag, "is-er-niet")).want(http.StatusNotFound)
	if left, right := hidden.text("main"), absent.text("main"); left != right {
		t.Errorf("hidden says %q, absent %q", left, right)
	}
	s.as(nobody).get(wmo).want(http.StatusSeeOther)
}

// Talks with another organisation: prepared from what the reader may see, to
// take along at once, with a partner who learns of nobody else.
func TestTalks(t *testing.T) {
	s := newSite(t)
	lesson := s.share(colleague, "Bel voor je schrijft", "Tekst over wachttijd.", rugzak.LevelInternal, "welzijn")
	s.share(colleague, "Alleen van Jeugd", "Tekst.", rugzak.LevelOrganisation)
	s.askOf(participant, "Wat heeft Jeugd nodig?", "jeugd", rugzak.LevelInternal)
	s.askOf(colleague, "Hoe kiest Wmo?", "wmo", rugzak.LevelInternal)
	if err := s.Service.Keep(t.Context(), s.people[participant], lesson.ID, "voor het gesprek met Jeugd"); err != nil {
		t.Fatal(err)
	}
	second := s.share(colleague, "Vraag wat al lukt", "Tekst.", rugzak.LevelInternal)
	s.caughtUp()
	c := s.as(participant)
	c.get(pathTalks).want(http.StatusOK).shows("Jeugd").shows("Stichting Wonen")
	page := c.get(talksAddress("jeugd", "")).want(http.StatusOK).shows("Bel voor je schrijft").shows("Wat heeft Jeugd nodig").shows("Hoe kiest Wmo").
		shows("voor het gesprek met Jeugd").hides("Alleen van Jeugd")
	page.submit(`section[aria-labelledby="lessen"] .rz-section-head form`).follow().want(http.StatusOK).shows("Het zit in je rugzak")
	c.get(pathMineKept).want(http.StatusOK).shows(second.Title).shows("voor het overleg met Jeugd").shows("voor het gesprek met Jeugd")
	c.get(talksAddress("jeugd", "wachttijd")).want(http.StatusOK).shows("Over wachttijd")
	c.get(talksAddress("jeugd", "bsn 111222333")).want(http.StatusOK).hides("111222333")
	c.get(talksAddress("is-er-niet", "")).want(http.StatusNotFound)
	c.post(pathTalksTake, "with", "is-er-niet", "entry", string(second.ID)).want(http.StatusNotFound)
	p := s.as(partner)
	p.get(pathTalks).want(http.StatusOK).shows("Jeugd").hides("Stichting Wonen")
	p.get(talksAddress("jeugd", "")).want(http.StatusOK).shows("Bel voor je schrijft").hides("Vraag wat al lukt").hides("Hoe kiest Wmo")
	p.get(talksAddress(s.orgs["wonen"].ID, "")).want(http.StatusNotFound)
	p.post(pathTalksTake, "with", "jeugd", "entry", string(second.ID)).want(http.StatusSeeOther)
	p.get(pathMineKept).want(http.StatusOK).hides("Vraag wat al lukt")
	s.inEnglish(participant)
	c.get(talksAddress("jeugd", "")).want(http.StatusOK).shows("Talks with Jeugd")
}

// What an organisation needs and offers: written by its own people, and there
// when others prepare talks with it.
func TestNeedThroughThePages(t *testing.T) {
	s := newSite(t)
	s.caughtUp()
	c := s.as(colleague)
	const form = `main form[action="` + pathNeed + `"]`
	c.get(pathOwnBag).want(http.StatusOK).shows("heeft hier nog niets gezegd")
	c.get(pathNeed).want(http.StatusOK).submit(form, "needs", "Eén vast nummer", "ways", strings.Repeat("lang ", rugzak.MaxNeedText)).want(http.StatusUnprocessableEntity).shows("Eén vast nummer").shows("te lang")
	other := c.get(pathNeed)
	c.get(pathNeed).submit(form, "needs", "Eén vast nummer", "offers", "Een kamer").follow().want(http.StatusOK).shows("Eén vast nummer").shows("Een kamer")
	conflict := other.submit(form, "needs", "Iets anders").want(http.StatusConflict).shows("Eén vast nummer").shows("Iets anders")
	conflict.submit(form).follow().want(http.StatusOK).shows("Iets anders").hides("Eén vast nummer")
	for _, who := range []string{participant, partner} {
		s.as(who).get(talksAddress("jeugd", "")).want(http.StatusOK).shows("Jeugd: nodig en te bieden").shows("Iets anders")
		s.as(who).get(pathOrganisationBag[:len("/organisaties/")] + "jeugd").want(http.StatusOK).shows("Iets anders").hides(pathNeed)
	}
	s.inEnglish(participant)
	s.as(participant).get(talksAddress("jeugd", "")).want(http.StatusOK).shows("We need")
}

// The own backpack as files: what somebody wrote, and what they took along as
// far as they may read it now.
func TestBagAsFiles(t *testing.T) {
	s := newSite(t)
	seen := s.share(colleague, "Les: à la carte / <b>", "Leesbare tekst.", rugzak.LevelInternal)
	gone := s.share(colleague, "Straks weg", "Geheime tekst.", rugzak.LevelInternal)
	s.share(participant, "Eigen verhaal", "Eigen tekst.", rugzak.LevelTeam)
	me := s.people[participant]
	for _, e := range []rugzak.Entry{seen, gone} {
		if err := s.Service.Keep(t.Context(), me, e.ID, "voor het teamoverleg"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Service.Withdraw(t.Context(), s.people[colleague], gone.ID); err != nil {
		t.Fatal(err)
	}
	c := s.as(participant)
	c.get(pathAccount).find(`a[href="` + pathMine + `#bestanden"]`)
	file := c.get(pathMine).submit(`form[action="` + pathBagTake + `"]`).want(http.StatusOK)
	r, err := zip.NewReader(strings.NewReader(file.Body), int64(len(file.Body)))
	if err != nil {
		t.Fatal(err)
	}
	all, names := "", []string{}
	for _, f := range r.File {
		names = append(names, f.Name)
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		all += string(data)
		if strings.Trim(f.Name, "abcdefghijklmnopqrstuvwxyz0123456789-/.") != "" || strings.Contains(f.Name, "..") {
			t.Errorf("the name %q is not safe everywhere", f.Name)
		}
	}
	if !slices.Contains(names, "index.html") || len(names) != 3 {
		t.Errorf("files %q", names)
	}
	for _, want := range []string{"Leesbare tekst.", "Eigen tekst.", "voor het teamoverleg", "Les: à la carte / &lt;b&gt;", "Dit is de rugzak van Test participant"} {
		if !strings.Contains(all, want) {
			t.Errorf("the files do not hold %q", want)
		}
	}
	for _, hidden := range []string{"Straks weg", "Geheime tekst", string(gone.ID)} {
		if strings.Contains(all, hidden) {
			t.Errorf("the files hold %q", hidden)
		}
	}
	for range 4 {
		c.post(pathBagTake).want(http.StatusOK)
	}
	c.post(pathBagTake).want(http.StatusTooManyRequests)
	s.as(administrator).get(pathAudit).want(http.StatusOK).shows("de eigen rugzak")
}
