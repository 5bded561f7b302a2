// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Every method of the door stands in the table of use cases, and nothing else
// does.
func TestEveryUseCaseStandsInTheTable(t *testing.T) {
	t.Parallel()
	table := map[string]bool{}
	for _, u := range rugzak.UseCases() {
		if table[u.Name] {
			t.Errorf("%s stands twice", u.Name)
		}
		table[u.Name] = true
	}
	methods := reflect.TypeFor[*backpack.Service]()
	for i := range methods.NumMethod() {
		name := methods.Method(i).Name
		if !table[name] {
			t.Errorf("use case %s has no row in rugzak.UseCases: say who may do it", name)
		}
		delete(table, name)
	}
	for name := range table {
		t.Errorf("%s stands in rugzak.UseCases and is no use case", name)
	}
	for _, u := range rugzak.UseCases() {
		_, ok := probes()[u.Name]
		if asked := u.Of == rugzak.AsReader || u.Of == rugzak.AsAuthor || u.Needs != ""; asked != ok {
			t.Errorf("%s: a probe is there: %v, want %v (see probes)", u.Name, ok, asked)
		}
	}
}

// cast is a house with one person in each role, and some who belong elsewhere.
type cast struct {
	*house
	people  map[string]rugzak.Person // by a word; see newCast
	names   []string                 // of people, in order
	theme   rugzak.ThemeID
	partner rugzak.OrganisationID // Ceder
	number  int
}

// The people beside those who are called after their role.
const (
	nobodyAtAll = "nobody"    // not signed in
	gone        = "gone"      // no longer active, of the author's team
	author      = "author"    // Ahorn, team Noord
	teammate    = "teammate"  // Ahorn, team Noord
	elsewhere   = "elsewhere" // Berk
	ceder       = "ceder"     // partner Ceder
	douglas     = "douglas"   // partner Douglas
)

func newCast(t testing.TB) *cast {
	t.Helper()
	c := &cast{house: newHouse(t), people: map[string]rugzak.Person{nobodyAtAll: {}}, names: []string{nobodyAtAll}}
	orgs := map[string]rugzak.Organisation{}
	for _, o := range []backpack.OrganisationInput{
		{Name: "Ahorn", Kind: rugzak.Department, Teams: []rugzak.Team{{Name: "Noord"}, {Name: "Zuid"}}},
		{Name: "Berk", Kind: rugzak.Department},
		{Name: "Ceder", Kind: rugzak.Partner},
		{Name: "Douglas", Kind: rugzak.Partner},
	} {
		made, err := c.SaveOrganisation(t.Context(), backpack.Operator(), "", 0, o)
		if err != nil {
			t.Fatal(err)
		}
		orgs[o.Name] = made
	}
	c.partner = orgs["Ceder"].ID
	add := func(name, org string, team rugzak.TeamID, roles ...rugzak.Role) {
		c.people[name] = c.join(t, orgs[org].ID, team, roles...)
		c.names = append(c.names, name)
	}
	add(author, "Ahorn", "noord", rugzak.RoleParticipant)
	add(teammate, "Ahorn", "noord", rugzak.RoleParticipant)
	for _, role := range rugzak.Roles() { // each with that role alone
		switch role {
		case rugzak.RoleManager:
			add(string(role), "Ahorn", "zuid", role)
		case rugzak.RolePartnerContact:
			add(string(role), "Ceder", "", role)
		case rugzak.RolePrivacyOfficer:
			add(string(role), "Berk", "", role)
		default:
			add(string(role), "Ahorn", "", role)
		}
	}
	add(elsewhere, "Berk", "", rugzak.RoleParticipant)
	add(ceder, "Ceder", "", rugzak.RoleParticipant)
	add(douglas, "Douglas", "", rugzak.RoleParticipant)
	add(gone, "Ahorn", "noord", rugzak.RoleParticipant, rugzak.RoleFacilitator)
	out := c.people[gone]
	out.Inactive = true
	c.people[gone] = out
	th, err := c.SaveTheme(t.Context(), c.people["facilitator"], "", 0, backpack.ThemeInput{Title: "Samen", Also: []rugzak.OrganisationID{c.partner}})
	if err != nil {
		t.Fatal(err)
	}
	c.theme = th.ID
	return c
}

// audienceCase is an audience an entry can have, and who may read it, spelled
// out without using the rule.
type audienceCase struct {
	name    string
	by      string // who writes it
	mode    rugzak.AuthorMode
	level   rugzak.Level
	also    []string // organisations by the name of somebody in them
	state   rugzak.State
	readers []string // besides the author
}

var (
	ofTeam  = []string{teammate}
	ofAhorn = []string{teammate, "participant", "facilitator", "coreteam", "manager", "administrator"}
	ofAll   = append(slices.Clone(ofAhorn), "privacyofficer", elsewhere)
	ofCeder = []string{"partnercontact", ceder}
)

func audienceCases() []audienceCase {
	and := func(all ...[]string) []string { return slices.Concat(all...) }
	return []audienceCase{
		{name: "draft", by: author, level: rugzak.LevelTeam, state: rugzak.StateDraft},
		{name: "team", by: author, level: rugzak.LevelTeam, readers: ofTeam},
		{name: "department", by: author, level: rugzak.LevelOrganisation, readers: ofAhorn},
		{name: "municipality", by: author, level: rugzak.LevelInternal, readers: ofAll},
		{name: "team and partner", by: author, level: rugzak.LevelTeam, also: []string{ceder}, readers: and(ofTeam, ofCeder)},
		{name: "department and another", by: author, level: rugzak.LevelOrganisation, also: []string{elsewhere}, readers: ofAll},
		{name: "municipality and partner", by: author, level: rugzak.LevelInternal, also: []string{ceder}, readers: and(ofAll, ofCeder)},
		{name: "municipality and partners", by: author, level: rugzak.LevelInternal, also: []string{ceder, douglas}, readers: and(ofAll, ofCeder, []string{douglas})},
		{name: "without name", by: author, mode: rugzak.Anonymous, level: rugzak.LevelInternal, also: []string{ceder}, readers: and(ofAll, ofCeder)},
		{name: "without name, team", by: author, mode: rugzak.Anonymous, level: rugzak.LevelTeam, readers: ofTeam},
		{name: "for the team", by: author, mode: rugzak.ByTeam, level: rugzak.LevelOrganisation, readers: ofAhorn},
		{name: "withdrawn", by: author, level: rugzak.LevelInternal, also: []string{ceder}, state: rugzak.StateWithdrawn},
		{name: "reported", by: author, level: rugzak.LevelInternal, also: []string{ceder}, state: rugzak.StateReported, readers: []string{"privacyofficer"}},
		{name: "archived", by: author, level: rugzak.LevelInternal, state: rugzak.StateArchived, readers: ofAll},
		{name: "of a partner", by: ceder, level: rugzak.LevelOrganisation, readers: []string{"partnercontact"}},
		{name: "of a partner for a department", by: ceder, level: rugzak.LevelOrganisation, also: []string{author},
			readers: and([]string{"partnercontact", author}, ofAhorn)},
		{name: "of a partner for all", by: ceder, level: rugzak.LevelOrganisation, also: []string{"*"},
			readers: and([]string{"partnercontact", author}, ofAll)},
	}
}

func (a audienceCase) readBy(name string) bool {
	return name == a.by || slices.Contains(a.readers, name)
}

// write makes an entry of the case, with two versions unless it is a draft.
func (c *cast) write(t testing.TB, a audienceCase) rugzak.Entry {
	t.Helper()
	c.number++
	c.clock.turn(c.clock.Now().Add(time.Minute))
	by := c.people[a.by]
	in := simple(fmt.Sprintf("Verhaal %d", c.number), "Eerst.", a.level)
	if a.mode != "" {
		in.Mode = a.mode
	}
	for _, name := range a.also {
		if name == "*" {
			in.Audience.Also = append(in.Audience.Also, rugzak.WholeMunicipality)
		} else {
			in.Audience.Also = append(in.Audience.Also, c.people[name].Organisation)
		}
	}
	in.Audience = in.Audience.Clean(by.Organisation)
	if a.state == rugzak.StateDraft {
		saved, err := c.SaveDraft(t.Context(), by, c.idFor(by), 0, in)
		if err != nil {
			t.Fatalf("%s: %v", a.name, err)
		}
		return saved.Entry
	}
	e := c.share(t, by, in)
	in.Body = "Daarna."
	saved, err := c.Revise(t.Context(), by, e.ID, e.Version, in)
	if err == nil && a.state == rugzak.StateWithdrawn {
		saved, err = c.Withdraw(t.Context(), by, e.ID)
	}
	if err != nil {
		t.Fatalf("%s: %v", a.name, err)
	}
	if a.state == rugzak.StateArchived || a.state == rugzak.StateReported {
		c.setState(t, saved.Entry, a.state)
		saved.Entry, _ = c.stored(t, e.ID)
	}
	return saved.Entry
}

// allows is the table of roles, read for one person.
func allows(p rugzak.Person, perm rugzak.Permission) bool {
	if p.ID == "" || p.Inactive {
		return false
	}
	inside := perm == rugzak.PermPost || perm == rugzak.PermInvite || p.Kind == rugzak.Department
	return perm == "" || inside && slices.ContainsFunc(p.Roles, func(r rugzak.Role) bool { return r.Allows(perm) })
}

// Every use case, for everybody, about every audience, answers as the tables
// say: hidden exactly as absent, forbidden where a role or authorship is
// missing, and otherwise it lets the person in.
func TestEveryUseCaseForEverybody(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	absent := rugzak.Entry{ID: c.NewID(), Revision: 1, Mode: rugzak.ByName}
	cases := 0
	for _, a := range audienceCases() {
		e := c.write(t, a)
		for _, u := range rugzak.UseCases() {
			if u.Of != rugzak.AsReader && u.Of != rugzak.AsAuthor {
				continue
			}
			do := probes()[u.Name]
			for _, name := range c.names {
				cases++
				by := c.people[name]
				where := fmt.Sprintf("%s of an entry %q as %s", u.Name, a.name, name)
				err := do(t.Context(), c, by, e)
				none := do(t.Context(), c, by, rugzak.Entry{ID: absent.ID, Version: e.Version, Revision: e.Revision, Mode: e.Mode})
				switch code := rugzak.CodeOf(err); {
				case !a.readBy(name) || by.ID == "" || by.Inactive:
					if err == nil || answerOf(err) != answerOf(none) {
						t.Errorf("%s gave %v, absent gives %v", where, err, none)
					}
				case !allows(by, u.Needs), u.Of == rugzak.AsAuthor && name != a.by:
					if code != rugzak.CodeForbidden {
						t.Errorf("%s gave %v, want forbidden", where, err)
					}
				case code == rugzak.CodeInternal, (code == rugzak.CodeForbidden || code == rugzak.CodeNotFound) && !c.stateSays(a, u, e, err):
					t.Errorf("%s gave %v, want to be let in", where, err)
				}
				if _, err := c.Read(t.Context(), c.people[a.by], e.ID); err != nil { // it is gone, or has become another
					e = c.write(t, a)
				} else if name == a.by && u.Of == rugzak.AsAuthor || err == nil && slices.Contains([]string{"Report", "MergeEntries", "AskArchive", "ReviewFor"}, u.Name) {
					e = c.write(t, a)
				}
			}
		}
	}
	for _, u := range rugzak.UseCases() {
		if u.Needs == "" || u.Of == rugzak.AsReader || u.Of == rugzak.AsAuthor {
			continue
		}
		for _, name := range c.names {
			cases++
			err := probes()[u.Name](t.Context(), c, c.people[name], rugzak.Entry{})
			if refused := rugzak.CodeOf(err) == rugzak.CodeForbidden; refused == allows(c.people[name], u.Needs) {
				t.Errorf("%s as %s gave %v", u.Name, name, err)
			}
		}
	}
	t.Logf("%d cases: use case times person times audience", cases)
}

// stateSays reports whether somebody who may is refused for what the entry is,
// not for who they are.
func (c *cast) stateSays(a audienceCase, u rugzak.UseCase, e rugzak.Entry, err error) bool {
	draft := a.state == rugzak.StateDraft
	if responseStateSays(a, u, err) || c.careStateSays(u, e, err) {
		return true
	}
	switch answerOf(err) {
	case answerOf(rugzak.Forbidden("error.keep_shared_only")):
		return draft || a.state == rugzak.StateWithdrawn || a.state == rugzak.StateReported
	case answerOf(rugzak.Forbidden("error.report_shared_only")):
		return draft || a.state == rugzak.StateWithdrawn || a.state == rugzak.StateReported
	case answerOf(rugzak.Forbidden("error.drafts_only")):
		return !draft
	case answerOf(rugzak.NotFound()): // a draft has no versions, and nobody asked
		if u.Name == "AnswerWidening" || u.Name == "AskPutBack" && a.state == rugzak.StateReported {
			return true
		}
		return draft && (u.Name == "Revision" || u.Name == "Restore")
	}
	return u.Needs == rugzak.PermCurate && rugzak.CodeOf(err) == rugzak.CodeForbidden && (draft || a.state == rugzak.StateWithdrawn)
}

// answerOf is what a reader is told by an error.
func answerOf(err error) string {
	if err == nil {
		return "fine"
	}
	var b strings.Builder
	fmt.Fprint(&b, rugzak.CodeOf(err))
	if e, ok := errors.AsType[*rugzak.Error](err); ok {
		fmt.Fprint(&b, e.Key, e.Args, e.Fields)
	}
	return b.String()
}
