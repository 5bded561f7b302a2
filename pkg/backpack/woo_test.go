// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// A selection holds what was shared in the period and may be read, says who
// wrote only where readers are told, and points at places without their values.
func TestWooSelection(t *testing.T) {
	v := newVillage(t)
	anna, bas := v.people["anna"], v.people["bas"]
	theme, err := v.SaveTheme(t.Context(), v.people["curator"], "", 0, backpack.ThemeInput{Title: "Wachttijd"})
	if err != nil {
		t.Fatal(err)
	}
	in := simple("Met naam", "We belden.\n\nBel 0612345678.\n\n## Reflectie\n\nIk vond het zwaar.", rugzak.LevelInternal)
	in.Lesson, in.Reviewed = "Bel eerst.", true
	in.Themes = []rugzak.ThemeID{theme.ID}
	named := v.share(t, anna, in)
	v.share(t, anna, simple("Alleen team", "Tekst.", rugzak.LevelTeam))
	form := simple("Zonder naam", "Tekst.", rugzak.LevelInternal)
	form.Mode = rugzak.Anonymous
	nameless := v.share(t, bas, form)
	v.draft(t, "anna")
	gone := v.share(t, anna, simple("Ingetrokken", "Tekst.", rugzak.LevelInternal))
	if _, err := v.Withdraw(t.Context(), anna, gone.ID); err != nil {
		t.Fatal(err)
	}
	month := v.clock.Now().Format("2006-01")
	this := rugzak.WooSelection{From: month, To: month}
	selected := func(by rugzak.Person, sel rugzak.WooSelection) (out []rugzak.WooEntry) {
		t.Helper()
		if err := v.WooExport(t.Context(), by, sel, func(e rugzak.WooEntry) error { out = append(out, e); return nil }); err != nil {
			t.Fatal(err)
		}
		return out
	}
	titles := func(all []rugzak.WooEntry) string {
		var out []string
		for i, e := range all {
			if e.Number != i+1 {
				t.Errorf("number %d at %d", e.Number, i)
			}
			out = append(out, e.Entry.Title)
		}
		slices.Sort(out)
		return strings.Join(out, ", ")
	}
	officer := selected(v.people["officer"], this)
	if got := titles(officer); got != "Met naam, Zonder naam" {
		t.Errorf("the privacy officer gets %s", got)
	}
	if got := titles(selected(backpack.Operator(), this)); got != "Alleen team, Met naam, Zonder naam" {
		t.Errorf("whoever holds the data gets %s", got)
	}
	if got := titles(selected(v.people["officer"], rugzak.WooSelection{From: month, To: month, Themes: []rugzak.ThemeID{theme.ID}})); got != "Met naam" {
		t.Errorf("of one theme: %s", got)
	}
	if got := titles(selected(v.people["officer"], rugzak.WooSelection{From: "2020-01", To: "2020-12"})); got != "" {
		t.Errorf("of another period: %s", got)
	}
	for _, e := range officer {
		data, err := json.Marshal(e.Marks)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), "0612345678") || strings.Contains(string(data), anna.Name) {
			t.Errorf("a mark holds a value: %s", data)
		}
		switch e.Entry.ID {
		case nameless.ID:
			if len(e.Authors) > 0 || len(e.Entry.Authors) > 0 || !e.MonthOnly || e.Entry.SharedAt.Day() != 1 {
				t.Errorf("who wrote without name, or when: %+v", e)
			}
		case named.ID:
			want := []rugzak.WooMark{
				{Class: rugzak.WooAuthor, Field: "author"}, {Class: "phone", Field: "body", Line: 3, At: 4},
				{Class: rugzak.WooReflection, Field: "lesson"}, {Class: rugzak.WooReflection, Field: "body", Line: 5},
			}
			if !slices.Equal(e.Marks, want) {
				t.Errorf("marks %+v", e.Marks)
			}
		}
	}
	count, err := v.WooPreview(t.Context(), v.people["officer"], this)
	if err != nil || count.Entries != len(officer) || count.Nameless != 1 {
		t.Errorf("counted %+v, %v", count, err)
	}
	for _, name := range []string{"anna", "admin", "curator", "partner"} {
		if _, err := v.WooPreview(t.Context(), v.people[name], this); rugzak.CodeOf(err) != rugzak.CodeForbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := v.WooPreview(t.Context(), v.people["officer"], rugzak.WooSelection{From: "2026-05", To: "2026-01"}); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("a period that ends before it begins: %v", err)
	}
	if got := v.acts(t, rugzak.AuditExported); len(got) != 4 || got[0] != "person   woo" {
		t.Errorf("the audit log says %q", got)
	}
}

// The place of an entry without name among the others does not tell when in
// its month it was shared.
func TestWooSelectionOrder(t *testing.T) {
	t.Parallel()
	v := newVillage(t)
	month := v.clock.Now().Format("2006-01")
	for i, mode := range []rugzak.AuthorMode{rugzak.ByName, rugzak.Anonymous, rugzak.ByName} {
		in := simple(string(mode)+string(rune('1'+i)), "Tekst.", rugzak.LevelInternal)
		in.Mode = mode
		v.share(t, v.people["bas"], in)
		v.clock.turn(v.clock.Now().Add(24 * time.Hour))
	}
	var got []string
	sel := rugzak.WooSelection{From: month, To: month}
	err := v.WooExport(t.Context(), v.people["officer"], sel, func(e rugzak.WooEntry) error {
		got = append(got, e.Entry.Title)
		if !e.Municipality || len(e.Readers) != 0 {
			t.Errorf("read by %v and %q", e.Municipality, e.Readers)
		}
		return nil
	})
	if want := []string{"anonymous2", "name1", "name3"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("in the order %q, %v; want %q", got, err, want)
	}
}
