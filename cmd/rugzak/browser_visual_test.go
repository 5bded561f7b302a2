// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	visualToggle = "rz-visual [data-toggle]"
	visualText   = "[data-place] .rz-visual__text"
)

// opensVisual opens the visual editor over the text that stands in the form.
func (b *tab) opensVisual() {
	b.Helper()
	b.waits("the script of the visual editor", `document.querySelector("rz-visual:defined")`)
	b.tap(visualToggle)
	b.waits("the visual editor", `document.querySelector("`+visualText+`") && document.activeElement.matches("`+visualText+`")`)
}

// closesVisual goes back to the textarea, for the next time as well.
func (b *tab) closesVisual() {
	b.Helper()
	// A press can get lost while the page still rolls; what it does takes a moment.
	js[bool](b, `((button) => (button.pressed = false, button.onclick = () => (button.pressed = true), true))(document.querySelector("`+visualToggle+`"))`)
	if !eventually(func() bool {
		b.tap(visualToggle)
		return js[bool](b, `document.querySelector("`+visualToggle+`").pressed`)
	}) {
		b.Fatalf("the visual editor cannot be closed on %s:\n%s", b.path(), b.text("main"))
	}
	b.waits("the textarea", `document.activeElement.name === "body" && !document.querySelector("`+visualText+`")`)
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`document.querySelector("rz-visual").editing.kept.then(() => true)`, chromedp.EvalAwaitPromise)); err != nil {
		b.Fatalf("keep the choice: %v", err)
	}
}

// body is what the form would send.
func (b *tab) body() string {
	b.Helper()
	return js[string](b, `document.querySelector("main textarea[name=body]").value`)
}

// writesVisual opens a new entry with a text in the visual editor, the cursor at
// the end of what stands in it.
func (b *tab) writesVisual(text string) {
	b.Helper()
	b.open(fullForm)
	b.empties("body")
	if text != "" {
		b.inserts("body", text)
	}
	b.opensVisual()
	js[bool](b, `(({ editor }) => {
	  let end = 1;
	  editor.state.doc.descendants((node, pos) => { if (node.isTextblock && node.childCount) end = pos + 1 + node.content.size; });
	  return editor.commands.setTextSelection(end);
	})(document.querySelector("rz-visual").editing.editor)`)
}

// toBegin goes to the begin of the text. In the first moment with the focus the
// editor takes that leap for one of the browser itself, and goes back.
func (b *tab) toBegin() {
	b.Helper()
	if !eventually(func() bool {
		b.chord(kb.Home, chromedp.ModifierCtrl)
		return js[int](b, `document.querySelector("rz-visual").editing.editor.editor.state.selection.to`) == 1
	}) {
		b.Fatalf("the cursor does not go to the begin of %q", b.body())
	}
}

// enter presses the key as a keyboard does: what a script does at the key stops
// the character that would follow.
func (b *tab) enter() {
	b.Helper()
	for _, k := range []input.DispatchKeyEventParams{
		{Type: input.DispatchKeyEventTypeKeyDown, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13, Text: "\r", UnmodifiedText: "\r"},
		{Type: input.DispatchKeyEventTypeKeyUp, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13},
	} {
		if _, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, k); err != nil {
			b.Fatalf("press enter: %v", err)
		}
	}
}

// lets lets what was typed go.
func (b *tab) lets() {
	b.Helper()
	js[bool](b, `Object.assign(document.querySelector("rz-draft"), { leaving: true, stopped: true }) && true`)
}

// tool presses a button of the toolbar.
func (b *tab) tool(name string) {
	b.Helper()
	b.tap(`[data-place] [role=toolbar] [data-do="` + name + `"]`)
}

func (b *tab) chord(key string, modifiers chromedp.Modifier) {
	b.Helper()
	b.do("press "+key, chromedp.KeyEvent(key, chromedp.KeyModifiers(modifiers)))
}

func (b *tab) say(text string) {
	b.Helper()
	for i, part := range strings.Split(text, "\n") {
		if i > 0 {
			b.enter()
		}
		if part != "" {
			b.do("type "+part, chromedp.KeyEvent(part))
		}
	}
}

// What is done in the visual editor stands in the textarea as Markdown.
func TestBrowserVisualEdits(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, desktop())
	b.signIn(s, "participant")
	icon := func() string { return js[string](b, `document.querySelector("link[rel=icon]").getAttribute("href")`) }
	edits := []struct {
		name, text string
		edit       func()
		want       string
	}{
		{"a paragraph", "Eerst.", func() { b.say(" Dan.\nEn toen.") }, "Eerst. Dan.\n\nEn toen."},
		{"signs stay signs", "Eerst.\n\n", func() { b.say("\n2*3 [haak](x) <br> 2_3_4 a * b") }, "Eerst.\n\n2\\*3 \\[haak](x) \\<br> 2_3_4 a * b"},
		{"bold and italic", "", func() {
			b.chord("b", chromedp.ModifierCtrl)
			b.say("vet")
			b.chord("b", chromedp.ModifierCtrl)
			b.say(" en ")
			b.tool("em")
			b.say("schuin")
		}, "**vet** en *schuin*"},
		{"headings", "", func() { b.say("## Kop\nTekst\n"); b.tool("heading3"); b.say("Tussen") }, "## Kop\n\nTekst\n\n### Tussen"},
		{"a list", "", func() { b.say("- een\ntwee"); b.tool("sink"); b.say("\n\n\nslot") }, "- een\n  - twee\n\nslot"},
		{"a list by its button", "een", func() { b.tool("ordered"); b.say("\ntwee") }, "1. een\n2. twee"},
		{"tasks", "- [x] gedaan", func() {
			b.say("\nnog")
			b.tap(visualText + " li:first-child input")
		}, "- [ ] gedaan\n- [ ] nog"},
		{"one line of a list of another", "1) een\n2) twee\n\n* los", func() { b.say("ser") }, "1) een\n2) twee\n\n* losser"},
		{"a quote", "Zei ze.", func() { b.tool("quote") }, "> Zei ze."},
		{"a callout", "Bel eerst.", func() {
			b.tool("callout")
			js[bool](b, `((e) => { e.value = "WARNING"; e.dispatchEvent(new Event("change", {bubbles: true})); return true; })(document.querySelector("[data-place] [data-kinds]"))`)
		}, "> [!WARNING]\n> Bel eerst."},
		{"a text in a callout", "> [!LET OP] Geen namen.", func() { b.say(" En geen adressen.") }, "> [!LET OP]\n> Geen namen. En geen adressen."},
		{"a table", "", func() {
			b.tool("table")
			b.say("Wie")
			b.tool("column_right")
			b.tool("row_below")
			b.tool("column_away")
			b.tool("row_above")
		}, "| | |\n| --- | --- |\n| | |\n| | |\n| | |"},
		{"a cell", "| a | b |\n|---|:-:|\n| c | d |", func() {
			js[bool](b, `getSelection().collapse(document.querySelector("`+visualText+` td:last-child p").firstChild, 1) || true`)
			b.say(" | e\nf")
			b.tool("row_below")
		}, "| a | b |\n| --- | :-: |\n| c | d \\| e<br>f |\n| | |"},
		{"a link", "Kijk hier", func() {
			b.chord("a", chromedp.ModifierCtrl)
			b.chord("k", chromedp.ModifierCtrl)
			b.say("www.voorbeeld.nl/pad\n")
			b.say(" en")
		}, "[Kijk hier](https://www.voorbeeld.nl/pad) en"},
		{"a picture", "Zie:", func() {
			b.say(" ")
			b.tool("picture")
			b.say(icon())
			b.do("next", chromedp.KeyEvent(kb.Tab))
			b.say("Een [tafel]")
			b.tap(`[data-place] [data-panel=picture] [data-panel-do=apply]`)
		}, "Zie: ![Een \\[tafel\\]](ICON)"},
		{"a footnote", "Dat hielp.", func() { b.tool("footnote"); b.say("Zei zij.") }, "Dat hielp.[^1]\n\n[^1]: Zei zij."},
		{"a text beside a footnote", "Dat[^x] hielp.\n\n[^x]: Zei zij.", func() { b.say(" Echt.") }, "Dat[^x] hielp.\n\n[^x]: Zei zij. Echt."},
		{"code", "", func() { b.say("```go x := *y\nz") }, "```go\nx := *y\nz\n```"},
		{"a line", "Een.", func() { b.tool("rule"); b.say("Twee.") }, "Een.\n\n---\n\nTwee."},
		{"crossed out", "Weg", func() { b.chord("a", chromedp.ModifierCtrl); b.tool("strike") }, "~~Weg~~"},
		{"what is not touched", "Eerste   regel\nloopt door\n\n*   a\n*   b\n\n\n\nKop\n===\n\nslot", func() { b.say("!") }, "Eerste   regel\nloopt door\n\n*   a\n*   b\n\n\n\nKop\n===\n\nslot!"},
		{"undone", "Eerst.", func() { b.say(" Dan."); b.chord("z", chromedp.ModifierCtrl) }, "Eerst."},
		{"undone and done again", "Eerst.", func() { b.tool("quote"); b.tool("undo"); b.tool("redo") }, "> Eerst."},
	}
	for _, e := range edits {
		t.Run(e.name, func(t *testing.T) {
			b.TB = t
			b.writesVisual(e.text)
			e.edit()
			want := strings.ReplaceAll(e.want, "ICON", icon())
			if !eventually(func() bool { return b.body() == want }) {
				t.Errorf("%q becomes\n%q, not\n%q", e.text, b.body(), want)
			}
			b.closesVisual()
			b.lets()
		})
	}
	b.TB = t
}

// The editor stands beside everything else of the form: what is written is
// previewed, kept and shared as if it was typed in the textarea.
func TestBrowserVisual(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	rich, err := os.ReadFile("testdata/visual/alles.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(rich)
	t.Run("kept and shared", func(t *testing.T) {
		b := newBrowser(t, chromium, s.at, desktop())
		b.signIn(s, "participant")
		b.writesVisual("Wij belden.")
		b.say(" En ")
		b.chord("b", chromedp.ModifierCtrl)
		b.say("luisterden")
		b.waits("the preview", `document.querySelector("#voorbeeld strong")?.textContent === "luisterden"`)
		b.waits("all of it to be kept", `((d) => d.kept === d.typed())(document.querySelector("rz-draft"))`)
		b.types("title", "Bellen en luisteren")
		js[bool](b, `document.querySelector("main [name=audience][value=internal]").click() || true`)
		if status := b.press(`main button[name="do"][value="share"]`); status != http.StatusOK || !entryPattern.MatchString(b.path()) {
			t.Fatalf("sharing leads to %s with %d:\n%s", b.path(), status, b.text("main"))
		}
		b.shows("Wij belden. En luisterden")
	})
	t.Run("again the next time", func(t *testing.T) {
		b := newBrowser(t, chromium, s.at, phone())
		b.signIn(s, "coreteam")
		b.writesVisual("Wij belden.")
		b.waits("all of it to be kept", `((d) => d.kept === d.typed())(document.querySelector("rz-draft"))`)
		b.open(fullForm)
		b.waits("the visual editor", `document.querySelector("`+visualText+`")`)
		if js[bool](b, `document.activeElement.matches("`+visualText+`")`) {
			t.Error("it takes the focus by itself")
		}
		b.closesVisual()
		b.lets()
		b.open(fullForm)
		b.waits("the script", `document.querySelector("rz-visual:defined")`)
		if js[bool](b, `"wanted" in document.querySelector("rz-visual").dataset`) {
			t.Error("it opens again after it was closed")
		}
	})
	t.Run("there and back", func(t *testing.T) {
		b := newBrowser(t, chromium, s.at, desktop())
		b.signIn(s, "facilitator")
		b.open(fullForm)
		// The demonstration has no such pictures.
		icon := js[string](b, `document.querySelector("link[rel=icon]").getAttribute("href")`)
		text := strings.NewReplacer("/bijlagen/01h/tafel.jpg", icon, "/bijlagen/01h/klein.jpg", icon).Replace(text)
		b.pastes("body", text)
		b.opensVisual()
		if b.has("main textarea[name=body]:not([hidden])") || b.body() != text {
			t.Errorf("after opening the text is %q", b.body())
		}
		b.checkLook("facilitator")
		for _, s := range []screen{phone(), desktop()} {
			b.look(s)
			for _, scheme := range []string{"light", "dark"} {
				features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
				if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
					t.Fatal(err)
				}
				for i, at := range []string{`scrollTo(0, document.querySelector("rz-visual").getBoundingClientRect().top + scrollY - 20), true`, `scrollBy(0, 700), true`, `scrollBy(0, 700), true`} {
					js[bool](b, at)
					b.keepPicture("visual-" + scheme + "-" + map[bool]string{true: "phone", false: "desktop"}[s.phone] + string(rune('1'+i)))
				}
			}
		}
		b.closesVisual()
		if b.body() != text {
			t.Errorf("after closing the text is %q", b.body())
		}
	})
}
