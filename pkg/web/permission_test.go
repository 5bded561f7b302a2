// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// seen is an audience an entry can have, with its readers beside the author
// spelled out without using the rule.
type seen struct {
	name    string
	by      string
	mode    rugzak.AuthorMode
	level   rugzak.Level
	also    []string
	state   rugzak.State
	readers []string
}

var (
	inTeam    = []string{manager}
	inWmo     = []string{facilitator, coreteam, manager, administrator}
	inside    = []string{colleague, facilitator, coreteam, manager, privacyperson, administrator}
	inWelzijn = []string{partner, contact}
)

func audiences() []seen {
	return []seen{
		{name: "draft", by: participant, level: rugzak.LevelTeam, state: rugzak.StateDraft},
		{name: "team", by: participant, level: rugzak.LevelTeam, readers: inTeam},
		{name: "department", by: participant, level: rugzak.LevelOrganisation, readers: inWmo},
		{name: "municipality", by: participant, level: rugzak.LevelInternal, readers: inside},
		{name: "team and partner", by: participant, level: rugzak.LevelTeam, also: []string{"welzijn"}, readers: slices.Concat(inTeam, inWelzijn)},
		{name: "municipality and partners", by: participant, level: rugzak.LevelInternal, also: []string{"welzijn", "wonen"},
			readers: slices.Concat(inside, inWelzijn, []string{outsider})},
		{name: "without name", by: participant, mode: rugzak.Anonymous, level: rugzak.LevelInternal, readers: inside},
		{name: "withdrawn", by: participant, level: rugzak.LevelInternal, also: []string{"welzijn"}, state: rugzak.StateWithdrawn},
		{name: "of a partner", by: partner, level: rugzak.LevelOrganisation, readers: []string{contact}},
		{name: "of a partner for a department", by: partner, level: rugzak.LevelTeam, also: []string{"jeugd"}, readers: []string{colleague, privacyperson}},
	}
}

func (a seen) readBy(who string) bool { return who == a.by || slices.Contains(a.readers, who) }

// seenEntry makes an entry of an audience.
func (s *site) seenEntry(a seen, mark string) rugzak.Entry {
	s.Helper()
	in := backpack.Input{
		Kind: rugzak.KindExperience, Lang: rugzak.Dutch, Title: "Kanarie " + mark, Body: "Vogel " + mark + ".", Mode: rugzak.ByName,
		Audience: rugzak.Audience{Level: a.level},
	}
	if a.mode != "" {
		in.Mode = a.mode
	}
	for _, key := range a.also {
		in.Audience.Also = append(in.Audience.Also, s.orgs[key].ID)
	}
	by := s.people[a.by]
	in.Audience = in.Audience.Clean(by.Organisation)
	if a.state == rugzak.StateDraft {
		saved, err := s.Service.SaveDraft(s.Context(), by, s.idFor(a.by), 0, in)
		if err != nil {
			s.Fatalf("%s: %v", a.name, err)
		}
		return saved.Entry
	}
	e := s.shareInput(a.by, in)
	if a.state == rugzak.StateWithdrawn {
		saved, err := s.Service.Withdraw(s.Context(), by, e.ID)
		if err != nil {
			s.Fatalf("%s: %v", a.name, err)
		}
		e = saved.Entry
	}
	return e
}

// allowed is the table of roles, read for one person.
func allowed(p rugzak.Person, perm rugzak.Permission) bool {
	everywhere := perm == rugzak.PermPost || perm == rugzak.PermInvite
	return perm == "" || (everywhere || p.Kind == rugzak.Department) &&
		slices.ContainsFunc(p.Roles, func(r rugzak.Role) bool { return r.Allows(perm) })
}

// permissionOf is what the guard of a route asks for.
func permissionOf(a access) rugzak.Permission {
	return map[access]rugzak.Permission{
		curate: rugzak.PermCurate, steer: rugzak.PermSteer, shape: rugzak.PermShape, invite: rugzak.PermInvite, handlePrivacy: rugzak.PermPrivacy,
		audit: rugzak.PermAudit, administer: rugzak.PermAdminister,
	}[a]
}

// useCases are the use cases behind the routes; a route without one, and a
// guard that asks for another role than its use case, fail the test.
func useCases(t *testing.T, rows []route) map[string]rugzak.UseCase {
	t.Helper()
	table := map[string]rugzak.UseCase{}
	for _, u := range rugzak.UseCases() {
		table[u.Name] = u
	}
	names, out := useOfRoute(), map[string]rugzak.UseCase{}
	for _, r := range rows {
		key := r.method + " " + r.path
		name, ok := names[key]
		delete(names, key)
		if name == noUseCase {
			if r.access != public && r.access != machine {
				t.Errorf("%s is for some only, and names no use case", key)
			}
			continue
		}
		u, known := table[strings.TrimPrefix(name, formOf)]
		switch open := r.access == public || r.access == machine; {
		case !ok:
			t.Errorf("%s has no row in useOfRoute: say which use case is behind it", key)
		case !known:
			t.Errorf("%s leads to %q, which is no use case", key, name)
		case open != (u.Of == rugzak.AsAnybody):
			t.Errorf("%s: access and the standing %q of %s do not fit", key, u.Of, u.Name)
		case permissionOf(r.access) != "" && permissionOf(r.access) != u.Needs:
			t.Errorf("%s asks for the role of %q, its use case for %q", key, permissionOf(r.access), u.Needs)
		}
		out[key] = u
	}
	for _, key := range slices.Sorted(maps.Keys(names)) {
		t.Errorf("%s stands in useOfRoute and is no route", key)
	}
	return out
}

// Every route stands in the table, with the use case behind it.
func TestEveryRouteStandsInTheTable(t *testing.T) {
	useCases(t, newEmptySite(t).Server.routes())
}

// asker sends requests as each person, each time as a browser that has nothing
// but its session.
type asker struct {
	*site
	sessions map[string]*http.Cookie
	absent   map[string]*answer
	theme    rugzak.Theme
}

func newAsker(s *site) *asker {
	a := &asker{site: s, sessions: map[string]*http.Cookie{}, absent: map[string]*answer{}}
	for _, who := range everybody() {
		a.sessions[who] = s.as(who).cookies[cookieSession]
	}
	var err error
	if a.theme, err = s.Service.SaveTheme(s.Context(), s.people[facilitator], "", 0, backpack.ThemeInput{Title: "Samen"}); err != nil {
		s.Fatal(err)
	}
	return a
}

func (a *asker) ask(who string, r route, id string) *answer {
	c := newClient(a.site)
	if cookie := a.sessions[who]; cookie != nil {
		c.cookies[cookieSession] = cookie
	}
	var form url.Values
	if r.method == http.MethodPost {
		form = url.Values{"theme": {string(a.theme.ID)}} // all a form must have to be understood
	}
	return c.send(r.method, strings.Replace(at(r.path, id, "1"), "*", "x", 1), form)
}

// none is the answer about an entry that is not there.
func (a *asker) none(who string, r route) *answer {
	key := who + " " + r.method + " " + r.path
	if a.absent[key] == nil {
		a.absent[key] = a.ask(who, r, string(newID()))
	}
	return a.absent[key]
}

// sameButID reports whether two answers say the same, each about its own entry.
func sameButID(got, none *answer, id string) bool {
	return strings.ReplaceAll(withoutID(got), id, "ID") == strings.ReplaceAll(withoutID(none), idIn(none.Path), "ID")
}

// ofEntry reports whether the first parameter of a route is an entry.
func ofEntry(r route) bool { return strings.HasPrefix(r.path, pathEntry) }

// Every route, asked by everybody, about every audience, answers as the tables
// say. It counts its cases.
func TestEveryRouteForEverybody(t *testing.T) {
	t.Parallel()
	s := newSite(t, withDossier)
	rows := s.Server.routes()
	uses := useCases(t, rows)
	ask := newAsker(s)
	cases := 0
	for n, a := range audiences() {
		e := s.seenEntry(a, fmt.Sprint(n))
		for _, r := range rows {
			u, is := uses[r.method+" "+r.path]
			if !is || !ofEntry(r) {
				continue
			}
			for _, who := range everybody() {
				cases++
				got := ask.ask(who, r, string(e.ID))
				where := fmt.Sprintf("%s %s of an entry %q as %q answered %d", r.method, r.path, a.name, who, got.Status)
				switch {
				case who == nobody:
					if got.Status != http.StatusSeeOther || !strings.HasPrefix(got.Header.Get("Location"), pathSignIn) {
						t.Errorf("%s, want the way to sign in", where)
					}
				case (u.Of == rugzak.AsReader || u.Of == rugzak.AsAuthor) && !a.readBy(who):
					none := ask.none(who, r)
					if !sameButID(got, none, string(e.ID)) { // what the menu counts may have changed since
						delete(ask.absent, who+" "+r.method+" "+r.path)
						got, none = ask.ask(who, r, string(e.ID)), ask.none(who, r)
					}
					if got.Status != http.StatusNotFound && got.Status != http.StatusForbidden || got.Status != none.Status || !sameButID(got, none, string(e.ID)) {
						t.Errorf("%s, and differs from absent (%d)", where, none.Status)
					}
				case !allowed(s.people[who], u.Needs), u.Of == rugzak.AsAuthor && who != a.by:
					if got.Status != http.StatusForbidden {
						t.Errorf("%s, want 403", where)
					}
				case got.Status == http.StatusForbidden, got.Status == http.StatusNotFound, got.Status >= 500,
					strings.HasPrefix(got.Header.Get("Location"), pathSignIn):
					if !refusedForState(a, u, got) {
						t.Errorf("%s, want to be let in: %s", where, got.text("main"))
					}
				}
				if u.Name == "Report" && got.Status < 400 { // people were told, which their pages count
					clear(ask.absent)
				}
				if who == a.by && u.Of == rugzak.AsAuthor && r.method == http.MethodPost || u.Name == "Report" && got.Status < 400 {
					e = s.seenEntry(a, fmt.Sprint(n, "-", cases))
				}
			}
		}
	}
	for _, r := range rows {
		u, is := uses[r.method+" "+r.path]
		if !is || ofEntry(r) || r.access == public || r.access == machine {
			continue
		}
		for _, who := range everybody() {
			cases++
			got := ask.ask(who, r, "bestaat-niet")
			if r.path == pathSessionsEnd && who != nobody { // did what it says
				ask.sessions[who] = s.as(who).cookies[cookieSession]
				got.Header.Del("Location")
			}
			where := fmt.Sprintf("%s %s as %q answered %d", r.method, r.path, who, got.Status)
			switch {
			case who == nobody:
				if got.Status != http.StatusSeeOther || !strings.HasPrefix(got.Header.Get("Location"), pathSignIn) {
					t.Errorf("%s, want the way to sign in", where)
				}
			case !allowed(s.people[who], u.Needs):
				if got.Status != http.StatusForbidden {
					t.Errorf("%s, want 403", where)
				}
			case got.Status == http.StatusForbidden, got.Status >= 500, strings.HasPrefix(got.Header.Get("Location"), pathSignIn),
				got.Status == http.StatusNotFound && !strings.Contains(r.path, ":"):
				t.Errorf("%s, want to be let in: %s", where, got.text("main"))
			}
		}
	}
	t.Logf("%d cases: route times person times audience", cases)
}

// idIn is the id of an entry in a path.
func idIn(path string) string {
	for part := range strings.SplitSeq(path, "/") {
		if rugzak.ValidID(part) {
			return part
		}
	}
	return "none"
}

// refusedForState reports whether somebody who may is refused for what the
// entry is, not for who they are.
func refusedForState(a seen, u rugzak.UseCase, got *answer) bool {
	shared := a.state != rugzak.StateDraft && a.state != rugzak.StateWithdrawn
	switch {
	case got.Status >= 500:
		return false
	case u.Name == "DeleteDraft":
		return a.state != rugzak.StateDraft
	case u.Name == "Revision", u.Name == "Restore":
		return a.state == rugzak.StateDraft
	case responseRefuses(u, got.Status):
		return true
	}
	return !shared
}
