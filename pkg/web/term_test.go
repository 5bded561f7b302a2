// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

func TestWhoKeepsTerms(t *testing.T) {
	s := newSite(t)
	for _, who := range everybody() {
		c := s.as(who)
		got := []*answer{c.get(pathTerms), c.get(pathTermNew), c.post(pathTermNew, "preferred", "")}
		switch {
		case who == nobody:
			got[0].want(http.StatusSeeOther)
		case who == facilitator || who == coreteam:
			got[0].want(http.StatusOK).shows("Er zijn nog geen groepen")
			got[1].want(http.StatusOK)
			got[2].want(http.StatusUnprocessableEntity)
		default:
			for _, a := range got {
				a.want(http.StatusForbidden)
			}
		}
	}
}

func TestTermPages(t *testing.T) {
	s := newSite(t)
	c := s.as(facilitator)
	s.share(participant, "Melding bij Veilig Thuis", "Wij belden samen.", rugzak.LevelInternal)
	s.share(participant, "De VT belde terug", "Wij belden samen.", rugzak.LevelInternal)
	s.caughtUp()
	c.get(pathHome).find(`nav a[href="` + pathDesk + `"]`)
	c.get(pathDesk).find(`main a[href="` + pathTerms + `"]`)
	form := c.get(pathTermNew).want(http.StatusOK)
	form.submit("main form", "preferred", "Veilig Thuis", "others", "van het").want(http.StatusUnprocessableEntity).
		shows("Op ‘van het’ kan niemand zoeken").find(`input[value="Veilig Thuis"]`)
	if got := form.find(`button[value="preview"]`).AttrOr("formaction", ""); got != pathTermNew+"#proef" {
		t.Errorf("the trial is shown at %q", got)
	}
	// Where something is wrong that is told first: a browser that has a place to
	// go to would not go to the summary.
	if wrong := form.submit("main form", "preferred", "Veilig Thuis", "others", "van het", "do", "preview").want(http.StatusUnprocessableEntity); wrong.Doc.Find("#proef").Length() > 0 {
		t.Error("the place of the trial is there without a trial")
	}
	form.submit("main form", "preferred", "Veilig Thuis", "others", "nummer 111222333").want(http.StatusUnprocessableEntity)
	tried := form.submit("main form", "preferred", "Veilig Thuis", "others", "VT", "do", "preview").want(http.StatusOK).
		shows("Dit vindt een zoekvraag dan").shows("De VT belde terug")
	if cells := strings.Join(strings.Fields(tried.text("main table tbody")), " "); cells != "Veilig Thuis12 VT12" { // 1 without, 2 with
		t.Errorf("the trial says %v", cells)
	}
	c.get(pathTerms).shows("Er zijn nog geen groepen") // nothing was saved
	page := tried.submit("main form").follow().want(http.StatusOK).shows("Zoeken gebruikt hem meteen")
	saved(t, "term", page)
	tried.submit("main form").follow().want(http.StatusOK) // the same form again

	list := c.get(pathTerms + "?q=vt").want(http.StatusOK).shows("1 van de 1 groepen").shows("Veilig Thuis")
	saved(t, "terms", list)
	c.get(pathTerms + "?q=xyzzy").want(http.StatusOK).shows("0 van de 1 groepen")
	found := s.as(participant).get(pathSearch + "?q=vt").want(http.StatusOK).shows("Ook gezocht op: Veilig Thuis").shows("Melding bij")
	saved(t, "search-also", found)

	c.get(pathTermNew).submit("main form", "preferred", "vt", "others", "meldpunt").want(http.StatusUnprocessableEntity).
		shows("‘vt’ staat al in de groep ‘Veilig Thuis’.")
	address := list.find(`main th a`).AttrOr("href", "")
	old := c.get(address).want(http.StatusOK)
	s.as(coreteam).get(address).submit("main form", "others", "VT\nmeldpunt").follow().want(http.StatusOK)
	conflict := old.submit("main form", "meaning", "Daar meld je zorgen.").want(http.StatusConflict).
		shows("Dit staat er nu").shows("meldpunt").shows("Iemand anders wijzigde dit")
	conflict.submit("main form").follow().want(http.StatusOK)
	c.get(address + "x").want(http.StatusNotFound)

	c.get(address + "/verwijderen").want(http.StatusOK).shows("horen daarna niet meer bij elkaar").
		submit("main form").follow().want(http.StatusOK).shows("De groep woorden is verwijderd.")
	c.get(address).want(http.StatusNotFound)
	s.as(participant).get(pathSearch + "?q=vt").want(http.StatusOK).hides("Ook gezocht op")
	s.inEnglish(facilitator)
	s.as(facilitator).get(pathTermNew).want(http.StatusOK).shows("New group of words")
}
