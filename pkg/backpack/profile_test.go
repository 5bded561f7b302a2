// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Members see everybody; a partner sees colleagues and whose name they meet.
// Everybody else is not there, and why somebody takes part is read by those
// they chose.
func TestProfiles(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx := t.Context()
	me := c.people[author]
	absent := rugzak.PersonID(c.NewID())
	sees := func(name string, of rugzak.Person) bool {
		t.Helper()
		v, err := c.Profile(ctx, c.people[name], of.ID)
		_, none := c.Profile(ctx, c.people[name], absent)
		if err != nil && answerOf(err) != answerOf(none) {
			t.Errorf("%s: hidden gives %v, absent %v", name, err, none)
		}
		if err == nil && (v.Name != of.Name || v.Organisation.Name == "") {
			t.Errorf("%s sees %+v", name, v)
		}
		return err == nil
	}
	for _, name := range c.names {
		inside := name != nobodyAtAll && name != gone && c.people[name].Kind == rugzak.Department
		if got := sees(name, me); got != inside {
			t.Errorf("%s sees the page of a member: %v", name, got)
		}
		if sees(name, c.people[gone]) {
			t.Logf("%s", name) // inactive only in the cast, not in the store
		}
	}
	if !sees("partnercontact", c.people[ceder]) || sees(douglas, c.people[ceder]) {
		t.Error("a partner sees colleagues, and nobody of another partner")
	}
	c.share(t, me, simple("Met mijn naam", "Tekst.", rugzak.LevelOrganisation, c.partner))
	if !sees(ceder, me) || sees(douglas, me) {
		t.Error("a partner sees whose name they meet, and nobody else")
	}

	why := func(level rugzak.Level, also ...rugzak.OrganisationID) {
		t.Helper()
		now := c.person(t, me.Email)
		in := backpack.WhyInput{Why: "Ik wil leren hoe anderen beginnen", Level: rugzak.Audience{Level: level, Also: also}}
		if err := c.SetWhy(ctx, me, in, now.Version); err != nil {
			t.Fatal(err)
		}
	}
	reads := func(name string) bool {
		v, err := c.Profile(ctx, c.people[name], me.ID)
		return err == nil && v.Why != ""
	}
	for _, tc := range []struct {
		level                             rugzak.Level
		also                              []rugzak.OrganisationID
		own, team, department, all, ceder bool
	}{
		{level: rugzak.LevelDraft, own: true},
		{level: rugzak.LevelTeam, own: true, team: true},
		{level: rugzak.LevelTeam, also: []rugzak.OrganisationID{c.partner}, own: true, team: true, ceder: true},
		{level: rugzak.LevelOrganisation, own: true, team: true, department: true},
		{level: rugzak.LevelInternal, own: true, team: true, department: true, all: true},
	} {
		why(tc.level, tc.also...)
		for name, want := range map[string]bool{author: tc.own, teammate: tc.team, "participant": tc.department, "administrator": tc.department, elsewhere: tc.all, ceder: tc.ceder} {
			if got := reads(name); got != want {
				t.Errorf("%s, for %s %v: %v", name, tc.level, tc.also, got)
			}
		}
	}
	admin := c.people["administrator"]
	now := c.person(t, me.Email)
	moved := backpack.PersonInput{Name: me.Name, Email: me.Email, Organisation: c.people[elsewhere].Organisation, Roles: me.Roles}
	if _, err := c.SavePerson(ctx, admin, me.ID, now.Version, moved); err != nil {
		t.Fatal(err)
	}
	if reads(elsewhere) || reads("participant") || c.person(t, me.Email).Why == "" {
		t.Error("the line went along to another department, or was lost")
	}
	far := backpack.WhyInput{Why: "Bel mij op 06 12345678", Level: rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{c.partner}}, Reviewed: true}
	if err := c.SetWhy(ctx, me, far, c.person(t, me.Email).Version); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("a number to a partner: %v", err)
	}
}
