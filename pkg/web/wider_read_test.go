// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
	"rugzak/static"
)

// Where nothing is found, each thing that is offered leads to as much as it
// says.
func TestNothingFoundOffersMore(t *testing.T) {
	s := searchSite(t)
	s.theme("Zandbak in de wijk")
	c := s.as(colleague)
	follow := func(a *answer, text, count string, titles ...string) {
		t.Helper()
		link := a.link(".rz-list a", text)
		if got := a.text(".rz-list"); !strings.Contains(got, text+count) {
			t.Errorf("offered is %q, want %q with %s", got, text, count)
		}
		c.get(link).want(http.StatusOK).lists(titles...)
	}
	a := c.ask("q", "wachttijd", "soort", "method").shows("Niets gevonden voor “wachttijd”").shows("Met 1 keuze aan")
	follow(a, "Zonder filters", "2 bijdragen", "Wachten op een plek", "Wie belt de school?")
	a = c.ask("q", `"wachttijd lang" plek`)
	follow(a, "Met “wachttijd lang plek”", "2 bijdragen", "Wachten op een plek", "Wie belt de school?")
	follow(a, "Met “plek”", "1 bijdrage", "Wachten op een plek")
	a = c.ask("q", "zandbak kraanvogel").shows("Zandbak in de wijk")
	c.get(a.link(".rz-list a", "Zandbak in de wijk")).want(http.StatusOK)
	a = c.ask("q", "kraanvogel", "letterlijk", "1").shows("zonder typfouten te herstellen").shows("Spelling: precies zoals je typte")
	a.hides("Haal een filter weg").hides("Zoek zonder filters").hides("keuze aan") // the spelling is no filter
	if got := a.link("a", "Zoek weer met typfouten hersteld"); got != pathSearch+"?q=kraanvogel" {
		t.Errorf("repaired leads to %s", got)
	}
	a = c.get(pathMethods + "?q=wachttijd").want(http.StatusOK).shows("Alleen in werkvormen")
	follow(a, "In alle soorten bijdragen", "2 bijdragen", "Wachten op een plek", "Wie belt de school?")
	s.inEnglish(colleague)
	c.ask("q", "kraanvogel").shows("What we tried").hides("Search wider")
}

// The archive is asked for, and told apart.
func TestSearchInTheArchive(t *testing.T) {
	s := searchSite(t)
	e := s.share(participant, "Salie", "Uit een oude kast.", rugzak.LevelInternal)
	if _, err := s.Service.Review(t.Context(), s.people[participant], e.ID, backpack.ReviewArchive); err != nil {
		t.Fatal(err)
	}
	s.caughtUp()
	c := s.as(colleague)
	a := c.ask("q", "salie").shows("Niets gevonden")
	found := c.get(a.link(".rz-list a", "Ook in het archief")).lists("Salie")
	c.get(found.link(".rz-chip", "Bereik: ook het archief")).lists()
	s.as(partner).ask("q", "salie").hides("Ook in het archief")
}

// mending is an index that knows what was meant.
type mending struct{ rugzak.Index }

func (x mending) Search(ctx context.Context, q rugzak.Search) (rugzak.Results, error) {
	found, err := x.Index.Search(ctx, q)
	switch typed := q.Query.String(); {
	case err != nil || q.Literal:
	case typed == "zantloper":
		q.Query = rugzak.ParseQuery("zandloper")
		if found, err = x.Index.Search(ctx, q); err == nil {
			found.Meant, found.Corrected = "zandloper", true
		}
	case typed == "wachten":
		found.Meant = "zandloper"
	}
	return found, err
}

func TestOtherSpelling(t *testing.T) {
	s := newSite(t, func(c *Config) {
		deps := c.Service.Deps
		deps.Index = mending{deps.Index}
		c.Service = backpack.New(deps)
	})
	s.share(participant, "Lang gewacht", "De zandloper was lang.", rugzak.LevelInternal)
	s.share(participant, "Wachten op een plek", "Wachten duurt lang.", rugzak.LevelInternal)
	s.caughtUp()
	c := s.as(participant)
	a := c.ask("q", "zantloper").lists("Lang gewacht").shows("Je typte “zantloper”. We zochten op “zandloper”.")
	if css, err := readAsset(static.FS, "css/rugzak.css"); err != nil || !strings.Contains(string(css), `[role="status"]:not(.rz-corrected)`) || a.find(".rz-corrected").Length() != 1 {
		t.Errorf("on paper nobody reads what was searched for, %v", err)
	}
	if got := a.text(".rz-card mark"); got != "zandloper" {
		t.Errorf("marked is %q", got)
	}
	if got := a.find("input#q").AttrOr("value", ""); got != "zantloper" {
		t.Errorf("the box holds %q", got)
	}
	c.get(a.link("a", "Zoek toch precies naar “zantloper”")).want(http.StatusOK).lists().shows("Niets gevonden voor “zantloper”")
	a = c.ask("q", "zantloper", "soort", "method").lists().shows("Niets gevonden voor “zandloper”").shows("met typfouten hersteld: zandloper").shows("Met 1 keuze aan")
	if got := a.link(".rz-empty a", "leervraag"); got != pathAsk+"?titel=zandloper" {
		t.Errorf("a question is asked with %s", got)
	}
	a = c.ask("q", "wachten", "volgorde", "nieuwste").shows("Bedoelde je zandloper?")
	c.get(a.link("a", "zandloper")).lists("Lang gewacht")
	c.get(pathQuestions + "?q=zantloper").want(http.StatusOK).hides("<mark")
}

// What was searched in vain becomes a question with nothing lost, also by way
// of signing in; a number that may be a citizen service number does not.
func TestSearchBecomesAQuestion(t *testing.T) {
	s := searchSite(t)
	words := strings.Repeat("kraanvogel & <é> \"zo\" ", 12)
	address := func(c *client) string {
		return c.ask("q", words).link(".rz-empty a", "leervraag")
	}
	c := s.as(partner)
	a := c.get(address(c)).want(http.StatusOK)
	first := "#" + answerField(rugzak.KindQuestion.QuickPrompts()[0])
	if got, want := strings.TrimSpace(a.find(first).Text()), strings.TrimSpace(words); got != want {
		t.Errorf("the question begins with %q, want %q", got, want)
	}
	if got := a.find("#title").AttrOr("value", ""); !strings.HasPrefix(got, "kraanvogel & <é>") || !strings.HasSuffix(got, "…") {
		t.Errorf("the title begins with %q", got)
	}
	back := newClient(s).get(address(c)).want(http.StatusSeeOther)
	u, err := url.Parse(back.Header.Get("Location"))
	if err != nil || u.Path != pathSignIn || u.Query().Get("naar") != address(c) {
		t.Errorf("signing in leads back to %s, want %s, %v", u, address(c), err)
	}
	for _, path := range []string{pathAsk, pathShare} {
		form := c.get(path + "?titel=" + url.QueryEscape("over 111222333")).want(http.StatusOK).find("form#schrijven")
		if html, err := form.Html(); err != nil || strings.Contains(html, "111222333") {
			t.Errorf("%s takes a number over, %v", path, err)
		}
	}
}
