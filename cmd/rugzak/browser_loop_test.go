// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rugzak/pkg/rugzak"
)

// The loop of the product on a phone, with and without scripts: somebody shares
// an experience, a colleague finds it by another form of a word and takes it
// along, and a partner learns nothing of it until it is shared with them.
func TestBrowserLoop(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	for _, way := range []struct {
		name, text, asked string
		scripts           bool
	}{
		{"scripts", "Met de bewoners bakten we pannenkoeken. Daarna kwamen de vragen vanzelf.", "pannenkoek bewoner", true},
		{"no-scripts", "Op het schoolplein organiseerden we voetbalwedstrijden voor ouders.", "voetbalwedstrijd schoolpleinen", false},
	} {
		t.Run(way.name, func(t *testing.T) {
			someone := func(part string) *tab {
				b := newBrowser(t, chromium, s.at, phone())
				if !way.scripts {
					b.withoutScripts()
				}
				b.signIn(s, part)
				return b
			}
			partner := someone("partner")
			before := partner.everythingFound(way.asked)

			b := someone("participant")
			path := b.shareQuickly(way.text)
			b.shows(way.text)
			b.signOut()

			b.signIn(s, "coreteam")
			b.finds(way.asked, path)
			b.press(`main article a[href="` + path + `"]`)
			b.shows(way.text)
			b.press(`form[action="` + path + `/meenemen"] button`)
			b.press(`nav.rz-nav a[href="/rugzak"]`)
			if !b.has(`main article a[href="` + path + `"]`) {
				t.Errorf("what was taken along is not in the backpack:\n%s", b.text("main"))
			}

			if after := partner.everythingFound(way.asked); !cmp.Equal(before, after) {
				t.Errorf("the partner notices an entry that is hidden:\n%s", cmp.Diff(before, after))
			}
			partner.hiddenAsAbsent(path)

			b.signOut()
			b.signIn(s, "participant")
			b.shareWith(path, s.people["partner"].Organisation)
			partner.finds(way.asked, path)
			if status := partner.press(`main article a[href="` + path + `"]`); status != http.StatusOK {
				t.Errorf("the partner opens it and gets %d", status)
			}
			partner.shows(way.text)
		})
	}
}

// shareQuickly shares an experience with all departments through the short
// form, from the first page, and returns its address.
func (b *tab) shareQuickly(text string) string {
	b.Helper()
	b.press(`nav.rz-nav a[href="/ik-deel-iets"]`)
	answers := js[[]string](b, `[...document.querySelectorAll("main form > .utrecht-form-field textarea")].map((e) => e.name)`)
	if len(answers) != 3 {
		b.Fatalf("the short form has %d questions: %q", len(answers), answers)
	}
	b.types(answers[0], text)
	b.types(answers[1], "Samen iets doen opent het gesprek.")
	b.types(answers[2], "Begin met iets dat iedereen lust.")
	b.tap(`main input[name="audience"][value="internal"]`)
	if status := b.press(`main button[name="do"][value="share"]`); status != http.StatusOK || !entryPattern.MatchString(b.path()) {
		b.Fatalf("sharing leads to %s with %d:\n%s", b.path(), status, b.text("main"))
	}
	return b.path()
}

var entryPattern = regexp.MustCompile(`^/ervaringen/[a-z0-9]{26}$`)

// shareWith lets another organisation read an entry too.
func (b *tab) shareWith(path string, with rugzak.OrganisationID) {
	b.Helper()
	b.open(path)
	b.unfolds(`main details.rz-more:has(a[href="` + path + `/zichtbaar"]) > summary`)
	b.press(`main a[href="` + path + `/zichtbaar"]`)
	box := `main input[name="also"][value="` + string(with) + `"]`
	if !js[bool](b, `document.querySelector(`+quoted(box)+`).checkVisibility()`) {
		b.unfolds(`main details:has(` + box[len("main "):] + `) > summary`)
	}
	b.tap(box)
	b.press(`main button[name="do"][value="save"]`)
	b.press(`main button[name="do"][value="share"]`) // yes, with a partner
	if b.path() != path {
		b.Fatalf("sharing with a partner leads to %s:\n%s", b.path(), b.text("main"))
	}
}

// search asks something on the search page.
func (b *tab) search(words string) {
	b.Helper()
	b.press(`nav.rz-nav a[href="/zoeken"]`)
	b.replaces("q", words)
	b.press(`main form[role=search] button`)
}

// finds asks something until an entry is among what is found: only whoever wrote
// it may expect it at once.
func (b *tab) finds(words, path string) {
	b.Helper()
	if !eventually(func() bool { b.search(words); return slices.Contains(b.hits(), path) }) {
		b.Fatalf("asking %q finds %q, not %s:\n%s", words, b.hits(), path, b.text("main"))
	}
}

// hits are the addresses of what was found.
func (b *tab) hits() []string {
	b.Helper()
	links := js[[]string](b, `[...document.querySelectorAll("main article h2 a")].map((a) => a.pathname)`)
	slices.Sort(links)
	return links
}

// everythingFound is what searching tells somebody: totals, facets and what was
// found, for all there is and for words.
func (b *tab) everythingFound(words string) map[string][]string {
	b.Helper()
	all := map[string][]string{}
	for _, query := range []string{"", words, "samen", "vragen", "iedereen"} {
		if status := b.open("/zoeken?q=" + url.QueryEscape(query)); status != http.StatusOK {
			b.Fatalf("searching %q answers %d", query, status)
		}
		all[query] = append(b.hits(), b.text("main [role=status]"), js[string](b, `document.querySelector("main aside")?.textContent ?? ""`))
	}
	b.open("/")
	all["home"] = []string{b.text("main")}
	b.open("/themas")
	all["themes"] = []string{b.text("main")}
	return all
}

// hiddenAsAbsent wants the page of a hidden entry to be the page of one that
// does not exist.
func (b *tab) hiddenAsAbsent(path string) {
	b.Helper()
	pages := map[string]string{}
	absent := path[:len(path)-5] + "aaaaa"
	for _, p := range []string{path, absent, path + "/versies", absent + "/versies", path + "/bewerken", absent + "/bewerken"} {
		if status := b.open(p); status != http.StatusNotFound {
			b.Errorf("%s answers %d to a partner", p, status)
		}
		page := strings.ReplaceAll(js[string](b, `document.documentElement.outerHTML`), p, "PATH")
		page = strings.ReplaceAll(page, url.QueryEscape(p), "PATH")
		pages[p] = requestPattern.ReplaceAllString(page, "REQUEST")
	}
	for _, below := range []string{"", "/versies", "/bewerken"} {
		if diff := cmp.Diff(pages[absent+below], pages[path+below]); diff != "" {
			b.Errorf("a hidden entry has another page than an absent one: %s", diff)
		}
	}
}

var requestPattern = regexp.MustCompile(`\b[0-9a-f]{16}\b`)
