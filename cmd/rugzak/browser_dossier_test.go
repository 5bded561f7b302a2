// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"archive/zip"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// unpack writes the files of a zip to a folder, as somebody does who received it.
func unpack(t *testing.T, file, to string) {
	t.Helper()
	r, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for _, f := range r.File {
		if !filepath.IsLocal(f.Name) {
			t.Fatalf("the zip holds %q", f.Name)
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(to, f.Name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// The dossier opens from a folder, without the site and without a network: each
// page is there that another leads to, none asks for anything outside the folder
// (the tab fails the test when one does), and all are readable on a phone, a small
// one, and a desk.
func TestBrowserDossier(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	core := newBrowser(t, chromium, s.at, desktop())
	core.signIn(s, "coreteam")
	core.open("/tussenstanden/nieuw")
	core.types("title", "Waar staan we?")
	core.press(`main form[method="post"] button`)
	file, dir := filepath.Join(t.TempDir(), "dossier.zip"), t.TempDir()
	fine(t, "handover", "--as", s.people["coreteam"].Email, file, "--data", s.dir, "--lang", "nl")
	unpack(t, file, dir)

	b := newBrowser(t, chromium, "file://", desktop())
	root := filepath.ToSlash(dir) + "/"
	begin := root + "index.html"
	todo, seen, links := []string{begin}, map[string]bool{begin: true}, 0
	looked := map[string]bool{}
	for len(todo) > 0 {
		page := todo[0]
		todo = todo[1:]
		b.do("open "+page, chromedp.Navigate(b.at+page))
		name := strings.TrimPrefix(page, root)
		if got := b.text("h1"); got == "" {
			t.Errorf("%s has no heading", name)
		}
		if font := js[string](b, `getComputedStyle(document.querySelector("main")).maxWidth`); font == "none" {
			t.Errorf("%s is shown without its style", name)
		}
		// How a page looks is told by one of each folder and by each part.
		if folder := path.Dir(name); folder == "." || !looked[folder] {
			looked[folder] = true
			for _, size := range screens() {
				b.look(size)
				if wide := js[int](b, `document.documentElement.scrollWidth`); wide > int(size.width) {
					t.Errorf("%s is %d px wide on a screen of %d", name, wide, size.width)
				}
			}
			b.look(desktop())
			if length := js[int](b, `document.querySelector("main").innerText.trim().length`); length < 80 {
				t.Errorf("%s says only %q", name, b.text("main"))
			}
		}
		for _, to := range js[[]string](b, `[...document.querySelectorAll("a[href], link[href], img[src]")].map((e) => e.href || e.src)`) {
			target, ok := strings.CutPrefix(to, "file://")
			if !ok {
				continue // an address in a text, to be read elsewhere
			}
			links++
			target, _, _ = strings.Cut(target, "#")
			if !strings.HasPrefix(target, root) {
				t.Errorf("%s leads out of the folder, to %s", name, to)
				continue
			}
			if _, err := os.Stat(filepath.FromSlash(target)); err != nil {
				t.Errorf("%s leads to %s, which is not there", name, to)
			}
			if !seen[target] && strings.HasSuffix(target, ".html") {
				seen[target] = true
				todo = append(todo, target)
			}
		}
	}
	pages, err := filepath.Glob(filepath.Join(dir, "*", "*.html"))
	if err != nil || len(seen) < len(pages)+9 || links < 300 {
		t.Errorf("%d pages were reached by %d links; beneath the parts are %d: %v", len(seen), links, len(pages), err)
	}

	// The eight parts hold what the movement is made of.
	for part, words := range map[string][]string{
		"1-kompas":        {"inwoners één keer hun verhaal doen", "De inwoner eerst", "Samen vieren"},
		"2-themas":        {"Wie heeft de bal?", "Begrippenlijst", "Wmo"},
		"3-inzichten":     {"Werkafspraken", "Inzichten"},
		"4-open-vragen":   {"Hoe houden we contact in de wachttijd?", "De bal ligt bij", "Volgende stap"},
		"5-agenda":        {"Warme overdracht 18-/18+ als standaard", "Gezamenlijk"},
		"6-programmalijn": {"Reflectierondes", "Waar bewogen we?", "Bijeenkomsten", "Werkvormen", "Tussenstand 1", "bijdragen en reacties"},
		"7-rollen":        {"Kernteam", "Wij hebben nodig", "Wij kunnen bieden", "Zo werk je prettig met ons"},
		"8-draaiboek":     {"Elke acht weken: een reflectieronde", "Kunnen we dit zelf?"},
	} {
		b.do("open "+part, chromedp.Navigate(b.at+root+part+".html"))
		text := b.text("main")
		for _, w := range words {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not say %q", part, w)
			}
		}
	}
	threads := 0
	for page := range seen {
		if !strings.Contains(page, "/themas/") {
			continue
		}
		b.do("open "+page, chromedp.Navigate(b.at+page))
		if text := b.text("main"); strings.Contains(text, "Rode draad") && strings.Contains(text, "Wat zien we?") {
			threads++
		}
	}
	if threads < 6 {
		t.Errorf("%d themes tell their common thread", threads)
	}
}
