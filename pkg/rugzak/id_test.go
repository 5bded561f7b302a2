// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"regexp"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func TestNewID(t *testing.T) {
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	seen := map[string]bool{}
	last := ""
	for i := range 1000 {
		id := rugzak.NewID(at.Add(time.Duration(i) * time.Millisecond))
		if !rugzak.ValidID(id) || seen[id] || id <= last {
			t.Fatalf("id %q: valid %v, seen %v, after %q", id, rugzak.ValidID(id), seen[id], last)
		}
		seen[id], last = true, id
	}
	for _, bad := range []string{"", "x", last + "0", last[:25] + "w", last[:25] + "A", "../../../../../../../../../"} {
		if rugzak.ValidID(bad) {
			t.Errorf("%q counts as an id", bad)
		}
	}
}

// An id in a text is never taken for a citizen service number: of a hundred
// thousand that are only drawn some hundred hold eight digits side by side.
func TestIDsLookLikeNoNumber(t *testing.T) {
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	number := regexp.MustCompile(`[0-9]{8}`)
	for range 100_000 {
		id := rugzak.NewID(at)
		for _, id := range []string{id, string(rugzak.AnonymousID(rugzak.EntryID(id), at))} {
			if !rugzak.ValidID(id) || number.MatchString(id) {
				t.Fatalf("id %s: valid %v", id, rugzak.ValidID(id))
			}
		}
	}
}

func TestAnonymousIDTellsTheMonthOnly(t *testing.T) {
	draft := rugzak.EntryID(rugzak.NewID(time.Now()))
	early := rugzak.AnonymousID(draft, time.Date(2026, 11, 2, 8, 3, 2, 0, time.UTC))
	late := rugzak.AnonymousID(draft, time.Date(2026, 11, 29, 22, 0, 0, 0, time.UTC))
	if early != late || !rugzak.ValidID(string(early)) || early == draft {
		t.Errorf("ids %s and %s of one draft in one month", early, late)
	}
	other := rugzak.AnonymousID(rugzak.EntryID(rugzak.NewID(time.Now())), time.Date(2026, 11, 2, 8, 3, 2, 0, time.UTC))
	if other == early || other[:9] != early[:9] {
		t.Errorf("another draft of the month: %s beside %s", other, early)
	}
}

func TestSlug(t *testing.T) {
	for in, want := range map[string]string{
		"Wie heeft de bal?": "wie-heeft-de-bal", "Eén gesprek met de inwoner": "een-gesprek-met-de-inwoner",
		"Van 18- naar 18+": "van-18-naar-18", "  --  ": "", "Werk & Inkomen": "werk-inkomen", "日本": "",
	} {
		if got := rugzak.Slug(in); got != want || got != "" && !rugzak.ValidSlug(got) {
			t.Errorf("Slug(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCompareNames(t *testing.T) {
	names := []string{"Zorg", "éénoudergezin", "één", "Een", "eer", "Übung", "vrij", "eén"}
	slices.SortFunc(names, rugzak.CompareNames)
	if want := []string{"Een", "eén", "één", "éénoudergezin", "eer", "Übung", "vrij", "Zorg"}; !slices.Equal(names, want) {
		t.Errorf("%q, want %q", names, want)
	}
}

func FuzzSlug(f *testing.F) {
	f.Add("Eén gesprek")
	f.Fuzz(func(t *testing.T, s string) {
		if got := rugzak.Slug(s); got != "" && !rugzak.ValidSlug(got) {
			t.Errorf("Slug(%q) = %q is no slug", s, got)
		}
	})
}
