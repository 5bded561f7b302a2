// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"

	"rugzak/static"
)

func TestSlimStyle(t *testing.T) {
	for css, want := range map[string]string{
		"a  {\n  color : red ;\n  margin: 0 1px;\n}\n\nb > c , d { e: f }":         "a{color :red;margin:0 1px}b>c,d{e:f}",
		`/* weg " */ a::after { content: "/* a: b; } */" ' {x} ' / ""; }`:          `a::after{content:"/* a: b; } */" ' {x} ' / ""}`,
		`a { content: "\"  x"; width: calc(1px + 2px) } /* ' */ b :hover { c: d }`: `a{content:"\"  x";width:calc(1px + 2px)} b :hover{c:d}`,
		"@media (min-width: 1px) { a:not(.b) + c { --x: url(a.png) } }":            "@media (min-width:1px){a:not(.b) + c{--x:url(a.png)}}",
		"a{margin:0/* x */auto;b:c/* y */;/* z */d:e}":                             "a{margin:0/**/auto;b:c;d:e}",
		"": "",
	} {
		if got := string(slimStyle([]byte(css))); got != want {
			t.Errorf("%q becomes %q, not %q", css, got, want)
		}
	}
}

func TestHouseStyle(t *testing.T) {
	plain := newEmptySite(t)
	s := newEmptySite(t, func(c *Config) {
		c.SiteName = "Rugzak Voorbeeldstad"
		c.House = &HouseStyle{
			Files: map[string][]byte{
				"theme.css": []byte("/* weg */\n.x-theme { --utrecht-link-color: #004b8d; src: url(fonts/a.woff2) }"), "fonts/a.woff2": []byte("w"),
				"logo.png": []byte("p"), "favicon.ico": []byte("i"),
			},
			Sheet: "theme.css", Logo: "logo.png", Favicon: "favicon.ico", LogoWidth: 120, LogoHeight: 40,
			Classes: []string{"x-theme", "rz-themed", "rz-light-only"}, LightOnly: true, IconSizes: "48x48", Paper: "#fefefe", Accent: "#004b8d",
		}
	})
	if s.Server.assets.hash == plain.Server.assets.hash {
		t.Error("another house style has the same address")
	}
	a := s.as(nobody).get(pathSignIn).want(http.StatusOK).shows("Rugzak Voorbeeldstad")
	if class, _ := a.find("html").Attr("class"); class != "x-theme rz-themed rz-light-only" {
		t.Errorf("class %q", class)
	}
	if scheme, _ := a.find("meta[name=color-scheme]").Attr("content"); scheme != "light" {
		t.Errorf("color-scheme %q", scheme)
	}
	base := "/static/" + s.Server.assets.hash + "/huisstijl/"
	var sheets []string
	for _, n := range a.find("link[rel=stylesheet]").EachIter() {
		href, _ := n.Attr("href")
		sheets = append(sheets, href)
	}
	if len(sheets) < 2 || sheets[len(sheets)-1] != base+"theme.css" {
		t.Errorf("the theme is not the last word: %q", sheets)
	}
	// Where a page has no stylesheet of its own, both are one; what the theme
	// names is found from there too.
	one := s.as(nobody).get(pathHelp).want(http.StatusOK)
	if href, _ := one.find("link[rel=stylesheet]").Attr("href"); one.find("link[rel=stylesheet]").Length() != 1 || href != base+"rugzak+theme.css" {
		t.Errorf("the stylesheet is %q", href)
	} else if css := s.as(nobody).get(href).want(http.StatusOK).Body; !strings.HasSuffix(css, s.as(nobody).get(base+"theme.css").Body) || !strings.HasPrefix(css, string(plain.Server.assets.files[siteSheet].body)) {
		t.Error("the stylesheet is not the site's with the theme behind it")
	}
	for selector, want := range map[string][2]string{
		"link[rel=icon]": {"href", base + "favicon.ico"}, "img.rz-logo": {"src", base + "logo.png"},
	} {
		if got, _ := a.find(selector).Attr(want[0]); got != want[1] {
			t.Errorf("%s is %q", selector, got)
		}
	}
	if w, _ := a.find("img.rz-logo").Attr("width"); w != "120" || a.find(`img.rz-logo[alt=""]`).Length() != 1 || a.Doc.Find("svg.rz-logo").Length() != 0 {
		t.Error("the logo is not shown as it should")
	}
	for name, mime := range map[string]string{"theme.css": "text/css; charset=utf-8", "fonts/a.woff2": "font/woff2", "logo.png": "image/png", "favicon.ico": "image/x-icon"} {
		got := s.as(nobody).get(base + name).want(http.StatusOK)
		if got.Header.Get("Content-Type") != mime || got.Header.Get("Content-Security-Policy") != contentPolicy || !strings.Contains(got.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %v", name, got.Header)
		}
	}
	if css := s.as(nobody).get(base + "theme.css").Body; strings.Contains(css, "weg") || !strings.Contains(css, "#004b8d") {
		t.Errorf("serves %q", css)
	}
	m := s.as(nobody).get(pathManifest).want(http.StatusOK).Body
	for _, want := range []string{`"background_color":"#fefefe"`, `"theme_color":"#004b8d"`, base + "favicon.ico", `"sizes":"48x48"`, `"name":"Rugzak Voorbeeldstad"`} {
		if !strings.Contains(m, want) {
			t.Errorf("a phone is not told %s: %s", want, m)
		}
	}
	if got := plain.as(nobody).get(pathSignIn).want(http.StatusOK); got.Doc.Find("html[class], img.rz-logo").Length() != 0 || got.find(`meta[content="light dark"]`).Length() != 1 {
		t.Error("a site without a house style shows one")
	}
	if _, err := loadAssets(static.FS, &HouseStyle{Files: map[string][]byte{"a.html": nil}}); err == nil {
		t.Error("a file of any type is served")
	}
	if _, err := loadAssets(static.FS, &HouseStyle{Sheet: "weg.css"}); err == nil {
		t.Error("a stylesheet that is not there is served")
	}
}
