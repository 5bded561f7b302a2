// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// write shares an entry of any kind; in begins as a Dutch experience by name
// for the whole municipality.
func (s *site) write(who string, change func(in *backpack.Input)) rugzak.Entry {
	s.Helper()
	in := backpack.Input{
		Kind: rugzak.KindExperience, Lang: rugzak.Dutch, Title: "Titel", Body: "Tekst.", Mode: rugzak.ByName,
		Audience: rugzak.Audience{Level: rugzak.LevelInternal},
	}
	change(&in)
	return s.shareInput(who, in)
}

// revise gives an entry a new title and text.
func (s *site) revise(who string, e rugzak.Entry, title, body string) rugzak.Entry {
	s.Helper()
	in := s.Service.InputOf(e)
	in.Title, in.Body = title, body
	saved, err := s.Service.Revise(s.Context(), s.people[who], e.ID, e.Version, in)
	if err != nil {
		s.Fatal(err)
	}
	return saved.Entry
}

// head is the position of the newest change.
func (s *site) head() rugzak.Position {
	s.Helper()
	head, _, err := s.Store.Head(s.Context())
	if err != nil {
		s.Fatal(err)
	}
	return head
}

// titles are the titles of the cards of a page, in order.
func (a *answer) titles() []string {
	a.Helper()
	var out []string
	if a.Doc == nil {
		a.Fatalf("%s is no page", a.Path)
	}
	a.Doc.Find(".rz-card__title").Each(func(_ int, e *goquery.Selection) {
		out = append(out, strings.Join(strings.Fields(e.Text()), " "))
	})
	return out
}

// lists fails the test unless the cards are these, in any order.
func (a *answer) lists(want ...string) *answer {
	a.Helper()
	got := a.titles()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		a.Errorf("%s shows the cards %q, want %q", a.Path, got, want)
	}
	return a
}

// link is the address of the link with this text.
func (a *answer) link(selector, text string) string {
	a.Helper()
	path := ""
	a.find(selector).Each(func(_ int, e *goquery.Selection) {
		if path == "" && strings.Contains(strings.Join(strings.Fields(e.Text()), " "), text) {
			path = e.AttrOr("href", "")
		}
	})
	if path == "" {
		a.Fatalf("%s has no link %q among %s", a.Path, text, selector)
	}
	return path
}

// withoutID is a page without the id of its request.
func withoutID(a *answer) string {
	body := a.Body
	for name := range a.Header {
		if name == "Date" || name == "Set-Cookie" || name == "Content-Length" {
			continue
		}
		body += "\n" + name + ": " + strings.Join(a.Header[name], ", ")
	}
	lines := strings.Split(body, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// sameAnswer fails the test unless nobody can tell two answers apart; each
// answer's own path may stand in it.
func sameAnswer(t *testing.T, hidden, absent *answer) {
	t.Helper()
	hidden.want(http.StatusNotFound)
	absent.want(http.StatusNotFound)
	a := strings.ReplaceAll(withoutID(hidden), hidden.Path, "PATH")
	b := strings.ReplaceAll(withoutID(absent), absent.Path, "PATH")
	if a != b {
		t.Errorf("hidden and absent differ:\n%s\n---\n%s", a, b)
	}
}
