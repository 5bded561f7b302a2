// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// show writes a query so that a table can say what is expected.
func show(q rugzak.Query) string {
	var parts []string
	for _, c := range q.Clauses {
		s := ""
		if c.Exclude {
			s += "-"
		}
		if c.Field != "" {
			s += string(c.Field) + ":"
		}
		if c.Phrase {
			s += fmt.Sprintf("%q", c.Text)
		} else {
			s += c.Text
		}
		if c.Prefix {
			s += "*"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, " ")
}

func TestParseQuery(t *testing.T) {
	for in, want := range map[string]string{
		"":                           "",
		"   ":                        "",
		"huisarts wachttijd":         "huisarts wachttijd",
		`"warme  overdracht" jeugd`:  `"warme overdracht" jeugd`,
		"-formulier contact":         "-formulier contact",
		`-"drie weken"`:              `-"drie weken"`,
		"samenwerk*":                 "samenwerk*",
		"a*":                         "a*", // too short for a prefix: the word as it stands
		"titel:voordeur":             "title:voordeur",
		`titel:"één voordeur"`:       `title:"één voordeur"`,
		"Thema:overdracht van:jeugd": "theme:overdracht from:jeugd",
		"theme:x from:y title:z":     "theme:x from:y title:z",
		"titel: los":                 "titel: los",
		"onbekend:woord":             "onbekend:woord",
		"18- 18+ W&I 1G1P":           "18- 18+ W&I 1G1P",
		"- los":                      "los",
		"--twee":                     "--twee",
		`"niet gesloten`:             "niet gesloten",
		`een"twee"`:                  `een "twee"`,
		`""`:                         "",
		"!!! ???":                    "",
		"(a OR b) AND NOT c":         "(a OR b) AND NOT c",
		"van:wmo*":                   "from:wmo*",
		"reader:person:x":            "reader:person:x",
	} {
		if got := show(rugzak.ParseQuery(in)); got != want {
			t.Errorf("ParseQuery(%q) = %q, want %q", in, got, want)
		}
	}
	many := rugzak.ParseQuery(strings.Repeat("a ", 1000))
	if len(many.Clauses) != rugzak.MaxClauses {
		t.Errorf("%d clauses of a long query, want %d", len(many.Clauses), rugzak.MaxClauses)
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, s := range []string{`titel:"a b" -c d*`, "van:", `"`, "-", "é\xff", "*", "a:b:c", "-titel:-x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q := rugzak.ParseQuery(s)
		if len(q.Clauses) > rugzak.MaxClauses {
			t.Fatalf("%d clauses", len(q.Clauses))
		}
		for _, c := range q.Clauses {
			if !utf8.ValidString(c.Text) || c.Text == "" || len(c.Text) > rugzak.MaxQuery {
				t.Fatalf("clause %+v of %q", c, s)
			}
		}
	})
}
