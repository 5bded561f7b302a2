// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"slices"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Writers and themes are found by their names however these are written, also
// among very many who are called the same.
func TestNamesInQueries(t *testing.T) {
	t.Parallel()
	v := newVillage(t)
	writer := v.people["anna"]
	_, err := v.store.Update(t.Context(), func(w rugzak.Writer) error {
		for i := range 250 { // whose ids come before that of the writer
			p := rugzak.Person{ID: rugzak.PersonID(fmt.Sprintf("0000%03d", i)), Name: fmt.Sprintf("Renée %d", i), Kind: rugzak.Department, Organisation: "jeugd"}
			if err := w.SavePerson(p, 0); err != nil {
				return err
			}
		}
		p, err := w.Person(writer.ID)
		p.Name = "Renée van der Brug-Zoë"
		if err == nil {
			err = w.SavePerson(p, p.Version)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	writer = v.person(t, writer.Email)
	theme, err := v.SaveTheme(t.Context(), v.people["curator"], "", 0, backpack.ThemeInput{Title: "Coördinatie en reële hulp", Synonyms: []string{"Één plan"}})
	if err != nil {
		t.Fatal(err)
	}
	e := v.share(t, writer, simple("Zandloper", "Voor iedereen.", rugzak.LevelInternal))
	if _, err := v.AddToTheme(t.Context(), v.people["curator"], e.ID, theme.ID); err != nil {
		t.Fatal(err)
	}
	for query, found := range map[string]bool{
		"van:renée": true, "van:Renee": true, "van:RENÉE": true, `van:"renee van"`: true, "van:brug-zoe": true, `van:"der brug"`: true, "van:zoe": true, "van:ren": true,
		"thema:coordinatie": true, "thema:COÖRD": true, `thema:"reele hulp"`: true, "thema:een": true,
		"van:enee": false, "van:rené-x": false, "thema:ordinatie": false, "thema:coordinator": false,
	} {
		if titles, _ := v.find(t, v.people["bas"], query); slices.Contains(titles, "Zandloper") != found {
			t.Errorf("%s finds %q", query, titles)
		}
	}
	for _, query := range []string{"coordinatie", "vergadering reele", "coördinatie"} {
		if w, err := v.Wider(t.Context(), v.people["bas"], backpack.Asked{Query: query}, ""); err != nil || len(w.Themes) != 1 {
			t.Errorf("for %s the themes %v fit, %v", query, w.Themes, err)
		}
	}
}
