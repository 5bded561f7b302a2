// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"rugzak/pkg/rugzaktest"
)

// A form full of what takes work each time is refused in time in proportion to
// what was typed, with an answer that stays small beside it. Minutes it took.
func TestManyOfAKind(t *testing.T) {
	s := newSite(t)
	c := s.as(participant)
	words := make([]string, 100_000)
	for i := range words {
		words[i] = strconv.FormatInt(int64(i), 36)
	}
	repeat := func(piece string) func(n int) string {
		return func(n int) string { return strings.Repeat(piece, n) }
	}
	for name, typed := range map[string]struct {
		field string
		n     int
		text  func(n int) string
	}{
		"words":         {"tags", len(words), func(n int) string { return strings.Join(words[:n], ",") }},
		"numbers":       {"body", 25_000, repeat("111222333 ")},
		"named numbers": {"body", 18_000, repeat("bsn 111222333\n")},
		"steps":         {"method_steps", 120_000, repeat("5 a\n")},
	} {
		t.Run(name, func(t *testing.T) {
			form := []string{
				"id", string(s.idFor(participant)), "base", "0", "kind", "method", "lang", "nl", "title", "Iets",
				"author_mode", "name", "audience", "organisation", "do", doShare,
			}
			rugzaktest.Proportional(t, typed.n, func(n int) func() {
				text := typed.text(n)
				return func() {
					a := c.post(pathEntryNew, append(form, typed.field, text)...).want(http.StatusUnprocessableEntity)
					if len(a.Body) > 2*len(text)+100_000 {
						t.Errorf("%d bytes typed, %d answered", len(text), len(a.Body))
					}
				}
			})
		})
	}
}

// Of very many numbers some are told at a time, and what was declared is asked
// no second time.
func TestManyNumbers(t *testing.T) {
	s := newSite(t)
	c := s.as(participant)
	var numbers []string
	for n := 111_222_333; len(numbers) < 120; n++ {
		if number := strconv.Itoa(n); passesEleven(number) {
			numbers = append(numbers, number)
		}
	}
	form := []string{
		"id", string(s.idFor(participant)), "base", "0", "kind", "experience", "lang", "nl", "title", "Zaken", "author_mode", "name",
		"audience", "organisation", "do", doShare, "body", "Zaaknummers:\n\n- " + strings.Join(numbers, "\n- "),
	}
	declared := 0
	for declared < len(numbers) {
		a := c.post(pathEntryNew, form...).want(http.StatusUnprocessableEntity)
		boxes := a.Doc.Find(`input[name="not_bsn"]:not([checked])`)
		if boxes.Length() == 0 || a.Doc.Find(`input[name="not_bsn"][checked]`).Length() != declared {
			t.Fatalf("%d boxes after %d declarations", boxes.Length(), declared)
		}
		if first := fmt.Sprintf("Regel %d", 3+declared); !strings.Contains(a.Body, first) {
			t.Errorf("the page does not say %q", first)
		}
		for i := range boxes.Length() {
			form = append(form, "not_bsn", boxes.Eq(i).AttrOr("value", ""))
		}
		declared += boxes.Length()
	}
	c.post(pathEntryNew, form...).want(http.StatusSeeOther)
}

// passesEleven is the eleven-test of a citizen service number.
func passesEleven(number string) bool {
	sum := 0
	for i, weight := range []int{9, 8, 7, 6, 5, 4, 3, 2, -1} {
		sum += weight * int(number[i]-'0')
	}
	return sum%11 == 0
}
