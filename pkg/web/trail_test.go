// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// However often a lesson was used, its page shows the last few times and exact
// totals, and leads to all of them, a page at a time.
func TestTrailHasPages(t *testing.T) {
	s := newSite(t)
	lesson := s.share(participant, "Bel de avond ervoor", "Dan komt iedereen.", rugzak.LevelInternal)
	const times = trailLong + trailShort
	for n := range times {
		outcome := rugzak.OutcomeWorked
		if n%3 == 0 {
			outcome = rugzak.OutcomePartly
		}
		s.shareInput(colleague, backpack.Input{
			Kind: rugzak.KindApplication, Lang: rugzak.Dutch, Title: fmt.Sprintf("Keer %d.", n), Body: "Tekst.", Mode: rugzak.ByName,
			Audience: rugzak.Audience{Level: rugzak.LevelInternal}, Application: &rugzak.ApplicationData{Lesson: lesson.ID, Outcome: outcome},
		})
	}
	c, all := s.as(participant), at(pathEntryTrail, string(lesson.ID))
	shows := func(page *answer, from, lines int) {
		t.Helper()
		page.want(http.StatusOK).shows(fmt.Sprintf("%d keer gebruikt", times)).shows("Werkte: 20").shows("Werkte deels: 10")
		if got := page.find(`main [aria-labelledby="gebruik"] .rz-list a, main .rz-narrow > .rz-list a`); got.Length() != lines ||
			got.First().Text() != fmt.Sprintf("Keer %d.", from) || got.Last().Text() != fmt.Sprintf("Keer %d.", from-lines+1) {
			t.Errorf("%d lines, from %q to %q; want %d from %d", got.Length(), got.First().Text(), got.Last().Text(), lines, from)
		}
	}
	page := c.get(entryPath(lesson.ID))
	shows(page, times-1, trailShort)
	page.find(`[aria-labelledby="gebruik"] a[href="` + all + `"]`)
	first := c.get(all)
	shows(first, times-1, trailLong)
	next := c.get(first.find(`a[href^="`+all+`?"]`).AttrOr("href", ""))
	shows(next, trailShort-1, trailShort)
	next.find(`a[href="` + all + `"]`)
	mine := c.get(pathMine).want(http.StatusOK)
	if got := mine.find(`[aria-labelledby="eigen"] ul`).Find(`a[href="` + all + `"]`).Length(); got != 1 {
		t.Errorf("the own backpack leads to all times %d times", got)
	}
}
