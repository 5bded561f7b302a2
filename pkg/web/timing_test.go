// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// sideBySide measures two things in turn and reports the ratio of their median
// times: the house plan wants 0.8 to 1.25. It is a benchmark and no test,
// because a busy machine would make it fail for nothing.
func sideBySide(b *testing.B, one, other func()) {
	b.Helper()
	var first, second []time.Duration
	for turn := 0; b.Loop(); turn++ {
		start := time.Now()
		if turn%2 == 0 { // neither is always the one that clears up behind the other
			one()
			middle := time.Now()
			other()
			first, second = append(first, middle.Sub(start)), append(second, time.Since(middle))
		} else {
			other()
			middle := time.Now()
			one()
			first, second = append(first, time.Since(middle)), append(second, middle.Sub(start))
		}
	}
	slices.Sort(first)
	slices.Sort(second)
	b.ReportMetric(float64(first[len(first)/2])/float64(second[len(second)/2]), "ratio")
}

// Nobody can tell by the time it takes whether there is an entry they may not
// see, however long it is.
func BenchmarkHiddenBesideAbsent(b *testing.B) {
	s := newSite(b)
	long := s.share(participant, "Lang", strings.Repeat(rugzaktest.Body(1), 150), rugzak.LevelInternal)
	if len(long.Body) < 150<<10 {
		b.Fatalf("the text is only %d bytes", len(long.Body))
	}
	c := s.as(partner)
	absent := string(newID())
	for _, path := range []string{pathEntry, pathHistory, pathEntryEdit, pathRevision} {
		get := func(id string) func() {
			return func() { c.get(at(path, id, "1")).want(http.StatusNotFound) }
		}
		b.Run(strings.Trim(strings.ReplaceAll(path, "/:", "-"), "/"), func(b *testing.B) { sideBySide(b, get(string(long.ID)), get(absent)) })
	}
}
