// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

func TestThemeLetterValidate(t *testing.T) {
	pick := func(c string) rugzak.LetterPick {
		return rugzak.LetterPick{Entry: rugzak.EntryID(strings.Repeat(c, 26))}
	}
	for _, tc := range []struct {
		name   string
		letter rugzak.ThemeLetter
		fields []string
	}{
		{"good", rugzak.ThemeLetter{Picks: []rugzak.LetterPick{pick("a"), pick("b"), pick("c")}, Day: "2026-12-03", What: "Lunch"}, nil},
		{"empty", rugzak.ThemeLetter{}, nil},
		{"four entries", rugzak.ThemeLetter{Picks: []rugzak.LetterPick{pick("a"), pick("b"), pick("c"), pick("d")}}, []string{"picks"}},
		{"twice", rugzak.ThemeLetter{Picks: []rugzak.LetterPick{pick("a"), pick("a")}}, []string{"entry_2"}},
		{"a day that is none", rugzak.ThemeLetter{Day: "morgen", What: "Lunch"}, []string{"day"}},
		{"a day for nothing", rugzak.ThemeLetter{Day: "2026-12-03"}, []string{"what"}},
		{"something on no day", rugzak.ThemeLetter{What: "Lunch"}, []string{"day"}},
		{"two dates", rugzak.ThemeLetter{Day: "2026-12-03", What: "Lunch", Meeting: strings.Repeat("a", 26)}, []string{"day"}},
		{"long lines", rugzak.ThemeLetter{Lead: strings.Repeat("x", 601), What: strings.Repeat("x", 121), Day: "2026-12-03"}, []string{"lead", "what"}},
	} {
		tc.letter.Theme = "bal"
		var fields []string
		if e, ok := errors.AsType[*rugzak.Error](tc.letter.Validate()); ok {
			for _, f := range e.Fields {
				fields = append(fields, f.Field)
			}
		}
		if !slices.Equal(fields, tc.fields) {
			t.Errorf("%s: %v, want %v", tc.name, fields, tc.fields)
		}
	}
}
