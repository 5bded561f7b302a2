// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"slices"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// A question that an organisation asked and that waits for itself stands once in
// its backpack: among what waits.
func TestQuestionOfOneselfStandsOnceInTheBag(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	author := h.person(t, "deelnemer@voorbeeld.test")
	own := h.share(t, author, asked(author, "Hoe bellen we op tijd?", author.Organisation, rugzak.Audience{Level: rugzak.LevelInternal}))
	h.caughtUp(t)
	bag, err := h.OrganisationBag(t.Context(), author, "", "", "")
	if err != nil {
		t.Fatal(err)
	}
	named := func(c backpack.Card) bool { return c.ID == own.ID }
	if !slices.ContainsFunc(bag.Balls, named) || slices.ContainsFunc(bag.Questions, named) {
		t.Errorf("waiting %v, asked %v", bag.Balls, bag.Questions)
	}
}
