// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// axeState is a page after something was done on it: what is behind buttons, and
// forms that were refused. A new tab looks at each, as a form asks before it is
// left. who is a part; empty for somebody who is not signed in.
type axeState struct {
	name, who string
	begin     func(b *tab)
}

// axeShares presses the button that shares, with nothing filled in.
func axeShares(b *tab) {
	b.press(`main button[name="do"][value="share"]`)
	b.waits("the problems", `document.querySelector(".rz-error-summary")`)
}

// axeStates are the states that the tour of TestBrowserAxe does not come by.
func axeStates(rich string) []axeState {
	tools := `rz-toolbar[data-for="body"] `
	form := func(b *tab) {
		b.open(fullForm)
		b.waits("the toolbar", `document.querySelector("rz-toolbar:defined")`)
	}
	return []axeState{
		{"sign-in, refused", "", func(b *tab) {
			b.open("/inloggen")
			b.types("email", "niemand@voorbeeld.test")
			b.types("password", "een heel ander wachtwoord")
			b.press(`main form button:not([type="button"])`)
			b.waits("the problems", `document.querySelector(".rz-error-summary")`)
		}},
		{"menu", "participant", func(b *tab) { b.open("/hulp"); b.unfolds("details.rz-menu > summary") }},
		{"quick form, refused", "participant", func(b *tab) { b.open("/ik-deel-iets"); axeShares(b) }},
		{"question, refused", "participant", func(b *tab) { b.open("/ik-vraag-iets"); axeShares(b) }},
		{"full form, refused", "participant", func(b *tab) { b.open(fullForm); axeShares(b) }},
		{"settings, refused", "administrator", func(b *tab) {
			b.open("/beheer/instellingen")
			js[bool](b, `document.querySelector('[name="statement_status"][value="partial"]').click() || true`)
			b.press(`form[action="/beheer/instellingen/toegankelijkheid"] button`)
			b.waits("the problems", `document.querySelector(".rz-error-summary")`)
		}},
		{"link picker", "participant", func(b *tab) {
			form(b)
			b.tap(tools + `[data-do="link"]`)
			b.waits("the window", `document.querySelector("#verwijzing").open`)
			b.do("type in it", chromedp.SendKeys(chromedp.CSS("#link-naar"), "wacht"))
			b.waits("the choices", `document.querySelector("#verwijzing [role=option]")`)
		}},
		{"list of shortcuts", "participant", func(b *tab) {
			form(b)
			b.tap(tools + `[data-do="keys"]`)
			b.waits("the window", `document.querySelector("#sneltoetsen").open`)
		}},
		{"what search offers", "participant", func(b *tab) {
			b.open("/zoeken")
			b.suggests("wacht")
		}},
		{"preview", "participant", func(b *tab) {
			form(b)
			b.pastes("body", "## Wat we deden\n\n- een\n- twee\n\n> [!TIP]\n> Bel eerst.")
			if js[bool](b, `document.querySelector("#tab-voorbeeld").checkVisibility()`) { // on a phone
				b.tap("#tab-voorbeeld")
			}
			b.waits("the preview", `document.querySelector("#voorbeeld li")?.checkVisibility()`)
		}},
		{"writing help", "participant", func(b *tab) {
			form(b)
			b.pastes("body", "Eerst.\n\nKijk [hier](https://example.org/).")
			b.waits("the advice", `document.querySelector("[data-advice] summary")`)
			b.unfolds("[data-advice] summary")
		}},
		{"visual editor", "participant", func(b *tab) {
			form(b)
			icon := js[string](b, `document.querySelector("link[rel=icon]").getAttribute("href")`) // the demonstration has no such pictures
			b.pastes("body", strings.NewReplacer("/bijlagen/01h/tafel.jpg", icon, "/bijlagen/01h/klein.jpg", icon).Replace(rich))
			b.opensVisual()
		}},
		{"visual editor, a table", "participant", func(b *tab) {
			b.writesVisual("| a | b |\n|---|---|\n| c | d |")
			b.waits("its buttons", `!document.querySelector("[data-place] [data-in=table]").hidden`)
		}},
		{"visual editor, a box", "participant", func(b *tab) {
			b.writesVisual("> [!TIP]\n> Bel eerst.")
			b.waits("its buttons", `!document.querySelector("[data-place] [data-in=callout]").hidden`)
		}},
		{"visual editor, a link", "participant", func(b *tab) {
			b.writesVisual("Kijk hier")
			b.tool("link")
			b.waits("its fields", `document.activeElement.id === "visual-href"`)
			b.say("javascript:alert(1)\n")
			b.waits("the problem", `!document.querySelector("[data-place] [data-panel=link] [data-problem]").hidden`)
		}},
		{"visual editor, a picture", "participant", func(b *tab) {
			b.writesVisual("Zie:")
			b.tool("picture")
			b.waits("its fields", `document.activeElement.id === "visual-src"`)
		}},
	}
}

// Nothing that axe-core knows is wrong either with what is behind buttons: menus,
// windows, the visual editor; and with forms that were refused. In both
// languages, light and dark, on a phone and on a desktop: in turns one language on
// the one and the other on the other, all with RUGZAK_AXE=all. The page of the
// design is there too, which only development mode shows.
func TestBrowserAxeStates(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	rich := string(read(t, "testdata/visual/alles.md"))
	script := axeSource(t)
	looks := 0
	check := func(b *tab, name, language string, on screen) {
		for _, mode := range axeModes[:2] {
			b.prefers("", mode.wants)
			looks++
			for _, w := range b.axe(script) {
				t.Errorf("%s, %s, %s on %d px: %s", name, language, mode.name, on.width, w)
			}
			b.keepPicture(strings.NewReplacer(" ", "-", ",", "").Replace(fmt.Sprintf("axe %s %s %s %d", name, language, mode.name, on.width)))
		}
		b.prefers("", axeModes[0].wants)
	}
	for _, who := range []string{"", "participant", "administrator"} {
		for l, language := range axeLanguages {
			b := newBrowser(t, chromium, s.at, desktop())
			if who != "" {
				b.signIn(s, who)
				b.open("/hulp")
				b.chooses(language)
			} else if b.open("/inloggen"); js[string](b, `document.documentElement.lang`) != language {
				b.press(`form[action="/taal"] button`)
			}
			for turn, state := range axeStates(rich) {
				if state.who != who {
					continue
				}
				for n, on := range []screen{phone(), desktop()} {
					if (turn+l+n)%2 > 0 && os.Getenv("RUGZAK_AXE") != "all" {
						continue
					}
					in := b.another(on)
					state.begin(in)
					if got := js[string](in, `document.documentElement.lang`); got != language {
						t.Fatalf("%s is in %q", state.name, got)
					}
					check(in, state.name, language, on)
					if in.has(visualText) { // or it opens by itself the next time
						in.closesVisual()
						in.lets()
					}
					in.takeWrong() // of pages that refuse
				}
			}
		}
	}
	dev := serving(t, "demo", "--data", filepath.Join(t.TempDir(), "demo"), "--listen", "127.0.0.1:0", "--lang", "nl", "--development", "true")
	b := newBrowser(t, chromium, dev.at, desktop())
	for _, language := range axeLanguages {
		if b.open("/inloggen"); js[string](b, `document.documentElement.lang`) != language {
			b.press(`form[action="/taal"] button`)
		}
		for _, on := range []screen{phone(), desktop()} {
			b.look(on)
			b.open("/hulp/stijl")
			check(b, "page of the design", language, on)
		}
	}
	t.Logf("axe-core: %d combinations of state, language, colours and screen", looks)
}
