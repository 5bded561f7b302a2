// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
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

// readsCounted is a store that counts how often everybody, and all of every
// theme, is read.
type readsCounted struct {
	rugzak.Store
	people, themes int
}

type countingReader struct {
	rugzak.Reader
	of *readsCounted
}

func (s *readsCounted) View(ctx context.Context, fn func(rugzak.Reader) error) error {
	return s.Store.View(ctx, func(r rugzak.Reader) error { return fn(countingReader{r, s}) })
}

func (r countingReader) People() iter.Seq2[rugzak.Person, error] {
	r.of.people++
	return r.Reader.People()
}

func (r countingReader) Themes() ([]rugzak.Theme, error) {
	r.of.themes++
	return r.Reader.Themes()
}

// A query that names very many writers and themes reads them once.
func TestNamesAreReadOnce(t *testing.T) {
	t.Parallel()
	v := newVillage(t)
	v.caughtUp(t)
	search := func(query string) *readsCounted {
		t.Helper()
		counted := &readsCounted{Store: v.store}
		deps := v.Deps
		deps.Store = counted
		if _, err := backpack.New(deps).Search(t.Context(), v.people["bas"], backpack.Asked{Query: query}); err != nil {
			t.Fatal(err)
		}
		return counted
	}
	plain := search("van:iemand thema:iets")
	many := search(strings.Repeat("van:iemand thema:iets ", rugzak.MaxClauses/2))
	if plain.people != 1 || many.people != 1 || many.themes != plain.themes {
		t.Errorf("people are read %d times and themes %d times, with one of each %d and %d times", many.people, many.themes, plain.people, plain.themes)
	}
}
