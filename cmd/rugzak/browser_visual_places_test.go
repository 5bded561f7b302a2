// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	testparts "rugzak/pkg/rugzaktest"
)

// A picture comes as a paragraph of its own where the cursor is, in the textarea
// and in the visual editor, and advice leads to the line there that it is about.
func TestBrowserVisualPlaces(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, desktop())
	b.signIn(s, "participant")
	file := filepath.Join(t.TempDir(), "muur.jpg")
	if err := os.WriteFile(file, testparts.Photo(t, 400, 300, 1), 0o600); err != nil {
		t.Fatal(err)
	}
	b.open(fullForm)
	b.pastes("title", "Een muur vol briefjes")
	b.pastes("body", "Eerst dit.\n\nEn dan dat.")
	b.choosesFile("rz-attachments input[type=file]", file)
	b.waits("the picture to be attached", `document.querySelector(".rz-attached img")`)
	b.types(js[string](b, `document.querySelector('.rz-attached input[name$="_alt"]').name`), "Een muur met briefjes")
	picture := "![Een muur met briefjes](" + js[string](b, `document.querySelector(".rz-attached [data-insert]").dataset.insert`) + ")"
	puts := func(from, want string) {
		t.Helper()
		want = strings.ReplaceAll(want, "P", picture)
		b.tap(".rz-attached [data-insert]")
		if !eventually(func() bool { return b.body() == want }) {
			t.Errorf("the picture comes in %q as %q, not %q", from, b.body(), want)
		}
	}
	for from, want := range map[string]string{
		"|":                              "P\n\n",
		"Eer|st dit.":                    "Eerst dit.\n\nP\n\n",
		"|Eerst dit.":                    "P\n\nEerst dit.",
		"Eerst dit.\n|":                  "Eerst dit.\n\nP\n\n",
		"Eerst|\ndit.\n\nEn dan dat.":    "Eerst\ndit.\n\nP\n\nEn dan dat.",
		"Eerst dit.\n\n|En dan dat.":     "Eerst dit.\n\nP\n\nEn dan dat.",
		"```\nx|\n\ny\n```\nEn dan dat.": "```\nx\n\ny\n```\n\nP\n\nEn dan dat.",
	} {
		js[bool](b, `((field, [before, after]) => {
		  field.value = before + after;
		  field.focus();
		  field.setSelectionRange(before.length, before.length);
		  return true;
		})(document.querySelector("main textarea[name=body]"), `+quoted(from)+`.split("|"))`)
		puts(from, want)
	}
	// Who was not in the text yet, gets it below.
	const both = "Eerst dit.\n\nEn dan dat."
	b.pastes("body", both)
	b.opensVisual()
	puts(both, both+"\n\nP")
	b.waits("the picture to show", `document.querySelector("`+visualText+` .rz-visual__picture img")?.naturalWidth > 0`)
	b.closesVisual()
	// The cursor stands before a word; the editor was not told so yet.
	for _, c := range []struct{ text, before, want string }{
		{both, "Eerst", "P\n\n" + both},
		{both, "st dit", "Eerst dit.\n\nP\n\nEn dan dat."},
		{both, "dat.", both + "\n\nP"},
		{"- een\n- twee", "en", "- een\n\n  P\n\n- twee"},
		{"> Eerst dit.\n\nEn dan dat.", "dit", "> Eerst dit.\n>\n> P\n\nEn dan dat."},
		{"| a |\n|---|\n| b |\n\nEn dan dat.", "b", "| a |\n|---|\n| b |\n\nP\n\nEn dan dat."},
		{"```\nx = y\n```", "y", "```\nx = y\n```\n\nP"},
	} {
		b.pastes("body", c.text)
		b.opensVisual()
		js[bool](b, `((text, before) => {
		  text.dispatchEvent(new KeyboardEvent("keydown", { key: "Shift", bubbles: true }));
		  const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
		  while (nodes.nextNode() && !nodes.currentNode.data.includes(before)) ;
		  getSelection().collapse(nodes.currentNode, nodes.currentNode.data.indexOf(before));
		  const button = document.querySelector(".rz-attached [data-insert]");
		  button.focus();
		  button.click();
		  return true;
		})(document.querySelector("`+visualText+`"), `+quoted(c.before)+`)`)
		if want := strings.ReplaceAll(c.want, "P", picture); b.body() != want {
			t.Errorf("the picture comes before %q of %q as %q, not %q", c.before, c.text, b.body(), want)
		}
		b.closesVisual()
	}
	b.lets()

	b = b.another(desktop())
	const text = "## Wat we deden\n\nWij belden.\n\n- een\n- Kijk [hier](https://example.org/).\n\nSlot."
	b.writesVisual(text)
	b.waits("the advice", `document.querySelector("[data-advice] a[data-line]")`)
	b.unfolds("[data-advice] summary")
	if line := js[string](b, `document.querySelector("[data-advice] a[data-line]").dataset.line`); line != "6" {
		t.Errorf("the advice is about line %s", line)
	}
	b.tap("[data-advice] a[data-line]")
	b.waits("the text to have the focus", `document.activeElement.matches("`+visualText+`")`)
	b.say("X")
	b.waits("what is typed", `document.querySelector("main textarea[name=body]").value.includes("X")`)
	if want := strings.Replace(text, "- Kijk", "- XKijk", 1); b.body() != want {
		t.Errorf("the advice leads to the X in %q", b.body())
	}
	b.closesVisual()

	// Who typed on while the editor came goes on where the cursor was.
	for at, want := range map[string]string{
		"|":                                  "X",
		"Eerst dit.\n\n- een\n- twee|":       "Eerst dit.\n\n- een\n- tweeX",
		"Eerst dit.\n\n|En dan dat.":         "Eerst dit.\n\nXEn dan dat.",
		"Eerst dit.|\n\nEn dan dat.":         "Eerst dit.X\n\nEn dan dat.",
		"Eerst **dit** en| dat.\n\nSlot.":    "Eerst **dit** enX dat.\n\nSlot.",
		"- een\n- **twee** en| drie\n- vier": "- een\n- **twee** enX drie\n- vier",
	} {
		b.pastes("body", strings.ReplaceAll(at, "|", ""))
		js[bool](b, `((field, at) => {
		  field.setSelectionRange(at, at);
		  document.querySelector("rz-visual").toggle(false);
		  return true;
		})(document.querySelector("main textarea[name=body]"), `+strconv.Itoa(strings.Index(at, "|"))+`)`)
		b.waits("the text to have the focus", `document.activeElement.matches("`+visualText+`")`)
		b.say("X")
		b.waits("what is typed", `document.querySelector("main textarea[name=body]").value.includes("X")`)
		if b.body() != want {
			t.Errorf("typing on at %q gives %q", at, b.body())
		}
		b.closesVisual()
	}
	b.lets()
}

// The visual editor speaks English to who chose that: its buttons, what it says
// and what a screen reader is told; and a text becomes the same.
func TestBrowserVisualInEnglish(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, desktop())
	b.signIn(s, "participant")
	b.open("/hulp")
	b.chooses("en")
	b.writesVisual("We phoned.\n\n> [!TIP]\n> Phone first.")
	b.waits("what it says", `document.querySelector("rz-visual [role=status]").textContent.includes("Alt and F10 take you to the buttons")`)
	names := js[[]string](b, `[...document.querySelectorAll("[data-place] [role=toolbar], [data-place] [role=toolbar] button, [data-place] option, [data-place] label")].map((e) => e.getAttribute("aria-label") ?? e.textContent.trim())`)
	for _, want := range []string{"Formatting", "Heading", "Bold", "Numbered list", "Checklist", "Table", "Remove box", "Row above", "Warning", "Footnote"} {
		if !strings.Contains("|"+strings.Join(names, "|")+"|", "|"+want+"|") {
			t.Errorf("nothing is called %q: %q", want, names)
		}
	}
	role := js[[]string](b, `((e) => [e.getAttribute("role"), document.getElementById(e.getAttribute("aria-labelledby"))?.textContent.trim() ?? "", e.closest("[lang]").lang])(document.querySelector("`+visualText+`"))`)
	if role[0] != "textbox" || role[1] != "Text" {
		t.Errorf("the text is announced as %q", role)
	}
	b.toBegin()
	b.do("go to the end of the line", chromedp.KeyEvent(kb.End))
	b.say(" And ")
	b.chord("b", chromedp.ModifierCtrl)
	b.say("listened")
	b.chord("b", chromedp.ModifierCtrl)
	b.chord("k", chromedp.ModifierCtrl)
	b.waits("its fields", `document.activeElement.id === "visual-href"`)
	b.say("javascript:alert(1)\n")
	b.says("[data-place] [data-panel=link] [data-problem]", "Fill in an address")
	b.key(kb.Escape)
	if want := "We phoned. And **listened**\n\n> [!TIP]\n> Phone first."; b.body() != want {
		t.Errorf("the text is %q, not %q", b.body(), want)
	}
	b.tool("picture")
	b.waits("its fields", `document.activeElement.id === "visual-src"`)
	b.says("[data-place] [data-panel=picture]", "Address of the picture", "It begins with a slash", "people who do not see the picture")
	b.say("/hulp\n")
	b.says("[data-place] [data-panel=picture] [data-problem]", "Describe in a few words")
	b.key(kb.Escape)
	b.waitsKept()
	b.says("rz-draft", "Saved at")
	b.do("back in the text", chromedp.Focus(chromedp.CSS(visualText)))
	b.say("!")
	if !js[bool](b, `((d) => { const typed = d.kept; d.kept = ""; const warns = !dispatchEvent(new Event("beforeunload", {cancelable: true})); d.kept = typed; return warns; })(document.querySelector("rz-draft"))`) {
		t.Error("what is typed is left behind without a warning")
	}
	b.waitsKept()
	b.closesVisual()
	b.waits("what it says", `document.querySelector("rz-visual [role=status]").textContent.includes("plain text again")`)
	b.lets()

	b = b.another(phone())
	b.writesVisual("We phoned.\n\nTerm\n: What it means.\n\n" + strings.Repeat("And then this.\n\n", 30))
	b.waits("what it says", `document.querySelector("rz-visual [role=status]").textContent.startsWith("One piece of your text")`)
	b.says(".rz-visual__locked", "You change this piece in the plain text.", "What it means.")
	js[bool](b, `scrollTo(0, document.querySelector("[data-place]").getBoundingClientRect().top + scrollY + 600), true`)
	if !js[bool](b, `((button) => { const { x, y, width, height } = button.getBoundingClientRect(); return button.contains(document.elementFromPoint(x + width / 2, y + height / 2)); })(document.querySelector("[data-place] [data-do=strong]"))`) {
		t.Error("the buttons do not stay in sight on a phone")
	}
	b.toBegin()
	b.waits("the begin of the text to be in sight", `((p) => { const { x, y } = p.getBoundingClientRect(); return p.contains(document.elementFromPoint(x + 5, y + 5)); })(document.querySelector("`+visualText+` p"))`)
	b.closesVisual()
	b.lets()

	b = b.another(desktop())
	b.open(fullForm)
	b.says(visualToggle, "Show formatting while writing")
	const term = "Term\n: What it means."
	b.pastes("body", term) // does not open
	b.tap(visualToggle)
	b.waits("the reason", `document.querySelector("rz-visual [role=status]").textContent.includes("formatting that would be lost here")`)
	if b.has(visualText) || b.body() != term {
		t.Errorf("it opens %q", b.body())
	}
	b.lets()
}
