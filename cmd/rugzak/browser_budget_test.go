// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// What a first visit may cost, in bytes as they go over the line, and in
// requests. A page to read is one that people open most: home, an entry, what
// was found, a theme.
const (
	mostBytes    = 30_000
	mostRequests = 5
	mostScript   = 15_000
)

// fetched is one file that a page brought along.
type fetched struct {
	path  string
	kind  network.ResourceType
	bytes int // on the line: the compressed body with the head of the answer
}

// meter counts what the pages of a tab ask for. Its method watch runs beside the
// test.
type meter struct {
	mu    sync.Mutex
	files map[network.RequestID]*fetched
	order []network.RequestID
}

func (m *meter) watch(ev any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch ev := ev.(type) {
	case *network.EventRequestWillBeSent:
		u, err := url.Parse(ev.Request.URL)
		if err != nil || u.Scheme == "data" {
			return
		}
		if m.files[ev.RequestID] == nil {
			m.order = append(m.order, ev.RequestID)
		}
		m.files[ev.RequestID] = &fetched{path: u.RequestURI(), kind: ev.Type}
	case *network.EventLoadingFinished:
		if f := m.files[ev.RequestID]; f != nil {
			f.bytes = int(ev.EncodedDataLength)
		}
	}
}

func (m *meter) begin() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.files, m.order = map[network.RequestID]*fetched{}, nil
}

// done reports whether everything that was asked for has come, apart from icons:
// of those the browser does not always say that they did.
func (m *meter) done() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, f := range m.files {
		if f.bytes == 0 && f.kind != network.ResourceTypeOther {
			return false
		}
	}
	return len(m.files) > 0
}

func (m *meter) all() []fetched {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []fetched
	for _, id := range m.order {
		all = append(all, *m.files[id])
	}
	return all
}

// cost is what a page costs who was never here before.
type cost struct {
	files       []fetched
	bytes       int
	scripts     int // bytes of them
	scriptFiles int
	shift       float64
	paint       float64 // first contentful paint, in milliseconds
}

func (c cost) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d requests, %d B; %d scripts of %d B; shift %.4f; first paint %.0f ms", len(c.files), c.bytes, c.scriptFiles, c.scripts, c.shift, c.paint)
	for _, f := range c.files {
		fmt.Fprintf(&b, "\n    %6d %-10s %s", f.bytes, f.kind, f.path)
	}
	return b.String()
}

// shiftScript counts, from the first moment on, how far things jump.
const shiftScript = `window.shifted = 0; window.shifting = [];
new PerformanceObserver((list) => { for (const e of list.getEntries()) {
  window.shifted += e.value;
  for (const s of e.sources) window.shifting.push((s.node?.outerHTML ?? s.node?.textContent ?? "").slice(0, 100) + " " + Math.round(s.previousRect.y) + " -> " + Math.round(s.currentRect.y));
} }).observe({type: "layout-shift", buffered: true});
new PerformanceObserver((list) => { for (const e of list.getEntries()) if (e.name === "first-contentful-paint") window.painted = e.startTime; }).observe({type: "paint", buffered: true});`

// measured opens a tab of somebody who is signed in, whose visits are measured.
func measured(t *testing.T, parent *tab, s screen) (*tab, *meter) {
	t.Helper()
	m := &meter{files: map[network.RequestID]*fetched{}}
	b := openTab(t, parent.ctx, parent.at, s, chromedp.WithListener(m.watch))
	if _, err := chromedp.Call(b.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: shiftScript}); err != nil {
		t.Fatal(err)
	}
	return b, m
}

// firstVisit opens a page with nothing of the site kept in the browser.
func (b *tab) firstVisit(m *meter, path string) cost {
	b.Helper()
	if _, err := chromedp.Call(b.ctx, network.ClearBrowserCache, struct{}{}); err != nil {
		b.Fatalf("forget what is kept: %v", err)
	}
	m.begin()
	if status := b.open(path); status != http.StatusOK {
		b.Fatalf("%s answers %d", path, status)
	}
	b.waits("the first paint", `window.painted`)
	if !eventually(m.done) {
		b.Fatalf("%s: something never comes: %v", path, m.all())
	}
	c := cost{files: m.all(), shift: js[float64](b, `window.shifted`), paint: js[float64](b, `window.painted`)}
	// Icons may come later, or not at all in a browser without a screen: they
	// count all the same.
	for _, link := range js[[]string](b, `[...document.querySelectorAll('link[rel~="icon"], link[rel="manifest"]')].map((l) => l.getAttribute("href"))`) {
		c.files = slices.DeleteFunc(c.files, func(f fetched) bool { return f.path == link })
		c.files = append(c.files, fetched{path: link, kind: "Icon", bytes: b.weigh(link)})
	}
	// A picture that somebody attached is what the page is about, not what it costs.
	c.files = slices.DeleteFunc(c.files, func(f fetched) bool {
		return f.kind == network.ResourceTypeImage && !strings.HasPrefix(f.path, "/static/")
	})
	for _, f := range c.files {
		c.bytes += f.bytes
		if f.kind == network.ResourceTypeScript {
			c.scripts += f.bytes
			c.scriptFiles++
		}
	}
	return c
}

// weigh is what a file costs that the browser did not ask for by itself.
func (b *tab) weigh(path string) int {
	b.Helper()
	v := newVisitor()
	r, err := http.NewRequest(http.MethodGet, b.at+path, nil)
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "gzip, deflate, br, zstd")
	resp, err := v.client.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	var size counter
	if err := resp.Write(&size); err != nil {
		b.Fatal(err)
	}
	return int(size)
}

// counter counts what is written to it.
type counter int

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }

// budgetPage is a page with a budget. One that is not for reading may have more
// requests.
type budgetPage struct {
	name, path string
	requests   int // at most; 0 for no budget of its own
}

// budgeted are the pages with a budget, as the demonstration has them.
func budgeted(b *tab) []budgetPage {
	b.search("samen aan de keukentafel")
	entry := js[string](b, `document.querySelector("main article h2 a").pathname`)
	b.open("/themas")
	theme := js[string](b, `document.querySelector("main article a").pathname`)
	return []budgetPage{
		{"home", "/", mostRequests}, {"entry", entry, mostRequests}, {"search", "/zoeken?q=wachttijd", mostRequests},
		{"nothing found", "/zoeken?q=xyzzy", mostRequests}, {"theme", theme, mostRequests}, {"quick entry", "/ik-deel-iets", 0},
		{"full form", fullForm, 0}, {"results", "/stand-van-zaken", 0}, {"backpack", "/rugzak", 0},
	}
}

// A first visit costs no more than we promise, and nothing jumps while it loads.
func TestBrowserBudgets(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	for name, look := range map[string]screen{"phone": phone(), "desktop": desktop()} {
		me := newBrowser(t, chromium, s.at, look)
		me.signIn(s, "participant")
		b, m := measured(t, me, look)
		for _, p := range budgeted(me) {
			c := b.firstVisit(m, p.path)
			t.Logf("%s, %s: %s", p.name, name, c)
			if c.shift != 0 {
				t.Errorf("%s, %s: things jump, by %f: %q", p.name, name, c.shift, js[[]string](b, `window.shifting`))
			}
			if c.scripts > mostScript {
				t.Errorf("%s, %s: %d B of scripts, more than %d", p.name, name, c.scripts, mostScript)
			}
			if p.requests > 0 && (c.bytes > mostBytes || len(c.files) > p.requests || c.scriptFiles > 1) {
				t.Errorf("%s, %s: %d B in %d requests with %d scripts, more than %d in %d with 1", p.name, name, c.bytes, len(c.files), c.scriptFiles, mostBytes, p.requests)
			}
		}
	}
}

// In the house style of a municipality a reading page costs no more either: its
// stylesheet comes with that of every page. Its logo is the sixth request.
func TestBrowserBudgetsInHouseStyle(t *testing.T) {
	chromium := startChromium(t)
	for _, theme := range axeThemes[1:] {
		s := serving(t, "demo", "--data", filepath.Join(t.TempDir(), "demo"), "--listen", "127.0.0.1:0", "--lang", "nl", "--theme-folder", madeUpThemes+theme)
		me := newBrowser(t, chromium, s.at, phone())
		me.signInAs("deelnemer@voorbeeld.test", demoPasswordPattern.FindString(s.out.String()))
		b, m := measured(t, me, phone())
		for _, p := range budgeted(me) {
			c := b.firstVisit(m, p.path)
			t.Logf("%s, %s: %s", p.name, theme, c)
			if c.shift != 0 {
				t.Errorf("%s, %s: things jump, by %f: %q", p.name, theme, c.shift, js[[]string](b, `window.shifting`))
			}
			if p.requests > 0 && (c.bytes > mostBytes || len(c.files) > mostRequests+1) {
				t.Errorf("%s, %s: %d B in %d requests, more than %d in %d", p.name, theme, c.bytes, len(c.files), mostBytes, mostRequests+1)
			}
		}
	}
}

// How soon a slow phone shows something, on a slow line: a figure, as how fast
// this machine is decides the rest.
func TestBrowserSlowPhone(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	me := newBrowser(t, chromium, s.at, phone())
	me.signIn(s, "participant")
	b, m := measured(t, me, phone())
	pages := budgeted(me)
	if _, err := chromedp.Call(b.ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 4}); err != nil {
		t.Fatal(err)
	}
	slow := &network.Conditions{Latency: 150, DownloadThroughput: 1.6e6 / 8, UploadThroughput: 750e3 / 8}
	if _, err := chromedp.Call(b.ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{slow}}); err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		c := b.firstVisit(m, p.path)
		t.Logf("%-14s first paint after %.0f ms", p.name, c.paint)
		if c.shift != 0 {
			t.Errorf("%s: things jump, by %f", p.name, c.shift)
		}
	}
}
