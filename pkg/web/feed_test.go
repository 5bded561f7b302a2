// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/emersion/go-ical"
	"github.com/mmcdole/gofeed"

	"rugzak/pkg/rugzak"
)

// follows makes a private address on the page, and returns its path.
func follows(c *client, what, name string) string {
	c.Helper()
	a := c.get(pathFeeds).want(http.StatusOK).submit(`form[action="`+pathFeeds+`"]`, "feed", what, "name", name).want(http.StatusOK)
	u, err := url.Parse(strings.TrimSpace(a.text("textarea#adres")))
	if err != nil || !strings.HasPrefix(u.Path, "/feed/") {
		c.Fatalf("the address is %v, %v", u, err)
	}
	return u.Path
}

func TestFollowInYourOwnReader(t *testing.T) {
	s := newSite(t)
	c := s.as(colleague)
	s.share(participant, "Wie <belt> de school?", "Geheime tekst in het verhaal.", rugzak.LevelInternal)
	narrow := s.share(participant, "Alleen voor ons team", "Iets van ons.", rugzak.LevelTeam)
	s.caughtUp()
	path := follows(c, "new", "Telefoon")
	reader := s.as(nobody) // a program has no session
	a := reader.get(path).want(http.StatusOK).hides("Geheime tekst").hides("Alleen voor ons team").hides(string(narrow.ID)).hides(strings.Split(path, "/")[2])
	if got := a.Header.Get("Content-Type"); got != "application/atom+xml; charset=utf-8" {
		t.Errorf("the type is %q", got)
	}
	for name, want := range map[string]string{"Referrer-Policy": "no-referrer", "Cache-Control": "private, no-cache", "Last-Modified": "", "Set-Cookie": ""} {
		if got := a.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	read, err := gofeed.NewParser().ParseString(a.Body)
	if err != nil || len(read.Items) != 1 || read.Items[0].Title != "Wie <belt> de school?" || !strings.HasSuffix(read.Items[0].Link, read.Items[0].GUID[strings.LastIndex(read.Items[0].GUID, "/"):]) {
		t.Fatalf("read %+v, %v", read, err)
	}
	// Asked again nothing is sent, until something changes.
	again := func() *answer {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("If-None-Match", `"iets", W/`+a.Header.Get("ETag"))
		return reader.do(r)
	}
	if got := again(); got.Status != http.StatusNotModified || got.Body != "" {
		t.Errorf("asked again it answers %d with %q", got.Status, got.Body)
	}
	s.share(participant, "Nog iets", "Tekst.", rugzak.LevelInternal)
	s.caughtUp()
	if got := again(); got.Status != http.StatusOK || !strings.Contains(got.Body, "Nog iets") {
		t.Errorf("after something new it answers %d", got.Status)
	}
	// The list has no address in it, and revoking ends it at once.
	list := c.get(pathFeeds).want(http.StatusOK).shows("Telefoon").shows("Alles wat nieuw is").shows("Laatst gebruikt op").hides(strings.Split(path, "/")[2])
	list.submit("form[action$='/intrekken']").follow().want(http.StatusOK).shows("Het adres is ingetrokken").shows("Je hebt nog geen adressen")
	revoked := reader.get(path).want(http.StatusNotFound)
	unknown := reader.get(at(pathFeed, "bestaat-niet")).want(http.StatusNotFound)
	if withoutID(revoked) != strings.ReplaceAll(withoutID(unknown), "bestaat-niet", strings.Split(path, "/")[2]) {
		t.Error("a revoked address answers other than one that never was")
	}
	if log := s.Book.String(); strings.Contains(log, strings.Split(path, "/")[2]) || !strings.Contains(log, `"route":"/feed/:secret/rugzak.atom"`) {
		t.Error("the log holds the address, or not the route")
	}
	// Each address is for one file, and for one person.
	calendar := follows(c, "calendar", "Agenda")
	reader.get(strings.Replace(calendar, "agenda.ics", "rugzak.atom", 1)).want(http.StatusNotFound)
	answer := reader.get(calendar).want(http.StatusOK)
	if got := answer.Header.Get("Content-Type"); got != "text/calendar; charset=utf-8" {
		t.Errorf("the type is %q", got)
	}
	if _, err := ical.NewDecoder(strings.NewReader(answer.Body)).Decode(); err != nil && len(answer.Body) > 0 {
		t.Errorf("the calendar cannot be read: %v\n%s", err, answer.Body)
	}
	s.as(nobody).get(pathFeeds).want(http.StatusSeeOther)
}

func TestFollowThemeSearchAndBackpack(t *testing.T) {
	s := newSite(t)
	theme := s.theme("Wie heeft de bal?")
	e := s.share(participant, "De bal lag stil", "Tekst.", rugzak.LevelInternal)
	s.inTheme(theme, e)
	s.caughtUp()
	c := s.as(colleague)
	titles := func(path string) (out []string) {
		t.Helper()
		read, err := gofeed.NewParser().ParseString(s.as(nobody).get(path).want(http.StatusOK).Body)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range read.Items {
			out = append(out, item.Title)
		}
		return append(out, read.Title)
	}
	form := c.get(c.get(themePath(theme.ID)).link("a", "Volg in je eigen lezer of agenda")).want(http.StatusOK)
	chosen := form.find(`input[name="feed"][checked]`).AttrOr("value", "")
	if chosen != "theme:"+string(theme.ID) {
		t.Errorf("chosen is %q", chosen)
	}
	if got := strings.Join(titles(follows(c, chosen, "Lezer")), ", "); got != "De bal lag stil, Thema: Wie heeft de bal? - Rugzak" {
		t.Errorf("the feed of the theme has %s", got)
	}
	c.get(pathSavedNew+"?q=bal").submit(`form[action="`+pathSavedNew+`"]`, "name", "De bal").follow().want(http.StatusOK)
	form = c.get(c.get(pathSaved).link("a", "Volg in je eigen lezer")).want(http.StatusOK)
	if got := strings.Join(titles(follows(c, form.find(`input[name="feed"][checked]`).AttrOr("value", ""), "Lezer")), ", "); got != "De bal lag stil, Zoekvraag: De bal - Rugzak" {
		t.Errorf("the feed of the search has %s", got)
	}
	if got := strings.Join(titles(follows(c, "backpack", "Lezer")), ", "); got != "Mijn rugzak - Rugzak" {
		t.Errorf("the feed of the backpack has %s", got)
	}
	bad := c.get(pathFeeds).submit(`form[action="`+pathFeeds+`"]`, "feed", "new", "name", "").want(http.StatusUnprocessableEntity)
	bad.shows("Vul dit in")
	c.post(pathFeeds, "feed", "theme:bestaat-niet", "name", "Lezer").want(http.StatusUnprocessableEntity)
	s.inEnglish(colleague)
	c.get(pathFeeds).want(http.StatusOK).shows("Your addresses").shows("Theme: Wie heeft de bal?")
}
