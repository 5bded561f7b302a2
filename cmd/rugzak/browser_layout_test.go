// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func quoted(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic("a string is always JSON: " + err.Error())
	}
	return string(b)
}

// layoutScript looks at where every piece of text stands, and lists what is out
// of the screen, cut off by a box around it, wider than its box in a drawing, or
// on top of other text.
const layoutScript = `(width) => {
  const wrong = [];
  const page = document.scrollingElement;
  if (page.scrollWidth > width) wrong.push("the page is " + page.scrollWidth + " wide");
  const name = (e) => e.tagName.toLowerCase() + (e.className && typeof e.className === "string" ? "." + e.className.trim().split(/\s+/).join(".") : "");
  const unseen = (s, e) => s.position === "absolute" && e.offsetWidth <= 1 && e.offsetHeight <= 1;
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  next: while (walker.nextNode()) {
    const node = walker.currentNode, words = node.data.trim();
    if (!words || !node.parentElement.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    let rects = [...range.getClientRects()].filter((r) => r.width > 1 && r.height > 1);
    let layer = "";
    for (let e = node.parentElement; e; e = e.parentElement) {
      const s = getComputedStyle(e);
      if (unseen(s, e) || s.clipPath === "inset(50%)") continue next;
      if (e.tagName === "OPTION" || e.tagName === "SELECT") continue next;
      if (!layer && (s.position === "fixed" || s.position === "sticky" || s.position === "absolute" && s.zIndex !== "auto")) layer = name(e);
      if (s.position === "fixed" && e.getBoundingClientRect().bottom <= 0) continue next; // such as a skip link
      const box = e.getBoundingClientRect();
      if (box.bottom <= 0 && s.position === "absolute") continue next;
      const scrolls = /auto|scroll/.test(s.overflowX);
      if (scrolls && e !== page && e !== document.body) { rects = rects.map((r) => new DOMRect(Math.max(r.x, box.x), r.y, 0, 0)).filter((r) => r.width); break; }
      for (const r of rects) {
        const sideways = /hidden|clip/.test(s.overflowX) && (r.left < box.left - 2 || r.right > box.right + 2);
        const upward = /hidden|clip/.test(s.overflowY) && (r.top < box.top - 4 || r.bottom > box.bottom + 4);
        if ((sideways || upward) && e !== document.body && e !== page) wrong.push("cut off by " + name(e) + ": " + words.slice(0, 60));
      }
    }
    for (const r of rects) {
      if (r.right > width + 1 || r.left < -1) wrong.push("out of the screen: " + words.slice(0, 60) + " (" + name(node.parentElement) + ")");
      texts.push({r, words, layer, e: node.parentElement});
    }
  }
  for (const e of document.querySelectorAll("button, a, summary, label, .utrecht-badge-status")) {
    if (e.checkVisibility() && e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 2 && getComputedStyle(e).display !== "inline") wrong.push("too narrow: " + name(e) + " " + e.innerText.slice(0, 60));
  }
  for (const box of document.querySelectorAll("svg rect")) for (let e = box.nextElementSibling; e?.tagName === "text"; e = e.nextElementSibling) {
    if (e.getBoundingClientRect().right > box.getBoundingClientRect().right) wrong.push("out of its box: " + e.textContent.slice(0, 60));
  }
  texts.sort((a, b) => a.r.top - b.r.top);
  for (let i = 0; i < texts.length; i++) for (let j = i + 1; j < texts.length && texts[j].r.top < texts[i].r.bottom; j++) {
    const a = texts[i], b = texts[j];
    if (a.layer !== b.layer || a.e.closest("sup,sub") || b.e.closest("sup,sub")) continue;
    const over = Math.min(a.r.right, b.r.right) - Math.max(a.r.left, b.r.left), under = Math.min(a.r.bottom, b.r.bottom) - b.r.top;
    if (over > 3 && under > Math.min(a.r.height, b.r.height) / 2) wrong.push("on top of each other: " + a.words.slice(0, 40) + " / " + b.words.slice(0, 40));
  }
  return [...new Set(wrong)];
}`

// layout lists what is wrong with how the page looks on a screen.
func (b *tab) layout(s screen) []string {
	b.Helper()
	b.look(s)
	return js[[]string](b, fmt.Sprintf(`(%s)(%d)`, layoutScript, s.width))
}

// checkLook fails the test when a page is wrong on one of the screens.
func (b *tab) checkLook(who string) {
	b.Helper()
	for _, s := range screens() {
		for _, w := range b.layout(s) {
			b.Errorf("%s at %d px, %s: %s", b.path(), s.width, who, w)
		}
	}
}

// The checks above find what they are for: a page with every fault gives every
// complaint.
func TestBrowserChecks(t *testing.T) {
	chromium := startChromium(t)
	faults := map[string]string{
		"the page is":          `<div style="width:2000px">breed</div>`,
		"out of the screen":    `<p style="position:relative;left:1250px;width:400px">Deze zin staat buiten het scherm</p>`,
		"cut off by":           `<div style="overflow:hidden;width:80px;height:1.2em"><p style="width:300px;margin:0">Deze zin past niet in zijn vak</p></div>`,
		"on top of each other": `<p style="margin:0">Deze zin staat er</p><p style="margin:-1.1em 0 2em">Deze ook</p>`,
		"out of its box":       `<svg width="300" height="40"><rect width="40" height="30"/><text y="20">Deze zin past niet in zijn vak</text></svg>`,
		"too narrow":           `<button style="width:3em;white-space:nowrap;display:block">Een veel te lange knop</button>`,
		"console:":             `<script nonce="fout">1</script>`,
		"a script complains":   `<script src="/complains.js"></script>`,
		"a script fails":       `<script src="/fails.js"></script>`,
		"asks another host":    `<img src="http://voorbeeld.invalid/a.png" alt="">`,
		"Not Found":            `<img src="/weg.png" alt="">`,
	}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "script-src 'self'")
		switch r.URL.Path {
		case "/complains.js":
			fmt.Fprint(w, `console.error("fout")`)
		case "/fails.js":
			fmt.Fprint(w, `throw new Error("fout")`)
		case "/":
			fmt.Fprintf(w, `<!doctype html><meta name=viewport content="width=device-width, initial-scale=1"><link rel=icon href=/i.svg><body><main>%s</main>`, faults[r.URL.Query().Get("fault")])
		case "/i.svg":
			w.Header().Set("Content-Type", "image/svg+xml")
		default:
			http.NotFound(w, r)
		}
	}))
	defer site.Close()
	for want := range faults {
		b := newBrowser(t, chromium, site.URL, desktop())
		b.open("/?fault=" + strings.ReplaceAll(want, " ", "+"))
		got := strings.Join(append(b.layout(desktop()), b.takeWrong()...), "\n")
		if !strings.Contains(got, want) {
			t.Errorf("a page with the fault %q only gives: %q", want, got)
		}
		b.takeWrong()
	}
	b := newBrowser(t, chromium, site.URL, phone())
	b.open("/?fault=none")
	b.checkLook("nobody")
}
