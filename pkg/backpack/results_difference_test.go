// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// differences is a world in which somebody compares all results they can get:
// of every day, period, phase, organisation and interim result.
type differences struct {
	*world
	pool    map[int]string // every number of people that was told, and where first
	zealous rugzak.Person  // in some worlds one person answers every question first
	told    map[string]int // how often something was told, so that something is tested
}

// Nobody learns what one person did from two results: every number of people is
// a step of five, at most as many as there are, never all of an organisation,
// and no two differ by fewer than five, whatever is taken from what: organisations
// from each other, a month from a quarter, a phase from another, a day from the
// day before, today from an interim result. The time until a response is told
// only when five people gave the first responses.
func TestResultsTellNothingOfOne(t *testing.T) {
	t.Parallel()
	told := map[string]int{}
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			d := &differences{world: newWorld(t, 400+seed, 6), pool: map[int]string{}, told: told}
			for range 1 + d.random.IntN(8) {
				d.join(t, d.orgs[0].ID, "noord", rugzak.RoleParticipant)
			}
			for range 3 { // with the two of the world just five
				d.join(t, d.orgs[1].ID, "noord", rugzak.RoleParticipant)
			}
			for range 4 * d.random.IntN(2) {
				d.join(t, d.orgs[2].ID, "noord", rugzak.RoleParticipant)
			}
			if seed%2 == 1 {
				d.zealous = d.people[0]
			}
			for day := range 9 {
				d.day(t)
				d.look(t, fmt.Sprint("day ", day))
				if day%4 == 3 {
					d.freeze(t)
				}
				d.clock.turn(d.clock.Now().Add(time.Duration(1+d.random.IntN(20)) * 24 * time.Hour))
			}
			for n, where := range d.pool {
				for other, there := range d.pool {
					if n > other && n-other < 5 {
						t.Errorf("%s is %d and %s is %d: the difference tells of %d", where, n, there, other, n-other)
					}
				}
			}
		})
	}
	for _, what := range []string{"organisation", "rest", "way", "kept", "hours", "hours held", "phase", "all of them", "frozen"} {
		if told[what] == 0 {
			t.Errorf("%q never came: nothing of it was tested", what)
		}
	}
}

// day lets people write, respond, apply, join in and take along.
func (d *differences) day(t *testing.T) {
	t.Helper()
	also := []rugzak.OrganisationID{d.orgs[2].ID, d.orgs[3].ID}
	form := func(title string) backpack.Input {
		in := simple(title, "Verhaal.", rugzak.LevelInternal, also...)
		if d.random.IntN(3) > 0 {
			in.Phase = pick(d.random, rugzak.DefaultPhases()).ID
		}
		return in
	}
	for n := range 2 + d.random.IntN(5) {
		by := pick(d.random, d.people)
		if by.Kind != rugzak.Department {
			continue
		}
		in := form(fmt.Sprint("Van iemand ", n))
		question := d.random.IntN(2) == 0
		if question {
			in.Kind, in.Question = rugzak.KindQuestion, &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionOpen}
		}
		e := d.share(t, by, in)
		d.clock.turn(d.clock.Now().Add(time.Duration(d.random.IntN(30)) * time.Hour))
		for who := range 1 + d.random.IntN(3) {
			p := pick(d.random, d.people)
			if who == 0 && question && d.zealous.ID != "" && d.zealous.ID != by.ID {
				p = d.zealous
			}
			_, _, err := d.Respond(t.Context(), p, e.ID, backpack.ResponseInput{Kind: rugzak.ResponseExperience, Body: "Zo.", Lang: rugzak.Dutch, Reviewed: true})
			passOver(t, "respond", err)
		}
		for range 2 {
			p := pick(d.random, d.people)
			passOver(t, "keep", d.Keep(t.Context(), p, e.ID, ""))
			passOver(t, "join", d.Join(t.Context(), p, rugzak.Subject(rugzak.EntrySubject(e.ID)), backpack.JoinInput{
				Way: pick(d.random, rugzak.Ways()), Step: "Stap", When: "2027-12-24",
			}))
		}
		d.entries = append(d.entries, e.ID)
	}
	if d.random.IntN(2) == 0 { // all of a department of five write
		for _, p := range d.people {
			if p.Organisation == d.orgs[1].ID {
				d.share(t, p, form("Van ons allemaal"))
			}
		}
	}
}

// look opens all results there are and holds them to who did what.
func (d *differences) look(t *testing.T, day string) {
	t.Helper()
	d.follows(t)
	if err := d.FollowPeople(t.Context()); err != nil {
		t.Fatal(err)
	}
	m := d.model(t)
	for scope, in := range d.scopes(m) {
		by := d.readerOf(scope)
		deeds := d.deeds(t, m, in)
		for _, span := range rugzak.ResultSpans() {
			v, err := d.Results(t.Context(), by, span)
			if err != nil {
				t.Fatal(err)
			}
			where := fmt.Sprintf("%s, %s, %s", day, scope, span)
			if v.People == nil {
				t.Fatalf("%s: people were not counted", where)
			}
			d.people5(t, where, scope, v.MovementResults, deeds.within(span, d.clock.Now()), m)
			d.hours(t, where, v.Now.Hours, deeds.within(span, d.clock.Now()))
			if v.Earlier != nil {
				d.hours(t, where+" before", v.Earlier.Hours, nil)
			}
			for _, phase := range v.Phases {
				d.told["phase"]++
				d.hours(t, where+" "+phase.Phase.NameNL, phase.Figures.Hours, slices.DeleteFunc(slices.Clone(deeds), func(x deed) bool { return x.phase != phase.Phase.ID }))
			}
		}
		interims, err := d.Interims(t.Context(), by)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range interims {
			frozen, err := d.Interim(t.Context(), by, i.ID)
			if err != nil {
				t.Fatal(err)
			}
			d.told["frozen"]++
			d.numbers(t, "frozen "+i.ID, frozen.Results)
		}
	}
}

// numbers puts the numbers of people in the pool.
func (d *differences) numbers(t *testing.T, where string, r rugzak.MovementResults) {
	t.Helper()
	add := func(what string, n int) {
		if n > 0 {
			d.told[what]++
		}
		if d.pool[n] == "" {
			d.pool[n] = where + " " + what
		}
		if n%5 != 0 {
			t.Errorf("%s: %s is %d", where, what, n)
		}
	}
	if r.People == nil {
		return
	}
	for _, n := range r.People.Active.Organisations {
		add("organisation", n)
	}
	add("rest", r.People.Active.Rest)
	add("kept", r.People.Kept)
	for _, n := range r.People.Ways {
		add("way", n)
	}
}

// people5 holds numbers of people to those who were active.
func (d *differences) people5(t *testing.T, where string, scope rugzak.Scope, r rugzak.MovementResults, active deeds, m model) {
	t.Helper()
	d.numbers(t, where, r)
	accounts, all := map[rugzak.OrganisationID]int{}, len(m.people)
	for _, p := range m.people {
		accounts[p.Organisation]++
	}
	did, rest := map[rugzak.OrganisationID]map[rugzak.PersonID]bool{}, map[rugzak.PersonID]bool{}
	for _, x := range active {
		if did[x.org] == nil {
			did[x.org] = map[rugzak.PersonID]bool{}
		}
		did[x.org][x.by] = true
	}
	for o, people := range did {
		n := r.People.Active.Organisations[o]
		if len(people) >= accounts[o] && accounts[o] >= 5 {
			d.told["all of them"]++
		}
		if n > len(people) || n > 0 && (n >= accounts[o] || accounts[o] < 5) {
			t.Errorf("%s: %d people of %s were active, %d told of %d", where, len(people), o, n, accounts[o])
		}
		if n == 0 {
			for p := range people {
				rest[p] = true
			}
		} else {
			all -= accounts[o]
		}
	}
	if n := r.People.Active.Rest; n != min(len(rest), all-1)/5*5 {
		t.Errorf("%s: %d others were active, %d told of %d", where, len(rest), n, all)
	}
	kept, ways := map[rugzak.PersonID]bool{}, map[rugzak.PersonID]bool{}
	d.see(t, func(r rugzak.Reader) error {
		for k, err := range r.AllKeeps() {
			if err != nil {
				return err
			}
			if d.scopes(m)[scope](m.entries[k.Entry]) {
				kept[k.Person] = true
			}
		}
		for p, err := range r.AllParticipations() {
			if err != nil {
				return err
			}
			ways[p.Person] = true
		}
		return nil
	})
	if n := r.People.Kept; n > len(kept) || n >= len(m.people) {
		t.Errorf("%s: %d people took something along, %d told", where, len(kept), n)
	}
	for way, n := range r.People.Ways {
		if n > len(ways) || n >= len(m.people) {
			t.Errorf("%s: %d people join in, %d told to %s", where, len(ways), n, way)
		}
	}
}

// hours holds the time until a response to who gave the first.
func (d *differences) hours(t *testing.T, where string, h rugzak.ResultHours, active deeds) {
	t.Helper()
	first := map[rugzak.PersonID]bool{}
	questions := 0
	for _, x := range active {
		if x.first {
			first[x.by] = true
			questions++
		}
	}
	switch {
	case h.Of == 0 && h.Median == 0 && h.P75 == 0:
		if questions >= 5 && len(first) < 5 {
			d.told["hours held"]++
		}
	case len(first) < 5 || questions < 5:
		t.Errorf("%s: the time of %d questions, first answered by %d people, is told: %+v", where, questions, len(first), h)
	default:
		d.told["hours"]++
	}
}

// deed is that somebody wrote or responded.
type deed struct {
	by    rugzak.PersonID
	org   rugzak.OrganisationID
	month string // of the entry or response; of a question for who answered it first
	phase rugzak.PhaseID
	first bool // it was the first response to a question of somebody else
}

type deeds []deed

// within are those of a span of months.
func (all deeds) within(span rugzak.ResultSpan, now time.Time) deeds {
	n := map[rugzak.ResultSpan]int{"month": 1, "quarter": 3, "year": 12, "all": 1000}[span]
	from := time.Date(now.Year(), now.Month()-time.Month(n-1), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
	return slices.DeleteFunc(slices.Clone(all), func(x deed) bool { return x.month < from })
}

// deeds are what people did that a scope may read, read from the store.
func (d *differences) deeds(t *testing.T, m model, in func(rugzak.Entry) bool) (all deeds) {
	t.Helper()
	for _, e := range m.entries {
		if !in(e) {
			continue
		}
		if e.Mode != rugzak.Anonymous {
			for _, a := range e.Authors {
				all = append(all, deed{by: a, org: e.Organisation, month: e.SharedAt.Format("2006-01"), phase: e.Phase})
			}
		}
		said := d.saidAbout(t, e.ID)
		slices.SortFunc(said, func(a, b rugzak.Response) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
		answered := e.Kind != rugzak.KindQuestion || e.Mode == rugzak.Anonymous
		for _, x := range said {
			inside := x.Inside || slices.ContainsFunc(said, func(to rugzak.Response) bool { return to.ID == x.To && to.Inside })
			if x.Author == "" || x.Withdrawn || x.Reported || inside {
				continue
			}
			all = append(all, deed{by: x.Author, org: x.Organisation, month: x.At.Format("2006-01"), phase: e.Phase})
			if !answered && !slices.Contains(e.Authors, x.Author) {
				answered = true
				all = append(all, deed{by: x.Author, org: x.Organisation, month: e.SharedAt.Format("2006-01"), phase: e.Phase, first: true})
			}
		}
	}
	return all
}

// readerOf is somebody who sees the figures of a scope.
func (w *world) readerOf(scope rugzak.Scope) rugzak.Person {
	return w.people[slices.IndexFunc(w.people, func(p rugzak.Person) bool { return rugzak.ScopeOf(p) == scope })]
}
