// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func TestWorkingHours(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, from, to string
		want           int
	}{
		{"within a day", "2026-11-23T10:00", "2026-11-23T12:59", 2},
		{"over night", "2026-11-23T16:00", "2026-11-24T10:00", 2},
		{"over the weekend", "2026-11-27T16:00", "2026-11-30T10:00", 2},
		{"in the weekend", "2026-11-28T09:00", "2026-11-29T17:00", 0},
		{"before it begins", "2026-11-23T06:00", "2026-11-23T10:00", 1},
		{"a week", "2026-11-23T09:00", "2026-11-30T09:00", 40},
		{"over the change of the clock", "2026-10-23T16:00", "2026-10-26T10:00", 2},
		{"backwards", "2026-11-24T10:00", "2026-11-23T10:00", 0},
		{"for ever", "2020-01-01T09:00", "2026-11-23T10:00", rugzak.MostHours},
	} {
		from, err := time.ParseInLocation("2006-01-02T15:04", c.from, zone)
		if err != nil {
			t.Fatal(err)
		}
		to, err := time.ParseInLocation("2006-01-02T15:04", c.to, zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := rugzak.WorkingHours(from.UTC(), to.UTC(), zone); got != c.want {
			t.Errorf("%s: %d hours, want %d", c.name, got, c.want)
		}
	}
}
