// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

import (
	"cmp"
	"regexp"
	"slices"

	"rugzak/pkg/rugzak"
)

// Inspector returns a function that returns everything it finds in a text, in
// order of where it begins. Only a combination spans other findings. It takes
// time linear in the length of the text: every search from a place in it is
// bounded.
func (s Screener) Inspector(known rugzak.Known) func(text string) []rugzak.Finding {
	patterns := compiled(known.CasePatterns)
	return func(text string) []rugzak.Finding { return s.inspect(text, known.Domains, patterns) }
}

func (s Screener) inspect(text string, domains []string, cases []*regexp.Regexp) []rugzak.Finding {
	numbers := s.Screen(text)
	found := caseNumbers(text, cases)
	v := newView(text)
	var weak []rugzak.Finding
	for i := range v.tokens {
		switch t := v.tokens[i]; t.kind {
		case digits:
			found = v.phone(i, found)
			found = v.address(i, found)
			found = v.birthDate(i, found)
			found = v.plate(i, found)
		case word:
			found = v.iban(i, found)
			found = v.plate(i, found)
			found = v.birthDate(i, found)
			weak = v.name(i, weak)
			weak = v.special(i, weak)
		case mark:
			switch t.mark {
			case '@':
				found = v.email(i, domains, found)
			case '+', '(':
				found = v.phone(i, found)
			}
		}
	}
	out := apart(numbers, found)
	out = apart(out, weak)
	out = append(out, v.combinations()...)
	slices.SortStableFunc(out, func(a, b rugzak.Finding) int { return cmp.Compare(a.Start, b.Start) })
	return out
}

// apart adds to the first findings those of the others that overlap none of
// them and none of each other. The first are in order and apart already.
func apart(first, others []rugzak.Finding) []rugzak.Finding {
	slices.SortStableFunc(others, func(a, b rugzak.Finding) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	out := make([]rugzak.Finding, 0, len(first)+len(others))
	end := 0 // of what was taken of the others
	for len(others) > 0 {
		f := others[0]
		for len(first) > 0 && first[0].End <= f.Start {
			out = append(out, first[0])
			first = first[1:]
		}
		others = others[1:]
		if f.Start >= end && (len(first) == 0 || f.End <= first[0].Start) {
			out = append(out, f)
			end = f.End
		}
	}
	return append(out, first...)
}

// finding makes one of the runes from up to but not to.
func (v *view) finding(class rugzak.FindingClass, from, to int32) rugzak.Finding {
	start, end := v.span(from, to)
	return rugzak.Finding{Start: start, End: end, Class: class}
}
