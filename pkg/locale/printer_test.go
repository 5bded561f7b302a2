// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package locale

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func testPrinters(t *testing.T) (c *Catalogue, nl, en *Printer) {
	t.Helper()
	months := `"month.1": "januari", "month.11": "november", "date.at": "%s om %s", "date.week": "week %d"`
	c, err := load(fstest.MapFS{
		"t/nl/a.json": {Data: []byte(`{"hello": "Dag %s", "sure": "100%% zeker", "swap": "%[2]s van %[1]s",
			"found": {"one": "%d keer gevonden door %s", "other": "%d keren gevonden door %s"}, ` + months + `}`)},
		"t/en/a.json": {Data: []byte(`{"hello": "Hello %s", "sure": "100%% sure", "swap": "%s of %s",
			"found": {"one": "found %d time by %s", "other": "found %d times by %s"},
			"month.1": "January", "month.11": "November", "date.at": "%s at %s", "date.week": "week %d"}`)},
	}, "t")
	if err != nil {
		t.Fatal(err)
	}
	return c, c.Printer(Dutch), c.Printer(English)
}

func TestPrint(t *testing.T) {
	c, nl, en := testPrinters(t)
	tests := []struct{ got, want string }{
		{nl.T("hello", "Bo"), "Dag Bo"},
		{en.T("hello", "Bo"), "Hello Bo"},
		{nl.T("hello", "%d"), "Dag %d"},
		{nl.T("sure"), "100% zeker"},
		{nl.T("swap", "a", "b"), "b van a"},
		{en.T("swap", "a", "b"), "a of b"},
		{nl.N("found", 1, "Bo"), "1 keer gevonden door Bo"},
		{nl.N("found", 0, "Bo"), "0 keren gevonden door Bo"},
		{nl.N("found", 7121, "Bo"), "7.121 keren gevonden door Bo"},
		{en.N("found", 7121, "Bo"), "found 7,121 times by Bo"},
		{c.Printer("fr").T("hello", "Bo"), "Dag Bo"},
		{c.Printer("fr").Lang(), "nl"},
		{en.Lang(), "en"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
	if missing := c.Missing(); len(missing) != 0 {
		t.Errorf("reported as missing: %q", missing)
	}
}

// What is lost shows itself on the page and to the tests, and is bounded.
func TestMissing(t *testing.T) {
	c, nl, en := testPrinters(t)
	if got := nl.T("nowhere"); got != "[[nowhere]]" {
		t.Errorf("a missing key printed as %q", got)
	}
	nl.T("found")          // counted, but no count given
	en.N("hello", 2)       // not a counted sentence
	en.T("hello")          // one argument too few
	nl.N("found", 2, 1, 2) // one too many
	want := []string{
		"en: hello", "en: hello: 0 arguments for 1 verbs",
		"nl: found", "nl: found: 3 arguments for 2 verbs", "nl: nowhere",
	}
	if got := c.Missing(); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for i := range 2 * maxMissing {
		nl.T(strings.Repeat("x", i))
	}
	if got := len(c.Missing()); got != maxMissing {
		t.Errorf("remembers %d missing keys, want at most %d", got, maxMissing)
	}
}

func TestNumber(t *testing.T) {
	_, nl, en := testPrinters(t)
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1.000", -1234567: "-1.234.567", 100000: "100.000"} {
		if got := nl.Number(n); got != want {
			t.Errorf("nl %d: got %q, want %q", n, got, want)
		}
		if got, want := en.Number(n), strings.ReplaceAll(want, ".", ","); got != want {
			t.Errorf("en %d: got %q, want %q", n, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	_, nl, en := testPrinters(t)
	summer := time.Date(2026, time.November, 22, 23, 30, 0, 0, time.UTC) // 00:30 the next day
	newYear := time.Date(2027, time.January, 1, 8, 5, 0, 0, time.UTC)    // week 53 of 2026
	tests := []struct{ got, want string }{
		{nl.Date(summer), "23 november 2026"},
		{en.Date(summer), "23 November 2026"},
		{nl.DateTime(summer), "23 november 2026 om 00:30"},
		{en.DateTime(newYear), "1 January 2027 at 09:05"},
		{nl.Clock(newYear), "09:05"},
		{nl.Month(summer), "november 2026"},
		{en.Month(time.Date(2026, time.October, 31, 23, 30, 0, 0, time.UTC)), "November 2026"},
		{en.YearMonth(2026, time.November), "November 2026"},
		{nl.Week(summer), "week 48"},
		{nl.Week(newYear), "week 53"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
	for _, print := range []func(time.Time) string{nl.Date, nl.DateTime, nl.Clock, nl.Month, nl.Week} {
		if got := print(time.Time{}); got != "" {
			t.Errorf("the zero time printed as %q", got)
		}
	}
}

// Summer time: noon UTC is two o'clock on the wall.
func TestSummerTime(t *testing.T) {
	nl := mustLoad(t).Printer(Dutch)
	if got, want := nl.DateTime(time.Date(2026, time.July, 1, 12, 0, 0, 0, time.UTC)), "1 juli 2026 om 14:00"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestMatch(t *testing.T) {
	tests := []struct{ header, want string }{
		{"", Dutch},
		{"nl-NL,nl;q=0.9,en-US;q=0.8,en;q=0.7", Dutch},
		{"en-GB,en;q=0.9,nl;q=0.8", English},
		{"en;q=0.3,nl;q=0.7", Dutch},
		{"EN", English},
		{"nl-BE", Dutch},
		{"fr-FR,fr;q=0.9", Dutch},
		{"fr,en;q=0.5", English},
		{"*", Dutch},
		{"en;q=nonsense", Dutch},
		{";;;,,,", Dutch},
		{"en," + strings.Repeat("fr,", 100_000), English},
		{strings.Repeat("-", 1_000_000), Dutch},
		{"\x00\xff", Dutch},
	}
	for _, test := range tests {
		if got := Match(test.header); got != test.want {
			t.Errorf("Match(%.40q) = %s, want %s", test.header, got, test.want)
		}
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("nl-NL,nl;q=0.9,en;q=0.7")
	f.Fuzz(func(t *testing.T, header string) {
		if got := Match(header); got != Dutch && got != English {
			t.Errorf("Match(%q) = %q", header, got)
		}
	})
}
