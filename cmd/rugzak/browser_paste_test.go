// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// pasteInto pastes into a field as a browser does that has HTML and text on its
// clipboard, and says whether the page took it over. It waits until it did.
func (b *tab) pasteInto(name, html, plain string) bool {
	b.Helper()
	before := b.holds(name)
	taken := js[bool](b, `(() => {
	  const field = document.querySelector(`+quoted(field(name))+`);
	  const data = new DataTransfer();
	  data.setData("text/html", `+quoted(html)+`);
	  data.setData("text/plain", `+quoted(plain)+`);
	  field.focus();
	  return !field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
	})()`)
	if taken {
		b.waits("it to be there", `document.querySelector(`+quoted(field(name))+`).value !== `+quoted(before))
	}
	return taken
}

func (b *tab) holds(name string) string {
	b.Helper()
	return js[string](b, `document.querySelector(`+quoted(field(name))+`).value`)
}

// drops leaves the page behind with what is typed on it.
func (b *tab) drops() {
	b.Helper()
	js[bool](b, `(document.querySelector("rz-draft").leaving = true)`)
}

// What Word, Google Docs and web pages put on a clipboard becomes clean Markdown;
// one undo takes it back, and the text alone is a button away.
func TestBrowserPaste(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, desktop())
	b.signIn(s, "participant")
	read := func(name string) string {
		t.Helper()
		text, err := os.ReadFile(filepath.Join("testdata", "paste", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for _, name := range []string{"word", "wordonline", "googledocs", "web"} {
		t.Run(name, func(t *testing.T) {
			b.open(fullForm)
			defer b.drops()
			b.replaces("body", "Ervoor.\n\n")
			if !b.pasteInto("body", read(name+".html"), "De tekst alleen.") {
				t.Fatal("the page leaves it to the browser")
			}
			want := "Ervoor.\n\n" + strings.TrimSuffix(read(name+".md"), "\n")
			if got := b.holds("body"); got != want {
				t.Errorf("it becomes\n%s\nand not\n%s", got, want)
			}
			if title := js[string](b, `document.title`); strings.Contains(title, "gekaapt") {
				t.Error("what was pasted ran")
			}
			js[bool](b, `document.execCommand("undo")`)
			if got := b.holds("body"); got != "Ervoor.\n\n" {
				t.Errorf("undone, it is %q", got)
			}
			js[bool](b, `document.execCommand("redo")`)
			b.tap(`[data-pasted] button:not([hidden])`)
			if got := b.holds("body"); got != "Ervoor.\n\nDe tekst alleen." {
				t.Errorf("the text alone is %q", got)
			}
		})
	}
	t.Run("nothing to keep", func(t *testing.T) {
		b.open(fullForm)
		defer b.drops()
		for html, plain := range map[string]string{
			"<meta charset='utf-8'><span style='color:red'>Gewone&nbsp;tekst</span>": "Gewone tekst",
			"<p>Een *ster*</p>": "Een *ster*",
			"<div style='font-family: Consolas, monospace; white-space: pre;'><div><span>**vet** uit een editor</span></div></div>": "**vet** uit een editor",
			"":                                      "Alleen tekst",
			"<img src='https://example.org/a.png'>": "",
		} {
			b.empties("body")
			taken := b.pasteInto("body", html, plain)
			if got := b.holds("body"); taken && got != plain || b.has(`[data-pasted] button:not([hidden])`) {
				t.Errorf("%s is taken over as %q", html, got)
			}
		}
	})
	t.Run("within a text", func(t *testing.T) {
		b.open(fullForm)
		defer b.drops()
		const list, sentence = "<ul><li>een</li><li>twee</li></ul>", "<p>wij <b>belden</b></p>"
		for _, c := range []struct{ html, around, want string }{
			{list, "⟦⟧## Situatie", "- een\n- twee\n\n## Situatie"},
			{list, "Eerst dit.⟦⟧\nDan dat.", "Eerst dit.\n\n- een\n- twee\n\nDan dat."},
			{list, "Eerst dit.\n\n⟦⟧\n\nDan dat.", "Eerst dit.\n\n- een\n- twee\n\nDan dat."},
			{list, "Eerst dit.\n⟦weg⟧", "Eerst dit.\n\n- een\n- twee"},
			{sentence, "Toen ⟦⟧ samen.", "Toen wij **belden** samen."},
			{sentence + sentence, "Toen ⟦⟧Dan dat.", "Toen wij **belden**\n\nwij **belden**\n\nDan dat."},
		} {
			b.empties("body")
			b.chosen("body", c.around)
			b.pasteInto("body", c.html, "De tekst alleen")
			if got := b.holds("body"); got != c.want {
				t.Errorf("%s in %q makes %q", c.html, c.around, got)
			}
		}
	})
	t.Run("short form", func(t *testing.T) {
		b := newBrowser(t, chromium, s.at, phone())
		b.signIn(s, "participant")
		b.open("/ik-deel-iets")
		if !b.pasteInto("answer_happened", "<p>Wij <b>belden</b></p>", "Wij belden") || b.holds("answer_happened") != "Wij **belden**" {
			t.Errorf("it holds %q", b.holds("answer_happened"))
		}
		b.checkLook("participant")
	})
}
