// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"rugzak/pkg/auth"
	"rugzak/pkg/rugzak"
)

// slowed is a site on which a person may do ten things of a kind in a minute,
// in which no minute passes, however long the test takes.
func slowed(t *testing.T) *site {
	return newSite(t, func(c *Config) { c.Limiter = auth.NewLimiter(stillClock(), auth.Rates{Search: 10, Write: 10}) })
}

func waits(t *testing.T, a *answer) {
	t.Helper()
	seconds, err := strconv.Atoi(a.Header.Get("Retry-After"))
	if a.Status != http.StatusTooManyRequests || err != nil || seconds < 1 || seconds > 60 {
		t.Errorf("%s answered %d, Retry-After %q", a.Path, a.Status, a.Header.Get("Retry-After"))
	}
}

func TestSearchIsLimited(t *testing.T) {
	s := slowed(t)
	s.caughtUp() // until the index has begun, a search gets no answer
	me := s.as(participant)
	for range 5 {
		me.get(pathSearch + "?q=wachttijd").want(http.StatusOK)
		me.get(pathQuestions).want(http.StatusOK)
	}
	a := me.get(pathSearch + "?q=wachttijd")
	waits(t, a)
	a.shows("Even wachten").hides("Je nieuwste")
	waits(t, me.get(pathMethods))
	me.get(pathHome).want(http.StatusOK) // reading goes on
	s.as(colleague).get(pathSearch + "?q=wachttijd").want(http.StatusOK)
}

// Whoever sends too many forms finds everything typed on the page, and the
// button sends the very same form.
func TestWritingIsLimitedAndKept(t *testing.T) {
	s := slowed(t)
	me := s.as(participant)
	form := me.get(pathEntryNew + "?soort=experience").want(http.StatusOK)
	for range 10 {
		me.post(pathAccount, "name", "", "language", "nl", "base", "1")
	}
	const text = "Wat er gebeurde: <b>é</b> & \"meer\".\r\n\r\n  Tweede alinea.\r\n"
	typed := []string{"title", "Eén voordeur, drie bureaus", "body", text, "audience", "team", "tags", "intake", "do", doShare}
	a := form.submit(`form:has(textarea[name="body"])`, typed...)
	waits(t, a)
	sent := formValues(form.find(`form:has(textarea[name="body"])`).First())
	for name, values := range pairs(t, typed) {
		sent[name] = values
	}
	again := a.find(`form:has(textarea)`).First()
	got := formValues(again)
	for name, want := range sent {
		if strings.Join(got[name], "|") != strings.Join(want, "|") {
			t.Errorf("%s is sent again as %q, want %q", name, got[name], want)
		}
	}
	if len(got) != len(sent) || again.AttrOr("action", "") != pathEntryNew+"?soort=experience" && again.AttrOr("action", "") != pathEntryNew {
		t.Errorf("%d fields to %q, want %d", len(got), again.AttrOr("action", ""), len(sent))
	}
	s.Server.Limiter = auth.NewLimiter(s.Server.Clock, auth.Rates{}) // later
	a.submit(`form:has(textarea)`).follow().want(http.StatusOK).shows("Eén voordeur, drie bureaus").shows("Tweede alinea.")
}

// The script that saves drafts is answered in its own language.
func TestAutosaveIsLimited(t *testing.T) {
	s := slowed(t)
	me := s.as(participant)
	id := string(s.idFor(participant))
	var a *answer
	for range 11 {
		a = me.post(at(pathEntryDraft, id), "kind", "experience", "lang", "nl", "body", "tekst", "audience", "draft", "base", "0")
	}
	waits(t, a)
	var told draftAnswer
	if err := json.Unmarshal([]byte(a.Body), &told); err != nil || told.Message == "" {
		t.Errorf("answered %q: %v", a.Body, err)
	}
}

// A form with a secret in it never comes back in a page.
func TestSecretsAreNotKept(t *testing.T) {
	s := slowed(t)
	s.withPassword(participant)
	me := s.as(participant)
	for range 10 {
		me.post(pathAccount, "name", "", "language", "nl", "base", "1")
	}
	a := me.post(pathOwnWord, "current", "een geheime zin", "password", "nog een geheime zin")
	waits(t, a)
	a.hides("geheime")
}

// More than a few searches of one person at the same time wait for each other.
func TestWorkAtOnceIsBounded(t *testing.T) {
	s := newSite(t)
	s.caughtUp() // until the index has begun, a search gets no answer
	p := s.people[participant].ID
	var leaves []func()
	for {
		leave, ok := s.Server.Limiter.Enter(rugzak.EffortSearch, p)
		if !ok {
			break
		}
		leaves = append(leaves, leave)
	}
	me := s.as(participant)
	waits(t, me.get(pathSearch+"?q=wachttijd"))
	s.as(colleague).get(pathSearch + "?q=wachttijd").want(http.StatusOK)
	leaves[0]()
	me.get(pathSearch + "?q=wachttijd").want(http.StatusOK)
	me.get(pathSearch + "?q=wachttijd").want(http.StatusOK) // and the place came free again
}

// Signing in and out and choosing a language are not counted as writing: the
// first has a slow-down of its own, the others must always work.
func TestEffortOfRoutes(t *testing.T) {
	for route, want := range map[string]rugzak.Effort{
		"GET " + pathSearch: rugzak.EffortSearch, "HEAD " + pathSearch: rugzak.EffortSearch, "GET " + pathHome: "",
		"GET " + pathSuggest: rugzak.EffortSuggest, "GET " + pathSavedNew: rugzak.EffortSearch, "GET " + pathSavedOne: rugzak.EffortSearch,
		"POST " + pathSignIn: "", "POST " + pathSignOut: "", "POST " + pathShare: rugzak.EffortWrite,
		"POST " + pathEntryPreview: rugzak.EffortPreview, "GET " + pathEntry: "", "POST ": rugzak.EffortWrite,
	} {
		method, path, _ := strings.Cut(route, " ")
		if got := effort(method, path); got != want {
			t.Errorf("%s costs %q, want %q", route, got, want)
		}
	}
	known := map[string]bool{}
	for _, r := range newEmptySite(t).Server.routes() {
		known[r.method+" "+r.path] = true
	}
	for route := range efforts {
		if !known[route] {
			t.Errorf("%s is not in the route table", route)
		}
	}
}
