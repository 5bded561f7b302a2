// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// The manifest says who the site is, in its own name and both languages, needs
// nobody to be signed in, and names icons that are there.
func TestManifest(t *testing.T) {
	s := newEmptySite(t, func(c *Config) { c.SiteName = "Leren & delen in de wijk" })
	for lang, share := range map[string]string{"nl": "Ik deel iets", "en": "I share something", "xx": "Ik deel iets"} {
		a := newClient(s).get(pathManifest + "?taal=" + lang).want(http.StatusOK)
		if a.Header.Get("Content-Type") != "application/manifest+json" || len(a.Header.Values("Set-Cookie")) > 0 {
			t.Errorf("%v", a.Header)
		}
		var m manifest
		if err := json.Unmarshal([]byte(a.Body), &m); err != nil {
			t.Fatal(err)
		}
		if m.Name != "Leren & delen in de wijk" || m.ShortName != "Rugzak" || m.Start != "/" || m.Scope != "/" || m.Display != "standalone" || m.Shortcuts[0].Name != share {
			t.Errorf("%s: %+v", lang, m)
		}
		for _, icon := range m.Icons {
			file := newClient(s).get(icon.Src).want(http.StatusOK)
			if icon.Type != "image/png" {
				continue
			}
			drawn, err := png.Decode(bytes.NewReader([]byte(file.Body)))
			if err != nil {
				t.Fatalf("%s: %v", icon.Src, err)
			}
			if size := drawn.Bounds().Size(); fmt.Sprintf("%dx%d", size.X, size.Y) != icon.Sizes {
				t.Errorf("%s is %v, not %s", icon.Src, size, icon.Sizes)
			}
		}
	}
	link := newClient(s).get(pathSignIn).want(http.StatusOK).find(`link[rel="manifest"]`)
	if link.AttrOr("href", "") != pathManifest+"?taal=nl" {
		t.Errorf("the manifest is at %s", link.AttrOr("href", ""))
	}
}

// What another app shares stands in the form, through signing in as well, and
// nothing of it is stored.
func TestShareTarget(t *testing.T) {
	s := newSite(t)
	s.withPassword(participant)
	before := s.head()
	shared := func(title, text, address string) string {
		return pathShare + "?" + url.Values{"titel": {title}, "tekst": {text}, "adres": {address}}.Encode()
	}
	me := s.as(participant)
	for name, c := range map[string]struct{ title, text, address, wantTitle, want string }{
		"all":                 {"Een tip", "Dit werkte <b>goed</b>.", "https://voorbeeld.test/a?b=c", "Een tip", "Dit werkte <b>goed</b>.\n\nhttps://voorbeeld.test/a?b=c"},
		"address in the text": {"", "Zie https://voorbeeld.test/ daar", "https://voorbeeld.test/", "", "Zie https://voorbeeld.test/ daar"},
		"only an address":     {"", "", "http://voorbeeld.test/", "", "http://voorbeeld.test/"},
		"no web address":      {"", "Tekst", "javascript:alert(1)", "", "Tekst"},
		"two addresses":       {"", "Tekst", "https://a.test/ https://b.test/", "", "Tekst"},
		"line ends":           {"", "Een\r\ntwee\r\n", "", "", "Een\ntwee"},
		"number of a citizen": {"", "Zie 111222333 van haar", "", "", ""},
		"number in a title":   {"111222333", "Tekst", "", "", "Tekst"},
		"nothing":             {"", " ", "", "", ""},
	} {
		page := me.get(shared(c.title, c.text, c.address)).want(http.StatusOK)
		form := page.find(theForm)
		if told := page.Doc.Find(".rz-error-summary").Text(); strings.HasPrefix(name, "number") != strings.Contains(told, "burgerservicenummer") {
			t.Errorf("%s: the page says %q", name, told)
		}
		if got := strings.TrimPrefix(form.Find(`[name="answer_happened"]`).Text(), "\n"); got != c.want {
			t.Errorf("%s: the answer is %q, want %q", name, got, c.want)
		}
		if got := form.Find(`[name="title"]`).AttrOr("value", ""); got != c.wantTitle {
			t.Errorf("%s: the title is %q, want %q", name, got, c.wantTitle)
		}
	}
	if s.head() != before {
		t.Error("something was stored")
	}
	guest := newClient(s)
	in := guest.get(shared("Een tip", "Dit werkte.", "")).want(http.StatusSeeOther).follow()
	back := in.submit("main form", "email", s.people[participant].Email, "password", testPassword).want(http.StatusSeeOther).follow().want(http.StatusOK)
	if got := strings.TrimPrefix(back.find(theForm).Find(`[name="answer_happened"]`).Text(), "\n"); got != "Dit werkte." {
		t.Errorf("after signing in the answer is %q", got)
	}
	// Another site can lead to the form; it cannot send it.
	foreign := s.as(participant)
	foreign.header.Set("Sec-Fetch-Site", "cross-site")
	foreign.post(pathShare, "do", "share", "answer_happened", "Van elders").want(http.StatusForbidden)
}
