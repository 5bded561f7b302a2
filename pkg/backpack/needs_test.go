// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"slices"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// A team says what it needs beside its organisation, and two colleagues lose
// nothing of each other's.
func TestNeedOfATeam(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	ctx := t.Context()
	writer, partner := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "partner@voorbeeld.test")
	o, team, err := h.OwnTeamNeed(ctx, writer)
	if err != nil || team.ID != writer.Team || o.ID != writer.Organisation || o.Teams != nil {
		t.Fatalf("own team: %+v of %+v, %v", team, o, err)
	}
	need := rugzak.Need{Needs: " Een zaal  in de wijk ", Ways: "Bel eerst"}
	if err := h.SaveTeamNeed(ctx, writer, team.Need, need); err != nil {
		t.Fatal(err)
	}
	if err := h.SaveTeamNeed(ctx, writer, team.Need, rugzak.Need{Needs: "Iets anders"}); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("on top of what was not seen: %v", err)
	}
	if err := h.SaveTeamNeed(ctx, writer, team.Need, need); err != nil {
		t.Errorf("the same once more: %v", err)
	}
	if err := h.SaveTeamNeed(ctx, writer, need, rugzak.Need{Offers: "Bel 111222333"}); fieldOf(err) != "offers" {
		t.Errorf("with a citizen service number: %v", err)
	}
	without := writer
	without.Team = ""
	if err := h.SaveTeamNeed(ctx, without, rugzak.Need{}, need); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("somebody without a team: %v", err)
	}
	v, err := h.Needs(ctx, partner)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(v.Others, func(g backpack.NeedGroup) bool { return g.Organisation.ID == writer.Organisation })
	if i < 0 || !slices.ContainsFunc(v.Others[i].Teams, func(c backpack.NeedCard) bool { return c.Team == team.Name && c.Need == need.Tidy() }) {
		t.Errorf("a partner reads %+v", v.Others)
	}
	h.caughtUp(t)
	if bag, err := h.TeamBag(ctx, writer, ""); err != nil || bag.Need != need.Tidy() || bag.Team.Need != (rugzak.Need{}) {
		t.Errorf("in the bag of the team: %+v, %v", bag.Need, err)
	}
	// An administrator who changes the teams does not touch what they say.
	full, err := h.Organisation(ctx, backpack.Operator(), writer.Organisation)
	if err != nil {
		t.Fatal(err)
	}
	teams := slices.Clone(full.Teams)
	for i := range teams {
		teams[i].Need = rugzak.Need{Needs: "Van de beheerder"}
	}
	if _, err := h.SaveOrganisation(ctx, backpack.Operator(), full.ID, full.Version, backpack.OrganisationInput{Name: full.Name, Kind: full.Kind, Teams: append(teams, rugzak.Team{Name: "Nieuw"})}); err != nil {
		t.Fatal(err)
	}
	if _, now, err := h.OwnTeamNeed(ctx, writer); err != nil || now.Need != need.Tidy() {
		t.Errorf("after other teams: %+v, %v", now, err)
	}
}

// What one needs stands beside what another offers when they are about the same,
// with the words that say so. What a reader may not know changes nothing of it.
func TestNeedMatches(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	ctx := t.Context()
	writer, partner, admin := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "partner@voorbeeld.test"), backpack.Operator()
	say := func(o rugzak.OrganisationID, n rugzak.Need) {
		t.Helper()
		if _, err := h.store.Update(ctx, func(w rugzak.Writer) error {
			org, err := w.Organisation(o)
			if err != nil {
				return err
			}
			org.Need = n
			return w.SaveOrganisation(org, org.Version)
		}); err != nil {
			t.Fatal(err)
		}
	}
	all, err := h.Organisations(ctx, admin)
	if err != nil {
		t.Fatal(err)
	}
	var other, third rugzak.OrganisationID // another partner, and another department
	for _, o := range all {
		say(o.ID, rugzak.Need{})
		switch {
		case o.ID == writer.Organisation || o.ID == partner.Organisation:
		case o.Kind == rugzak.Partner:
			other = o.ID
		default:
			third = o.ID
		}
	}
	say(writer.Organisation, rugzak.Need{Needs: "Een rustige spreekkamer, en uitleg over schuldhulpverlening.", Offers: "Kennis van scholen."})
	say(partner.Organisation, rugzak.Need{Needs: "Wie kent de school?", Offers: "Twee spreekkamers op dinsdag."})
	say(third, rugzak.Need{Offers: "Uitleg over schuldhulp."})
	curator := h.person(t, "facilitator@voorbeeld.test")
	if err := h.SaveTerm(ctx, curator, h.term(curator, "schuldhulp", "schuldhulpverlening"), 0); err != nil {
		t.Fatal(err)
	}
	v, err := h.Needs(ctx, writer)
	if err != nil {
		t.Fatal(err)
	}
	found := func(all []backpack.NeedMatch, needs, offers rugzak.OrganisationID) []string {
		for _, m := range all {
			if m.Needs.Organisation.ID == needs && m.Offers.Organisation.ID == offers {
				return m.Words
			}
		}
		return nil
	}
	for _, c := range []struct {
		needs, offers rugzak.OrganisationID
		words         []string
	}{
		{writer.Organisation, partner.Organisation, []string{"spreekkamer"}},
		{partner.Organisation, writer.Organisation, []string{"school"}},
		{writer.Organisation, third, []string{"uitleg", "schuldhulpverlening"}}, // one by a group of words
		{third, writer.Organisation, nil},
	} {
		if got := found(v.Ours, c.needs, c.offers); !slices.Equal(got, c.words) {
			t.Errorf("%s needs, %s offers: %q, want %q", c.needs, c.offers, got, c.words)
		}
	}
	// A partner: the same, whatever another partner says.
	before, err := h.Needs(ctx, partner)
	if err != nil {
		t.Fatal(err)
	}
	say(other, rugzak.Need{Needs: "Een school, een spreekkamer en uitleg", Offers: "Een school, een spreekkamer en uitleg"})
	after, err := h.Needs(ctx, partner)
	if err != nil {
		t.Fatal(err)
	}
	if len(after.Ours) != len(before.Ours) || len(after.Between) != len(before.Between) || len(after.Others) != len(before.Others) || len(before.Between) != 1 {
		t.Errorf("a partner notices another: %d, %d and %d, before %d, %d and %d", len(after.Ours), len(after.Between), len(after.Others), len(before.Ours), len(before.Between), len(before.Others))
	}
	if now, err := h.Needs(ctx, writer); err != nil || len(now.Ours) == len(v.Ours) {
		t.Errorf("a member does not: %d, %v", len(now.Ours), err)
	}
	// A word that everybody writes says nothing.
	for _, o := range all {
		say(o.ID, rugzak.Need{Needs: "Samenwerking", Offers: "Samenwerking"})
	}
	if v, err := h.Needs(ctx, writer); err != nil || len(v.Ours)+len(v.Between) > 0 {
		t.Errorf("everybody says the same: %d and %d, %v", len(v.Ours), len(v.Between), err)
	}
}

// A word of one meets the compound of another it is part of.
func TestNeedMatchesThroughCompounds(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	ctx, writer, partner := t.Context(), h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "partner@voorbeeld.test")
	for _, c := range []struct {
		needs, offers string
		words         []string
	}{
		{"Mantelzorgondersteuning in de avond.", "Wij geven ondersteuning thuis.", []string{"Mantelzorgondersteuning"}},
		{"Ondersteuning van een vader.", "Cursus mantelzorgondersteuning.", []string{"Ondersteuning"}},
		{"Een lijn met de huisarts.", "Samen op huisbezoek.", nil},
	} {
		if _, err := h.store.Update(ctx, func(w rugzak.Writer) error {
			for id, need := range map[rugzak.OrganisationID]rugzak.Need{writer.Organisation: {Needs: c.needs}, partner.Organisation: {Offers: c.offers}} {
				o, err := w.Organisation(id)
				if err != nil {
					return err
				}
				o.Need = need
				if err := w.SaveOrganisation(o, o.Version); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		v, err := h.Needs(ctx, writer)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range v.Ours {
			if m.Needs.Organisation.ID == writer.Organisation && m.Offers.Organisation.ID == partner.Organisation {
				got = m.Words
			}
		}
		if !slices.Equal(got, c.words) {
			t.Errorf("%q beside %q have in common %q, want %q", c.needs, c.offers, got, c.words)
		}
	}
}
