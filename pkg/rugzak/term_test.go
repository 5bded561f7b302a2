// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"strings"
	"testing"
)

func TestTermClean(t *testing.T) {
	got := Term{Preferred: " wijk\tteam ", Others: []string{"", "Wijk team", "buurtteam ", " ", "BUURTTEAM", "gebied"}, Meaning: " Een  team. "}.Clean()
	if got.Preferred != "wijk team" || !slices.Equal(got.Others, []string{"buurtteam", "gebied"}) || got.Meaning != "Een team." {
		t.Errorf("%+v", got)
	}
	if !slices.Equal(got.Words(), []string{"wijk team", "buurtteam", "gebied"}) {
		t.Errorf("words %v", got.Words())
	}
}

func TestTermValidate(t *testing.T) {
	good := Term{ID: "wmo", Preferred: "Wmo", Others: []string{"Wet maatschappelijke ondersteuning"}}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
	for want, change := range map[string]func(*Term){
		"id: error.slug":                func(t *Term) { t.ID = "Wmo" },
		"preferred: error.required":     func(t *Term) { t.Preferred = "" },
		"preferred: error.too_long":     func(t *Term) { t.Preferred = strings.Repeat("a", MaxTermWord+1) },
		"preferred: error.term.long":    func(t *Term) { t.Preferred = "een twee drie vier vijf zes zeven" },
		"preferred: error.unprintable":  func(t *Term) { t.Preferred = "a\nb" },
		"others: error.term.alone":      func(t *Term) { t.Others = nil },
		"others: error.too_many":        func(t *Term) { t.Others = make([]string, MaxTermOthers+1) },
		"others: error.unprintable":     func(t *Term) { t.Others = []string{"a\u202eb"} },
		"meaning: error.too_long":       func(t *Term) { t.Meaning = strings.Repeat("a", MaxLesson+1) },
		"others: error.term.long] [oth": func(t *Term) { t.Others = slices.Repeat([]string{"1 2 3 4 5 6 7"}, 2) },
	} {
		term := good
		change(&term)
		if err := term.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
