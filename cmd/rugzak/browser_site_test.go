// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net/http"
	"path/filepath"
	"regexp"
	"testing"

	"rugzak/pkg/rugzak"
)

// showcase is a running demonstration: the whole program with the example set.
type showcase struct {
	*running
	dir      string
	password string
	people   map[string]rugzak.Person // by part: participant, partner, ...
}

var demoPasswordPattern = regexp.MustCompile(`rugzak-[a-z0-9]{4}-[a-z0-9]{4}`)

// startShowcase starts a new demonstration in Dutch.
func startShowcase(t *testing.T) *showcase {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "demo")
	s := &showcase{
		running: serving(t, "demo", "--data", dir, "--listen", "127.0.0.1:0", "--lang", "nl"),
		dir:     dir, people: map[string]rugzak.Person{},
	}
	s.password = demoPasswordPattern.FindString(s.out.String())
	cast, err := demonstration{dir: dir, lang: rugzak.Dutch}.cast()
	if err != nil || s.password == "" {
		t.Fatalf("no people or no password: %v\n%s", err, s.out)
	}
	for _, p := range cast {
		s.people[p.part] = p.person
	}
	return s
}

// signIn signs somebody of the demonstration in, with a tap on the button.
func (b *tab) signIn(s *showcase, part string) {
	b.Helper()
	b.signInAs(s.people[part].Email, s.password)
}

// signInAs signs somebody in by their address, with a tap on the button.
func (b *tab) signInAs(email, password string) {
	b.Helper()
	b.open("/inloggen")
	b.types("email", email)
	b.types("password", password)
	if status := b.press(`main form button:not([type="button"])`); status != http.StatusOK || b.path() != "/" {
		b.Fatalf("signing in as %s leads to %s with %d:\n%s", email, b.path(), status, b.text("main"))
	}
}

// signOut signs out through the menu.
func (b *tab) signOut() {
	b.Helper()
	b.unfolds("details.rz-menu > summary")
	b.press(`form[action="/uitloggen"] button`)
	if b.path() != "/inloggen" {
		b.Fatalf("signing out leads to %s", b.path())
	}
}
