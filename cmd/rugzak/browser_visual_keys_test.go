// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The toolbar is one stop of the tab key, the arrow keys go along its buttons,
// and the tab key leaves the text wherever the cursor is.
func TestBrowserVisualKeyboard(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, desktop())
	b.signIn(s, "participant")
	on := func() string {
		return js[string](b, `((e) => e.dataset.do ?? (e.matches("`+visualText+`") ? "text" : e.id || e.tagName))(document.activeElement)`)
	}
	press := func(key string, want string) {
		t.Helper()
		b.do("press "+key, chromedp.KeyEvent(key))
		if got := on(); got != want {
			t.Errorf("after %q the focus is on %s, not %s", key, got, want)
		}
	}
	b.writesVisual("- een\n- twee")
	b.chord(kb.F10, chromedp.ModifierAlt)
	if got := on(); got != "heading2" {
		t.Errorf("Alt and F10 go to %s", got)
	}
	press(kb.ArrowRight, "heading3")
	press(kb.ArrowLeft, "heading2")
	press(kb.ArrowLeft, "redo")
	press(kb.Home, "heading2")
	press(kb.End, "redo")
	press(kb.Escape, "text")
	b.chord(kb.F10, chromedp.ModifierAlt)
	if got := on(); got != "redo" {
		t.Errorf("the toolbar forgot where it was: %s", got)
	}
	press(kb.Tab, "text")
	b.do("press tab", chromedp.KeyEvent(kb.Tab))
	if got := on(); got == "text" || b.body() != "- een\n- twee" {
		t.Errorf("the tab key does not leave a list: on %s, with %q", got, b.body())
	}
	b.do("go back", chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift)))
	b.chord("k", chromedp.ModifierCtrl)
	if got := on(); got != "visual-href" {
		t.Errorf("Ctrl and k go to %s", got)
	}
	b.say("javascript:alert(1)\n")
	b.says("[data-place] [data-panel=link] [data-problem]", "Vul een adres in")
	press(kb.Escape, "text")
	if got := b.body(); got != "- een\n- twee" {
		t.Errorf("a link to nowhere gives %q", got)
	}
	role := js[[]string](b, `((e) => [e.getAttribute("role"), e.getAttribute("aria-multiline"), document.getElementById(e.getAttribute("aria-labelledby"))?.textContent.trim() ?? ""])(document.querySelector("`+visualText+`"))`)
	if role[0] != "textbox" || role[1] != "true" || role[2] != "Tekst" {
		t.Errorf("the text is announced as %q", role)
	}
	b.closesVisual()
	b.lets()
}

// A text that would lose something stays in the textarea, with a sentence that
// says why; what is written elsewhere in the form is not overwritten.
func TestBrowserVisualKeepsAside(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	t.Run("a text that does not open", func(t *testing.T) {
		b := newBrowser(t, chromium, s.at, desktop())
		b.signIn(s, "participant")
		b.open(fullForm)
		const text = "Term\n: Uitleg van de term."
		b.pastes("body", text)
		b.tap(visualToggle)
		b.waits("the reason", `document.querySelector("rz-visual [role=status]").textContent.includes("opmaak die hier verloren zou gaan")`)
		if b.has(visualText) || b.body() != text || js[string](b, `document.querySelector("`+visualToggle+`").ariaPressed`) != "false" {
			t.Errorf("it opens %q", b.body())
		}
	})
	t.Run("changed elsewhere", func(t *testing.T) {
		b := newBrowser(t, chromium, s.at, desktop())
		b.signIn(s, "coreteam")
		b.writesVisual("Eerst.")
		js[bool](b, `((e) => { e.value = "Van **elders**."; return e.dispatchEvent(new Event("input", {bubbles: true})); })(document.querySelector("main textarea[name=body]"))`)
		b.waits("the new text", `document.querySelector("`+visualText+` strong")?.textContent === "elders"`)
		b.waits("the editor to be ready", `document.querySelector("rz-visual").editing.editor`)
		b.waits("the news", `document.querySelector("rz-visual [role=status]").textContent.includes("ergens anders veranderd")`)
		b.say("Hier en ")
		if got := b.body(); !strings.Contains(got, "**elders**") || !strings.Contains(got, "Hier en ") {
			t.Errorf("the text is %q", got)
		}
		b.closesVisual()
		b.lets()
	})
}

// What is pasted becomes what the textarea would make of it.
func TestBrowserVisualPaste(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, desktop())
	b.signIn(s, "participant")
	paste := func(html, plain string) {
		b.Helper()
		js[bool](b, `(() => {
		  const data = new DataTransfer();
		  data.setData("text/html", `+quoted(html)+`);
		  data.setData("text/plain", `+quoted(plain)+`);
		  return document.querySelector("`+visualText+`").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
		})()`)
	}
	for _, name := range []string{"word", "googledocs"} {
		t.Run(name, func(t *testing.T) {
			b.TB = t
			var texts [2]string
			for i, kind := range []string{".html", ".md"} {
				text, err := os.ReadFile("testdata/paste/" + name + kind)
				if err != nil {
					t.Fatal(err)
				}
				texts[i] = string(text)
			}
			b.writesVisual("")
			paste(texts[0], "Een heel verslag")
			b.waits("the text", `document.querySelector("main textarea[name=body]").value.length > 50`)
			// The same for readers: how a line ends may be written otherwise.
			same := `Promise.all([document.querySelector("rz-visual").editing.render(` + quoted(texts[1]) + `), document.querySelector("rz-visual").editing.render(document.querySelector("main textarea[name=body]").value), import(document.querySelector("rz-visual").dataset.editor)]).then(([a, b, { canonical }]) => canonical(a) === canonical(b))`
			answer, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](same, chromedp.EvalAwaitPromise))
			if err != nil || !answer {
				t.Errorf("%v: it becomes\n%s\nnot\n%s", err, b.body(), texts[1])
			}
			b.closesVisual()
			b.lets()
		})
	}
	b.TB = t
	t.Run("within a line", func(t *testing.T) {
		b.TB = t
		b.writesVisual("Eerst[^1] dit.\n\n[^1]: Een.")
		js[bool](b, `document.querySelector("rz-visual").editing.editor.editor.commands.setTextSelection(7)`)
		paste(`<p>en <b>vet</b></p>`, "en vet!")
		b.waits("the text", `document.querySelector("main textarea[name=body]").value.includes("vet")`)
		if got := b.body(); got != "Eersten **vet**[^1] dit.\n\n[^1]: Een." && got != "Eerst[^1]en **vet** dit.\n\n[^1]: Een." {
			t.Errorf("the text is %q", got)
		}
		b.closesVisual()
		b.lets()
	})
	b.TB = t
}
