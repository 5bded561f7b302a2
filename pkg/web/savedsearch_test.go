// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"rugzak/pkg/rugzak"
)

// A search is saved from where it was asked, found again, changed and removed.
func TestSavedSearchFromTheSearchPage(t *testing.T) {
	s := searchSite(t)
	c := s.as(colleague)
	a := c.ask("q", "wachttijd", "soort", "experience", "volgorde", "nieuwste")
	form := c.get(a.link("a", "Bewaar deze zoekvraag")).want(http.StatusOK).shows("Je woorden: wachttijd").shows("Soort: Ervaring").shows("Dit vindt nu 1 bijdrage")
	if got := form.find("#name").AttrOr("value", ""); got != "wachttijd" {
		t.Errorf("the name that is proposed is %q", got)
	}
	asked := form.find(`input[name="asked"]`).AttrOr("value", "")
	c.post(pathSavedNew, "asked", asked, "name", "", "notify", "on").want(http.StatusUnprocessableEntity).shows("Vul dit in").shows("Je woorden: wachttijd")
	list := c.post(pathSavedNew, "asked", asked, "name", "Wachten & <i>bellen</i>", "notify", "on").follow().shows("Je zoekvraag is bewaard").
		shows("Wachten & <i>bellen</i>").shows("“wachttijd”, 1 keuze").shows("Je krijgt bericht")
	c.get(list.link(".rz-list a", "Wachten")).lists("Wachten op een plek").shows("Soort: Ervaring")
	change := c.get(list.link(".rz-list a", "Pas aan")).want(http.StatusOK).shows("Je woorden: wachttijd").shows("Soort: Ervaring").shows("Dit vindt nu 1 bijdrage")
	c.post(change.Path, "name", " ").want(http.StatusUnprocessableEntity).shows("Vul dit in")
	list = c.post(change.Path, "name", "Over wachten").follow().shows("Over wachten").shows("Zonder bericht")
	s.as(participant).get(change.Path).want(http.StatusNotFound)
	s.as(participant).get(pathSaved).want(http.StatusOK).shows("Je hebt nog geen zoekvragen bewaard").hides("Over wachten")
	c.post(change.Path + "/verwijderen").follow().shows("Je zoekvraag is verwijderd").hides("Over wachten")
	c.get(change.Path).want(http.StatusNotFound)
	if list.Doc == nil {
		t.Error("no page")
	}
	// Without words the choices name it; nothing asked is nothing to save.
	only := c.get(pathSavedNew + "?soort=question").want(http.StatusOK)
	if got := only.find("#name").AttrOr("value", ""); got != "Vraagstuk" {
		t.Errorf("the name that is proposed is %q", got)
	}
	c.get(pathSavedNew).want(http.StatusSeeOther)
	c.ask().hides("Bewaar deze zoekvraag")
	c.get(pathQuestions + "?q=wachttijd").want(http.StatusOK).hides("Bewaar deze zoekvraag")
	c.ask("q", "kraanvogel").shows("Niets gevonden").shows("Bewaar deze zoekvraag")
}

// A form that was made up saves only what a search page can ask; a number that
// may be a citizen service number is refused beside the field.
func TestSavedSearchFormIsNotTrusted(t *testing.T) {
	s := searchSite(t)
	c := s.as(partner)
	for _, asked := range []string{"", "https://elders.voorbeeld.test/zoeken?q=a", "/beheer?q=a", "//elders/zoeken?q=a"} {
		if a := c.post(pathSavedNew, "asked", asked, "name", "Naam"); a.Status != http.StatusUnprocessableEntity && a.Status != http.StatusBadRequest {
			t.Errorf("%q answers %d", asked, a.Status)
		}
	}
	c.post(pathSavedNew, "asked", pathSearch+"?q=111222333", "name", "Naam").want(http.StatusUnprocessableEntity).shows("BSN")
	c.post(pathSavedNew, "asked", pathSearch+"?q=wachttijd", "name", "111222333").want(http.StatusUnprocessableEntity)
	c.get(pathSaved).want(http.StatusOK).shows("Je hebt nog geen zoekvragen bewaard")
	c.post(pathSavedNew, "asked", pathSearch+"?q=wachttijd&soort="+strings.Repeat("x", 5000)+"&na=onzin", "name", "Naam").follow().shows("Naam")
}

// The notice leads to the results, counts what may be read now, and goes when
// nothing of it may be read any more.
func TestNoticeOfASavedSearch(t *testing.T) {
	s := searchSite(t)
	c := s.as(colleague)
	c.post(pathSavedNew, "asked", pathSearch+"?q=zandloper", "name", "Mijn zandloper", "notify", "on").follow()
	s.share(participant, "Zandloper een", "Nieuw verhaal.", rugzak.LevelInternal)
	two := s.share(participant, "Zandloper twee", "Nieuw verhaal.", rugzak.LevelInternal)
	s.share(participant, "Zandloper van het team", "Nieuw verhaal.", rugzak.LevelTeam)
	s.caughtUp()
	if err := s.Service.TellSavedSearches(t.Context()); err != nil {
		t.Fatal(err)
	}
	a := c.get(pathNotices).want(http.StatusOK).shows("Nieuw voor je bewaarde zoekvraag").shows("Mijn zandloper: 2 nieuwe bijdragen").hides("Zandloper een")
	found := c.get(a.link("a", "Mijn zandloper")).lists("Zandloper een", "Zandloper twee")
	if u, err := url.Parse(a.link("a", "Mijn zandloper")); err != nil || u.Query().Get("volgorde") != "nieuwste" || found.titles()[0] != "Zandloper twee" {
		t.Errorf("the notice leads to %s", u)
	}
	if _, err := s.Service.Withdraw(t.Context(), s.people[participant], two.ID); err != nil {
		t.Fatal(err)
	}
	c.get(pathNotices).shows("Mijn zandloper: 1 nieuwe bijdrage")
	s.inEnglish(colleague)
	c.get(pathNotices).shows("New for your saved search").shows("1 new entry")
}

// asked is an index that counts what it is asked.
type asked struct {
	rugzak.Index
	times atomic.Int32
}

func (x *asked) Search(ctx context.Context, s rugzak.Search) (rugzak.Results, error) {
	x.times.Add(1)
	return x.Index.Search(ctx, s)
}

// The pages of saving a search that finds nothing ask it once: they do not offer
// what may help, so they do not look for it.
func TestSavingASearchAsksItOnce(t *testing.T) {
	index := &asked{}
	s := newSite(t, func(c *Config) { index.Index, c.Service.Index = c.Service.Index, index })
	s.caughtUp() // until the index has begun, it is not asked
	me := s.as(participant)
	const nothing = "?q=kraanvogel+zandloper+kwartel&soort=method"
	me.post(pathSavedNew, "asked", pathSearch+nothing, "name", "Vogels").follow()
	saved, err := s.Service.SavedSearches(t.Context(), s.people[participant])
	if err != nil || len(saved) != 1 {
		t.Fatalf("saved %v, %v", saved, err)
	}
	count := func(what string, want func(n int32) bool, get func()) {
		t.Helper()
		index.times.Store(0)
		if get(); !want(index.times.Load()) {
			t.Errorf("%s asks %d times", what, index.times.Load())
		}
	}
	once := func(n int32) bool { return n == 1 }
	count("the form", once, func() { me.get(pathSavedNew + nothing).want(http.StatusOK) })
	count("the form, refused", once, func() {
		me.post(pathSavedNew, "asked", pathSearch+nothing, "name", "").want(http.StatusUnprocessableEntity)
	})
	count("the saved search", once, func() { me.get(at(pathSavedOne, saved[0].ID)).want(http.StatusOK) })
	count("the search page", func(n int32) bool { return n > 1 }, func() { me.get(pathSearch + nothing).want(http.StatusOK) })
}
