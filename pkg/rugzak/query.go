// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The limits of a query. What goes beyond is left out, never an error.
const (
	MaxQuery   = 500 // bytes
	MaxClauses = 32
)

// Query is what a person typed, understood.
type Query struct {
	Clauses []Clause
}

// Clause is one word or phrase of a query.
type Clause struct {
	Field   QueryField
	Text    string // one word, or the words of a phrase with single spaces
	Phrase  bool
	Prefix  bool
	Exclude bool
	// IDs are the tokens FieldTheme and FieldFrom stand for, filled in by the
	// use case that knows the names: theme ids, "org:ID" and "person:ID". A
	// clause of these fields without IDs matches nothing.
	IDs []string
}

// IsPlain reports whether a clause is a word as it was typed, without a sign of
// the query language.
func (c Clause) IsPlain() bool { return c.Field == FieldAny && !c.Phrase && !c.Prefix && !c.Exclude }

// QueryField says where a clause looks.
type QueryField string

// The fields of the query language.
const (
	FieldAny   QueryField = ""
	FieldTitle QueryField = "title"
	FieldTheme QueryField = "theme"
	FieldFrom  QueryField = "from"
)

var fieldWords = map[string]QueryField{
	"titel": FieldTitle, "title": FieldTitle,
	"thema": FieldTheme, "theme": FieldTheme,
	"van": FieldFrom, "from": FieldFrom,
}

// IsZero reports whether there is nothing to look for.
func (q Query) IsZero() bool { return len(q.Clauses) == 0 }

// ParseQuery understands words, "a phrase", -exclude, prefix*, titel:, thema:
// and van: (also title:, theme:, from:). There is no malformed query: what does
// not fit the language counts as plain words.
func ParseQuery(s string) Query {
	s = strings.ToValidUTF8(s, " ")
	if len(s) > MaxQuery {
		s = s[:MaxQuery]
		for !utf8.ValidString(s) {
			s = s[:len(s)-1]
		}
	}
	var q Query
	rest := s
	for len(q.Clauses) < MaxClauses {
		rest = strings.TrimLeftFunc(rest, isQuerySpace)
		if rest == "" {
			break
		}
		var c Clause
		var ok bool
		if c, rest, ok = nextClause(rest); ok {
			q.Clauses = append(q.Clauses, c)
		}
	}
	return q
}

// nextClause reads one clause from the start of s, which is not space.
func nextClause(s string) (c Clause, rest string, ok bool) {
	if len(s) > 1 && s[0] == '-' && !isQuerySpace(rune(s[1])) && s[1] != '-' {
		c.Exclude = true
		s = s[1:]
	}
	if word, after, found := strings.Cut(s, ":"); found && after != "" && !strings.ContainsFunc(word, isQuerySpace) {
		field, known := fieldWords[strings.ToLower(word)]
		if first, _ := utf8.DecodeRuneInString(after); known && !isQuerySpace(first) {
			c.Field = field
			s = after
		}
	}
	if s[0] == '"' {
		if phrase, after, closed := strings.Cut(s[1:], `"`); closed {
			c.Phrase = true
			c.Text = strings.Join(strings.FieldsFunc(phrase, isQuerySpace), " ")
			return c, after, hasWord(c.Text)
		}
		s = s[1:] // a quote that is never closed is no quote
	}
	end := strings.IndexFunc(s, func(r rune) bool { return isQuerySpace(r) || r == '"' })
	if end < 0 {
		end = len(s)
	}
	c.Text, rest = s[:end], s[end:]
	if word := strings.TrimRight(c.Text, "*"); word != c.Text && utf8.RuneCountInString(word) >= 2 {
		c.Prefix = true
		c.Text = word
	}
	return c, rest, hasWord(c.Text)
}

func isQuerySpace(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// hasWord reports whether there is a letter or digit to look for.
func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}
