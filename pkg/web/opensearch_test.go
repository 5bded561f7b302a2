// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// A browser learns how to search here without signing in, and nothing else.
func TestOpenSearch(t *testing.T) {
	base, err := url.Parse("https://rugzak.voorbeeld.test")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, path, short, description, results string
		base                                    *url.URL
	}{
		{"Rugzak", "", "Rugzak", "Zoek in Rugzak", "http://", nil},
		{"Rugzak", "?taal=en", "Rugzak", "Search Rugzak", "https://rugzak.voorbeeld.test", base},
		{"Leren & delen in de wijk", "?taal=xx", "Rugzak", "Zoek in Leren & delen in de wijk", "https://rugzak.voorbeeld.test", base},
	} {
		s := newEmptySite(t, func(cfg *Config) { cfg.SiteName, cfg.BaseURL = c.name, c.base })
		a := newClient(s).get(pathOpenSearch + c.path).want(http.StatusOK)
		if got := a.Header.Get("Content-Type"); got != "application/opensearchdescription+xml" {
			t.Errorf("the type is %q", got)
		}
		var told openSearch
		if err := xml.Unmarshal([]byte(a.Body), &told); err != nil {
			t.Fatalf("%v: %s", err, a.Body)
		}
		if told.ShortName != c.short || !strings.HasPrefix(told.Description, c.description) || len(told.URLs) != 2 {
			t.Errorf("%+v", told)
		}
		results := told.URLs[0]
		if !strings.HasPrefix(results.Template, c.results) || !strings.HasSuffix(results.Template, pathSearch+"?q={searchTerms}") || results.Type != "text/html" {
			t.Errorf("the results are at %+v", results)
		}
		if strings.Contains(a.Body, pathSuggest) || len(a.Header.Values("Set-Cookie")) > 0 {
			t.Errorf("it tells too much: %s", a.Body)
		}
		link := newClient(s).get(pathSignIn).want(http.StatusOK).find(`link[rel="search"]`)
		if link.AttrOr("href", "") != pathOpenSearch+"?taal=nl" || link.AttrOr("title", "") != c.name {
			t.Errorf("pages name %q as %q", link.AttrOr("href", ""), link.AttrOr("title", ""))
		}
		if icon := strings.TrimPrefix(told.Image.URL, strings.TrimSuffix(results.Template, pathSearch+"?q={searchTerms}")); icon != "" {
			newClient(s).get(icon).want(http.StatusOK)
		}
	}
}

// A link to a search made outside stays what it is: through signing in, and on
// the page.
func TestLinkToASearch(t *testing.T) {
	s := searchSite(t)
	s.withPassword(participant)
	const link = pathSearch + "?q=wachttijd+%22elke+week%22&soort=experience&soort=method&organisatie=jeugd&thema=samen&fase=bewegen&jaar=2026&taal=nl&drijfveer=ruimte&doel=look-back&tijd=30&groep=5-8&vertrouwen=high&begeleiding=light&volgorde=nieuwste&archief=1&letterlijk=1"
	c := newClient(s)
	a := c.get(link).want(http.StatusSeeOther)
	form := c.get(a.Header.Get("Location")).want(http.StatusOK)
	a = form.submit(`form.rz-panel`, "email", s.people[participant].Email, "password", testPassword).want(http.StatusSeeOther)
	if got := a.Header.Get("Location"); got != link {
		t.Errorf("signing in leads to %s, want %s", got, link)
	}
	c.get(link).want(http.StatusOK)
	want, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	got, err := url.Parse(parseSearchAddress(pathSearch, "", want.Query()).String())
	if err != nil || got.Query().Encode() != want.Query().Encode() {
		t.Errorf("the page goes by %s, %v", got, err)
	}
	// Every name is in the document that promises them.
	text, err := os.ReadFile("../../docs/search/links.md")
	if err != nil {
		t.Fatal(err)
	}
	for name := range want.Query() {
		if !strings.Contains(string(text), "| `"+name+"` |") {
			t.Errorf("docs/search/links.md does not tell of %q", name)
		}
	}
	for _, f := range facetParams {
		if !want.Query().Has(f.param) {
			t.Errorf("%q is not tried", f.param)
		}
	}
	for _, k := range rugzak.Kinds() {
		if !strings.Contains(string(text), "`"+string(k)+"`") {
			t.Errorf("docs/search/links.md does not tell of the kind %q", k)
		}
	}
}
