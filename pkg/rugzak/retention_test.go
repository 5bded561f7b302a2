// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"testing"
	"time"
)

func TestTermsOfEntries(t *testing.T) {
	day := func(s string) time.Time {
		at, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	terms := RetentionSettings{DraftAnnounce: 6, DraftRemove: 12, Review: 24}
	draft := Entry{State: StateDraft, UpdatedAt: day("2026-01-15")}
	shared := Entry{State: StateShared, UpdatedAt: day("2026-01-15")}
	chosen := shared
	chosen.ReviewBy = "2026-09"
	never := RetentionSettings{}
	for name, c := range map[string]struct {
		got  func() (time.Time, bool)
		want string // empty when there is no such moment
	}{
		"announced":                  {func() (time.Time, bool) { return draft.AnnouncesAt(terms) }, "2026-07-15"},
		"never announced":            {func() (time.Time, bool) { return draft.AnnouncesAt(never) }, ""},
		"a shared entry":             {func() (time.Time, bool) { return shared.AnnouncesAt(terms) }, ""},
		"removed":                    {func() (time.Time, bool) { return draft.RemovesAt(terms, day("2026-07-15")) }, "2027-01-15"},
		"told late":                  {func() (time.Time, bool) { return draft.RemovesAt(terms, day("2027-01-10")) }, "2027-02-09"},
		"never told":                 {func() (time.Time, bool) { return draft.RemovesAt(terms, time.Time{}) }, ""},
		"touched after it was told":  {func() (time.Time, bool) { return draft.RemovesAt(terms, day("2026-01-10")) }, ""},
		"never removed":              {func() (time.Time, bool) { return draft.RemovesAt(never, day("2026-07-15")) }, ""},
		"review after the term":      {func() (time.Time, bool) { return shared.ReviewsAt(terms) }, "2028-01-15"},
		"review in the chosen month": {func() (time.Time, bool) { return chosen.ReviewsAt(terms) }, "2026-10-01"},
		"chosen, without a term":     {func() (time.Time, bool) { return chosen.ReviewsAt(never) }, "2026-10-01"},
		"never reviewed":             {func() (time.Time, bool) { return shared.ReviewsAt(never) }, ""},
		"a draft is not reviewed":    {func() (time.Time, bool) { return draft.ReviewsAt(terms) }, ""},
	} {
		at, ok := c.got()
		if ok != (c.want != "") || ok && !at.Equal(day(c.want)) {
			t.Errorf("%s: %v, %v; want %q", name, at, ok, c.want)
		}
	}
}
