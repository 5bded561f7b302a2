// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"testing"
	"time"
)

func TestAddWorkingDays(t *testing.T) {
	for _, c := range []struct {
		from string
		days int
		want string
	}{
		{"2026-11-23", 3, "2026-11-26"}, // Monday
		{"2026-11-25", 3, "2026-11-30"}, // Wednesday
		{"2026-11-27", 3, "2026-12-02"}, // Friday
		{"2026-11-28", 3, "2026-12-02"}, // Saturday
		{"2026-11-29", 1, "2026-11-30"}, // Sunday
		{"2026-12-30", 5, "2027-01-06"},
		{"2026-11-26", 0, "2026-11-26"},
	} {
		from, err := time.Parse(time.DateOnly, c.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := AddWorkingDays(from.Add(23*time.Hour), c.days); got != c.want {
			t.Errorf("%d working days after %s is %s, want %s", c.days, c.from, got, c.want)
		}
	}
}

func TestAsking(t *testing.T) {
	q := &QuestionData{AskUntil: "2026-11-26"}
	last := time.Date(2026, 11, 26, 23, 59, 59, 0, time.UTC)
	if !q.Asking(last) {
		t.Error("the last day is not in the phase")
	}
	if q.Asking(last.Add(time.Second)) {
		t.Error("the phase goes on after its last day")
	}
	if (&QuestionData{}).Asking(last) || (*QuestionData)(nil).Asking(last) {
		t.Error("there is a phase where none was begun")
	}
}
