// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"slices"
	"testing"

	"rugzak/pkg/rugzak"
)

// Sharing with a partner is asked once more, by name; going back keeps
// everything typed, and a changed choice is asked again.
func TestSharingWithPartnersIsConfirmed(t *testing.T) {
	s := newSite(t)
	welzijn, wonen := string(s.orgs["welzijn"].ID), string(s.orgs["wonen"].ID)
	for path, fields := range map[string][]string{
		pathShare:                       {"answer_happened", "Samen op bezoek\n\nen daarna bellen", "title", "Samen op bezoek"},
		pathEntryNew + "?soort=insight": {"title", "Samen op bezoek", "body", "Samen op bezoek\n\nen daarna bellen"},
	} {
		c := s.as(participant)
		form := c.get(path).want(http.StatusOK)
		sure := submitWith(form, append(fields, "do", doShare, "also", welzijn)...).want(http.StatusOK)
		sure.shows("Delen met Stichting Welzijn?").shows("Zou de inwoner zichzelf herkennen?").hides("Stichting Wonen")
		if got := sure.text(`button[value="share"]`); got != "Ja, deel met Stichting Welzijn" {
			t.Errorf("the button says %q", got)
		}
		back := sure.submit("main form", "do", doBack).want(http.StatusOK)
		kept := formValues(back.find(theForm))
		for i := 0; i < len(fields); i += 2 {
			if got := kept.Get(fields[i]); rugzak.Newlines(got) != fields[i+1] {
				t.Errorf("going back leaves %q in %s, want %q", got, fields[i], fields[i+1])
			}
		}
		if !slices.Equal(kept["also"], []string{welzijn}) {
			t.Errorf("going back leaves %v chosen", kept["also"])
		}
		// The answer to another question than was asked is no answer.
		values := formValues(sure.find("main form"))
		values["also"], values["do"] = []string{welzijn, wonen}, []string{doShare}
		again := c.send(http.MethodPost, sure.find("main form").AttrOr("action", ""), values).want(http.StatusOK)
		again.shows("Delen met Stichting Welzijn en Stichting Wonen?")
		entry := again.submit("main form", "do", doShare).follow().want(http.StatusOK)
		s.as(partner).get(entry.Path).want(http.StatusOK).shows("en daarna bellen")
		s.as(outsider).get(entry.Path).want(http.StatusOK)
	}
}

// An edit and putting back ask too; the first through the full form.
func TestEditAndPutBackAreConfirmed(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Over samenwerken", "Tekst", rugzak.LevelInternal)
	welzijn := string(s.orgs["welzijn"].ID)
	c := s.as(participant)
	edit := c.get(at(pathEntryEdit, string(e.ID)))
	sure := submitWith(edit, "do", doSave, "also", welzijn, "body", "Andere tekst").want(http.StatusOK).shows("Delen met Stichting Welzijn?")
	s.as(partner).get(entryPath(e.ID)).want(http.StatusNotFound)
	sure.submit("main form", "do", doSave).follow().want(http.StatusOK).shows("Andere tekst")
	s.as(partner).get(entryPath(e.ID)).want(http.StatusOK)

	c.post(at(pathEntryWithdraw, string(e.ID))).want(http.StatusSeeOther)
	s.as(partner).get(entryPath(e.ID)).want(http.StatusNotFound)
	sure = c.post(at(pathEntryPutBack, string(e.ID))).want(http.StatusOK).shows("Delen met Stichting Welzijn?")
	s.as(partner).get(entryPath(e.ID)).want(http.StatusNotFound)
	sure.submit("main form").follow().want(http.StatusOK)
	s.as(partner).get(entryPath(e.ID)).want(http.StatusOK)
	s.inEnglish(participant)
	c.post(at(pathEntryWithdraw, string(e.ID))).want(http.StatusSeeOther)
	c.post(at(pathEntryPutBack, string(e.ID))).want(http.StatusOK).shows("Yes, share with Stichting Welzijn")
}
