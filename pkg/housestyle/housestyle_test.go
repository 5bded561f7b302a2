// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package housestyle_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"rugzak/pkg/housestyle"
)

func ownTokens(t *testing.T) []byte {
	t.Helper()
	css, err := os.ReadFile("../../static/css/rugzak/10-tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	return css
}

func load(t *testing.T, files map[string]string) (housestyle.Style, []housestyle.Problem) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return housestyle.Load(housestyle.Options{Files: fsys, Tokens: ownTokens(t)})
}

func told(problems []housestyle.Problem) []string {
	var out []string
	for _, p := range problems {
		line := p.Where() + " " + p.Key
		if p.Pair != "" {
			line += " " + p.Pair + " " + p.Mode
		}
		if len(p.Args) > 0 {
			line += " " + strings.TrimSuffix(fmt.Sprintln(p.Args...), "\n")
		}
		out = append(out, line)
	}
	return out
}

func TestMadeUpThemes(t *testing.T) {
	for name, want := range map[string]housestyle.Style{
		"voorbeeldstad":     {Sheet: "theme.css", Logo: "logo.svg", Favicon: "favicon.svg", Class: "voorbeeldstad-theme", LightOnly: true, Width: 120, IconSizes: "any", Paper: "#ffffff", Accent: "#16325c"},
		"verzonnen-aan-zee": {Sheet: "theme.css", Logo: "logo.svg", Width: 60, Paper: "#f6f2e9", Accent: "#b3264a"},
	} {
		got, problems := housestyle.Load(housestyle.Options{Files: os.DirFS("testdata/" + name), Tokens: ownTokens(t)})
		if len(problems) > 0 {
			t.Errorf("%s: %q", name, told(problems))
		}
		if got.Sheet != want.Sheet || got.Logo != want.Logo || got.Favicon != want.Favicon || got.Class != want.Class || got.LightOnly != want.LightOnly || got.Width != want.Width || got.Height != 40 || got.IconSizes != want.IconSizes || got.Paper != want.Paper || got.Accent != want.Accent {
			t.Errorf("%s: %+v", name, got)
		}
		for _, file := range []string{want.Sheet, want.Logo, want.Favicon} {
			if file != "" && len(got.Files[file]) == 0 {
				t.Errorf("%s: %s is not served", name, file)
			}
		}
	}
}

// What would ask another host, or a file outside, keeps the whole style out.
func TestWhatIsRefused(t *testing.T) {
	for css, want := range map[string]string{
		`@import "a.css";`:                                                            "theme.css:1 housestyle.import",
		"/* a\n*/\n@IMPORT url(//x.nl/a.css);":                                        "theme.css:3 housestyle.import",
		"b { color: red }\n.a { background: url(https://x.nl/a.png) }":                "theme.css:2 housestyle.foreign https://x.nl/a.png",
		".a { background: URL( '//x.nl/a.png' ) }":                                    "theme.css:1 housestyle.foreign //x.nl/a.png",
		":root { --a: url(\"http://x.nl/a;b}.png\") }":                                "theme.css:1 housestyle.foreign http://x.nl/a;b}.png",
		"@media (min-width: 1px) { @supports (a: b) { a { --x: url(//x.nl/) } } }":    "theme.css:1 housestyle.foreign //x.nl/",
		".a { background: url(data:image/png;base64,AAAA) }":                          "theme.css:1 housestyle.data",
		".a { background: url(../geheim.png) }":                                       "theme.css:1 housestyle.outside ../geheim.png",
		".a { background: url(/etc/passwd.png) }":                                     "theme.css:1 housestyle.outside /etc/passwd.png",
		".a { background: url(a%2f..%2fb.png) }":                                      "theme.css:1 housestyle.outside a%2f..%2fb.png",
		".a { background: url(weg.png) }":                                             "theme.css:1 housestyle.file weg.png",
		".a { background: url(a.html) }":                                              "theme.css:1 housestyle.file a.html",
		`.a { background: u\72l(https://x.nl/a.png) }`:                                `theme.css:1 housestyle.escape u\72l(https://x.nl/a.png)`,
		".a { background: image-set(\"https://x.nl/a.png\" 1x) }":                     "theme.css:1 housestyle.foreign https://x.nl/a.png",
		"@font-face { font-family: a; src: local(\"a\"), url(https://x.nl/a.woff2) }": "theme.css:1 housestyle.foreign https://x.nl/a.woff2",
		`@namespace url(http://x.nl/);`:                                               "theme.css:1 housestyle.statement @namespace url(http://x.nl/)",
		"\xff":                                                                        "theme.css housestyle.not_text",
		strings.Repeat("a", 1<<20+1):                                                  "theme.css housestyle.too_big theme.css 1",
	} {
		style, problems := load(t, map[string]string{"theme.css": css, "a.html": "x"})
		if got := told(problems); len(got) != 1 || got[0] != want {
			t.Errorf("%.60q: %q, not %q", css, got, want)
		}
		if style.Sheet != "" || len(style.Files) > 0 {
			t.Errorf("%.60q: is served all the same", css)
		}
	}
	if _, problems := load(t, nil); len(problems) != 1 || problems[0].Key != "housestyle.empty" {
		t.Errorf("an empty folder: %q", told(problems))
	}
}

// What a browser reads in another way than by its brackets hides no address.
func TestHiddenAddresses(t *testing.T) {
	for css, want := range map[string]string{
		"a { --x: xurl(a\"); --y:\"); background: url(//x.nl/); --z: xurl(\"\") }": "theme.css:1 housestyle.foreign //x.nl/",
		"a { --x: \"a\nb { color: red }":                                           "theme.css:1 housestyle.hidden \"a",
		"a { --x: \"":                                                              "theme.css:1 housestyle.hidden \"",
		"a { content: \"\r; background: url(//x.nl/); x: \" }":                     "theme.css:2 housestyle.foreign //x.nl/",
		"a { content: \"\f; background: url(//x.nl/); x: \" }":                     "theme.css:2 housestyle.foreign //x.nl/",
		"a { x: url(a.svg?/*); background: url(//x.nl/); y: url(*/) }":             "theme.css:1 housestyle.foreign //x.nl/",
		"a { x: url(a.svg?\"), url(//x.nl/), url(a.svg?\") }":                      "theme.css:1 housestyle.foreign //x.nl/",
		"a { --x: url(//x.nl/) {} }":                                               "theme.css:1 housestyle.foreign //x.nl/",
		"a { --x: {url(//x.nl/)} }":                                                "theme.css:1 housestyle.foreign //x.nl/",
		"a { --x: {\"a\" u\\72l(//x.nl/)} }":                                       `theme.css:1 housestyle.escape "a" u\72l(//x.nl/)`,
		"a { --x: \"//x.nl/\"; background: image-set(var(--x) 1x) }":               "theme.css:1 housestyle.hidden image-set(var(--x) 1x)",
	} {
		style, problems := load(t, map[string]string{"theme.css": css, "a.svg": "<svg/>"})
		if got := told(problems); !slices.Contains(got, want) || style.Sheet != "" {
			t.Errorf("%q: %q, not %q", css, got, want)
		}
	}
}

func TestWhatIsLetIn(t *testing.T) {
	style, problems := load(t, map[string]string{
		"theme.css": `@charset "utf-8"; @layer a, b;
			@font-face { font-family: "A"; src: url("fonts/a.woff2?v=2#x") format("woff2") }
			:root { --utrecht-link-color: #004b8d } .a::before { content: "\2713"; background: url( img/a.svg ), url(#b) }`,
		"fonts/a.woff2": "w", "img/a.svg": "<svg/>", "spare.png": "p", "logo.png": "l", "favicon.ico": "i",
	})
	if len(problems) > 0 {
		t.Fatalf("%q", told(problems))
	}
	var files []string
	for name := range style.Files {
		files = append(files, name)
	}
	slices.Sort(files)
	if got := strings.Join(files, " "); got != "favicon.ico fonts/a.woff2 img/a.svg logo.png theme.css" {
		t.Errorf("serves %s", got)
	}
	if style.Logo != "logo.png" || style.Favicon != "favicon.ico" || !style.LightOnly {
		t.Errorf("%+v", style)
	}
}

func TestNamedFiles(t *testing.T) {
	files := fstest.MapFS{"merk.svg": {Data: []byte("<svg/>")}, "logo.svg": {Data: []byte("<svg/>")}}
	style, problems := housestyle.Load(housestyle.Options{Files: files, Logo: "merk.svg", Tokens: ownTokens(t)})
	if style.Logo != "merk.svg" || len(problems) > 0 || style.Classes() != nil {
		t.Errorf("%+v, %q", style, told(problems))
	}
	for _, logo := range []string{"weg.svg", "../logo.svg", "logo.html"} {
		style, problems := housestyle.Load(housestyle.Options{Files: files, Logo: logo, Tokens: ownTokens(t)})
		if len(style.Files) > 0 || len(problems) != 1 || problems[0].Key != "housestyle.file" {
			t.Errorf("%s: %+v, %q", logo, style, told(problems))
		}
	}
}

// What people cannot read is told with the ratio and with a colour that does.
func TestContrast(t *testing.T) {
	style, problems := load(t, map[string]string{"theme.css": `.x-theme {
  --utrecht-link-color: var(--x-blue);
  --x-blue: #7fb2e5;
  --utrecht-button-primary-action-background-color: rgb(255 204 0);
  --utrecht-button-primary-action-hover-background-color: #083f39;
  --utrecht-focus-outline-color: oklch(50% 0.1 200);
}
@media (prefers-color-scheme: dark) { .x-theme { --x-blue: #e0eaf5; --utrecht-button-primary-action-background-color: navy } }
@media print { .x-theme { --x-blue: #fff } }
.other .x-theme, .y-theme { --x-blue: #fff }`})
	if style.Sheet == "" || style.Class != "x-theme" || style.LightOnly {
		t.Errorf("%+v", style)
	}
	got := strings.Join(told(problems), "\n")
	for _, want := range []string{
		"theme.css:2 housestyle.contrast link light 1.9 4.5 #7fb2e5 #f6f2e9 --utrecht-link-color #",
		"housestyle.contrast button light 1.5 4.5 #ffffff #ffcc00 --utrecht-button-primary-action-color #",
		"theme.css:8 housestyle.contrast button dark 1 4.5 #05241f #000080",
		"theme.css:6 housestyle.unknown --utrecht-focus-outline-color oklch(50% 0.1 200)",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it is not told that %s:\n%s", want, got)
		}
	}
	if strings.Contains(got, "link dark") || strings.Contains(got, "heading") || strings.Contains(got, "#ffffff #fff") {
		t.Errorf("what is fine is told:\n%s", got)
	}
}

func TestNoEffect(t *testing.T) {
	_, problems := load(t, map[string]string{"theme.css": ".a .b { --utrecht-link-color: red }"})
	if got := told(problems); len(got) != 1 || !strings.Contains(got[0], "housestyle.no_tokens") {
		t.Errorf("%q", got)
	}
	var heavy strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&heavy, "--a-%d: %d%d%d;", i*i, i*7919%1009, i*104729%997, i*31%13)
	}
	_, problems = load(t, map[string]string{"theme.css": ":root { --utrecht-link-color: #004b8d; " + heavy.String() + " }"})
	if got := told(problems); len(got) != 1 || !strings.Contains(got[0], "housestyle.heavy") {
		t.Errorf("%q", got)
	}
}

// A theme that an editor saved with a mark of bytes is the same theme.
func TestMarkOfBytes(t *testing.T) {
	const theme = ":root{--utrecht-document-background-color:#fff}"
	plain, told1 := load(t, map[string]string{"theme.css": theme})
	marked, told2 := load(t, map[string]string{"theme.css": "\ufeff" + theme})
	if string(marked.Files["theme.css"]) != theme || marked.Paper != plain.Paper || !slices.Equal(told(told1), told(told2)) {
		t.Errorf("it becomes %q with %q, %q", marked.Files["theme.css"], marked.Paper, told(told2))
	}
}
