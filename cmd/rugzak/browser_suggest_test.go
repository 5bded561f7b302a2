// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Suggestions while typing, with keys only, on a phone and on a desktop: what is
// shown, what a screen reader is told, and where it leads.
func TestBrowserSuggestions(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	for name, on := range map[string]screen{"phone": phone(), "old phone": oldPhone(), "desktop": desktop()} {
		t.Run(name, func(t *testing.T) {
			b := newBrowser(t, chromium, s.at, on)
			b.signIn(s, "participant")
			b.suggests("sam")
			if wrong := b.layout(on); len(wrong) > 0 {
				t.Errorf("with suggestions: %q", wrong)
			}
			if small := js[[]string](b, `[...document.querySelectorAll("[role=option]")].filter((o) => o.getBoundingClientRect().height < 44).map((o) => o.innerText)`); len(small) > 0 {
				t.Errorf("too small to touch: %q", small)
			}
			if got := b.text("rz-suggest [role=status]"); !strings.HasSuffix(got, " suggesties") {
				t.Errorf("announced is %q", got)
			}
			b.keepPicture("suggest-" + name)
			b.key(kb.ArrowDown)
			b.key(kb.ArrowDown)
			first := b.told()
			if first.role != "combobox" || first.name != "Zoek in de rugzak" || !first.expanded || first.active == "" {
				t.Errorf("a screen reader is told %+v", first)
			}
			b.key(kb.ArrowUp)
			if b.told().active == first.active {
				t.Errorf("the arrow up stays at %q", first.active)
			}
			b.key(kb.ArrowUp) // above the first is the last
			b.key(kb.ArrowUp)
			if b.told().active == "" {
				t.Error("there is nothing above the first")
			}
			b.key(kb.Home)
			if b.told().active != "" {
				t.Error("Home does not go back to the box")
			}
			b.key(kb.Escape)
			b.waits("the list to close", `document.querySelector("[role=listbox]").hidden`)
			if b.told().expanded || js[string](b, `document.querySelector("#q").value`) != "sam" {
				t.Error("Escape does more, or less, than closing the list")
			}
			b.key(kb.ArrowDown)
			b.waits("the list to open again", `!document.querySelector("[role=listbox]").hidden`)
			b.key(kb.Tab)
			b.waits("the list to close", `document.querySelector("[role=listbox]").hidden`)
			if js[bool](b, `document.activeElement.id === "q"`) {
				t.Error("Tab stays in the box")
			}
		})
	}
	t.Run("lead to what they say", func(t *testing.T) {
		b := newBrowser(t, chromium, s.at, desktop())
		b.signIn(s, "participant")
		b.suggests("wie heeft de b")
		b.key(kb.ArrowDown)
		name := b.told().active
		if status := b.goes("press enter", chromedp.KeyEvent(kb.Enter)); status != http.StatusOK || !strings.Contains(name, b.text("h1")) {
			t.Errorf("%q leads to %s with %d: %s", name, b.path(), status, b.text("h1"))
		}
		b.open("/zoeken")
		b.suggests("we")
		b.key(kb.ArrowDown)
		b.keepPicture("suggest-search")
		b.suggests("werkv")
		b.goes("tap a suggestion", chromedp.Click(chromedp.CSS(`[role=option]`), chromedp.NodeVisible))
		if b.path() != "/zoeken?soort=method" {
			t.Errorf("the kind leads to %s", b.path())
		}
		b.suggests("sam")
		b.goes("press enter", chromedp.KeyEvent(kb.Enter)) // nothing chosen
		if b.path() != "/zoeken?q=sam" {
			t.Errorf("enter leads to %s", b.path())
		}
	})
}

// A network that fails, is slow or answers in another order does no harm.
func TestBrowserSuggestionsOnABadNetwork(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, phone())
	b.signIn(s, "participant")
	answers := `const told = (name) => ({ok: true, json: async () => ({said: name, groups: [{name, options: [{path: "/", parts: [{text: name}]}]}]})});`
	js[bool](b, answers+`window.waiting = []; window.fetch = (url) => new Promise((done) => waiting.push(() => done(told(url)))); true`)
	b.inserts("q", "wa")
	b.waits("the first question", `waiting.length === 1`)
	b.inserts("q", "ch")
	b.waits("the second question", `waiting.length === 2`)
	js[bool](b, `waiting[1](); true`)
	b.waits("the second answer", `document.querySelector("[role=option]")?.innerText.endsWith("q=wach")`)
	js[bool](b, `waiting[0](); true`)
	js[bool](b, `window.fetch = () => { window.asked = true; return Promise.reject(new Error("no network")) }; true`)
	if got := b.text("[role=option]"); !strings.HasSuffix(got, "q=wach") {
		t.Errorf("a late answer is shown: %q", got)
	}
	b.types("q", "t")
	b.waits("a question", `window.asked && document.querySelector("[role=listbox]").hidden`)
	js[bool](b, `window.asked = false; window.fetch = async () => { window.asked = true; return new Response("", {status: 503}) }; true`)
	b.types("q", "t")
	b.waits("a question", `window.asked`)
	if status := b.goes("press enter", chromedp.KeyEvent(kb.Enter)); status != http.StatusOK || b.path() != "/zoeken?q=wachtt" {
		t.Errorf("searching leads to %s with %d", b.path(), status)
	}
	b.withoutScripts()
	b.open("/zoeken")
	b.types("q", "samen")
	if b.goes("press enter", chromedp.KeyEvent(kb.Enter)); b.path() != "/zoeken?q=samen" {
		t.Errorf("without scripts the form leads to %s", b.path())
	}
}

// suggests types in the box and waits for suggestions.
func (b *tab) suggests(typed string) {
	b.Helper()
	b.waits("the script of the box", `document.querySelector("[role=combobox]")`)
	b.pastes("q", typed)
	b.waits("suggestions", `!document.querySelector("[role=listbox]").hidden && document.querySelector("rz-suggest mark")`)
}

// key presses a key where the focus is.
func (b *tab) key(key string) {
	b.Helper()
	b.do("press a key", chromedp.KeyEvent(key))
}

// heard is what a screen reader is told of the search box.
type heard struct {
	role, name, active string
	expanded           bool
}

// told reads it from the tree that screen readers get.
func (b *tab) told() (h heard) {
	b.Helper()
	tree, err := chromedp.Call(b.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		b.Fatalf("read the accessibility tree: %v", err)
	}
	is := func(v *accessibility.Value, want string) bool { return v != nil && string(v.Value) == quoted(want) }
	for _, n := range tree.Nodes {
		if n.Ignored || !is(n.Role, "combobox") {
			continue
		}
		h.role, h.name = "combobox", strings.Trim(string(n.Name.Value), `"`)
		for _, p := range n.Properties {
			switch string(p.Name) {
			case "expanded":
				h.expanded = string(p.Value.Value) == "true"
			case "activedescendant":
				for _, related := range p.Value.RelatedNodes {
					i := slices.IndexFunc(tree.Nodes, func(o *accessibility.Node) bool { return o.BackendDOMNodeID == related.BackendDOMNodeID })
					if i < 0 || !is(tree.Nodes[i].Role, "option") {
						b.Errorf("the active option is no option")
						continue
					}
					h.active = strings.Trim(string(tree.Nodes[i].Name.Value), `"`)
				}
			}
		}
	}
	return h
}

// keepPicture saves what is on the screen for who wants to see it.
func (b *tab) keepPicture(name string) {
	b.Helper()
	dir := os.Getenv("RUGZAK_KEEP_PAGES")
	if dir == "" {
		return
	}
	picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(dir+"/"+name+".png", picture, 0o600)
	}
	if err != nil {
		b.Errorf("keep a picture: %v", err)
	}
}
