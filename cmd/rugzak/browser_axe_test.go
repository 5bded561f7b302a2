// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

const (
	axeScript = "testdata/axe-core/axe.min.js"
	axeSum    = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
)

// axeRules are those of WCAG 2.2 at levels A and AA, and good practice. Where a
// system forces its own colours, these are on the screen and not in the styles
// that axe reads: there it does not judge contrast.
const axeRules = `{resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
  rules: {"color-contrast": {enabled: !matchMedia("(forced-colors: active)").matches}, "target-size": {enabled: true}}}`

// The ways in which a page may be looked at. Three of each but the language: see
// axeSpread.
var (
	axeThemes    = []string{"", "voorbeeldstad", "verzonnen-aan-zee"} // the first is the site's own
	axeLanguages = []string{"nl", "en"}
	axeModes     = []axeMode{
		{"light", map[string]string{"prefers-color-scheme": "light"}}, {"dark", map[string]string{"prefers-color-scheme": "dark"}},
		{"forced colours", map[string]string{"prefers-color-scheme": "dark", "forced-colors": "active"}},
	}
	// The last is a desktop of 1280 by 1024 at 400 %.
	axeScreens = []screen{phone(), desktop(), {320, 256, 4, false}}
)

type axeMode struct {
	name  string
	wants map[string]string
}

// axePage is a page as somebody finds it, and in which parts.
type axePage struct {
	pattern string
	paths   map[string]string // by part
}

// axeRun is one look at one page: the rest are places in the lists above.
type axeRun struct {
	part, path                    string
	theme, language, mode, screen int
}

// axeSpread is a fixed choice of looks: every page in every part that has it, and
// each page with each theme, language, mode and screen: three looks have all of
// these. Over the pages every pair of a theme, language, mode and screen comes by;
// checkSpread holds that.
func axeSpread(pages []axePage) (runs []axeRun) {
	turn := 0
	for _, p := range pages {
		parts := slices.Sorted(maps.Keys(p.paths))
		for k := range max(len(parts), 3) {
			part, three := parts[k%len(parts)], turn+k/3
			runs = append(runs, axeRun{part, p.paths[part], k % 3, (k + three) % 2, (k + three) % 3, (k + 2*three) % 3})
		}
		turn++
	}
	return runs
}

// axeAll is every page in every part in every way.
func axeAll(pages []axePage) (runs []axeRun) {
	for _, p := range pages {
		for _, part := range slices.Sorted(maps.Keys(p.paths)) {
			for theme := range axeThemes {
				for language := range axeLanguages {
					for mode := range axeModes {
						for s := range axeScreens {
							runs = append(runs, axeRun{part, p.paths[part], theme, language, mode, s})
						}
					}
				}
			}
		}
	}
	return runs
}

// axeShare takes the share "2/40" of the runs: what a run is says which share it
// is in, so that a share has something of everything.
func axeShare(t *testing.T, runs []axeRun, share string) (mine []axeRun) {
	t.Helper()
	var from, of uint32
	if _, err := fmt.Sscanf(share, "%d/%d", &from, &of); err != nil || from < 1 || from > of {
		t.Fatalf("RUGZAK_AXE=%s: all, or a share such as 2/40", share)
	}
	for _, r := range runs {
		h := fnv.New32a()
		fmt.Fprint(h, r)
		if h.Sum32()%of == from-1 {
			mine = append(mine, r)
		}
	}
	return mine
}

// Nothing that axe-core knows is wrong on any page, for anybody, in either
// language, in the site's own style and in those of two made-up municipalities,
// in light, dark and forced colours, on a phone, a desktop and at 400 %. A fixed
// spread over these; RUGZAK_AXE=all looks at all of them: make axe. RUGZAK_AXE=2/40
// looks at the second of forty shares, that together are all.
func TestBrowserAxe(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	pages := axePages(t, chromium, s)
	runs, of := axeSpread(pages), len(axeAll(pages))
	if share := os.Getenv("RUGZAK_AXE"); share == "" || share == "all" {
		if share != "" {
			runs = axeAll(pages)
		}
		checkSpread(t, pages, runs)
	} else {
		runs = axeShare(t, axeAll(pages), share)
	}
	s.stop()
	var mu sync.Mutex
	found := map[string]int{}
	t.Run("themes", func(t *testing.T) {
		for theme, name := range axeThemes {
			t.Run(cmp.Or(name, "own"), func(t *testing.T) {
				t.Parallel()
				copied := filepath.Join(t.TempDir(), "demo")
				if err := os.CopyFS(copied, os.DirFS(s.dir)); err != nil {
					t.Fatal(err)
				}
				args := []string{"demo", "--data", copied, "--listen", "127.0.0.1:0", "--lang", "nl"}
				if name != "" {
					args = append(args, "--theme-folder", madeUpThemes+name)
				}
				site := &showcase{running: serving(t, args...), password: s.password, people: s.people}
				var mine []axeRun
				for _, r := range runs {
					if r.theme == theme {
						mine = append(mine, r)
					}
				}
				wrong := axeLooks(t, chromium, site, mine)
				mu.Lock()
				defer mu.Unlock()
				for w, n := range wrong {
					found[cmp.Or(name, "own")+": "+w] += n
				}
			})
		}
	})
	for _, w := range slices.Sorted(maps.Keys(found)) {
		t.Errorf("%d times, %s", found[w], w)
	}
	t.Logf("axe-core: %d pages, %d combinations of page, role, language, theme, colours and screen of %d, %d kinds of violations", len(pages), len(runs), of, len(found))
}

// checkSpread holds that nothing is left out: every page in every part, every
// page in each way, and every pair of two ways.
func checkSpread(t *testing.T, pages []axePage, runs []axeRun) {
	t.Helper()
	seen := map[string]bool{}
	for _, r := range runs {
		ways := []string{fmt.Sprint("theme ", r.theme), fmt.Sprint("language ", r.language), fmt.Sprint("mode ", r.mode), fmt.Sprint("screen ", r.screen)}
		seen[r.part+" "+r.path] = true
		for i, w := range ways {
			seen[r.path+" "+w], seen[r.part+" "+w] = true, true
			for _, v := range ways[i+1:] {
				seen[w+" "+v] = true
			}
		}
	}
	want := func(all ...string) {
		if w := strings.Join(all, " "); !seen[w] {
			t.Errorf("the spread leaves out: %s", w)
		}
	}
	ways := map[string]int{"theme": len(axeThemes), "language": len(axeLanguages), "mode": len(axeModes), "screen": len(axeScreens)}
	order := []string{"theme", "language", "mode", "screen"}
	for i, a := range order {
		for x := range ways[a] {
			way := fmt.Sprint(a, " ", x)
			for _, p := range pages {
				if !slices.ContainsFunc(slices.Collect(maps.Values(p.paths)), func(path string) bool { return seen[path+" "+way] }) {
					t.Errorf("the spread leaves out %s with %s", p.pattern, way)
				}
			}
			for _, b := range order[i+1:] {
				for y := range ways[b] {
					want(way, fmt.Sprint(b, " ", y))
				}
			}
		}
	}
	for _, p := range pages {
		for part, path := range p.paths {
			want(part, path)
		}
	}
}

// axePages are all pages, found as in TestBrowserPages.
func axePages(t *testing.T, chromium context.Context, s *showcase) []axePage {
	t.Helper()
	left := leaves(t, chromium, s)
	all := map[string]map[string]string{}
	add := func(part, path string) {
		p := pattern(path)
		if p != "/zoeken?" { // a question behind the address of another page shows the same page
			p = strings.TrimSuffix(p, "?")
		}
		if all[p] == nil {
			all[p] = map[string]string{}
		}
		if all[p][part] == "" {
			all[p][part] = path
		}
	}
	for _, part := range []string{"participant", "facilitator", "administrator", "partner", "partnercontact", "privacyofficer", "coreteam", "manager"} {
		b := newBrowser(t, chromium, s.at, phone())
		b.signIn(s, part)
		for _, path := range walk(b, part, 1, left[part], func() {}) {
			add(part, path)
		}
		b.takeWrong() // TestBrowserPages tells
	}
	for _, path := range []string{"/inloggen", "/wachtwoord-vergeten", "/wachtwoord/onbekend", "/eerste-beheerder/onbekend", "/afmelden/onbekend", "/toegankelijkheid"} {
		add("", path)
	}
	var pages []axePage
	for _, p := range slices.Sorted(maps.Keys(all)) {
		pages = append(pages, axePage{p, all[p]})
	}
	return pages
}

// axeLooks takes looks at a site, those of one person and language after each
// other, and returns what is wrong and how often.
func axeLooks(t *testing.T, chromium context.Context, s *showcase, runs []axeRun) map[string]int {
	t.Helper()
	slices.SortStableFunc(runs, func(a, b axeRun) int {
		return cmp.Or(cmp.Compare(a.part, b.part), cmp.Compare(a.language, b.language), cmp.Compare(a.mode, b.mode), cmp.Compare(a.screen, b.screen))
	})
	script := axeSource(t)
	wrong := map[string]int{}
	var b *tab
	part := "-"
	for _, r := range runs {
		if r.part != part {
			part = r.part
			b = newBrowser(t, chromium, s.at, axeScreens[r.screen])
			if part != "" {
				b.signIn(s, part)
			} else {
				b.open("/inloggen")
			}
		}
		language, mode, on := axeLanguages[r.language], axeModes[r.mode], axeScreens[r.screen]
		if js[string](b, `document.documentElement.lang`) != language {
			b.look(desktop())
			b.open("/hulp")
			if part == "" {
				b.press(`form[action="/taal"] button`)
			} else {
				b.chooses(language)
			}
		}
		b.look(on)
		b.prefers("", mode.wants)
		b.open(r.path)
		for _, w := range b.axe(script) {
			wrong[fmt.Sprintf("%s, %s on %d px, %s as %q: %s", pattern(r.path), mode.name, on.width, language, part, w)]++
		}
		b.takeWrong() // TestBrowserPages tells
	}
	return wrong
}

// axeSource is the script, as it came.
func axeSource(t *testing.T) string {
	t.Helper()
	script := read(t, axeScript)
	if sum := sha256.Sum256(script); hex.EncodeToString(sum[:]) != axeSum {
		t.Fatalf("%s is another: %x", axeScript, sum)
	}
	return string(script)
}

// axe lists what is wrong on the page: the rule, and what it is about.
func (b *tab) axe(script string) []string {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	wrong, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](script+`;
axe.run(document, `+axeRules+`).then((r) => r.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.html.slice(0, 160) + " | " + [...n.any, ...n.all, ...n.none].map((c) => c.message).join("; ").slice(0, 160))))`, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("axe on %s: %v", b.path(), err)
	}
	return wrong
}
