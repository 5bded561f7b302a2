// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"strings"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// Found is a piece of a form's text that may be personal data, with a little
// of the text around it so that the writer sees where it is.
type Found struct {
	Field string
	rugzak.Finding
	Line                 int // 1 is the first line of the field
	Before, Match, After string
	Declared             bool // by the author, and it may be
}

// aroundFinding is how much text is shown on each side of a finding, in bytes.
const aroundFinding = 40

// maxShown is how many findings a form shows and complains about at a time: a
// text may hold tens of thousands.
const maxShown = 50

// shownFindings leaves out what goes beyond maxShown. What was declared stays
// once: the form has to say so again.
func shownFindings(found []Found) []Found {
	var out []Found
	seen := map[string]bool{}
	count := 0
	for _, f := range found {
		if count < maxShown || f.Declared && !seen[f.Number] {
			out = append(out, f)
		}
		if !f.Declared {
			count++
		}
		seen[f.Number] = true
	}
	return out
}

// screen lists the numbers that are never stored.
func (s *Service) screen(texts []field, declared []string) []Found {
	return placeFindings(texts, declared, s.Screener.Screen)
}

// placeFindings says of each finding where it stands.
func placeFindings(texts []field, declared []string, find func(text string) []rugzak.Finding) []Found {
	var out []Found
	said := make(map[string]bool, len(declared))
	for _, number := range declared {
		said[number] = true
	}
	for _, t := range texts {
		line, counted := 1, 0
		for _, f := range find(t.Text) { // in order
			line += strings.Count(t.Text[counted:f.Start], "\n")
			counted = f.Start
			out = append(out, Found{
				Field: t.Name, Finding: f, Line: line,
				Before:   tail(t.Text[:f.Start]),
				Match:    shortMatch(t.Text[f.Start:f.End]),
				After:    head(t.Text[f.End:]),
				Declared: f.Declarable && said[f.Number],
			})
		}
	}
	return out
}

// longestMatch is how much of a finding is shown, in bytes: a combination may
// be a few sentences long.
const longestMatch = 300

func shortMatch(s string) string {
	if len(s) <= longestMatch {
		return s
	}
	s = s[:longestMatch]
	for len(s) > 0 && !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s + "…"
}

// tail and head return the part of a line next to a finding.
func tail(s string) string {
	if len(s) > aroundFinding {
		s = s[len(s)-aroundFinding:]
		for len(s) > 0 && !utf8.RuneStart(s[0]) {
			s = s[1:]
		}
	}
	return s[strings.LastIndexByte(s, '\n')+1:]
}

func head(s string) string {
	if len(s) > aroundFinding {
		s = s[:aroundFinding]
		for len(s) > 0 && !utf8.ValidString(s) {
			s = s[:len(s)-1]
		}
	}
	s, _, _ = strings.Cut(s, "\n")
	return s
}

// block turns numbers that were not declared into field errors, and returns
// the declarations that are still about something in the text. Of very many
// findings the first are told.
func block(found []Found) (kept []string, err error) {
	var p rugzak.Problems
	seen := map[string]bool{}
	for _, f := range found {
		switch {
		case f.Class.Weight() != rugzak.WeightBlock:
		case f.Declared:
			if !seen[f.Number] {
				seen[f.Number] = true
				kept = append(kept, f.Number)
			}
		case len(p) == maxShown:
		case f.Declarable:
			p.Add(f.Field, "privacy.bsn", f.Line)
		default:
			p.Add(f.Field, "privacy.bsn_named", f.Line)
		}
	}
	return kept, p.Err()
}

// NumbersFound is a refusal that tells which numbers were found, so that their
// writer can say of each that it is none: what was sent is not kept to look again.
type NumbersFound struct {
	Err   error
	Found []Found
}

func (n *NumbersFound) Error() string { return n.Err.Error() }

// Unwrap returns the refusal itself.
func (n *NumbersFound) Unwrap() error { return n.Err }

// name lists a name and the id that is made of it: leaving out what stands
// between digits can make a number of them.
func name(fieldName, text string) []field {
	return []field{{fieldName, text}, {fieldName, rugzak.Slug(text)}}
}

// HoldsNumber reports whether a text holds a number that may be a citizen
// service number: such a question is not asked.
func (s *Service) HoldsNumber(text string) bool { return len(s.Screener.Screen(text)) > 0 }

// refuseNumbers is for short texts outside entries, where nothing is declared.
func (s *Service) refuseNumbers(texts ...field) error {
	_, err := block(s.screen(texts, nil))
	return err
}
