// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// galleryLooks are the ways in which the gallery shows each page: in the site's
// own style, and in that of a made-up municipality.
var galleryLooks = []struct {
	theme, name, alt, mode string
	on                     screen
}{
	{"", "phone", "op een telefoon", "light", screen{390, 844, 1, true}},
	{"", "phone-dark", "op een telefoon, donker", "dark", screen{390, 844, 1, true}},
	{"verzonnen-aan-zee", "sea-phone", "op een telefoon, in een andere huisstijl", "light", screen{390, 844, 1, true}},
	{"verzonnen-aan-zee", "sea-phone-dark", "op een telefoon, in een andere huisstijl, donker", "dark", screen{390, 844, 1, true}},
	{"", "desktop", "op een groot scherm", "light", screen{1280, 900, 1, false}},
	{"verzonnen-aan-zee", "sea-desktop", "op een groot scherm, in een andere huisstijl", "light", screen{1280, 900, 1, false}},
}

// galleryPages are the pages of the gallery, as somebody finds them.
var galleryPages = []struct {
	name, title string
	find        func(b *tab)
}{
	{"sign-in", "Inloggen", func(b *tab) { b.open("/inloggen") }},
	{"home", "Begin", func(b *tab) { b.open("/") }},
	{"quick-entry", "Ik deel iets", func(b *tab) { b.open("/ik-deel-iets") }},
	{"full-form", "Het hele formulier", func(b *tab) { b.open(fullForm) }},
	{"search", "Zoeken", func(b *tab) { b.search("contact in de wachttijd") }},
	{"entry", "Een ervaring", func(b *tab) {
		b.search("samen aan de keukentafel")
		b.press("main article:has(.rz-kind--experience) h2 a")
	}},
	{"question", "Een vraagstuk", func(b *tab) { b.open("/vraagstukken"); b.press("main article h2 a") }},
	{"method", "Een werkvorm", func(b *tab) { b.open("/werkvormen"); b.press("main article h2 a") }},
	{"theme", "Een thema", func(b *tab) { b.open("/themas"); b.press("main article a") }},
	{"backpack", "Mijn rugzak", func(b *tab) { b.open("/rugzak") }},
	{"results", "Stand van zaken", func(b *tab) { b.open("/stand-van-zaken") }},
	{"compass", "Kompas", func(b *tab) { b.open("/kompas") }},
}

// TestGallery makes docs/gallery.md and its pictures from a new demonstration:
// make gallery.
func TestGallery(t *testing.T) {
	docs := os.Getenv("RUGZAK_GALLERY")
	if docs == "" {
		t.Skip("set RUGZAK_GALLERY to the folder of the documentation")
	}
	dir := filepath.Join(docs, "gallery")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	chromium := startChromium(t)
	for _, theme := range []string{"", "verzonnen-aan-zee"} {
		args := []string{"demo", "--data", filepath.Join(t.TempDir(), "demo"), "--listen", "127.0.0.1:0", "--lang", "nl"}
		if theme != "" {
			args = append(args, "--theme-folder", madeUpThemes+theme, "--site-name", "Zeezak")
		}
		s := serving(t, args...)
		for _, look := range galleryLooks {
			if look.theme != theme {
				continue
			}
			b := newBrowser(t, chromium, s.at, look.on)
			b.prefers("", map[string]string{"prefers-color-scheme": look.mode})
			for _, p := range galleryPages {
				if p.name == "home" { // what comes before is for who is not signed in
					b.signInAs("deelnemer@voorbeeld.test", demoPasswordPattern.FindString(s.out.String()))
				}
				p.find(b)
				b.waits("the page", `document.readyState === "complete"`)
				for _, w := range b.layout(look.on) {
					t.Errorf("%s, %s: %s", p.name, look.name, w)
				}
				b.picture(filepath.Join(dir, p.name+"-"+look.name+".png"))
			}
		}
	}
	if err := os.WriteFile(filepath.Join(docs, "gallery.md"), []byte(galleryText()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// galleryText is the page of the gallery.
func galleryText() string {
	var text strings.Builder
	text.WriteString("# Gallery\n\nThe pages of the demonstration: in the own style, light and dark, and in the house style of a made-up\nmunicipality (`pkg/housestyle/testdata`), on a phone and on a desktop. All people and texts are made up. `make gallery`\nmakes this page and its pictures anew.\n")
	for _, p := range galleryPages {
		fmt.Fprintf(&text, "\n## %s\n\n", p.title)
		for _, look := range galleryLooks {
			wide := 190
			if !look.on.phone {
				wide = 385
			}
			fmt.Fprintf(&text, "<img src=\"gallery/%s-%s.png\" width=\"%d\" alt=\"%s %s\">\n", p.name, look.name, wide, p.title, look.alt)
		}
	}
	return text.String()
}

// The page of the gallery shows what is in its folder, all of it and nothing else.
func TestGalleryIsWhole(t *testing.T) {
	if got := string(read(t, "../../docs/gallery.md")); got != galleryText() {
		t.Error("docs/gallery.md is another: make gallery")
	}
	files, err := filepath.Glob("../../docs/gallery/*.png")
	if err != nil || len(files) != len(galleryPages)*len(galleryLooks) {
		t.Errorf("%d pictures of %d: %v", len(files), len(galleryPages)*len(galleryLooks), err)
	}
	for _, file := range files {
		if !strings.Contains(galleryText(), "gallery/"+filepath.Base(file)) {
			t.Errorf("%s is shown nowhere", file)
		}
	}
}
