// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func TestGapTerm(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"  Warme \t OVERDRACHT ":               "warme overdracht",
		`"Warme overdracht"`:                   `"warme overdracht"`,
		"thema:wijk bellen":                    "thema:wijk bellen",
		"van:jansen":                           "",
		"from:Jansen overdracht":               "",
		"-school":                              "",
		"":                                     "",
		"...":                                  "",
		"a\x00b":                               "",
		strings.Repeat("é", rugzak.MaxGapTerm): strings.Repeat("é", rugzak.MaxGapTerm),
		strings.Repeat("woord ", rugzak.MaxGapTerm/5): "",
	} {
		if got := rugzak.GapTerm(query); got != want {
			t.Errorf("%q counts as %q, want %q", query, got, want)
		}
	}
}

func TestWeekOf(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]string{"2026-01-01": "2026-W01", "2025-12-29": "2026-W01", "2027-01-03": "2026-W53", "2026-11-25": "2026-W48"} {
		at, err := time.Parse(time.DateOnly, day)
		if got := rugzak.WeekOf(at); err != nil || got != want {
			t.Errorf("%s is in %s, want %s, %v", day, got, want, err)
		}
	}
}
