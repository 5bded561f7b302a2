// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"reflect"
	"slices"
	"testing"

	"rugzak/pkg/rugzak"
)

func TestWiderQueries(t *testing.T) {
	t.Parallel()
	for query, want := range map[string][]string{
		"":                            nil,
		"wacht":                       nil,
		"-school":                     nil,
		"wacht -school":               {"wacht"},
		"een twee drie":               {"een twee", "een drie", "twee drie"},
		"twee twee":                   {"twee"},
		`"warme overdracht"`:          {"warme overdracht"},
		`"warme overdracht" school`:   {"warme overdracht school", `"warme overdracht"`, "school"},
		`titel:"warme overdracht" a1`: {`titel:"warme overdracht"`, "a1"},
		"van:jeugd wacht*":            {"van:jeugd", "wacht*"},
		"theme:wijk overdracht":       {"thema:wijk", "overdracht"},
	} {
		var got []string
		for _, q := range rugzak.ParseQuery(query).Wider(10) {
			got = append(got, q.String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q gives %q, want %q", query, got, want)
		}
	}
	if got := rugzak.ParseQuery("a1 b1 c1 d1").Wider(2); len(got) != 2 {
		t.Errorf("%d queries, want 2", len(got))
	}
}

// A query that is written again is understood the same.
func TestQueryIsWrittenAgain(t *testing.T) {
	t.Parallel()
	for _, query := range []string{
		"wachttijd", `-"niet dit" titel:wacht* "twee woorden"`, "van:jeugd theme:wijk -titel:x", "W&I 18-", `titel:"warme overdracht"`,
	} {
		q := rugzak.ParseQuery(query)
		if again := rugzak.ParseQuery(q.String()); !reflect.DeepEqual(again, q) {
			t.Errorf("%q is written as %q, which means %+v", query, q.String(), again)
		}
	}
}
