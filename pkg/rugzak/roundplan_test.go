// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func TestRoundComesBack(t *testing.T) {
	for _, c := range []struct {
		start      string
		weeks      int
		now, wants string
	}{
		{"2026-10-05", 8, "2026-10-04", ""}, // still to come
		{"2026-10-05", 8, "2026-10-05", "2026-11-30"},
		{"2026-10-05", 8, "2026-11-29", "2026-11-30"},
		{"2026-10-05", 8, "2026-11-30", "2027-01-25"},
		{"2026-10-05", 0, "2026-11-30", ""}, // once
		{"", 8, "2026-11-30", ""},
		{"soon", 8, "2026-11-30", ""},
	} {
		now, err := time.Parse(time.DateOnly, c.now)
		if err != nil {
			t.Fatal(err)
		}
		r := rugzak.RoundPlan{Start: c.start, Weeks: c.weeks}
		got := ""
		if day, ok := r.NextAfter(now.Add(9 * time.Hour)); ok {
			got = day.Format(time.DateOnly)
		}
		if got != c.wants {
			t.Errorf("start %q every %d weeks: after %s comes %q, want %q", c.start, c.weeks, c.now, got, c.wants)
		}
	}
}
