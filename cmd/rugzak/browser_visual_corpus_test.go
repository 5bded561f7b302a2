// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"rugzak/pkg/locale"
	"rugzak/pkg/markdown"
	"rugzak/pkg/rugzak"
	testparts "rugzak/pkg/rugzaktest"
	"rugzak/static"
)

// What the visual editor made of a text.
type visualTried struct {
	Why    string // why it does not open
	Locked int    // blocks that stay as their Markdown says
	Parts  int    // blocks
	Saved  string // without a change
	First  string // with a paragraph before it
	Last   string // with a paragraph behind it
	Typed  string // with something typed at both ends of every block of text
	Undone string // with all of that taken away again
	Error  string
}

const visualTry = `(async (texts) => {
  const { guard, schema } = await import("/static/js/editor.js");
  const render = async (body) => {
    const answer = await fetch("/render", { method: "POST", body });
    return answer.ok ? answer.text() : null;
  };
  const out = [];
  for (const text of texts) {
    try {
      const { why, source, locked } = await guard(text, render);
      if (why) {
        out.push({ Why: why });
        continue;
      }
      const doc = source.doc();
      const [Slice, Fragment] = [doc.slice(0, 0).constructor, doc.content.constructor];
      const slice = (...nodes) => new Slice(Fragment.from(nodes), 0, 0);
      const paragraph = schema.nodes.paragraph.create(null, schema.text("Elders getypt."));
      const last = doc.lastChild.childCount === 0 && doc.lastChild.type.name === "paragraph" ? doc.content.size - 2 : doc.content.size;
      const tried = {
        Locked: locked, Parts: source.parts.length, Saved: source.write(doc),
        First: source.write(doc.replace(0, 0, slice(paragraph))), Last: source.write(doc.replace(last, last, slice(paragraph))),
      };
      // Where the renderer makes a link of an address, a space stays between.
      const typed = [];
      doc.descendants((node, pos) => {
        if (node.isTextblock && node.textContent.trim()) {
          const words = node.textContent.trim().split(/\s+/);
          const link = (word) => /:\/\/|www\.|@/.test(word);
          typed.push([pos + 1, link(words[0]) ? "qzaqz " : "qzaq"], [pos + 1 + node.content.size, link(words.at(-1)) ? " qzbqz" : "qzbq"]);
        }
        return !node.isTextblock;
      });
      let changed = doc;
      for (const [pos, text] of typed.toReversed()) changed = changed.replace(pos, pos, slice(schema.text(text)));
      tried.Typed = source.write(changed);
      for (const [pos, text] of typed) changed = changed.replace(pos, pos + text.length, slice());
      tried.Undone = source.write(changed);
      out.push(tried);
    } catch (error) {
      out.push({ Error: error.stack });
    }
  }
  return JSON.stringify(out);
})`

// visualSite serves the built editor under the policy of the site, with the
// renderer of the site behind it.
func visualSite(t *testing.T) (string, *markdown.Renderer) {
	t.Helper()
	catalogue, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	renderer := markdown.New(markdown.Options{Text: func(lang rugzak.Lang, key string, args ...any) string {
		return catalogue.Printer(string(lang)).T(key, args...)
	}})
	mux := http.NewServeMux()
	mux.HandleFunc("POST /render", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		rendered, err := renderer.Render(r.Context(), string(body), rugzak.Dutch)
		if err != nil {
			w.WriteHeader(http.StatusUnprocessableEntity)
			return
		}
		_, _ = io.WriteString(w, rendered.HTML)
	})
	mux.Handle("GET /static/", http.StripPrefix("/static/", http.FileServerFS(static.FS)))
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'")
		_, _ = io.WriteString(w, "<!doctype html><html lang=nl><link rel=icon href=\"/static/img/favicon.svg\"><title>x</title><main></main>")
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL, renderer
}

// visualTries lets the editor try texts.
func visualTries(b *tab, texts []string) []visualTried {
	b.Helper()
	asked, err := json.Marshal(texts)
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	answer, err := chromedp.Run(ctx, chromedp.Evaluate[string](visualTry+"("+string(asked)+")", chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("try %d texts: %v", len(texts), err)
	}
	var out []visualTried
	if err := json.Unmarshal([]byte(answer), &out); err != nil {
		b.Fatal(err)
	}
	return out
}

// visualShare is the share of the texts of a corpus that opens, as it was
// reached before.
const visualShare = 0.99

// A text that opens in the visual editor means the same after it was saved
// there, whatever was changed elsewhere in it; and what is typed in a block
// changes nothing but that. The texts are our own; those of a corpus come with
// them when RUGZAK_CORPUS names a folder with docs.jsonl.
func TestBrowserVisualRoundTrip(t *testing.T) {
	chromium := startChromium(t)
	site, renderer := visualSite(t)
	t.Run("own texts", func(t *testing.T) {
		var texts []namedText
		for _, pattern := range []string{"../../pkg/markdown/testdata/*.md", "../../content/*/*/*.md", "testdata/visual/*.md"} {
			files, err := filepath.Glob(pattern)
			if err != nil || len(files) == 0 {
				t.Fatalf("no texts at %s: %v", pattern, err)
			}
			for _, file := range files {
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				texts = append(texts, namedText{file, string(text)})
			}
		}
		checkVisual(t, chromium, site, renderer, texts)
	})
	t.Run("corpus", func(t *testing.T) {
		_, corpus := testparts.Corpus(t)
		var texts []namedText
		for _, doc := range corpus {
			texts = append(texts, namedText{doc.ID, doc.Body})
		}
		if share := checkVisual(t, chromium, site, renderer, texts); share < visualShare {
			t.Errorf("%.4f of the texts opens, want %.4f", share, visualShare)
		}
	})
}

type namedText struct{ name, text string }

// checkVisual tries texts and returns the share that opens.
func checkVisual(t *testing.T, chromium context.Context, site string, renderer *markdown.Renderer, texts []namedText) float64 {
	t.Helper()
	b := newBrowser(t, chromium, site, desktop())
	b.open("/")
	why := map[string]int{}
	var opened, whole, blocks, locked, changed int
	for batch := range slices.Chunk(texts, 25) {
		var asked []string
		for _, text := range batch {
			asked = append(asked, text.text)
		}
		for i, tried := range visualTries(b, asked) {
			if tried.Error != "" {
				t.Errorf("%s: %s", batch[i].name, tried.Error)
				continue
			}
			if tried.Why != "" {
				why[tried.Why]++
				t.Logf("%s: %s", batch[i].name, tried.Why)
				continue
			}
			opened++
			blocks += tried.Parts
			locked += tried.Locked
			if tried.Locked == 0 {
				whole++
			}
			if problems := visualChanges(t, renderer, batch[i].text, tried); len(problems) > 0 {
				changed++
				t.Errorf("%s: %s", batch[i].name, strings.Join(problems, "\n"))
			}
		}
	}
	n := float64(len(texts))
	t.Logf("%d texts: %d open (%.2f %%), of which %d whole (%.2f %%); %d of %d blocks stay as their Markdown says (%.3f %%); %d of those that open change meaning; not opened: %v",
		len(texts), opened, 100*float64(opened)/n, whole, 100*float64(whole)/n, locked, blocks, 100*float64(locked)/float64(max(blocks, 1)), changed, why)
	return float64(opened) / n
}

// visualChanges says how the page of a saved text differs from what it was.
func visualChanges(t *testing.T, renderer *markdown.Renderer, text string, tried visualTried) []string {
	t.Helper()
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	page := func(text string) string {
		rendered, err := renderer.Render(t.Context(), text, rugzak.Dutch)
		if err != nil {
			t.Fatal(err)
		}
		return rendered.HTML
	}
	const elsewhere = "<p>Elders getypt.</p>"
	before := page(text)
	var problems []string
	same := func(what, got string, want ...string) {
		for _, w := range want {
			if canonicalHTML(t, w) == canonicalHTML(t, got) {
				return
			}
		}
		problems = append(problems, what+":\n"+firstDifference(canonicalHTML(t, want[0]), canonicalHTML(t, got)))
	}
	if tried.Saved != text {
		problems = append(problems, fmt.Sprintf("saved without a change, it is %q and was %q", tried.Saved, text))
	}
	if tried.Undone != text {
		problems = append(problems, "after undoing:\n"+firstDifference(text, tried.Undone))
	}
	same("with a paragraph before it", page(tried.First), elsewhere+before)
	end := strings.LastIndex(before, `<div class="footnotes"`)
	if end < 0 {
		end = len(before)
	}
	last := []string{before[:end] + elsewhere + before[end:]}
	// A heading at the end shows when something stands below it.
	if shown := page(strings.TrimRight(text, " \t\n") + "\n\nElders getypt."); strings.Contains(canonicalHTML(t, shown), "</h2>"+elsewhere) || strings.Contains(canonicalHTML(t, shown), "</h3>"+elsewhere) {
		last = append(last, shown)
	}
	same("with a paragraph behind it", page(tried.Last), last...)
	// The address of a heading follows its words, and has a longest length.
	same("with something typed in every line", headingIDs.ReplaceAllString(typedMarks.Replace(page(tried.Typed)), ""), headingIDs.ReplaceAllString(before, ""))
	return problems
}

var (
	headingIDs = regexp.MustCompile(` (?:id|href)="#?user-content-[^"]*"`)
	typedMarks = strings.NewReplacer("qzaqz ", "", "qzaq", "", " qzbqz", "", "qzbq", "")
)

func firstDifference(want, got string) string {
	i := 0
	for i < len(want) && i < len(got) && want[i] == got[i] {
		i++
	}
	around := func(s string) string { return s[max(0, min(i, len(s))-80):min(len(s), i+80)] }
	return fmt.Sprintf("  want ...%q\n  got  ...%q", around(want), around(got))
}

// canonicalHTML is HTML in which only what readers get makes a difference. It
// is written apart from the editor's own.
func canonicalHTML(t *testing.T, text string) string {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(text), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		t.Fatal(err)
	}
	running := []string{"a", "code", "del", "em", "img", "input", "span", "strong", "sup"}
	var out strings.Builder
	space := false // to be written before the next text
	fresh := true  // at the edge of a block
	var walk func(n *html.Node, exact bool)
	walk = func(n *html.Node, exact bool) {
		switch {
		case n.Type == html.TextNode && exact:
			out.WriteString(n.Data)
		case n.Type == html.TextNode:
			for _, r := range n.Data {
				if strings.ContainsRune(" \t\n\r\f", r) {
					space = !fresh
					continue
				}
				if space {
					out.WriteByte(' ')
				}
				out.WriteRune(r)
				space, fresh = false, false
			}
		case n.Type == html.ElementNode:
			edge := !slices.Contains(running, n.Data)
			if edge {
				space, fresh = false, true
			}
			if space {
				out.WriteByte(' ')
				space = false
			}
			attributes := make([]string, 0, len(n.Attr))
			for _, a := range n.Attr {
				attributes = append(attributes, fmt.Sprintf(" %s=%q", a.Key, a.Val))
			}
			slices.Sort(attributes)
			fmt.Fprintf(&out, "<%s%s>", n.Data, strings.Join(attributes, ""))
			if !edge && n.FirstChild == nil {
				fresh = false
			}
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c, exact || n.Data == "pre")
			}
			if edge {
				space, fresh = false, true
			}
			fmt.Fprintf(&out, "</%s>", n.Data)
		}
	}
	for _, n := range nodes {
		walk(n, false)
	}
	return out.String()
}
