// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// Once somebody signed out, going back shows nothing of what they read: a browser
// keeps no page of the site.
func TestBrowserBackAfterSigningOut(t *testing.T) {
	s := startShowcase(t)
	b := newBrowser(t, startChromium(t), s.at, phone())
	b.signIn(s, "participant")
	b.open("/rugzak")
	read := b.text("main")
	b.open("/account")
	b.signOut()
	for _, from := range []string{"the account", "their backpack"} {
		b.goes("go back to "+from, chromedp.NavigateBack())
		if text := b.text("main"); !strings.HasPrefix(b.path(), "/inloggen?naar=") || text == read {
			t.Errorf("going back to %s shows %s: %s", from, b.path(), text)
		}
	}
}

// Who has no scripts, and whose session ends while they type, finds what they typed
// on the page that says so.
func TestBrowserTypedWithoutScripts(t *testing.T) {
	s := startShowcase(t)
	b := newBrowser(t, startChromium(t), s.at, phone())
	b.withoutScripts()
	b.signIn(s, "participant")
	b.open("/ik-deel-iets")
	b.types("answer_happened", "Wij belden toen ik er was.")
	b.endSession()
	if status := b.press(drafting); status != http.StatusForbidden {
		t.Fatalf("sending leads to %s with %d", b.path(), status)
	}
	b.checkLook("participant")
	b.another(phone()).signIn(s, "participant")
	if status := b.press(`main form button.utrecht-button--primary-action`); status != http.StatusOK || !entryPattern.MatchString(b.path()) {
		t.Fatalf("sending again leads to %s with %d", b.path(), status)
	}
	b.shows("Wij belden toen ik er was.")
}
