// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"compress/gzip"
	"encoding/json"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"rugzak/content"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
	"rugzak/templates"
)

func TestLanguage(t *testing.T) {
	s := newSite(t)
	lang := func(a *answer) string { t.Helper(); return a.want(http.StatusOK).find("html").AttrOr("lang", "") }
	me := s.as(nobody)
	for header, want := range map[string]string{"": "nl", "en-GB,en;q=0.9": "en", "fr": "nl", "de,en;q=0.4": "en", ";;": "nl"} {
		me.header.Set("Accept-Language", header)
		if got := lang(me.get(pathSignIn)); got != want {
			t.Errorf("Accept-Language %q gives %s", header, got)
		}
	}
	me.header.Set("Accept-Language", "nl")
	page := me.get(pathSignIn + "?naar=%2Frugzak")
	back := page.submit(`form[action="/taal"]`)
	if got := back.Header.Get("Location"); got != pathSignIn+"?naar=%2Frugzak" {
		t.Errorf("the switch leads to %s", got)
	}
	if got := lang(back.follow()); got != "en" {
		t.Error("the choice before signing in does not last")
	}

	// A person's own choice goes before what the browser asks for.
	mine := s.as(participant)
	mine.header.Set("Accept-Language", "en")
	if lang(mine.get(pathAccount)) != "nl" {
		t.Error("the person's language does not count")
	}
	mine.get(pathAccount).submit(`form[action="/taal"]`).follow().want(http.StatusOK).shows("My account")
	elsewhere := s.as(participant)
	if lang(elsewhere.get(pathAccount)) != "en" {
		t.Error("the choice does not follow the person")
	}
	mine.get(pathLanguage).want(http.StatusNotFound) // a switch is a POST
	mine.post(pathLanguage, "language", "fr").want(http.StatusBadRequest)
}

func TestHelp(t *testing.T) {
	s := newSite(t)
	for _, who := range []string{nobody, participant} {
		index := s.as(who).get(pathHelp).want(http.StatusOK)
		links := index.find("main .rz-list a")
		if links.Length() < 10 {
			t.Errorf("only %d help pages", links.Length())
		}
		for i := range links.Length() {
			s.as(who).get(links.Eq(i).AttrOr("href", "")).want(http.StatusOK)
		}
	}
	en := s.as(nobody)
	en.header.Set("Accept-Language", "en")
	en.get(helpPath("privacy")).want(http.StatusOK).find(".rz-prose p")
	s.as(participant).get(helpPath("bestaat-niet")).want(http.StatusNotFound)
	s.as(participant).get("/hulp/..%2f..%2fnl%2fstarter%2fcompass").want(http.StatusNotFound)
}

func TestParseHelp(t *testing.T) {
	for data, ok := range map[string]bool{
		"---\ntitle: A: b\nsummary: S\norder: 3\n---\nText": true,
		"---\ntitle: A\n---\n":                              true,
		"title: A\n---\nText":                               false,
		"---\ntitle: A\nText":                               false,
		"---\nsummary: A\n---\nText":                        false,
		"---\ntitle: A\norder: x\n---\nText":                false,
		"---\ntitle: A\nwho: x\n---\nText":                  false,
	} {
		got, err := parseHelp(data)
		if (err == nil) != ok {
			t.Errorf("%q: %v", data, err)
		}
		if ok && (got.Title == "" || strings.Contains(got.body, "---")) {
			t.Errorf("%q: read as %+v", data, got)
		}
	}
}

// Both languages have the same help pages, in the same order.
func TestHelpInBothLanguages(t *testing.T) {
	sets, err := readHelp(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	slugs := func(lang rugzak.Lang) (s []string) {
		for _, text := range sets[lang] {
			s = append(s, text.Slug)
			if text.Summary == "" {
				t.Errorf("%s/%s has no summary", lang, text.Slug)
			}
		}
		return s
	}
	if nl, en := slugs(rugzak.Dutch), slugs(rugzak.English); strings.Join(nl, " ") != strings.Join(en, " ") {
		t.Errorf("nl has %v, en has %v", nl, en)
	}
}

// The page of an error tells the same in both languages, for every code.
func TestErrorPages(t *testing.T) {
	catalogue, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []rugzak.Code{
		rugzak.CodeInternal, rugzak.CodeInvalid, rugzak.CodeMalformed, rugzak.CodeNotFound, rugzak.CodeForbidden, rugzak.CodeSignIn,
		rugzak.CodeConflict, rugzak.CodeTooLarge, rugzak.CodeTooMany, rugzak.CodeUnavailable, rugzak.CodeUsage,
	} {
		for _, lang := range locale.Languages() {
			for _, key := range []string{"error.page." + string(code), "error.page." + string(code) + ".text"} {
				if !catalogue.Has(lang, key) {
					t.Errorf("%s has no %s", lang, key)
				}
			}
		}
	}
}

func TestStatus(t *testing.T) {
	for code, want := range map[rugzak.Code]int{
		rugzak.CodeInternal: 500, rugzak.CodeInvalid: 422, rugzak.CodeMalformed: 400, rugzak.CodeNotFound: 404, rugzak.CodeForbidden: 403,
		rugzak.CodeSignIn: 303, rugzak.CodeConflict: 409, rugzak.CodeTooLarge: 413, rugzak.CodeTooMany: 429, rugzak.CodeUnavailable: 503,
		rugzak.CodeUsage: 400, "unheard of": 500,
	} {
		if got := status(code); got != want {
			t.Errorf("%s gives %d, want %d", code, got, want)
		}
	}
}

func TestHealth(t *testing.T) {
	s := newSite(t)
	s.as(nobody).get(pathHealth).want(http.StatusOK).shows("ok")
	var r readiness
	if err := json.Unmarshal([]byte(s.as(nobody).get(pathReady).want(http.StatusOK).Body), &r); err != nil || !r.Ready {
		t.Errorf("ready: %+v, %v", r, err)
	}
	if err := s.Store.Close(); err != nil {
		t.Fatal(err)
	}
	s.as(nobody).get(pathReady).want(http.StatusServiceUnavailable)
	s.as(nobody).get(pathHealth).want(http.StatusOK)
}

func TestStaticFiles(t *testing.T) {
	s := newEmptySite(t)
	me := s.as(nobody)
	for name, mime := range map[string]string{
		"css/rugzak.css": "text/css; charset=utf-8", "js/core.js": "text/javascript; charset=utf-8", "img/icons.svg": "image/svg+xml",
	} {
		path, err := s.Server.assets.path(name)
		if err != nil {
			t.Fatal(err)
		}
		plain := me.get(path).want(http.StatusOK)
		if plain.Header.Get("Content-Type") != mime || plain.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
			t.Errorf("%s: %v", name, plain.Header)
		}
		c := s.as(nobody)
		c.header.Set("Accept-Encoding", "gzip")
		zipped := c.get(path).want(http.StatusOK)
		if zipped.Header.Get("Content-Encoding") != "gzip" || len(zipped.Body) >= len(plain.Body) {
			t.Errorf("%s is not compressed", name)
		}
		if unzip(t, zipped.Body) != plain.Body {
			t.Errorf("%s is another file when compressed", name)
		}
		head := me.send(http.MethodHead, path, nil).want(http.StatusOK)
		if head.Body != "" || head.Header.Get("Content-Length") == "0" {
			t.Errorf("HEAD %s: %q %v", name, head.Body, head.Header)
		}
	}
	for _, path := range []string{"/static/", "/static/css/rugzak.css", "/static/" + s.Server.assets.hash + "/css", "/static/" + s.Server.assets.hash + "/css/rugzak/10-tokens.css", "/static/" + s.Server.assets.hash + "/static.go", "/static/" + s.Server.assets.hash + "/../static.go"} {
		if got := me.get(path); got.Status == http.StatusOK {
			t.Errorf("%s answered %d", path, got.Status)
		}
	}
	if _, err := s.Server.assets.path("css/none.css"); err == nil {
		t.Error("a template may name a file that is not there")
	}
}

func unzip(t *testing.T, s string) string {
	t.Helper()
	z, err := gzip.NewReader(strings.NewReader(s))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

func TestPagesAreCompressed(t *testing.T) {
	s := newSite(t)
	me := s.as(participant)
	plain := me.get(helpPath("privacy")).want(http.StatusOK)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+helpPath("privacy"), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "br, gzip;q=0.8")
	r.AddCookie(me.cookies[cookieSession])
	resp, err := me.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if resp.Header.Get("Content-Encoding") != "gzip" || resp.Header.Get("Vary") != "Cookie, Accept-Encoding" || len(body) > len(plain.Body)/2 {
		t.Errorf("%d bytes of %d: %v", len(body), len(plain.Body), resp.Header)
	}
	if page := unzip(t, string(body)); page != plain.Body {
		t.Error("the compressed page is another one")
	}
	for header, want := range map[string]bool{"": false, "gzip": true, "br": false, "gzip;q=0": false, "deflate, gzip;q=1.0": true, "*": false} {
		if got := acceptsGzip(&http.Request{Header: http.Header{"Accept-Encoding": {header}}}); got != want {
			t.Errorf("Accept-Encoding %q: %v", header, got)
		}
	}
}

// A template that fails halfway leaves nothing behind of the page it began.
func TestFailingTemplate(t *testing.T) {
	broken := fstest.MapFS{}
	for _, file := range allFiles(t) {
		text, err := templates.FS.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		broken[file] = &fstest.MapFile{Data: text}
	}
	broken["pages/help/index.html"] = &fstest.MapFile{Data: []byte(`{{define "main"}}<h1>begin van de pagina</h1>{{historyPath .Title .Title}}{{end}}`)}
	s := newSite(t, func(c *Config) { c.Templates = broken })
	s.as(participant).get(pathHelp).want(http.StatusInternalServerError).hides("begin van de pagina").hides("versies").shows("Er ging iets mis bij ons")
}

func allFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	for _, pattern := range []string{"layout/*.html", "partials/*.html", "pages/*/*.html"} {
		matches, err := fs.Glob(templates.FS, pattern)
		if err != nil || len(matches) == 0 {
			t.Fatal(pattern, err)
		}
		files = append(files, matches...)
	}
	return files
}

// A notice is one of our sentences, whatever a browser sends.
func TestNoticeCookie(t *testing.T) {
	s := newSite(t)
	for value, want := range map[string]string{
		"notice.saved:":         "Bewaard.",
		"notice.saved:<script>": "Bewaard.",
		"signin.title:":         "",
		"notice.none:":          "",
		"Je bent gehackt":       "",
		"notice.withdrawn:" + "00000000000000000000000000": "Ingetrokken.",
	} {
		me := s.as(participant)
		me.cookies[cookieNotice] = &http.Cookie{Name: cookieNotice, Value: value}
		a := me.get(pathAccount).want(http.StatusOK).hides("gehackt").hides("<script>")
		if got := a.text("[role=status]"); !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%q says %q", value, got)
		}
		if me.cookies[cookieNotice] != nil {
			t.Errorf("%q is not taken away", value)
		}
	}
}

func TestMarked(t *testing.T) {
	for _, test := range []struct {
		f    rugzak.Fragment
		want template.HTML
	}{
		{rugzak.Fragment{Text: "a <b> c", Marks: []rugzak.Span{{Start: 2, End: 5}}}, "a <mark>&lt;b&gt;</mark> c"},
		{rugzak.Fragment{Text: "wachttijd", Marks: []rugzak.Span{{Start: 0, End: 5}, {Start: 5, End: 9}}, Before: true, After: true}, "… <mark>wacht</mark><mark>tijd</mark> …"},
		{rugzak.Fragment{Text: "kort", Marks: []rugzak.Span{{Start: 3, End: 99}, {Start: 2, End: 1}, {Start: -1, End: 2}}}, "kort"},
		{rugzak.Fragment{Text: "a&b"}, "a&amp;b"},
	} {
		if got := marked(test.f); got != test.want {
			t.Errorf("%+v: %s, want %s", test.f, got, test.want)
		}
	}
}

// What is written into the templates once reads the same as what is worked out
// on every page, and a mistake in it shows at start.
func TestFold(t *testing.T) {
	s, sets := parsed(t)
	for _, lang := range rugzak.Languages() {
		folded := parsedIn(t, s, lang)
		f, err := s.folder(lang)
		if err != nil {
			t.Fatal(err)
		}
		for name, page := range folded {
			if err := f.page(name, page); err != nil {
				t.Fatal(err)
			}
		}
		for _, page := range []any{
			ErrorPage{Page: Page{Lang: lang, Title: "<a>", Person: &rugzak.Person{Name: "N"}, Nav: navigation("/")}, Message: "b", Internal: true},
			HelpIndexPage{Page: Page{Lang: lang}, Groups: []HelpTexts{{helpUsing, []HelpText{{Slug: "x", Title: "y"}}}}},
			SignInPage{Page: Page{Lang: lang}, Form: &Form{printer: s.Catalogue.Printer(string(lang)), Errors: []FieldMessage{{"email", "fout"}}}},
		} {
			name := pageName(t, page)
			var plain, quick strings.Builder
			if err := sets[lang][name].ExecuteTemplate(&plain, "base", page); err != nil {
				t.Fatal(err)
			}
			if err := folded[name].ExecuteTemplate(&quick, "base", page); err != nil {
				t.Fatal(err)
			}
			if plain.String() != quick.String() {
				t.Errorf("%s, %s: folded it reads\n%s\nand else\n%s", lang, name, quick.String(), plain.String())
			}
		}
	}
}

func pageName(t *testing.T, page any) string {
	t.Helper()
	table, err := newPageTable(pages())
	if err != nil {
		t.Fatal(err)
	}
	return table[reflect.TypeOf(page)]
}

// With Dev a changed template and text show at once.
func TestDev(t *testing.T) {
	changing := fstest.MapFS{}
	for _, file := range allFiles(t) {
		text, err := templates.FS.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		changing[file] = &fstest.MapFile{Data: text}
	}
	s := newSite(t, func(c *Config) { c.Templates, c.Dev = changing, true })
	me := s.as(participant)
	me.get(pathHelp).want(http.StatusOK)
	changing["pages/help/index.html"] = &fstest.MapFile{Data: []byte(`{{define "main"}}<h1>{{.Title}} 2</h1>{{end}}`)}
	me.get(pathHelp).want(http.StatusOK).shows("Hulp 2")
	stylesheet, err := s.Server.assets.path("css/rugzak.css")
	if err != nil {
		t.Fatal(err)
	}
	if got := me.get(stylesheet).want(http.StatusOK).Header.Get("Cache-Control"); got != "no-store, private" {
		t.Errorf("a file that may change is kept: %s", got)
	}
}

// A script of parts is what its parts are, each with names of its own, without
// the remarks; one that cannot be a part is refused.
func TestScriptsArePutTogether(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	parts := fstest.MapFS{
		"js/core/10-one.js": file("// Says one.\nconst word = 1; // one\n//\nsay(word);\n//! licence\n"),
		"js/core/20-two.js": file("// Says two.\nconst word = `a\n  // b`;\n"),
		"js/alone.js":       file("import {x} from './x.js';\n"),
	}
	a, err := loadAssets(parts, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := "/* SPDX-License-Identifier: EUPL-1.2 */\n{\nconst word = 1; // one\nsay(word);\n//! licence\n}\n{\n// Says two.\nconst word = `a\n  // b`;\n\n}\n"
	if got := string(a.files["js/core.js"].body); got != want || len(a.files) != 2 {
		t.Errorf("%d files, and the script is %q", len(a.files), got)
	}
	parts["js/core/30-three.js"] = file("import {x} from './x.js';\n")
	if _, err := loadAssets(parts, nil); err == nil {
		t.Error("a part may import")
	}
}
