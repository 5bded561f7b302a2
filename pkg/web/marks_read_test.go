// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"testing"

	"rugzak/pkg/rugzak"
)

func TestMarkedAll(t *testing.T) {
	cut := rugzak.Fragment{Text: "a <b> & wacht", Marks: []rugzak.Span{{Start: 8, End: 13}}, Before: true, After: true}
	tests := map[string]struct {
		fragments []rugzak.Fragment
		want      string
	}{
		"none":     {nil, ""},
		"whole":    {[]rugzak.Fragment{{Text: "alles"}}, "alles"},
		"one":      {[]rugzak.Fragment{cut}, "… a &lt;b&gt; &amp; <mark>wacht</mark> …"},
		"two":      {[]rugzak.Fragment{cut, cut}, "… a &lt;b&gt; &amp; <mark>wacht</mark> … a &lt;b&gt; &amp; <mark>wacht</mark> …"},
		"lines":    {[]rugzak.Fragment{{Text: "Taak\nBel één\n\nmens.\nNu: \ngoed (zo)\n", Marks: []rugzak.Span{{Start: 0, End: 4}, {Start: 16, End: 20}}}}, "<mark>Taak</mark> · Bel één · " + " <mark>mens</mark>. Nu:  goed (zo) · "},
		"bad span": {[]rugzak.Fragment{{Text: "kort", Marks: []rugzak.Span{{Start: 2, End: 99}, {Start: -1, End: 2}, {Start: 3, End: 3}}}}, "kort"},
	}
	for name, test := range tests {
		if got := string(markedAll(test.fragments)); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
