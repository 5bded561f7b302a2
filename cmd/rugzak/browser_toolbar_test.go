// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

var withoutHooks = strings.NewReplacer("⟦", "", "⟧", "")

// chosen puts a text in a field, of which the part between hooks is selected.
func (b *tab) chosen(name, text string) {
	b.Helper()
	start := strings.Index(text, "⟦")
	end := strings.Index(strings.Replace(text, "⟦", "", 1), "⟧")
	text = withoutHooks.Replace(text)
	units := func(bytes int) int { return len([]rune(text[:bytes])) } // none beyond the basic plane here
	js[bool](b, fmt.Sprintf(`((f) => { f.focus(); f.select(); document.execCommand("insertText", false, %s); f.setSelectionRange(%d, %d); return true; })(document.querySelector(%s))`,
		quoted(text), units(start), units(end), quoted(field(name))))
}

// selected is the text of a field with hooks around what is selected.
func (b *tab) selected(name string) string {
	b.Helper()
	return js[string](b, `((f) => f.value.slice(0, f.selectionStart) + "⟦" + f.value.slice(f.selectionStart, f.selectionEnd) + "⟧" + f.value.slice(f.selectionEnd))(document.querySelector(`+quoted(field(name))+`))`)
}

// hold presses a key together with others.
func (b *tab) hold(key string, modifiers chromedp.Modifier) {
	b.Helper()
	b.do("press "+key, chromedp.KeyEvent(key, chromedp.KeyModifiers(modifiers)))
}

// Each button does to the text what it says, and undo takes it back.
func TestBrowserToolbar(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, desktop())
	b.signIn(s, "participant")
	b.open(fullForm)
	defer b.drops()
	bar := `rz-toolbar[data-for="body"] `
	for _, x := range []struct{ button, from, to string }{
		{"bold", "Wij ⟦belden⟧ eerst", "Wij **⟦belden⟧** eerst"},
		{"bold", "Wij ⟦belden ⟧eerst", "Wij **⟦belden⟧** eerst"},
		{"bold", "Wij **⟦belden⟧** eerst", "Wij ⟦belden⟧ eerst"},
		{"bold", "Wij ⟦⟧", "Wij **⟦⟧**"},
		{"bold", "⟦- een\n- twee⟧", "⟦- **een**\n- **twee**⟧"},
		{"italic", "Wij **⟦belden⟧**", "Wij ***⟦belden⟧***"},
		{"italic", "Wij ***⟦belden⟧***", "Wij **⟦belden⟧**"},
		{"heading", "Wat we de⟦⟧den\nToen", "## Wat we deden⟦⟧\n\nToen"},
		{"heading", "## Wat⟦⟧", "### Wat⟦⟧"},
		{"heading", "### Wat⟦⟧", "Wat⟦⟧"},
		{"list", "Eerst\n⟦een\ntwee⟧\nDaarna", "Eerst\n\n⟦- een\n- twee⟧\n\nDaarna"},
		{"list", "⟦- een\n- twee⟧", "⟦een\ntwee⟧"},
		{"list", "- nul\n⟦een⟧", "- nul\n⟦- een⟧"},
		{"numbered", "⟦- een\n- twee⟧", "⟦1. een\n2. twee⟧"},
		{"quote", "⟦een\n\ntwee⟧", "⟦> een\n>\n> twee⟧"},
		{"quote", "⟦> een\n>\n> twee⟧", "⟦een\n\ntwee⟧"},
		{"table", "Kijk⟦⟧", "Kijk\n\n| ⟦Kop 1⟧ | Kop 2 |\n| --- | --- |\n| Tekst | Tekst |"},
		{"callout", "⟦⟧", "> [!TIP]\n> ⟦Je tip⟧"},
		{"callout", "Let op.\n\n⟦Bel eerst.⟧", "Let op.\n\n> [!TIP]\n> Bel eerst.⟦⟧"},
	} {
		b.chosen("body", x.from)
		b.tap(bar + `[data-do="` + x.button + `"]`)
		b.waits("it to be done", `document.querySelector("#body").value !== `+quoted(withoutHooks.Replace(x.from)))
		if got := b.selected("body"); got != x.to {
			t.Errorf("%s of %q gives %q, want %q", x.button, x.from, got, x.to)
		}
		plain := withoutHooks.Replace(x.from)
		for range 2 { // a callout takes its words away first
			if b.holds("body") != plain {
				js[bool](b, `document.execCommand("undo")`)
			}
		}
		if got := b.holds("body"); got != plain {
			t.Errorf("%s of %q undone is %q", x.button, x.from, got)
		}
	}
	b.checkLook("participant")

	// By keys, which can be switched off; and not while a sign is being composed.
	b.chosen("body", "Wij ⟦belden⟧")
	b.hold("b", chromedp.ModifierCtrl)
	b.hold("i", chromedp.ModifierCtrl)
	b.waits("the keys to be heeded", `document.querySelector("#body").value === "Wij ***belden***"`)
	b.chosen("body", "Wij ⟦belden⟧")
	js[bool](b, `document.querySelector("#body").dispatchEvent(new KeyboardEvent("keydown", {key: "b", ctrlKey: true, isComposing: true, bubbles: true, cancelable: true}))`)
	if got := b.holds("body"); got != "Wij belden" {
		t.Errorf("while composing it becomes %q", got)
	}
	b.tap(bar + `[data-do="keys"]`)
	b.tap(`#sneltoetsen input`)
	b.checkLook("participant")
	b.tap(`#sneltoetsen button`)
	b.chosen("body", "Wij ⟦belden⟧")
	b.hold("b", chromedp.ModifierCtrl)
	if got := b.holds("body"); got != "Wij belden" || b.has(bar+"[aria-keyshortcuts]") {
		t.Errorf("switched off, they do %q", got)
	}
	b.drops()
	b.open(fullForm)
	if b.has(bar + "[aria-keyshortcuts]") {
		t.Error("a choice is forgotten")
	}
	js[bool](b, `(localStorage.clear(), true)`)

	// The tab key comes by once; the arrows walk.
	b.open(fullForm)
	b.do("go to the lesson", chromedp.Focus(chromedp.CSS(`main [name="lesson"]`)))
	b.tabTo(`e.closest("rz-toolbar") !== null`)
	if got := js[string](b, `document.activeElement.dataset.do`); got != "bold" {
		t.Errorf("the tab key comes to %s", got)
	}
	for _, x := range []struct{ key, at string }{{kb.ArrowRight, "italic"}, {kb.End, "keys"}, {kb.ArrowRight, "bold"}, {kb.ArrowLeft, "keys"}, {kb.Home, "bold"}, {kb.ArrowRight, "italic"}} {
		b.do("walk", chromedp.KeyEvent(x.key))
		if got := js[string](b, `document.activeElement.dataset.do`); got != x.at {
			t.Errorf("the arrows come to %s, want %s", got, x.at)
		}
	}
	b.do("press tab", chromedp.KeyEvent(kb.Tab))
	if got := js[string](b, `document.activeElement.id`); got != "body" {
		t.Errorf("behind the tools is %s", got)
	}
	b.hold(kb.F10, chromedp.ModifierAlt)
	if got := js[string](b, `document.activeElement.dataset.do`); got != "italic" {
		t.Errorf("Alt+F10 comes to %s", got)
	}

	// Without scripts there are no tools, and the form works.
	plain := newBrowser(t, chromium, s.at, phone())
	plain.signIn(s, "participant")
	plain.withoutScripts()
	plain.open(fullForm)
	plain.do("see that there are no tools", chromedp.WaitNotVisible(chromedp.CSS("rz-toolbar")))
}

// A link is found by typing, with the rights of who writes, by the keyboard only.
func TestBrowserPicker(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, desktop())
	b.signIn(s, "participant")
	path := b.shareQuickly("Wij keken samen naar de keukentafel.")
	b.open(fullForm)
	defer b.drops()
	b.chosen("body", "Lees ⟦⟧ eerst")
	b.hold("k", chromedp.ModifierCtrl)
	b.waits("the question", `document.activeElement?.id === "link-naar"`)
	b.checkLook("participant")
	b.do("ask", chromedp.KeyEvent("keukentafel"))
	b.waits("what is found", `document.querySelector('#verwijzing [role=option][href="`+path+`"]')`)
	for range 10 {
		b.do("walk", chromedp.KeyEvent(kb.ArrowDown))
		if js[string](b, `document.querySelector('#verwijzing [aria-selected="true"]')?.getAttribute("href") ?? ""`) == path {
			break
		}
	}
	b.do("choose", chromedp.KeyEvent(kb.Enter))
	b.do("insert", chromedp.KeyEvent(kb.Enter))
	b.waits("the link", `document.querySelector("#body").value === `+quoted("Lees [Wij keken samen naar de keukentafel]("+path+") eerst"))
	if got := js[string](b, `document.activeElement.id`); got != "body" {
		t.Errorf("the focus is on %s", got)
	}
	// An address for words that were chosen; words are no address; and away again.
	b.chosen("body", "Lees ⟦het plan⟧ eerst")
	b.tap(`rz-toolbar [data-do="link"]`)
	b.waits("the question", `document.activeElement?.id === "link-naar"`)
	b.do("ask", chromedp.KeyEvent("qqqq"+kb.Enter))
	if !js[bool](b, `document.querySelector("#verwijzing").open && !document.querySelector("#link-naar").validity.valid`) {
		t.Error("words are taken for an address")
	}
	js[bool](b, `(document.querySelector("#link-naar").select(), true)`)
	b.do("ask", chromedp.KeyEvent("www.example.org/plan_(1)"+kb.Enter))
	b.waits("the link", `document.querySelector("#body").value === "Lees [het plan](https://www.example.org/plan_%281%29) eerst"`)
	b.tap(`rz-toolbar [data-do="link"]`)
	b.waits("the question", `document.activeElement?.id === "link-naar"`)
	b.do("ask", chromedp.KeyEvent("keukentafel"))
	b.waits("what is found", `document.querySelector("#verwijzing [role=option]")`)
	b.look(phone())
	b.tap(`#verwijzing button[value=""]`) // while what is found stands above it
	b.waits("the question to go", `!document.querySelector("#verwijzing").open`)
	if got := b.holds("body"); got != "Lees [het plan](https://www.example.org/plan_%281%29) eerst" {
		t.Errorf("called off, it is %q", got)
	}
}
