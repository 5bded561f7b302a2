// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// What a screen reader is told of the main pages and of forms with errors, as the
// browser gives it: roles, names, descriptions and states, as written in
// testdata/tree. Running text is left out, and so is what hangs on the day.
func TestBrowserAccessibilityTree(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, phone())
	same := func(name string) {
		t.Helper()
		b.waits("the page", `document.readyState === "complete"`)
		got, file := b.tree(), filepath.Join("testdata", "tree", name+".txt")
		if *update {
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want := string(read(t, file)); got != want {
			t.Errorf("%s: a screen reader is told something else; look at it, then: go test -run AccessibilityTree ./cmd/rugzak -update\n%s", name, differenceOfTrees(want, got))
		}
	}
	b.open("/inloggen")
	same("sign-in")
	b.types("email", "niemand@voorbeeld.test")
	b.types("password", "een heel ander wachtwoord")
	b.press(`main form button:not([type="button"])`)
	same("sign-in-refused")
	b.signIn(s, "participant")
	b.open("/hulp")
	b.unfolds("details.rz-menu > summary")
	same("menu-open")
	b.open("/ik-deel-iets")
	same("quick-entry")
	b.press(`main button[name="do"][value="share"]`)
	same("quick-entry-errors")
	b = b.another(phone()) // the form asks before it is left
	b.open("/ik-vraag-iets")
	same("question")
	b.open(fullForm)
	b.press(`main button[name="do"][value="share"]`)
	same("full-form-errors")
	b = b.another(phone())
	b.open("/")
	b.search("samen aan de keukentafel")
	same("search")
	b.press("main article:has(.rz-kind--experience) h2 a")
	same("entry")
	b.press(`form[action$="/meenemen"] button`)
	same("entry-taken")
	b.search("xyzzy")
	same("nothing-found")
	b.open("/themas")
	b.press("main article a")
	same("theme")
	b.open("/bestaat-niet")
	same("not-found")
	b.takeWrong() // pages that refuse
}

// treeProperties are the states that are written down.
var treeProperties = []accessibility.PropertyName{
	accessibility.PropertyNameLevel, accessibility.PropertyNameRequired, accessibility.PropertyNameInvalid, accessibility.PropertyNameExpanded,
	accessibility.PropertyNameChecked, accessibility.PropertyNameFocused, accessibility.PropertyNameLive, accessibility.PropertyNameDisabled,
	accessibility.PropertyNameModal, accessibility.PropertyNameHasPopup, accessibility.PropertyNameAutocomplete, accessibility.PropertyNameMultiline,
}

// treeQuiet are parts that say nothing by themselves: their children stand in
// their place.
var treeQuiet = []string{"StaticText", "InlineTextBox", "LineBreak", "generic", "none", "paragraph", "ListMarker", "time", "mark", "emphasis", "strong", "LabelText", "Legend", "Abbr", "superscript"}

var (
	treeWhen   = regexp.MustCompile(`(?i)\b(vandaag|gisteren|eergisteren|zojuist|net|vorige week|vorige maand|(maan|dins|woens|donder|vrij|zater|zon)dag)\b|\b#? ?(januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)( #)?\b`)
	treeNumber = regexp.MustCompile(`\d+`)
	treeAge    = regexp.MustCompile(`# (minuut|minuten|uur|dag|dagen|week|weken|maand|maanden|jaar)\b`)
)

// tree is the accessibility tree of the page as text.
func (b *tab) tree() string {
	b.Helper()
	full, err := chromedp.Call(b.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		b.Fatalf("read the accessibility tree: %v", err)
	}
	nodes := map[accessibility.NodeID]*accessibility.Node{}
	for _, n := range full.Nodes {
		nodes[n.NodeID] = n
	}
	var out strings.Builder
	var write func(id accessibility.NodeID, depth int)
	write = func(id accessibility.NodeID, depth int) {
		n := nodes[id]
		if n == nil {
			return
		}
		role := valueText(n.Role)
		quiet := n.Ignored || slices.Contains(treeQuiet, role)
		if !quiet {
			out.WriteString(strings.Repeat("  ", depth) + role)
			if name := timeless(valueText(n.Name)); name != "" {
				out.WriteString(" " + quoted(name))
			}
			if about := timeless(valueText(n.Description)); about != "" {
				out.WriteString(" described " + quoted(about))
			}
			for _, p := range n.Properties {
				if v := valueText(p.Value); slices.Contains(treeProperties, p.Name) && v != "false" && v != "" && v != "none" {
					out.WriteString(" " + string(p.Name) + "=" + v)
				}
			}
			out.WriteString("\n")
			depth++
		}
		for _, child := range n.ChildIDs {
			write(child, depth)
		}
	}
	if len(full.Nodes) > 0 {
		write(full.Nodes[0].NodeID, 0)
	}
	return out.String()
}

// valueText is a value of the tree as text.
func valueText(v *accessibility.Value) string {
	if v == nil {
		return ""
	}
	var text string
	if json.Unmarshal([]byte(v.Value), &text) != nil {
		return string(v.Value)
	}
	return text
}

// timeless takes what changes from day to day out of a text.
func timeless(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	text = treeNumber.ReplaceAllString(text, "#")
	return treeAge.ReplaceAllString(treeWhen.ReplaceAllString(text, "DAY"), "TIME")
}

// differenceOfTrees shows where two texts go apart.
func differenceOfTrees(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return "line " + strconv.Itoa(i+1) + "\nwas " + strings.TrimSpace(w[i]) + "\nis  " + strings.TrimSpace(g[i])
		}
	}
	return "one goes on longer: " + strings.Join(slices.Concat(w[min(len(w), len(g)):], g[min(len(w), len(g)):]), "\n")
}
