// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/url"
	"slices"
	"testing"

	"rugzak/pkg/rugzak"
)

// offered are the values of the choices of a field.
func offered(a *answer, name string) []string {
	var out []string
	for _, n := range a.Doc.Find(`[name="` + name + `"]`).EachIter() {
		out = append(out, n.AttrOr("value", ""))
	}
	return out
}

// A department shares with everybody; a partner author has no internal level
// and is not told of other partners.
func TestAudienceChoices(t *testing.T) {
	s := newSite(t)
	org := func(key string) string { return string(s.orgs[key].ID) }
	for who, want := range map[string]struct{ levels, also []string }{
		participant: {[]string{"team", "organisation", "internal"}, []string{org("jeugd"), org("welzijn"), org("wonen")}},
		colleague:   {[]string{"organisation", "internal"}, []string{org("wmo"), org("welzijn"), org("wonen")}},
		partner:     {[]string{"team", "organisation"}, []string{"internal", org("jeugd"), org("wmo")}},
		outsider:    {[]string{"organisation"}, []string{"internal", org("jeugd"), org("wmo")}},
	} {
		for _, path := range []string{pathShare, pathAsk, pathEntryNew + "?soort=insight"} {
			page := s.as(who).get(path).want(http.StatusOK)
			if got := offered(page, "audience"); !slices.Equal(got, want.levels) {
				t.Errorf("%s at %s may choose %v, want %v", who, path, got, want.levels)
			}
			got := offered(page, "also")
			slices.Sort(got)
			also := slices.Sorted(slices.Values(want.also))
			if !slices.Equal(got, also) {
				t.Errorf("%s at %s may add %v, want %v", who, path, got, also)
			}
		}
	}
	page := s.as(partner).get(pathShare).hides("Stichting Wonen").shows("Mijn organisatie").shows("Hele gemeente")
	for _, bad := range [][]string{{"audience", "internal"}, {"also", org("wonen")}} {
		submitWith(page, append(bad, "do", doShare, "answer_happened", "Iets")...).want(http.StatusUnprocessableEntity)
	}
	sure := submitWith(page, "do", doShare, "answer_happened", "Voor de gemeente", "also", "internal").want(http.StatusOK).shows("Delen met Hele gemeente?")
	done := sure.submit("main form", "do", doShare).want(http.StatusSeeOther)
	s.as(colleague).get(done.Header.Get("Location")).want(http.StatusOK)
	s.as(outsider).get(done.Header.Get("Location")).want(http.StatusNotFound)
}

// What went wrong starts with the team.
func TestFailureStartsNarrow(t *testing.T) {
	s := newSite(t)
	for who, want := range map[string]string{participant: "team", colleague: "organisation"} {
		page := s.as(who).get(pathEntryNew + "?soort=failure")
		if got := page.find(`input[name=audience][checked]`).AttrOr("value", ""); got != want {
			t.Errorf("%s starts at %q, want %q", who, got, want)
		}
	}
}

// Sharing with a partner is asked twice; making it smaller is not.
func TestChangeAudience(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Over samenwerken", "Tekst", rugzak.LevelInternal)
	c, welzijn := s.as(participant), string(s.orgs["welzijn"].ID)
	path := at(pathEntryAudience, string(e.ID))
	s.as(partner).get(entryPath(e.ID)).want(http.StatusNotFound)

	page := c.get(path).want(http.StatusOK).shows("Nu zichtbaar voor: Hele gemeente")
	sure := page.submit(`form[action="`+path+`"]`, "also", welzijn).want(http.StatusOK)
	sure.shows("Delen met Stichting Welzijn?").shows("Zou de inwoner zichzelf herkennen?")
	s.as(partner).get(entryPath(e.ID)).want(http.StatusNotFound)
	back := sure.submit(`form[action="`+path+`"]`, "do", doEdit).want(http.StatusOK)
	if !slices.Equal(formValues(back.find(`form[action="` + path + `"]`))["also"], []string{welzijn}) {
		t.Error("going back loses the choice")
	}
	sure.submit(`form[action="`+path+`"]`, "do", doShare).follow().want(http.StatusOK).shows("Wie dit mag lezen, is nu anders.").shows("Stichting Welzijn")
	s.as(partner).get(entryPath(e.ID)).want(http.StatusOK)

	// Who opened the page before sees what it is now, with the choice kept.
	late := page.submit(`form[action="`+path+`"]`, "audience", "team").want(http.StatusConflict).shows("Stichting Welzijn")
	if got := late.find(`input[name=audience][checked]`).AttrOr("value", ""); got != "team" {
		t.Errorf("the choice is %q now", got)
	}
	late.submit(`form[action="` + path + `"]`).want(http.StatusSeeOther)
	s.as(partner).get(entryPath(e.ID)).want(http.StatusNotFound)
	s.as(colleague).get(entryPath(e.ID)).want(http.StatusNotFound)

	now := s.stored(participant, entryPath(e.ID))
	if now.Audience.Level != rugzak.LevelTeam || len(now.Audience.Also) != 0 || now.Revision != 1 {
		t.Errorf("stored %+v", now)
	}
	form := url.Values{"base": {"9999"}, "audience": {"alles"}}
	c.send(http.MethodPost, path, form).want(http.StatusConflict)
	c.get(path).submit(`form[action="`+path+`"]`, "audience", "alles").want(http.StatusUnprocessableEntity).shows("Kies een van de mogelijkheden.")

	draft := submitWith(c.get(pathShare), "do", doDraft, "answer_happened", "Concept").Header.Get("Location")
	c.get(draft + "/zichtbaar").want(http.StatusForbidden).shows("Bij een concept kies je in het formulier")
}

// Saving a form never takes a reader away by accident: an organisation that is
// not on offer any more stays chosen.
func TestEditKeepsAudience(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Titel", "Tekst", rugzak.LevelOrganisation, "wonen")
	page := s.as(participant).get(at(pathEntryEdit, string(e.ID)))
	submitWith(page, "do", doSave, "body", "Andere tekst").want(http.StatusSeeOther)
	if now := s.stored(participant, entryPath(e.ID)); !now.Audience.Equal(e.Audience) {
		t.Errorf("the audience is %v now, was %v", now.Audience, e.Audience)
	}
}
