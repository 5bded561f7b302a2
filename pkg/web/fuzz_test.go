// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// posted is a request that carries a form, as a handler gets it.
func posted(s *Server, body string) echo.Context {
	r := httptest.NewRequest(http.MethodPost, pathEntryNew, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.echo.NewContext(r, httptest.NewRecorder())
}

// Whatever a form holds, it is read or refused; what is shown again is what was
// read; lines are clean and the text is the one that was sent.
func FuzzEntryForm(f *testing.F) {
	s := newEmptySite(f).Server
	f.Add("kind=experience&lang=nl&title=Een+titel&body=a%0D%0Ab&audience=internal&also=x&tags=a,b,,a&do=share&base=1")
	f.Add("kind=method&method_minutes=5&method_minutes_max=x&method_steps=5+min:+begin%0Aeind&method_group=3")
	f.Add("kind=application&application_lesson=https://a.example/ervaringen/06ev0000000000000000000000?x#y&relation_type=a&relations=b&relations=c")
	f.Add("kind=question&question_since=2026-13-45&question_state=&not_bsn=1&not_bsn=2&%zz;&title=%ff&themes=%00")
	f.Fuzz(func(t *testing.T, body string) {
		form, err := s.readForm(posted(s, body), entryFields()...)
		if err != nil {
			if rugzak.CodeOf(err) != rugzak.CodeMalformed {
				t.Fatalf("refused with %v", err)
			}
			return
		}
		in, err := entryInput(form)
		if err != nil && rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Fatalf("refused with %v", err)
		}
		if in.Title != rugzak.Line(in.Title) || in.Lesson != rugzak.Line(in.Lesson) || strings.Contains(in.Body, "\r\n") {
			t.Fatalf("not clean: %+q, %+q, %+q", in.Title, in.Lesson, in.Body)
		}
		sent, _ := url.ParseQuery(body)
		if in.Body != rugzak.Newlines(sent.Get("body")) {
			t.Fatalf("the text became %+q", in.Body)
		}
		shown := s.entryForm(s.newForm(posted(s, "")), "x", 0, in)
		again, _ := entryInput(shown)
		if again.Title != in.Title || again.Body != in.Body || !slices.Equal(again.Tags, in.Tags) || !slices.Equal(again.NotBSN, in.NotBSN) || !slices.Equal(again.Themes, in.Themes) {
			t.Fatalf("shown again as %+v, was %+v", again, in)
		}
		_ = methodInput(in)
	})
}

// methodInput reaches the numbers of a method, where it has some.
func methodInput(in backpack.Input) int {
	if in.Method == nil {
		return 0
	}
	return len(in.Method.Steps)
}

// A form that is kept is sent again as it was, and never with a secret.
func FuzzKept(f *testing.F) {
	s := newEmptySite(f).Server
	f.Add("title=Een+titel&body=a%0D%0A+b&do=share")
	f.Add("password=geheim&x=y")
	f.Add("%zz=%ff&;=&&&a=b=c")
	f.Fuzz(func(t *testing.T, body string) {
		c := posted(s, body)
		k := kept(c)
		if k == nil {
			return
		}
		got := url.Values{}
		for _, field := range slices.Concat(k.Texts, k.Hidden) {
			got.Add(field.Name, field.Value)
			if isSecret(field.Name) {
				t.Fatalf("a secret is kept: %q", field.Name)
			}
		}
		for name, values := range c.Request().PostForm {
			for i := range values {
				values[i] = rugzak.Newlines(values[i])
			}
			slices.Sort(values)
			slices.Sort(got[name])
			if !slices.Equal(values, got[name]) {
				t.Fatalf("%q: kept %q of %q", name, got[name], values)
			}
		}
	})
}

// The same question has the same address, whatever address it was read from.
func FuzzSearchAddress(f *testing.F) {
	f.Add("q=wachttijd&soort=experience&soort=x&jaar=2026&volgorde=nieuwste&na=a&voor=b")
	f.Add("q=%ff%00+&thema=&thema=%20a&q=b&soort=" + strings.Repeat("x", 200))
	f.Fuzz(func(t *testing.T, query string) {
		values, _ := url.ParseQuery(query)
		a := parseSearchAddress(pathSearch, "", values)
		address := a.String()
		u, err := url.Parse(address)
		if err != nil || u.Path != pathSearch {
			t.Fatalf("%q: %v", address, err)
		}
		if again := parseSearchAddress(pathSearch, "", u.Query()).String(); again != address {
			t.Fatalf("%q, then %q", address, again)
		}
		if _, ok := ParseLocalPath(address); !ok && len(address) <= maxLocalPath {
			t.Fatalf("%q is no path of this site", address)
		}
	})
}

// What is sealed opens as what it was, for what it was, and nothing else opens.
func FuzzSeal(f *testing.F) {
	s, err := newSealer()
	if err != nil {
		f.Fatal(err)
	}
	f.Add("12345", "AAAA")
	f.Add("", strings.Repeat("A", 40))
	f.Fuzz(func(t *testing.T, text, forged string) {
		if len(text) < 500 {
			if got := s.open(sealMark, s.close(sealMark, text)); got != text {
				t.Fatalf("%q came back as %q", text, got)
			}
			if text != "" && s.open(sealAfter, s.close(sealMark, text)) != "" {
				t.Fatal("one kind opens as another")
			}
		}
		if got := s.open(sealMark, forged); got != "" {
			t.Fatalf("%q opened as %q", forged, got)
		}
	})
}

// Whatever a signed-in browser sends, no page breaks, every answer has its
// headers, and none leads away from the site.
func FuzzRequest(f *testing.F) {
	s := newSite(f)
	people := []*client{s.as(participant), s.as(administrator), s.as(partner), s.as(facilitator)}
	entry := s.share(participant, "Eén voordeur", "Wat er gebeurde.", rugzak.LevelInternal)
	handler := s.Server.Handler()
	var routes []route
	for _, r := range s.Server.routes() {
		if r.path != pathSignOut && r.path != pathSamplesLoad { // the first ends the test's session, the other takes long
			routes = append(routes, r)
		}
	}
	for i := range routes {
		f.Add(uint16(i), uint8(i), string(entry.ID), "q=a&na=b&naar=/x", "nl;q=0.8,*", "rugzak-notice=notice.saved:x; rugzak-after=AAAA", "base=1&do=share&title=a&body=b")
	}
	f.Add(uint16(1), uint8(1), "%00/..", "%ff=%zz&&;=", strings.Repeat("nl-", 300), "rugzak-lang=xx; rugzak-notice=:", "%=&%zz")
	f.Fuzz(func(t *testing.T, which uint16, who uint8, id, query, languages, cookies, body string) {
		r := routes[int(which)%len(routes)]
		path := strings.Replace(at(r.path, id, id, id), "*", url.PathEscape(id), 1)
		target, err := url.ParseRequestURI(path)
		if err != nil {
			return
		}
		target.RawQuery = query
		request := httptest.NewRequest(r.method, "/", strings.NewReader(body))
		request.URL, request.RequestURI, request.Host = target, target.RequestURI(), "localhost"
		request.RemoteAddr = "127.0.0.1:1"
		me := people[int(who)%len(people)]
		request.Header.Set("Cookie", cookieSession+"="+me.cookies[cookieSession].Value+"; "+cookies)
		request.Header.Set("Accept-Language", languages)
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, request)
		if w.Code >= 500 && w.Code != http.StatusServiceUnavailable {
			t.Fatalf("%s %s answered %d", r.method, request.RequestURI, w.Code)
		}
		if w.Header().Get("Content-Security-Policy") != contentPolicy || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Fatalf("%s %s has no policy", r.method, request.RequestURI)
		}
		if to := w.Header().Get("Location"); to != "" {
			if _, ok := ParseLocalPath(to); !ok {
				t.Fatalf("%s %s leads to %q", r.method, request.RequestURI, to)
			}
		}
	})
}
