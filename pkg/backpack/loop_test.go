// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"slices"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// The loop of the first issue: post, find by another form of a word, take
// along; a partner finds it only after it was shared with them.
func TestPostFindKeep(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	jeugd := h.person(t, "deelnemer@voorbeeld.test")
	wmo := h.person(t, "facilitator@voorbeeld.test")
	partner := h.person(t, "partner@voorbeeld.test")

	e := h.share(t, jeugd, simple("Bellen met de school", "We maakten afspraken met de schoolmaatschappelijk werkers.", rugzak.LevelInternal))
	titles, total := h.find(t, wmo, "afspraak maatschappelijk werker")
	if !slices.Contains(titles, e.Title) {
		t.Errorf("a colleague finds %v (%d)", titles, total)
	}
	if err := h.Keep(t.Context(), wmo, e.ID, "voor het overleg van donderdag"); err != nil {
		t.Fatal(err)
	}
	mine, err := h.Mine(t.Context(), wmo, "")
	if err != nil || len(mine.Kept) != 1 || mine.Kept[0].ID != e.ID {
		t.Errorf("taken along: %+v, %v", mine.Kept, err)
	}

	if titles, _ := h.find(t, partner, `"Bellen met de school"`); len(titles) > 0 {
		t.Errorf("the partner finds %v", titles)
	}
	if _, err := h.Read(t.Context(), partner, e.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("the partner reads: %v", err)
	}
	if _, err := h.ChangeAudience(t.Context(), jeugd, e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{partner.Organisation}}, partner.Organisation); err != nil {
		t.Fatal(err)
	}
	if titles, total := h.find(t, partner, `"Bellen met de school"`); total != 1 || titles[0] != e.Title {
		t.Errorf("after sharing the partner finds %v (%d)", titles, total)
	}
	view, err := h.Read(t.Context(), partner, e.ID)
	if err != nil || view.Mine {
		t.Errorf("after sharing the partner reads: mine %v, %v", view.Mine, err)
	}
}

func TestHomeOfEveryRole(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	people, err := h.People(t.Context(), backpack.Operator())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		v, err := h.Home(t.Context(), p.Person)
		if err != nil {
			t.Errorf("%s: %v", p.Person.Email, err)
		}
		if len(v.Newest) == 0 {
			t.Errorf("%s sees nothing on the first page", p.Person.Email)
		}
		if _, err := h.Mine(t.Context(), p.Person, ""); err != nil {
			t.Errorf("%s: my backpack: %v", p.Person.Email, err)
		}
	}
}
