// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	fullForm  = "/ervaringen/nieuw?soort=experience"
	quickForm = "/ik-deel-iets"
)

// Writing: what is typed is shown by the server's own renderer and kept on the
// server, and two who change the same thing lose nothing.
func TestBrowserWriting(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	t.Run("preview", func(t *testing.T) {
		b := newBrowser(t, chromium, s.at, desktop())
		b.signIn(s, "participant")
		b.open(fullForm)
		b.pastes("body", "Dit is **vet** en dit [gaat ergens heen](https://example.org/).\n\n<script>alert(1)</script>")
		b.waits("the preview", `document.querySelector("#voorbeeld strong")?.textContent === "vet"`)
		if b.has("#voorbeeld script") || !b.has(`#voorbeeld a[href="https://example.org/"]`) {
			t.Errorf("the preview is %s", js[string](b, `document.querySelector("#voorbeeld").innerHTML`))
		}
		b.checkLook("participant")
	})
	t.Run("draft", func(t *testing.T) {
		for _, form := range []string{"/ik-deel-iets", fullForm} {
			b := newBrowser(t, chromium, s.at, phone())
			b.signIn(s, "participant")
			b.open(form)
			name := js[string](b, `document.querySelector("main textarea:not([name=lesson])").name`)
			text := "Dit typte ik op " + strings.Trim(strings.Split(form, "?")[0], "/")
			b.replaces(name, text)
			b.waits("all of it to be kept", `((d) => d.kept === d.typed())(document.querySelector("rz-draft"))`)
			b.waits("the form to say so", `/bewaard/i.test(document.querySelector("rz-draft [role=status]").textContent) && !document.querySelector("rz-draft .rz-save-state--failed")`)
			b.goes("reload", chromedp.Reload())
			if !strings.Contains(js[string](b, `[...document.querySelectorAll("main textarea")].map((e) => e.value).join("\n")`), text) {
				t.Errorf("%s: what was typed is gone after a reload, at %s", form, b.path())
			}
			b.press(`nav.rz-nav a[href="/rugzak"]`)
			b.press(`main a[href$="/bewerken"]`) // the newest draft
			if got := js[string](b, `document.querySelector("main textarea[name=body]").value`); !strings.Contains(got, text) {
				t.Errorf("%s: the newest draft is %q", form, got)
			}
		}
	})
	t.Run("shared while a draft is being saved", func(t *testing.T) {
		b := newBrowser(t, chromium, s.at, phone())
		b.signIn(s, "participant")
		b.open("/ik-deel-iets")
		// The save comes back only when the button was pressed.
		js[bool](b, `window.fetch = ((send) => async (...asked) => { const answer = await send(...asked); if (asked[0].endsWith("/concept")) await new Promise((done) => addEventListener("click", done, {once: true})); return answer; })(window.fetch); true`)
		b.inserts(js[string](b, `document.querySelector("main textarea:not([name=lesson])").name`), "Wij liepen samen naar de markt.")
		b.waits("a save to be on its way", `document.querySelector("rz-draft").busy`)
		if status := b.press(`main button[name="do"][value="share"]`); status != http.StatusOK || !entryPattern.MatchString(b.path()) {
			t.Fatalf("sharing leads to %s with %d:\n%s", b.path(), status, b.text("main"))
		}
		b.shows("Wij liepen samen naar de markt.")
	})
	t.Run("conflict", func(t *testing.T) {
		one := newBrowser(t, chromium, s.at, phone())
		one.signIn(s, "participant")
		path := one.shareQuickly("Wij belden eerst en schreven daarna.")
		other := one.another(desktop())
		for _, b := range []*tab{one, other} {
			b.open(path + "/bewerken")
		}
		one.replaces("body", "De tekst van het eerste scherm.")
		one.press(`main button[name="do"][value="save"]`)
		other.replaces("body", "De tekst van het tweede scherm.")
		if status := other.press(`main button[name="do"][value="save"]`); status != http.StatusConflict {
			t.Fatalf("the second to save gets %d:\n%s", status, other.text("main"))
		}
		other.checkLook("participant")
		other.look(desktop())
		if mine := js[string](other, `document.querySelector("main textarea[name=body]").value`); mine != "De tekst van het tweede scherm." {
			t.Errorf("the second text is now %q", mine)
		}
		other.shows("De tekst van het eerste scherm.")
		other.press(`main form button[name="do"][value="save"]`)
		other.shows("De tekst van het tweede scherm.")
		other.open(path + "/versies/2")
		other.shows("De tekst van het eerste scherm.")
	})
}

// Signing in and sharing with the keyboard only: everything is reached with the
// tab key, and it shows where you are.
func TestBrowserKeyboard(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	b := newBrowser(t, chromium, s.at, desktop())
	b.open("/inloggen")
	b.tabTo(`e.name === "email"`)
	b.do("type", chromedp.KeyEvent(s.people["participant"].Email))
	b.tabTo(`e.name === "password"`)
	b.do("type", chromedp.KeyEvent(s.password))
	b.goes("press enter", chromedp.KeyEvent(kb.Enter))
	if b.path() != "/" {
		t.Fatalf("signing in leads to %s:\n%s", b.path(), b.text("main"))
	}
	b.tabTo(`e.classList.contains("utrecht-skip-link")`)
	b.tabTo(`e.getAttribute("href") === "/ik-deel-iets"`)
	b.goes("press enter", chromedp.KeyEvent(kb.Enter))
	for _, text := range []string{"Wij liepen een dag mee met de wijkagent.", "Je ziet dan wat een verslag niet zegt.", "Vraag het gewoon."} {
		b.tabTo(`e.tagName === "TEXTAREA" && e.value === ""`)
		b.do("type", chromedp.KeyEvent(text))
	}
	b.tabTo(`e.name === "audience"`)
	for range 4 {
		if js[string](b, `document.activeElement.value`) == "internal" {
			break
		}
		b.do("choose the next", chromedp.KeyEvent(kb.ArrowDown))
	}
	b.tabTo(`e.name === "do" && e.value === "share"`)
	b.goes("press enter", chromedp.KeyEvent(kb.Enter))
	if !entryPattern.MatchString(b.path()) {
		t.Fatalf("sharing leads to %s:\n%s", b.path(), b.text("main"))
	}
	b.shows("Wij liepen een dag mee met de wijkagent.")
	b.shows("Hele gemeente")
}

// tabTo presses the tab key until the element that has the focus, e, fits. On
// the way the focus shows, and stands on the screen.
func (b *tab) tabTo(fits string) {
	b.Helper()
	for range 60 {
		b.do("press tab", chromedp.KeyEvent(kb.Tab))
		problem := ""
		eventually(func() bool { // the page may be rolling towards it
			problem = js[string](b, focusScript)
			return problem == ""
		})
		if problem != "" {
			b.Errorf("%s: %s", b.path(), problem)
		}
		if js[bool](b, `((e) => `+fits+`)(document.activeElement)`) {
			return
		}
	}
	b.Fatalf("%s: the tab key never comes to %s", b.path(), fits)
}

const focusScript = `(() => {
  const e = document.activeElement;
  if (e === document.body) return "";
  const name = e.outerHTML.slice(0, 80);
  if (!e.matches(":focus-visible")) return "the focus does not show on " + name;
  const ringed = (e) => { const s = getComputedStyle(e); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== "none"; };
  const card = e.closest(".rz-card__title") && e.closest(".rz-card"); // of which the whole is the link
  const outlined = card && getComputedStyle(card).outlineStyle !== "none" && parseFloat(getComputedStyle(card).outlineWidth) > 0;
  if (!ringed(e) && !ringed(e.parentElement) && !outlined) return "nothing is drawn around " + name;
  const box = e.getBoundingClientRect();
  if (box.bottom <= 0 || box.top >= innerHeight) return "the focus is off the screen, on " + name;
  return "";
})()`
