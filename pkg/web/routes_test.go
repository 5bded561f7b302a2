// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// filled is a path of the table with something in its parameters.
func filled(path string) string {
	return strings.Replace(at(path, rugzak.NewID(testTime), "1"), "*", "x", 1)
}

// Who is not signed in is sent to the sign-in page by every path that is not
// public, and by every path that does not exist, in the same way.
func TestNobodyLearnsWhichPathsExist(t *testing.T) {
	s := newSite(t)
	type ask struct{ method, path string }
	asks := []ask{
		{http.MethodGet, "/bestaat-niet"}, {http.MethodGet, "/beheer/bestaat/niet"}, {http.MethodPost, "/bestaat-niet"},
		{http.MethodDelete, "/"}, {http.MethodPut, "/account"}, {http.MethodPost, "/hulp"}, {http.MethodGet, "/taal"},
		{http.MethodGet, "/ervaringen/" + string(newID())}, {http.MethodGet, "/.git/config"}, {http.MethodOptions, "/"},
	}
	for _, r := range s.Server.routes() {
		if r.access != public && r.access != machine {
			asks = append(asks, ask{r.method, filled(r.path)})
		}
	}
	var first http.Header
	for _, a := range asks {
		got := s.as(nobody).send(a.method, a.path, nil)
		if got.Status != http.StatusSeeOther || got.Body != "Dit adres leidt naar een andere pagina.\n" {
			t.Errorf("%s %s answered %d", a.method, a.path, got.Status)
			continue
		}
		want := pathSignIn
		if a.method == http.MethodGet && a.path != pathHome {
			want += "?naar=" + url.QueryEscape(a.path)
		}
		if got.Header.Get("Location") != want {
			t.Errorf("%s %s leads to %s, want %s", a.method, a.path, got.Header.Get("Location"), want)
		}
		got.Header.Del("Location")
		got.Header.Del("Date")
		if first == nil {
			first = got.Header
		}
		for name := range got.Header {
			if got.Header.Get(name) != first.Get(name) {
				t.Errorf("%s %s has another header %s: %q, want %q", a.method, a.path, name, got.Header.Get(name), first.Get(name))
			}
		}
	}
}

// Everybody who is signed in gets the same page for a path that does not exist.
func TestUnknownPath(t *testing.T) {
	s := newSite(t)
	for _, who := range []string{participant, partner, administrator} {
		s.as(who).get("/bestaat-niet").want(http.StatusNotFound).shows("Deze pagina is er niet")
		s.as(who).post("/bestaat-niet", "a", "b").want(http.StatusNotFound)
		s.as(who).send(http.MethodDelete, pathAccount, nil).want(http.StatusNotFound)
	}
}

// Routes for some are refused to others, whatever stands behind them.
func TestAccessOfRoutes(t *testing.T) {
	s := newSite(t)
	for _, r := range s.Server.routes() {
		var allowed []string
		switch r.access {
		case curate:
			allowed = []string{facilitator, coreteam}
		case administer:
			allowed = []string{administrator}
		default:
			continue
		}
		for _, who := range everybody() {
			if who == nobody || contains(allowed, who) {
				continue
			}
			got := s.as(who).send(r.method, filled(r.path), nil)
			if got.Status != http.StatusForbidden {
				t.Errorf("%s %s answered %d to %s, want 403", r.method, r.path, got.Status, who)
			}
		}
	}
}

// A path belongs to one row, and reading never changes anything by design: what
// changes is a POST.
func TestRouteTable(t *testing.T) {
	s := newEmptySite(t)
	seen := map[string]bool{}
	for _, r := range s.Server.routes() {
		key := r.method + " " + r.path
		if seen[key] {
			t.Errorf("%s stands twice", key)
		}
		seen[key] = true
		if r.method != http.MethodGet && r.method != http.MethodPost {
			t.Errorf("%s: a form sends GET and POST only", key)
		}
		if r.handler == nil {
			t.Errorf("%s has no handler", key)
		}
	}
}

func contains(all []string, one string) bool {
	for _, a := range all {
		if a == one {
			return true
		}
	}
	return false
}
