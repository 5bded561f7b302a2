// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// sheets is how many sheets of A4 the page takes on paper.
func (b *tab) sheets() int {
	b.Helper()
	got, err := chromedp.Call(b.ctx, page.PrintToPDF, page.PrintToPDFParams{PaperWidth: 8.27, PaperHeight: 11.69})
	if err != nil {
		b.Fatalf("print: %v", err)
	}
	return bytes.Count(got.Data, []byte("/Type /Page")) - bytes.Count(got.Data, []byte("/Type /Pages"))
}

// onPaper lists the addresses of what people print: an entry, a theme, a
// werkvorm and an interim result.
func onPaper(b *tab) []string {
	b.Helper()
	first := func(path, selector string) string {
		b.open(path)
		return js[string](b, fmt.Sprintf(`document.querySelector(%s)?.pathname ?? ""`, quoted(selector)))
	}
	paths := []string{
		first("/zoeken?q=wachtbrief", ".rz-card__title a"), "/themas/wie-heeft-de-bal", first("/werkvormen", ".rz-card__title a"), first("/tussenstanden", `main a[href^="/tussenstanden/"]`),
	}
	for _, p := range paths {
		if p == "" {
			b.Fatalf("not everything to print is there: %q", paths)
		}
	}
	return paths
}

// On paper stands what people wrote, in black, also for who reads in the dark;
// no buttons, no menus, and no page for a line or two.
func TestBrowserOnPaper(t *testing.T) {
	s := startShowcase(t)
	b := newBrowser(t, startChromium(t), s.at, desktop())
	b.signIn(s, "coreteam")
	for _, path := range onPaper(b) {
		b.open(path)
		for _, mode := range []string{"light", "dark"} {
			b.prefers("print", map[string]string{"prefers-color-scheme": mode})
			for selector, want := range map[string]string{"body": "rgb(0, 0, 0)", "h1": "rgb(0, 0, 0)", "main h2": "rgb(0, 0, 0)", "main a": "rgb(0, 0, 0)"} {
				if got := b.style(selector, "color"); got != want {
					t.Errorf("%s, %s: %s is %s", path, mode, selector, got)
				}
			}
			if got := b.style("body", "background-color"); got != "rgb(255, 255, 255)" {
				t.Errorf("%s, %s: the paper is %s", path, mode, got)
			}
			b.checkReadable("on paper, " + mode)
			left := js[[]string](b, `[...document.querySelectorAll("header.utrecht-page-header, footer.utrecht-page-footer, nav, button, .utrecht-button-link, .rz-toc")].filter(e => e.checkVisibility()).map(e => e.tagName + "." + e.className)`)
			if len(left) > 0 {
				t.Errorf("%s, %s: on paper stand %q", path, mode, left)
			}
			if empty := js[[]string](b, `[...document.querySelectorAll("main section")].filter(e => e.checkVisibility() && e.innerText.trim() === e.querySelector("h2, h3")?.innerText.trim()).map(e => e.innerText)`); len(empty) > 0 {
				t.Errorf("%s, %s: headings with nothing beneath: %q", path, mode, empty)
			}
		}
		b.prefers("", nil)
		if n := b.sheets(); n < 1 || n > 8 {
			t.Errorf("%s takes %d sheets", path, n)
		}
	}
}

// With colours that somebody chose for their whole computer, everything that
// colour alone told is told by a line as well.
func TestBrowserForcedColours(t *testing.T) {
	s := startShowcase(t)
	b := newBrowser(t, startChromium(t), s.at, phone())
	b.signIn(s, "participant")
	for _, mode := range []string{"light", "dark"} {
		b.prefers("", map[string]string{"forced-colors": "active", "prefers-color-scheme": mode})
		b.open("/")
		for _, selector := range []string{".rz-door--share", ".utrecht-button--primary-action"} {
			if got := b.style(selector, "border-top-style"); got != "solid" {
				t.Errorf("%s: the edge of %s is %s", mode, selector, got)
			}
		}
		b.open("/zoeken?q=wachten")
		if got := b.style(`.rz-nav [aria-current]`, "border-top-width"); got != "2px" {
			t.Errorf("%s: where somebody is has an edge of %s", mode, got)
		}
		b.open("/ik-deel-iets")
		if got := b.style(".rz-choice:has(:checked)", "outline-style"); got != "solid" {
			t.Errorf("%s: what is chosen has an outline that is %s", mode, got)
		}
		if got := js[string](b, `(e => { e.focus(); return getComputedStyle(e).outlineStyle })(document.querySelector("textarea"))`); got != "solid" {
			t.Errorf("%s: where somebody types has an outline that is %s", mode, got)
		}
		for _, path := range []string{"/", "/zoeken?q=wachten", "/ik-deel-iets", "/stand-van-zaken", "/themas/wie-heeft-de-bal"} {
			b.open(path)
			b.checkLook("forced colours, " + mode)
			unseen := js[[]string](b, `[...document.querySelectorAll("svg.rz-icon")].filter(e => e.checkVisibility() && getComputedStyle(e).color === getComputedStyle(document.body).backgroundColor).map(e => e.innerHTML)`)
			if len(unseen) > 0 {
				t.Errorf("%s, %s: icons nobody sees: %q", path, mode, unseen)
			}
		}
	}
}

// Nothing moves for who asked for that, and who asks for more contrast gets it.
func TestBrowserMotionAndContrast(t *testing.T) {
	s := startShowcase(t)
	b := newBrowser(t, startChromium(t), s.at, phone())
	b.signIn(s, "participant")
	const moving = `[...document.querySelectorAll("*")].flatMap(e => ["", "::before", "::after"].map(p => getComputedStyle(e, p))).filter(s => s.animationName !== "none" || s.transitionDuration.split(",").some(d => parseFloat(d) > 0)).length`
	for _, path := range []string{"/", "/zoeken?q=wachten", "/ik-deel-iets"} {
		b.prefers("", map[string]string{"prefers-reduced-motion": "reduce"})
		b.open(path)
		if n := js[int](b, moving); n > 0 || b.style("html", "scroll-behavior") != "auto" {
			t.Errorf("%s: %d things move", path, n)
		}
		b.prefers("", map[string]string{"prefers-reduced-motion": "no-preference"})
		if n := js[int](b, moving); n == 0 {
			t.Errorf("%s: nothing moves for who did not ask for that", path)
		}
		for mode, ink := range map[string]string{"light": "rgb(0, 0, 0)", "dark": "rgb(255, 255, 255)"} {
			b.prefers("", map[string]string{"prefers-contrast": "more", "prefers-color-scheme": mode})
			for _, selector := range []string{"body", ".rz-card .rz-meta", ".utrecht-form-field-description"} {
				if got := b.style(selector, "color"); got != ink && !strings.HasPrefix(got, "no such") {
					t.Errorf("%s, %s: %s is %s", path, mode, selector, got)
				}
			}
		}
	}
}
