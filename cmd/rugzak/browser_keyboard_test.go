// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// standing is where the keyboard is, and what is wrong with that place: one does
// not see it, something lies over it, it is too small to hit, or it does not show
// that the keyboard is there.
type standing struct {
	Name  string   `json:"name"` // empty for the page itself
	Again bool     `json:"again"`
	Back  bool     `json:"back"` // it stands before the place that was last
	Wrong []string `json:"wrong"`
}

// tabbableScript lists what the keyboard should come by, in the order of the page:
// of a group of radio buttons the one that is chosen, or else the first.
const tabbableScript = `window.tabbable = () => {
  const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")].filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true}));
  const group = (r) => all.filter((o) => o.type === "radio" && o.name === r.name && o.form === r.form);
  return all.filter((e) => e.type !== "radio" || e === (group(e).find((r) => r.checked) ?? group(e)[0]));
}; window.visited = new Set(); window.before = undefined; true`

const standingScript = `(() => {
  const e = document.activeElement, wrong = [];
  if (!e || e === document.body || e === document.documentElement) return {name: "", again: false, back: false, wrong};
  const box = e.getBoundingClientRect(), s = getComputedStyle(e);
  const name = e.tagName.toLowerCase() + " " + (e.innerText || e.getAttribute("aria-label") || e.name || "").trim().slice(0, 40);
  if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) wrong.push("out of sight");
  else {
    const rects = [...e.getClientRects()];
    const seen = rects.some((r) => [.5, .15, .85].some((x) => [.5, .2, .8].some((y) => {
      const at = document.elementFromPoint(r.left + r.width * x, r.top + r.height * y);
      return at && (e.contains(at) || at.contains(e) && at !== document.body && at !== document.documentElement || at.closest("label")?.control === e);
    })));
    if (!seen) wrong.push("under something else");
  }
  const lined = (st) => st.outlineStyle !== "none" && parseFloat(st.outlineWidth) >= 2 || st.boxShadow !== "none";
  const shows = [e, e.closest("label"), e.nextElementSibling, e.parentElement, e.closest("article, li")].some((x) => x && (lined(getComputedStyle(x)) || lined(getComputedStyle(x, "::after"))));
  if (!shows && !e.matches("main")) wrong.push("does not show the focus");
  const label = e.labels?.[0]?.getBoundingClientRect();
  const wide = Math.max(box.width, label?.width ?? 0), high = Math.max(box.height, label?.height ?? 0);
  const inText = s.display === "inline" && e.parentElement && e.parentElement.textContent.trim().length > e.textContent.trim().length;
  if ((wide < 24 || high < 24) && !inText) wrong.push("only " + Math.round(wide) + " by " + Math.round(high));
  const again = window.visited.has(e), back = Boolean(window.before?.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING);
  window.visited.add(e);
  window.before = e;
  return {name, again, back, wrong};
})()`

// tabs goes through the whole page with the key Tab.
func (b *tab) tabs() {
	b.Helper()
	js[bool](b, tabbableScript)
	for range js[int](b, `window.tabbable().length`) + 60 { // bars of buttons come by the way
		b.key(kb.Tab)
		at := js[standing](b, standingScript)
		if at.Name == "" || at.Again {
			break // round
		}
		for _, w := range at.Wrong {
			b.Errorf("%s: %s: %s", b.path(), at.Name, w)
		}
		if at.Back {
			b.Errorf("%s: the keyboard goes back to %s", b.path(), at.Name)
		}
	}
	// What is about the same comes when somebody is near, in the place of a link.
	if missed := js[[]string](b, `window.tabbable().filter((e) => !window.visited.has(e) && !e.closest("rz-like")).map((e) => e.outerHTML.slice(0, 90))`); len(missed) > 0 {
		b.Errorf("%s: the keyboard does not come by %q", b.path(), missed)
	}
}

// Every page to read or to write on goes by keyboard: it comes by everything in
// the order of the page, one sees where it is, nothing lies over it, and it is
// large enough to hit; on a phone, a desktop and a desktop at 400 %.
func TestBrowserKeyboardOrder(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	for name, on := range map[string]screen{"desktop": desktop(), "phone": phone(), "400 %": {320, 256, 4, false}} {
		t.Run(name, func(t *testing.T) {
			b := newBrowser(t, chromium, s.at, on)
			b.signIn(s, "participant")
			b.search("samen aan de keukentafel")
			entry := js[string](b, `document.querySelector("main article h2 a").pathname`)
			for _, path := range []string{"/", "/zoeken?q=wachttijd", entry, "/ik-deel-iets", fullForm, "/themas", "/rugzak", "/stand-van-zaken", "/account"} {
				b.open(path)
				b.waits("the page", `document.readyState === "complete"`)
				b.tabs()
				if wide := js[int](b, `document.scrollingElement.scrollWidth`); int64(wide) > on.width {
					t.Errorf("%s: %d wide", path, wide)
				}
				if fixed := js[float64](b, fixedScript); fixed > .4 {
					t.Errorf("%s: what stays in place takes %.0f %% of the height", path, fixed*100)
				}
			}
		})
	}
}

// Whoever is past what is about the same stays where they are when it comes: by
// the keyboard, and by rolling.
func TestBrowserSimilarPushesNobody(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, phone())
	b.signIn(s, "participant")
	b.search("samen aan de keukentafel")
	entry := js[string](b, `document.querySelector("main article h2 a").pathname`)
	for how, comes := range map[string]string{"keyboard": `past.focus()`, "rolling": `past.scrollIntoView({block: "center"})`} {
		b.open(entry)
		where := js[float64](b, `(() => {
  const like = document.querySelector("rz-like");
  if (like.querySelector("[data-similar]")) return -1;
  window.past = [...document.querySelectorAll("main button")].find((e) => like.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING && e.checkVisibility());
  `+comes+`;
  return past.getBoundingClientRect().top;
})()`)
		if where < 0 {
			t.Fatal("the list came before anybody was near")
		}
		b.waits("the list", `document.querySelector("rz-like [data-similar]")`)
		if got := js[float64](b, `past.getBoundingClientRect().top`); got < where-2 || got > where+2 {
			t.Errorf("%s: the button went from %.0f to %.0f", how, where, got)
		}
	}
}

// fixedScript is which part of the height is taken by what does not roll along.
const fixedScript = `[...document.querySelectorAll("body *")].filter((e) => ["fixed", "sticky"].includes(getComputedStyle(e).position) && e.checkVisibility())
  .map((e) => e.getBoundingClientRect()).filter((r) => r.width > innerWidth / 2 && r.bottom > 0 && r.top < innerHeight).reduce((sum, r) => sum + Math.min(r.bottom, innerHeight) - Math.max(r.top, 0), 0) / innerHeight`

// toFocus presses Tab until the keyboard is at what a selector finds.
func (b *tab) toFocus(selector string) {
	b.Helper()
	for range 120 {
		b.key(kb.Tab)
		if js[bool](b, `document.activeElement.matches(`+quoted(selector)+`)`) {
			return
		}
	}
	b.Fatalf("%s: the keyboard does not come at %s", b.path(), selector)
}

// Somebody without a mouse passes over the navigation, uses the menu, searches,
// and shares an experience after a mistake, of which they hear.
func TestBrowserKeyboardOnly(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, desktop())
	b.signIn(s, "participant")
	b.key(kb.Tab)
	if skip := js[standing](b, tabbableScript+`;`+standingScript); !js[bool](b, `document.activeElement.matches(".utrecht-skip-link")`) || len(skip.Wrong) > 0 {
		t.Errorf("the first stop is %+v", skip)
	}
	b.key(kb.Enter)
	b.waits("the content", `document.activeElement.matches("main")`)

	b.open("/hulp")
	b.toFocus("details.rz-menu > summary")
	b.key(kb.Enter)
	b.waits("the menu", `document.querySelector("details.rz-menu").open`)
	b.key(kb.Tab)
	if !js[bool](b, `document.activeElement.matches(".rz-menu__panel a, .rz-menu__panel button")`) {
		t.Error("the menu does not come after its button")
	}
	b.key(kb.Escape)
	if !js[bool](b, `!document.querySelector("details.rz-menu").open && document.activeElement.matches("summary")`) {
		t.Error("Escape does not lead back from the menu")
	}

	b.open("/zoeken")
	b.toFocus("#q")
	b.inserts("q", "keukentafel")
	b.goes("search", keys(kb.Enter)...)
	if !strings.HasPrefix(b.path(), "/zoeken?") || !b.has("main article h2 a") {
		t.Errorf("searching leads to %s", b.path())
	}

	b.open("/ik-deel-iets")
	b.toFocus(`main button[value="share"]`)
	if status := b.goes("share nothing", keys(kb.Enter)...); status != http.StatusUnprocessableEntity {
		t.Errorf("an empty form answers %d", status)
	}
	b.waits("the summary of what is wrong", `document.activeElement.closest("[role=alert], .rz-errors, .utrecht-alert") !== null`)
	b.key(kb.Tab)
	b.key(kb.Enter) // the first link of it
	b.waits("the field", `document.activeElement.matches("textarea[aria-invalid=true]")`)
	if about := js[string](b, `document.getElementById(document.activeElement.getAttribute("aria-describedby").split(" ").at(-1))?.textContent ?? ""`); about == "" {
		t.Error("the field does not tell what is wrong with it")
	}
	b.inserts(js[string](b, `document.activeElement.name`), "Zonder muis belde ik eerst de buurvrouw.")
	b.toFocus(`main button[value="share"]`)
	b.goes("share", keys(kb.Enter)...)
	if !strings.HasPrefix(b.path(), "/ervaringen/") {
		t.Fatalf("sharing leads to %s:\n%s", b.path(), b.text("main"))
	}
	if said := js[[]string](b, `[...document.querySelectorAll("main [role=status], main [role=alert]")].map((e) => e.innerText.trim())`); !slices.ContainsFunc(said, func(s string) bool { return s != "" }) {
		t.Error("nobody hears that it was shared")
	}
}

// keys are presses of keys, one after the other.
func keys(all ...string) (steps []chromedp.Action[chromedp.Void]) {
	for _, key := range all {
		steps = append(steps, chromedp.KeyEvent(key))
	}
	return steps
}
