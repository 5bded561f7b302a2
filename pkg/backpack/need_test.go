// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// What an organisation needs is written by its own people, and read by who may
// know the organisation.
func TestNeedOfAnOrganisation(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	ctx := t.Context()
	writer, partner := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "partner@voorbeeld.test")
	before, err := h.OwnNeed(ctx, writer)
	if err != nil || before.ID != writer.Organisation || before.Teams != nil {
		t.Fatalf("own need: %+v, %v", before, err)
	}
	need := rugzak.Need{Needs: "  Weten wie er\nnog meer komt. ", Offers: "Een vaste ochtend", Ways: "Bel eerst"}
	if err := h.SaveNeed(ctx, writer, before.Need, need); err != nil {
		t.Fatal(err)
	}
	need = need.Tidy()
	if need.Needs != "Weten wie er nog meer komt." {
		t.Errorf("tidied to %q", need.Needs)
	}
	if err := h.SaveNeed(ctx, writer, before.Need, need); err != nil {
		t.Errorf("the same once more: %v", err)
	}
	if err := h.SaveNeed(ctx, writer, before.Need, rugzak.Need{}); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("on top of what was not seen: %v", err)
	}
	now, err := h.OwnNeed(ctx, writer)
	if err != nil || now.Need != need || now.Version != before.Version+1 {
		t.Fatalf("saved: %+v, %v", now, err)
	}
	if err := h.SaveNeed(ctx, writer, now.Need, rugzak.Need{Ways: strings.Repeat("a", rugzak.MaxNeedText+1)}); fieldOf(err) != "ways" {
		t.Errorf("too long: %v", err)
	}
	if err := h.SaveNeed(ctx, writer, now.Need, rugzak.Need{Offers: "Bel 111222333"}); fieldOf(err) != "offers" {
		t.Errorf("with a citizen service number: %v", err)
	}
	h.caughtUp(t) // an index that has only just been made does not answer
	bag, err := h.OrganisationBag(ctx, partner, writer.Organisation, "", "")
	if err != nil || bag.Need != need || bag.Organisation.Need != (rugzak.Need{}) {
		t.Errorf("a partner reads %+v of %+v, %v", bag.Need, bag.Organisation, err)
	}
	talks, err := h.Talks(ctx, partner, writer.Organisation, "", "")
	if err != nil || talks.TheirNeed != need || talks.OurNeed.Empty() {
		t.Errorf("for talks: %+v and %+v, %v", talks.TheirNeed, talks.OurNeed, err)
	}
	// An administrator changes the name, and what was said stays.
	o, err := h.Organisation(ctx, backpack.Operator(), writer.Organisation)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.SaveOrganisation(ctx, backpack.Operator(), writer.Organisation, now.Version, backpack.OrganisationInput{Name: "Andere naam", Kind: rugzak.Department, Teams: o.Teams}); err != nil {
		t.Fatal(err)
	}
	if now, err := h.OwnNeed(ctx, writer); err != nil || now.Need != need {
		t.Errorf("after another name: %+v, %v", now, err)
	}
}
