// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	testparts "rugzak/pkg/rugzaktest"
)

// Every page of the site, for everybody who has pages of their own, in both
// languages: nothing out of the screen, cut off or on top of something else at
// three widths, no complaint of the browser, no other host.
func TestBrowserPages(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	left := leaves(t, chromium, s)
	seen := map[string]bool{}
	for _, tour := range []struct {
		part, language string
		each           int // pages of one pattern
	}{
		{"participant", "nl", 2}, {"facilitator", "nl", 1}, {"administrator", "nl", 1}, {"partner", "nl", 1},
		{"partnercontact", "nl", 1}, {"privacyofficer", "nl", 1}, {"coreteam", "nl", 1},
		{"facilitator", "en", 1}, {"administrator", "en", 1},
	} {
		t.Run(tour.part+"-"+tour.language, func(t *testing.T) {
			b := newBrowser(t, chromium, s.at, phone())
			b.signIn(s, tour.part)
			b.chooses(tour.language)
			for _, path := range walk(b, tour.part, tour.each, left[tour.part], func() { b.checkLook(tour.part); b.look(phone()) }) {
				seen[pattern(path)] = true
			}
		})
	}
	t.Run("nobody", func(t *testing.T) {
		b := newBrowser(t, chromium, s.at, phone())
		for _, path := range []string{"/inloggen", "/wachtwoord-vergeten", "/wachtwoord/onbekend", "/eerste-beheerder/onbekend", "/afmelden/onbekend", "/toegankelijkheid"} {
			b.open(path)
			b.checkLook("nobody")
			seen[pattern(path)] = true
		}
	})
	for _, path := range sitePaths(t) {
		if !seen[path] {
			t.Errorf("no tour comes by %s", path)
		}
	}
}

// chooses switches the language through the menu.
func (b *tab) chooses(language string) {
	b.Helper()
	if js[string](b, `document.documentElement.lang`) == language {
		return
	}
	b.unfolds("details.rz-menu > summary")
	b.press(`form[action="/taal"] button`)
	if got := js[string](b, `document.documentElement.lang`); got != language {
		b.Fatalf("the language is %s after choosing %s", got, language)
	}
}

// leaves makes what the example set does not have: a change of text that its
// author is asked about, a letter that was not sent, and an interim result. It
// returns the pages about them that a tour would pass by, by part.
func leaves(t *testing.T, chromium context.Context, s *showcase) map[string][]string {
	t.Helper()
	as := func(part string) *tab {
		b := newBrowser(t, chromium, s.at, phone())
		b.signIn(s, part)
		return b
	}
	writer, desk, core := as("participant"), as("facilitator"), as("coreteam")
	writer.open("/rugzak")
	own := ""
	for _, path := range js[[]string](writer, `[...document.querySelectorAll('section[aria-labelledby="eigen"] .rz-list__item > span > a')].map((a) => a.pathname)`) {
		if desk.open(path+"/voorstel") == http.StatusOK {
			own = path
			break
		}
	}
	desk.replaces("title", "Eerst bellen, dan schrijven")
	desk.press(`main button[name="do"][value="save"]`)
	if own == "" || desk.path() != own {
		t.Fatalf("proposing a text for %q leads to %s", own, desk.path())
	}
	writer.open(own)
	proposed := js[string](writer, `document.querySelector('main a[href*="/voorstel/"]').pathname`)
	desk.open("/themas/een-gesprek-met-de-inwoner/brieven/nieuw")
	desk.pastes("lead", "We luisterden eerst.")
	desk.press(`main button[name="do"][value="save"]`)
	letter := js[string](desk, `document.querySelector('main a[href$="/bewerken"]').pathname`)
	core.open("/tussenstanden/nieuw")
	core.types("title", "Na een half jaar")
	core.press("main form.rz-panel button")
	core.says("main", "Na een half jaar")
	return map[string][]string{
		"participant": {proposed}, "facilitator": {own + "/voorstel", own + "/aanvullen", desk.path(), letter}, "coreteam": {core.path()},
	}
}

// walk visits every page that the links lead to, and a few that none leads to;
// of pages with the same pattern the first ones. It returns their paths.
func walk(b *tab, part string, each int, more []string, look func()) (seen []string) {
	b.Helper()
	queue := append([]string{"/", "/bestaat-niet", "/zoeken?q=samen", "/zoeken?q=xyzzy", "/ervaringen/nieuw"}, more...)
	b.open("/ik-deel-iets")
	b.types(js[string](b, `document.querySelector("main textarea").name`), "Nog niet af.")
	b.press(`main button[name="do"][value="draft"]`) // something to delete
	draft := b.path()
	queue = append(queue, draft, draft+"/verwijderen")
	if part == "participant" { // and something to take away from it
		file := filepath.Join(b.TempDir(), "muur.jpg")
		if err := os.WriteFile(file, testparts.Photo(b, 400, 300, 1), 0o600); err != nil {
			b.Fatal(err)
		}
		b.open(draft + "/bijlagen")
		b.choosesFile("#file", file)
		b.press("#toevoegen button")
		queue = append(queue, draft+"/bijlagen")
	}
	if part == "participant" {
		b.search("wachttijd")
		queue = append(queue, js[string](b, `document.querySelector("main article h2 a").pathname`)+"/lijkt-hierop") // a script takes its link away
		entry := js[string](b, `document.querySelector("main article h2 a").pathname`)
		queue = append(queue, entry+"/reacties", entry+"/gebruik", "/weekbericht/voorbeeld") // of more than one page, or with mail
	}
	if part == "facilitator" { // of a method, and for a meeting
		b.open("/werkvormen")
		queue = append(queue, js[string](b, `document.querySelector("main article h2 a").pathname`)+"/begeleiden", "/rugzak/kaart", "/account/feeds")
	}
	if part == "privacyofficer" { // something to settle
		b.search("samen aan de keukentafel")
		b.press("main article h2 a")
		b.open(b.path() + "/melden")
		b.press("main form button")
		b.followed()
		queue = append(queue, "/privacy/meldingen")
	}
	b.open("/rugzak/zoekvragen/nieuw?q=samen")
	b.press("main form button") // something to change
	queue = append(queue, "/rugzak/meegenomen", "/rugzak/toepassingen", "/rugzak/concepten", "/rugzak/bal-bij-ons", "/rugzak/team",
		"/rugzak/organisatie", "/organisaties/wmo", "/rugzak/overleg", "/rugzak/overleg?met=wmo&q=samen",
		"/rugzak/zoekvragen", "/rugzak/zoekvragen/nieuw", "/rugzak/zoekvragen/nieuw?q=school&soort=method")
	asked, count := map[string]bool{}, map[string]int{}
	for _, path := range queue {
		asked[path] = true
	}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		status := b.open(path)
		if want := path == "/bestaat-niet"; want != (status == http.StatusNotFound) || status >= http.StatusInternalServerError {
			b.Errorf("%s answers %d to %s", path, status, part)
			continue
		}
		seen = append(seen, path)
		look()
		for _, link := range js[[]string](b, `[...document.querySelectorAll("a[href]")].map((a) => new URL(a.getAttribute("href"), document.baseURI).href)`) {
			u, err := url.Parse(link)
			if err != nil || u.Scheme+"://"+u.Host != b.at {
				continue
			}
			next := u.Path
			if u.RawQuery != "" {
				next += "?" + u.RawQuery
			}
			if filePattern.MatchString(next) { // no page
				continue
			}
			if p := pattern(next); !asked[next] && count[p] < each {
				asked[next] = true
				count[p]++
				queue = append(queue, next)
			}
		}
	}
	return seen
}

// followed waits until the index knows of everything that was written: search
// does not answer long before it has followed what was hidden.
func (b *tab) followed() {
	b.Helper()
	ready := ""
	if !eventually(func() bool {
		resp, err := http.Get(b.at + readyPath)
		if err != nil {
			return false
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		ready = string(body)
		return err == nil && strings.Contains(ready, `"index_behind":0,`)
	}) {
		b.Fatalf("the index stays behind: %s", ready)
	}
}

var (
	idPattern     = regexp.MustCompile(`/[a-z0-9]{26}(/|$)`)
	reportPattern = regexp.MustCompile(`^/melden/[^/]+/[^/]+`)
	joinPattern   = regexp.MustCompile(`^/meedoen/[^/]+/[^/]+`)
	filePattern   = regexp.MustCompile(`^/bijlagen/[a-z0-9]{26}(/klein)?$`)
	numberPattern = regexp.MustCompile(`/\d+(/|$)`)
)

// pattern is what pages of one kind have in common: a path with : for what
// differs. The kinds of a new entry have a form each.
func pattern(path string) string {
	path, query, _ := strings.Cut(path, "?")
	path = joinPattern.ReplaceAllString(path, "/meedoen/:/:")
	path = reportPattern.ReplaceAllString(path, "/melden/:/:")
	path = numberPattern.ReplaceAllString(idPattern.ReplaceAllString(path, "/:$1"), "/:$1")
	for _, parent := range []string{"/hulp/", "/themas/", "/begeleiding/themas/", "/wachtwoord/", "/eerste-beheerder/", "/afmelden/", "/beheer/deelnemers/", "/deelnemers/", "/beheer/organisaties/", "/beheer/begrippen/", "/organisaties/", "/wat-vieren-we/", "/inrichten/vragen/", "/agenda/", "/programma/vragensets/"} {
		if rest, ok := strings.CutPrefix(path, parent); ok && rest != "nieuw" {
			_, rest, more := strings.Cut(rest, "/")
			path = parent + ":"
			if more {
				path += "/" + rest
			}
		}
	}
	values, _ := url.ParseQuery(query) // what is no query has no names
	if path == "/ervaringen/nieuw" && values.Get("soort") != "" {
		return path + "?soort=" + values.Get("soort")
	}
	if len(values) > 0 {
		path += "?" // with a question, whichever
	}
	return path
}

// sitePaths are the patterns of the paths that show a page, read from the rows
// of the route tables and the names of the paths.
func sitePaths(t *testing.T) []string {
	t.Helper()
	other := []string{
		"/healthz", "/readyz", "/robots.txt", "/.well-known/security.txt", "/opensearch.xml", "/rugzak.webmanifest", "/static/*", // for machines
		"/feed/:/rugzak.atom", "/feed/:/agenda.ics", // for readers of feeds and calendars
		"/bijlagen/:", "/bijlagen/:/klein", // files: TestBrowserPhoto opens them
		"/zoeken/suggesties",                       // TestBrowserSuggestions asks for it
		"/ervaringen/:/noemen",                     // TestBrowserMention asks for it
		"/uitnodiging/:",                           // sent to one person
		"/inloggen/via/:", "/inloggen/via/:/terug", // TestBrowserSingleSignOn comes by these
		"/inloggen/tweede-stap", "/account/beveiliging/code-app", "/account/beveiliging/code-app/plaatje", // TestBrowserCodeApp by these
		"/beheer/deelnemers/:/wissen", // of who left
		"/themas/:/toevoegen",         // TestThemeEntries in package web
		"/ervaringen/:/breder",        // only where an entry could go further
	}
	named := map[string]string{}
	files, err := filepath.Glob("../../pkg/web/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		for _, m := range regexp.MustCompile(`(?m)^(?:\t|const )(path\w+)\s*= "(/[^"]*)"`).FindAllStringSubmatch(string(read(t, file)), -1) {
			named[m[1]] = regexp.MustCompile(`:[a-z]+`).ReplaceAllString(m[2], ":")
		}
	}
	var paths []string
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, m := range regexp.MustCompile(`\{http\.MethodGet, (path\w+),`).FindAllStringSubmatch(string(read(t, file)), -1) {
			path := named[m[1]]
			if path == "" {
				t.Fatalf("%s: no path is called %s", file, m[1])
			}
			if !slices.Contains(other, path) {
				paths = append(paths, path)
			}
		}
	}
	if len(paths) < 40 {
		t.Fatalf("only %d paths: the tables were not read", len(paths))
	}
	return paths
}
