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

// aboutAsLong measures two things in turn and reports whether their median
// times differ by a ratio within the bounds of the house plan. A busy machine
// gets more than one chance; a real difference fails every time.
func aboutAsLong(t *testing.T, tries int, a, b func()) (ratio float64, ok bool) {
	t.Helper()
	for range 4 {
		var first, second []time.Duration
		for i := range tries {
			start := time.Now()
			if i%2 == 0 { // neither is always the one that clears up behind the other
				a()
				middle := time.Now()
				b()
				first, second = append(first, middle.Sub(start)), append(second, time.Since(middle))
			} else {
				b()
				middle := time.Now()
				a()
				first, second = append(first, time.Since(middle)), append(second, middle.Sub(start))
			}
		}
		slices.Sort(first)
		slices.Sort(second)
		ratio = float64(first[tries/2]) / float64(second[tries/2])
		if ratio >= 0.8 && ratio <= 1.25 {
			return ratio, true
		}
	}
	return ratio, false
}

// Nobody can tell by the time it takes whether there is an entry they may not
// see, however long it is.
func TestHiddenTakesAsLongAsAbsent(t *testing.T) {
	s := newSite(t)
	long := s.share(participant, "Lang", strings.Repeat(rugzaktest.Body(1), 150), rugzak.LevelInternal)
	if len(long.Body) < 150<<10 {
		t.Fatalf("the text is only %d bytes", len(long.Body))
	}
	c := s.as(partner)
	absent := string(s.Service.NewID())
	for _, path := range []string{pathEntry, pathHistory, pathEntryEdit, pathRevision} {
		get := func(id string) func() {
			return func() { c.get(at(path, id, "1")).want(http.StatusNotFound) }
		}
		if ratio, ok := aboutAsLong(t, 200, get(string(long.ID)), get(absent)); !ok {
			t.Errorf("%s: hidden takes %.2f times as long as absent", path, ratio)
		}
	}
}

// Nor whether an address belongs to somebody, when the password is wrong.
func TestUnknownAddressTakesAsLong(t *testing.T) {
	s := newSite(t)
	s.withPassword(participant)
	signIn := func(email string) func() {
		return func() {
			if _, _, err := s.Service.SignIn(t.Context(), email, "niet dit wachtwoord"); rugzak.CodeOf(err) != rugzak.CodeInvalid {
				t.Errorf("sign in: %v", err)
			}
		}
	}
	for name, other := range map[string]string{"nobody's": "niemand@voorbeeld.test", "without password": s.people[colleague].Email} {
		if ratio, ok := aboutAsLong(t, 15, signIn(s.people[participant].Email), signIn(other)); !ok {
			t.Errorf("a known address takes %.2f times as long as one %s", ratio, name)
		}
	}
}
