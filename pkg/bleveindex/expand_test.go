// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// A question of very many prefixes does not look up very many words for each.
func TestPrefixesShareWhatTheyStandFor(t *testing.T) {
	a, err := newAnalysers()
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]int{
		"woord": maxExpand, "ab*": maxExpand, "ab* cd* ef* -gh*": maxExpand, "titel:ab* titel:cd*": maxExpand,
		"ab* ac* ad* ae* -af* -ag* -ah* titel:ai*": maxExpand / 2, strings.Repeat("titel:ab* ", 32): maxExpand / 8, strings.Repeat("titel:ab* ac* -ad* -ae* ", 8): maxExpand / 6,
	} {
		p := newPlan(rugzak.ParseQuery(query), a)
		if got := p.expandMost(); got != want {
			t.Errorf("%s: %d words for each, want %d", query, got, want)
		}
	}
}
