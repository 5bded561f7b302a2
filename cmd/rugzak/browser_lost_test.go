// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// connect takes the network away from a tab, and gives it back.
func (b *tab) connect(on bool) {
	b.Helper()
	if _, err := chromedp.Call(b.ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{Offline: !on, DownloadThroughput: -1, UploadThroughput: -1}},
	}); err != nil {
		b.Fatalf("network: %v", err)
	}
	if _, err := chromedp.Call(b.ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: !on, DownloadThroughput: -1, UploadThroughput: -1}); err != nil {
		b.Fatalf("network: %v", err)
	}
}

// endSession takes the session away, as time does.
func (b *tab) endSession() {
	b.Helper()
	if _, err := chromedp.Call(b.ctx, network.ClearBrowserCookies, struct{}{}); err != nil {
		b.Fatalf("cookies: %v", err)
	}
}

func (b *tab) waitsKept() {
	b.Helper()
	b.waits("all of it to be kept", `((d) => !d.failed && d.kept === d.typed())(document.querySelector("rz-draft"))`)
}

func (b *tab) waitsFailed(word string) {
	b.Helper()
	b.waits("the form to say what is wrong", `((d) => d.failed && d.textContent.includes(`+quoted(word)+`))(document.querySelector("rz-draft"))`)
}

const sharing, saving, drafting = `main form button[name="do"][value="share"]`, `main form button[name="do"][value="save"]`, `main form button[name="do"][value="draft"]`

// Nothing typed is lost: not without a connection, not when the session ends, not
// by the back button, and not in two tabs.
func TestBrowserNothingTypedIsLost(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	forms := map[string]string{"/ik-deel-iets": "answer_happened", fullForm: "body"}
	begins := func(t *testing.T, form string) *tab {
		b := newBrowser(t, chromium, s.at, phone())
		b.signIn(s, "participant")
		b.open(form)
		return b
	}
	holds := func(b *tab, text string) {
		b.Helper()
		if all := js[string](b, `[...document.querySelectorAll("main textarea")].map((e) => e.value).join("\n")`); !strings.Contains(all, text) {
			b.Errorf("%s holds %q, without %q", b.path(), all, text)
		}
	}
	t.Run("connection lost", func(t *testing.T) {
		for form, name := range forms {
			b := begins(t, form)
			b.pastes(name, "Wij belden met verbinding.")
			b.waitsKept()
			b.connect(false)
			b.inserts(name, " En zonder.")
			b.waitsFailed("geen verbinding")
			if !js[bool](b, `!dispatchEvent(new Event("beforeunload", {cancelable: true}))`) {
				t.Errorf("%s may be left without a warning", form)
			}
			b.tap(sharing) // leads nowhere, and not to an empty page
			b.waits("the form to have tried", `((d) => !d.going && d.failed)(document.querySelector("rz-draft"))`)
			holds(b, "En zonder.")
			b.checkLook("participant")
			b.connect(true)
			b.waitsKept()
			if status := b.press(sharing); status != http.StatusOK || !entryPattern.MatchString(b.path()) {
				t.Fatalf("%s: sharing leads to %s with %d", form, b.path(), status)
			}
			b.shows("Wij belden met verbinding. En zonder.")
		}
	})
	t.Run("session ended", func(t *testing.T) {
		for form, name := range forms {
			b := begins(t, form)
			b.pastes(name, "Wij belden toen ik er was.")
			b.waitsKept()
			b.endSession()
			b.inserts(name, " En toen ik weg was.")
			b.waitsFailed("uitgelogd")
			b.tap(sharing)
			b.waits("the form to have tried", `((d) => !d.going && d.failed)(document.querySelector("rz-draft"))`)
			holds(b, "En toen ik weg was.")
			if !js[bool](b, `document.querySelector('rz-draft a[target="_blank"]').checkVisibility()`) {
				t.Errorf("%s offers no way in", form)
			}
			b.checkLook("participant")
			b.another(phone()).signIn(s, "participant")
			js[bool](b, `dispatchEvent(new Event("focus"))`) // back on this tab
			b.waitsKept()
			b.press(sharing)
			b.shows("Wij belden toen ik er was. En toen ik weg was.")

			// What is shared already is not saved by itself: it waits too.
			b.open(b.path() + "/bewerken")
			b.replaces("body", "Het werd anders.")
			b.endSession()
			b.tap(saving)
			b.waitsFailed("uitgelogd")
			holds(b, "Het werd anders.")
			b.another(phone()).signIn(s, "participant")
			b.press(saving)
			b.shows("Het werd anders.")
		}
	})
	t.Run("back button", func(t *testing.T) {
		for form, name := range forms {
			b := begins(t, form)
			b.pastes(name, "Even weg en weer terug.")
			b.waitsKept()
			b.press(`nav.rz-nav a[href="/rugzak"]`)
			b.goes("go back", chromedp.NavigateBack())
			holds(b, "Even weg en weer terug.")
		}
	})
	t.Run("two tabs", func(t *testing.T) {
		for form, name := range forms {
			one := begins(t, form)
			one.pastes(name, "Begonnen.")
			one.waitsKept()
			other := one.another(phone())
			other.open(one.path())
			holds(other, "Begonnen.")
			other.inserts("body", "\n\nHier verder.")
			other.waitsKept()
			one.inserts(name, " En daar verder.")
			one.waitsFailed("op een andere plek gewijzigd")
			if status := one.press(drafting); status != http.StatusConflict {
				t.Fatalf("%s: the second tab gets %d", form, status)
			}
			holds(one, "Begonnen. En daar verder.")
			one.says("main", "Hier verder.")
			one.press(`main form button[name="do"][value="draft"]`)
			other.open(one.path())
			other.shows("En daar verder.")
		}
	})
	t.Run("without scripts", func(t *testing.T) {
		b := newBrowser(t, chromium, s.at, phone())
		b.withoutScripts()
		b.signIn(s, "participant")
		b.open(fullForm)
		b.types("body", "Wij schreven zonder scripts. Lees het [hier](/hulp).")
		b.press(`main form button[name="do"][value="preview"]`)
		b.says("#voorbeeld", "Wij schreven zonder scripts.")
		b.says("[data-advice]", "zegt niet waar je terechtkomt")
		b.press(drafting)
		b.press(`main a[href$="/bewerken"]`)
		holds(b, "Wij schreven zonder scripts.")
		b.press(sharing)
		b.says("main h1", "Wij schreven zonder scripts")
		b.shows("Je tekst kan nog iets makkelijker lezen.")
	})
}
