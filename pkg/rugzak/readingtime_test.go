// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "testing"

func TestReadingMinutes(t *testing.T) {
	tests := []struct {
		words  int
		lang   Lang
		expect int
	}{
		{0, Dutch, 0}, {99, Dutch, 0}, {100, Dutch, 1}, {202, Dutch, 1}, {203, Dutch, 2}, {2020, Dutch, 10},
		{228, English, 1}, {229, English, 2}, {2280, English, 10}, {404, "fy", 2},
	}
	for _, test := range tests {
		if got := ReadingMinutes(test.words, test.lang); got != test.expect {
			t.Errorf("%d words in %q take %d minutes, want %d", test.words, test.lang, got, test.expect)
		}
	}
}

func TestCountWordsInHTML(t *testing.T) {
	for html, want := range map[string]int{
		"": 0, "een twee": 2, "<p>een <em>twee</em> drie</p>\n<ul><li>vier</li></ul>": 4,
		"<p>een - twee &amp; drie</p>": 4, "<p class=\"a b c\">een</p>": 1, "een<br>twee": 2, "<": 0, "een <": 1,
	} {
		if got := CountWordsInHTML(html); got != want {
			t.Errorf("%q has %d words, want %d", html, got, want)
		}
	}
}
