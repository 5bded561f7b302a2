// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"maps"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// peopleWork is the work of counting people, once a day.
const peopleWork = "people-figures"

// FollowPeople counts people, once a day: how many wrote and responded, join in
// and took something along. Who they were is kept nowhere: what is stored are
// numbers in steps of five.
func (s *Service) FollowPeople(ctx context.Context) error {
	anybody := false
	err := s.view(ctx, "is there anybody", func(r rugzak.Reader) error {
		for _, err := range r.People() {
			anybody = err == nil
			return err
		}
		return nil
	})
	if err != nil || !anybody {
		return err
	}
	return s.daily(ctx, peopleWork, s.countPeople)
}

// crowds are sets of people per period and organisation, while they are counted.
type crowds map[string]map[rugzak.OrganisationID]map[rugzak.PersonID]bool

func (c crowds) add(p rugzak.PersonID, o rugzak.OrganisationID, periods ...string) {
	for _, period := range periods {
		if c[period] == nil {
			c[period] = map[rugzak.OrganisationID]map[rugzak.PersonID]bool{}
		}
		if c[period][o] == nil {
			c[period][o] = map[rugzak.PersonID]bool{}
		}
		c[period][o][p] = true
	}
}

// peopleCount counts the people of all scopes in one walk.
type peopleCount struct {
	r        rugzak.Reader
	kind     func(rugzak.OrganisationID) rugzak.OrganisationKind
	spans    map[rugzak.ResultSpan][]string // the months of each
	accounts map[rugzak.OrganisationID]int
	scopes   []rugzak.Scope
	active   map[rugzak.Scope]crowds
	answered map[rugzak.Scope]crowds
	ways     map[rugzak.Scope]map[rugzak.Way]map[rugzak.PersonID]bool
	kept     map[rugzak.Scope]map[rugzak.PersonID]bool
	readable map[rugzak.EntryID]readableEntry
}

// readableEntry is what is needed of an entry to count what people did with it.
type readableEntry struct {
	scopes  []rugzak.Scope
	phase   rugzak.PhaseID
	month   string            // in which it was shared
	authors []rugzak.PersonID // of a question of which the time until a response counts
	first   rugzak.Response   // to it, of somebody else
}

// countPeople counts, and stores the figures of each scope.
func (s *Service) countPeople(ctx context.Context) error {
	var figures []rugzak.PeopleFigures
	err := s.view(ctx, "count people", func(r rugzak.Reader) error {
		c := peopleCount{
			r: r, spans: map[rugzak.ResultSpan][]string{}, active: map[rugzak.Scope]crowds{}, answered: map[rugzak.Scope]crowds{},
			ways: map[rugzak.Scope]map[rugzak.Way]map[rugzak.PersonID]bool{}, kept: map[rugzak.Scope]map[rugzak.PersonID]bool{},
			accounts: map[rugzak.OrganisationID]int{}, readable: map[rugzak.EntryID]readableEntry{},
		}
		for _, span := range rugzak.ResultSpans() {
			c.spans[span], _ = rugzak.ResultMonths(span, s.now())
		}
		for _, step := range []func() error{c.members, c.writers, c.responders, c.joiners, c.takers} {
			if err := step(); err != nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		figures = figures[:0]
		for _, scope := range c.scopes {
			f := c.figures(scope)
			f.At = s.now()
			figures = append(figures, f)
		}
		return nil
	})
	if err != nil {
		return err
	}
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		var gone []rugzak.Scope
		for f, err := range w.AllPeopleFigures() {
			if err != nil {
				return err
			}
			gone = append(gone, f.Scope)
		}
		for _, scope := range gone {
			if err := w.RemovePeopleFigures(scope); err != nil {
				return err
			}
		}
		for _, f := range figures {
			if err := w.SavePeopleFigures(f); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// members counts the accounts of each organisation, and finds the scopes.
func (c *peopleCount) members() error {
	for p, err := range c.r.People() {
		if err != nil {
			return err
		}
		if !p.Inactive && !p.Former {
			c.accounts[p.Organisation]++
		}
	}
	all, err := c.r.Organisations()
	if err != nil {
		return err
	}
	c.scopes = []rugzak.Scope{rugzak.ScopeInside}
	kinds := map[rugzak.OrganisationID]rugzak.OrganisationKind{}
	for _, o := range all {
		kinds[o.ID] = o.Kind
		if o.Kind == rugzak.Partner {
			c.scopes = append(c.scopes, rugzak.PartnerScope(o.ID))
		}
	}
	c.kind = func(o rugzak.OrganisationID) rugzak.OrganisationKind { return kinds[o] }
	return nil
}

// periods are the keys of the periods a month lies in, and of a phase.
func (c *peopleCount) periods(month string, phase rugzak.PhaseID) []string {
	var periods []string
	for span, months := range c.spans {
		if span == rugzak.SpanAll || slices.Contains(months, month) {
			periods = append(periods, string(span))
		}
	}
	if phase != "" {
		periods = append(periods, string(rugzak.PhaseSheet(phase)))
	}
	return periods
}

func addIn(all map[rugzak.Scope]crowds, scopes []rugzak.Scope, p rugzak.PersonID, o rugzak.OrganisationID, periods []string) {
	for _, scope := range scopes {
		if all[scope] == nil {
			all[scope] = crowds{}
		}
		all[scope].add(p, o, periods...)
	}
}

// writers counts who wrote with a name or for a team. Who wrote without name is
// not looked at.
func (c *peopleCount) writers() error {
	for e, err := range c.r.Entries(rugzak.AllEntries, "") {
		if err != nil {
			return err
		}
		scopes := rugzak.ScopesOf(e, c.kind)
		if len(scopes) == 0 {
			continue
		}
		readable := readableEntry{scopes: scopes, phase: e.Phase, month: e.SharedAt.UTC().Format("2006-01")}
		if e.Kind == rugzak.KindQuestion && e.Mode != rugzak.Anonymous {
			readable.authors = e.Authors
		}
		c.readable[e.ID] = readable
		if e.Mode == rugzak.Anonymous {
			continue
		}
		for _, author := range e.Authors {
			addIn(c.active, scopes, author, e.Organisation, c.periods(readable.month, e.Phase))
		}
	}
	return nil
}

// responders counts who responded, but not on one side of a border only.
func (c *peopleCount) responders() error {
	inside := map[string]bool{}
	for r, err := range c.r.AllResponses() {
		if err != nil {
			return err
		}
		if r.Inside {
			inside[r.ID] = true
		}
	}
	for r, err := range c.r.AllResponses() {
		if err != nil {
			return err
		}
		e, ok := c.readable[r.Entry]
		if !ok || !r.Shown() || r.Inside || inside[r.To] {
			continue
		}
		addIn(c.active, e.scopes, r.Author, r.Organisation, c.periods(r.At.UTC().Format("2006-01"), e.phase))
		if len(e.authors) > 0 && !slices.Contains(e.authors, r.Author) && (e.first.ID == "" || r.At.Before(e.first.At)) {
			e.first = r
			c.readable[r.Entry] = e
		}
	}
	for _, e := range c.readable {
		if e.first.ID != "" {
			addIn(c.answered, e.scopes, e.first.Author, "", c.periods(e.month, e.phase))
		}
	}
	return nil
}

// joiners counts who joins in with what the scope sees.
func (c *peopleCount) joiners() error {
	for p, err := range c.r.AllParticipations() {
		if err != nil {
			return err
		}
		scopes, err := c.seenBy(p.Of)
		if err != nil {
			return err
		}
		for _, scope := range scopes {
			if c.ways[scope] == nil {
				c.ways[scope] = map[rugzak.Way]map[rugzak.PersonID]bool{}
			}
			if c.ways[scope][p.Way] == nil {
				c.ways[scope][p.Way] = map[rugzak.PersonID]bool{}
			}
			c.ways[scope][p.Way][p.Person] = true
		}
	}
	return nil
}

// seenBy lists the scopes that see what somebody joins in with.
func (c *peopleCount) seenBy(of rugzak.Subject) ([]rugzak.Scope, error) {
	switch kind, id := of.Split(); kind {
	case rugzak.OfEntry:
		return c.readable[rugzak.EntryID(id)].scopes, nil
	case rugzak.OfAgenda:
		return c.scopes, nil
	case rugzak.OfTheme:
		t, err := c.r.Theme(rugzak.ThemeID(id))
		if isMissing(err) {
			return nil, nil
		}
		scopes := []rugzak.Scope{rugzak.ScopeInside}
		for _, o := range t.Audience.Also {
			scopes = append(scopes, rugzak.PartnerScope(o))
		}
		return scopes, err
	}
	return nil, nil
}

// takers counts who took something along.
func (c *peopleCount) takers() error {
	for k, err := range c.r.AllKeeps() {
		if err != nil {
			return err
		}
		for _, scope := range c.readable[k.Entry].scopes {
			if c.kept[scope] == nil {
				c.kept[scope] = map[rugzak.PersonID]bool{}
			}
			c.kept[scope][k.Person] = true
		}
	}
	return nil
}

// figures rounds what was counted in a scope. Only what is rounded leaves here.
func (c *peopleCount) figures(scope rugzak.Scope) rugzak.PeopleFigures {
	f := rugzak.PeopleFigures{Scope: scope}
	f.Large = rugzak.ToldByName(c.accounts, c.kind, scope.Partner())
	everybody := 0
	for _, n := range c.accounts {
		everybody += n
	}
	f.Kept = rugzak.InFivesOf(len(c.kept[scope]), everybody)
	for period, all := range c.active[scope] {
		if f.Active == nil {
			f.Active = map[string]rugzak.PeopleIn{}
		}
		f.Active[period] = c.peopleIn(scope, f.Large, all, everybody)
	}
	for period, all := range c.answered[scope] {
		if f.Answered == nil {
			f.Answered = map[string]int{}
		}
		f.Answered[period] = rugzak.InFives(len(all[""]))
	}
	for way, people := range c.ways[scope] {
		if f.Ways == nil {
			f.Ways = map[rugzak.Way]int{}
		}
		f.Ways[way] = rugzak.InFivesOf(len(people), everybody)
	}
	return f
}

// peopleIn tells the people of a period by organisation, and those of the others
// together.
func (c *peopleCount) peopleIn(scope rugzak.Scope, large []rugzak.OrganisationID, all map[rugzak.OrganisationID]map[rugzak.PersonID]bool, everybody int) rugzak.PeopleIn {
	in, rest := rugzak.PeopleIn{}, map[rugzak.PersonID]bool{}
	for o, people := range all {
		known := scope == rugzak.ScopeInside || c.kind(o) == rugzak.Department || o == scope.Partner()
		if n := rugzak.InFivesOf(len(people), c.accounts[o]); n > 0 && known && (slices.Contains(large, o) || o == scope.Partner()) {
			if in.Organisations == nil {
				in.Organisations = map[rugzak.OrganisationID]int{}
			}
			in.Organisations[o] = n
			everybody -= c.accounts[o]
			continue
		}
		maps.Copy(rest, people)
	}
	in.Rest = rugzak.InFivesOf(len(rest), everybody)
	return in
}

// peopleNow looks whether a new day began, but not at every look at the log.
func (s *Service) peopleNow(ctx context.Context, last *time.Time) error {
	if s.ReadOnly() || s.now().Sub(*last) < housekeepingPause {
		return nil
	}
	var first rugzak.PeopleFigures
	err := s.FollowPeople(ctx)
	if err == nil {
		err = s.view(ctx, "were people counted", func(r rugzak.Reader) (err error) {
			first, err = r.PeopleFigures(rugzak.ScopeInside)
			if isMissing(err) {
				err = nil
			}
			return err
		})
	}
	if err == nil && !first.At.IsZero() { // else nobody is there yet
		*last = s.now()
	}
	return err
}
