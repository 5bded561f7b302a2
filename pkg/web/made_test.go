// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

const marker = "<!-- made before -->"

// markMade puts a mark in every page that is kept, so that one that is given
// again shows.
func (s *site) markMade() (kept int) {
	m := s.Server.made
	m.mu.Lock()
	defer m.mu.Unlock()
	for k, p := range m.pages {
		more := bytes.NewBufferString(marker)
		if k.zipped { // compressed pages may follow each other
			more.Reset()
			z := gzip.NewWriter(more)
			_, _ = z.Write([]byte(marker))
			_ = z.Close()
		}
		p.body = slices.Concat(p.body, more.Bytes())
		m.pages[k] = p
	}
	return len(m.pages)
}

func isMade(a *answer) bool { return strings.HasSuffix(a.Body, marker) }

// A page that was made is given again to the same person as long as nothing was
// written, and only then; not after anything that changes what they may see.
func TestPagesMadeBefore(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Clock = stillClock() })
	e := s.share(participant, "Samen bellen", "Een tekst over bellen.", rugzak.LevelInternal, "welzijn")
	path := entryPath(e.ID)
	reader, other := s.as(colleague), s.as(partner)
	first := reader.get(path).want(http.StatusOK)
	if again := reader.get(path).want(http.StatusOK); again.Body != first.Body || s.markMade() != 1 {
		t.Fatal("nothing is kept, or something else")
	}
	if !isMade(reader.get(path)) {
		t.Fatal("what was kept is not given")
	}
	for _, name := range []string{"Content-Type", "Cache-Control", "Vary", "Content-Security-Policy", "X-Content-Type-Options"} {
		if got := reader.get(path).Header.Get(name); got == "" || got != first.Header.Get(name) {
			t.Errorf("%s is %q of a page that was kept, and %q of one that was made", name, got, first.Header.Get(name))
		}
	}
	ask, err := http.NewRequestWithContext(t.Context(), http.MethodHead, s.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	ask.AddCookie(reader.cookies[cookieSession])
	head, err := http.DefaultClient.Do(ask)
	if err != nil {
		t.Fatal(err)
	}
	defer head.Body.Close()
	if body, err := io.ReadAll(head.Body); err != nil || len(body) > 0 || head.StatusCode != http.StatusOK || head.ContentLength == 0 {
		t.Errorf("HEAD gives %d with %q and says %d: %v", head.StatusCode, body, head.ContentLength, err)
	}
	fresh := func(what string, a *answer) {
		t.Helper()
		if isMade(a) {
			t.Errorf("%s: a page of before is given", what)
		}
		s.markMade()
	}
	fresh("to somebody else", other.get(path).want(http.StatusOK))
	fresh("in another session", s.as(colleague).get(path).want(http.StatusOK))
	fresh("with a question behind it", reader.get(path+"?x=1").want(http.StatusOK))
	reader.header.Set("Accept-Encoding", "identity")
	fresh("not compressed", reader.get(path).want(http.StatusOK))
	reader.header.Del("Accept-Encoding")
	fresh("after a change of language", reader.post(pathLanguage, "language", "en", "return", path).want(http.StatusSeeOther).follow())

	reader.get(path).want(http.StatusOK)
	s.markMade()
	e = s.revise(participant, e, "Samen gebeld", "Een andere tekst.")
	reader.get(path).want(http.StatusOK).shows("Een andere tekst.")
	other.get(path).want(http.StatusOK)
	s.markMade()
	if !isMade(other.get(path)) {
		t.Fatal("what was kept is not given")
	}
	in := s.Service.InputOf(e)
	in.Audience = rugzak.Audience{Level: rugzak.LevelTeam}
	if _, err := s.Service.Revise(t.Context(), s.people[participant], e.ID, e.Version, in); err != nil {
		t.Fatal(err)
	}
	other.get(path).want(http.StatusNotFound)
	reader.get(path).want(http.StatusNotFound)
	me := s.as(participant)
	me.get(path).want(http.StatusOK)
	s.markMade()
	me.post(pathSignOut).want(http.StatusSeeOther)
	me.get(path).want(http.StatusSeeOther)
}

// What was just done is said once; and the page of a draft, which also shows
// what the index knows, is made anew each time.
func TestPagesThatAreMadeAnew(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Clock = stillClock() })
	e := s.share(participant, "Samen bellen", "Een tekst over bellen.", rugzak.LevelInternal)
	me := s.as(colleague)
	kept := me.post(entryPath(e.ID) + "/meenemen").want(http.StatusSeeOther).follow().want(http.StatusOK)
	kept.find(".utrecht-alert--ok")
	s.markMade()
	if a := me.get(entryPath(e.ID)).want(http.StatusOK); isMade(a) || a.Doc.Find("main > .utrecht-alert--ok").Length() > 0 {
		t.Error("what was done is said again")
	}
	draft, err := s.Service.SaveDraft(t.Context(), s.people[participant], s.idFor(participant), 0, s.Service.InputOf(e))
	if err != nil {
		t.Fatal(err)
	}
	writer := s.as(participant)
	writer.get(entryPath(draft.Entry.ID)).want(http.StatusOK)
	s.markMade()
	if isMade(writer.get(entryPath(draft.Entry.ID)).want(http.StatusOK)) {
		t.Error("the page of a draft is kept")
	}
}

// What is kept is bounded, with the addresses: whoever asks for one page under
// many long ones takes no more room than who asks for many.
func TestPagesMadeAreBounded(t *testing.T) {
	m := newMadePages()
	long := strings.Repeat("x", 20<<10)
	for i := range 3 * mostMade / len(long) {
		key := madeKey{address: long + strconv.Itoa(i)}
		m.get(key)
		for range 2 {
			m.put(key, madePage{body: []byte("page")})
		}
		held := 0
		for k, p := range m.pages {
			held += len(k.address) + len(p.body)
		}
		if held > mostMade || held != m.bytes {
			t.Fatalf("after %d: %d bytes are kept, counted as %d", i, held, m.bytes)
		}
	}
}
