// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// moment is what an entry was from one change to the next. It may have begun to
// hold when its change began, and ended for certain only when the next change
// was over.
type moment struct {
	entry rugzak.Entry
	from  time.Time // its change began
	sure  time.Time // its change was over; zero while it is under way
}

// timeline is what every entry was at every moment: the model against which
// answers are held that were given while everything changed.
type timeline struct {
	mu      sync.Mutex
	moments map[rugzak.EntryID][]moment
	hidden  map[rugzak.EntryID][]rugzak.PersonID
	themes  map[rugzak.ThemeID]rugzak.Theme
}

// begin notes that an entry may become another from now on.
func (l *timeline) begin(e rugzak.Entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.moments[e.ID] = append(l.moments[e.ID], moment{entry: e, from: time.Now()})
}

// end notes that it has; not when the change was refused.
func (l *timeline) end(id rugzak.EntryID, done bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	last := &l.moments[id][len(l.moments[id])-1]
	last.sure = time.Now()
	if !done {
		last.entry = l.moments[id][len(l.moments[id])-2].entry
	}
}

// during returns what an entry can have been between two times, the newest
// last.
func (l *timeline) during(id rugzak.EntryID, start, end time.Time) (possible []rugzak.Entry) {
	all := l.moments[id]
	for i, m := range all {
		over := i+1 < len(all) && !all[i+1].sure.IsZero() && all[i+1].sure.Before(start)
		if !over && !m.from.After(end) {
			possible = append(possible, m.entry)
		}
	}
	return possible
}

// bounds returns the entries that an answer given between two times may hold,
// and those it must hold, of those that fit.
func (l *timeline) bounds(start, end time.Time, fits func(m model, e rugzak.Entry) bool) (may, must map[rugzak.EntryID]rugzak.Entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	m := model{hidden: l.hidden, themes: l.themes}
	may, must = map[rugzak.EntryID]rugzak.Entry{}, map[rugzak.EntryID]rugzak.Entry{}
	for id := range l.moments {
		possible := l.during(id, start, end)
		fit := 0
		for _, e := range possible {
			if fits(m, e) {
				fit++
				may[id] = e
			}
		}
		if fit > 0 && fit == len(possible) {
			must[id] = possible[0]
		}
	}
	return may, must
}

// Thousands of random questions by random people, while audiences change: no
// answer holds, counts or leaves out anything that the rule, spelled out a
// second time, does not allow at some moment of the question.
func TestNobodyLearnsOfHiddenEntriesWhileAudiencesChange(t *testing.T) {
	t.Parallel()
	const readers, questions = 4, 800 // of each reader
	const least = questions / 10      // changes meanwhile
	w := newWorld(t, 23, 40)
	w.caughtUp(t)
	m := w.model(t)
	line := &timeline{moments: map[rugzak.EntryID][]moment{}, hidden: m.hidden, themes: m.themes}
	for id, e := range m.entries {
		line.moments[id] = []moment{{entry: e, sure: time.Now()}}
	}
	var tried, changes, asked, wrong atomic.Int64
	stop := make(chan struct{})
	var writing, reading sync.WaitGroup
	writing.Go(func() {
		random := rand.New(rand.NewPCG(5, 5))
		for {
			select {
			case <-stop:
				return
			default:
			}
			if w.changeSomething(t, line, random) {
				changes.Add(1)
			}
			tried.Add(1)
		}
	})
	for n := range readers {
		reading.Go(func() {
			r := asking{world: w, line: line, first: m.entries, random: rand.New(rand.NewPCG(uint64(n), 9)), wrong: &wrong}
			// Where who changes is slow, as on a slow disk, they ask on.
			for i := 0; i < questions || changes.Load() < least && tried.Load() < 10*least && !t.Failed(); i++ {
				r.ask(t)
				asked.Add(1)
			}
		})
	}
	reading.Wait()
	close(stop)
	writing.Wait()
	t.Logf("%d questions while %d audiences changed, %d wrong answers", asked.Load(), changes.Load(), wrong.Load())
	if changes.Load() < least {
		t.Errorf("only %d changes: nothing was tested", changes.Load())
	}
}

// changeSomething gives a random entry a random audience, takes it back or puts
// it out again, as its author.
func (w *world) changeSomething(t *testing.T, line *timeline, random *rand.Rand) bool {
	id := pick(random, w.entries)
	e, by := w.stored(t, id)
	next := e.Clone()
	var change func(ctx context.Context, confirmed ...rugzak.OrganisationID) error
	switch {
	case e.State == rugzak.StateWithdrawn:
		next.State = rugzak.StateShared
		change = func(ctx context.Context, confirmed ...rugzak.OrganisationID) error {
			_, err := w.PutBack(ctx, by, id, confirmed...)
			return err
		}
	case !e.State.Public() || e.State == rugzak.StateArchived:
		return false
	case random.IntN(4) == 0:
		next.State = rugzak.StateWithdrawn
		change = func(ctx context.Context, _ ...rugzak.OrganisationID) error {
			_, err := w.Withdraw(ctx, by, id)
			return err
		}
	default:
		choices, err := w.AudienceChoices(t.Context(), by)
		if err != nil {
			t.Error(err)
			return false
		}
		next.Audience = rugzak.Audience{Level: pick(random, choices.Levels)}
		for _, o := range some(random, slices.Concat(choices.Departments, choices.Partners), 3) {
			next.Audience.Also = append(next.Audience.Also, o.ID)
		}
		if choices.WholeMunicipality && random.IntN(2) == 0 {
			next.Audience.Also = append(next.Audience.Also, rugzak.WholeMunicipality)
		}
		next.Audience = next.Audience.Clean(e.Organisation)
		change = func(ctx context.Context, confirmed ...rugzak.OrganisationID) error {
			_, err := w.ChangeAudience(ctx, by, id, e.Version, next.Audience, confirmed...)
			return err
		}
	}
	line.begin(next)
	err := sure(func(confirmed ...rugzak.OrganisationID) error { return change(t.Context(), confirmed...) })
	line.end(id, err == nil)
	if code := rugzak.CodeOf(err); err != nil && code != rugzak.CodeConflict && code != rugzak.CodeInvalid {
		t.Errorf("change of %s: %v", id, err)
	}
	return err == nil
}

// sure does what may ask to confirm partners, and confirms them.
func sure(do func(confirmed ...rugzak.OrganisationID) error) error {
	err := do()
	if u, ask := errors.AsType[*backpack.Unconfirmed](err); ask {
		err = do(u.IDs()...)
	}
	return err
}

// asking is one reader of many.
type asking struct {
	*world
	line   *timeline
	first  map[rugzak.EntryID]rugzak.Entry // as they were; titles stay
	random *rand.Rand
	wrong  *atomic.Int64
}

func (r asking) fail(t *testing.T, format string, args ...any) {
	r.wrong.Add(1)
	t.Errorf(format, args...)
}

func (r asking) ask(t *testing.T) {
	p := pick(r.random, r.people)
	switch r.random.IntN(7) {
	case 0:
		r.page(t, p)
	case 1:
		r.home(t, p)
	case 2:
		r.typing(t, p)
	case 3:
		r.alike(t, p)
	default:
		r.search(t, p)
	}
}

// page reads an entry, its history and, when it is there, a version.
func (r asking) page(t *testing.T, p rugzak.Person) {
	id := pick(r.random, r.entries)
	start := time.Now()
	var err error
	switch r.random.IntN(3) {
	case 0:
		_, err = r.Read(t.Context(), p, id)
	case 1:
		_, err = r.History(t.Context(), p, id)
	default:
		err = r.Service.Keep(t.Context(), p, id, "")
		if rugzak.CodeOf(err) == rugzak.CodeForbidden {
			err = nil // to be read, but not to be kept
		}
	}
	may, must := r.line.bounds(start, time.Now(), func(m model, e rugzak.Entry) bool { return e.ID == id && m.sees(p, e) })
	switch {
	case err == nil && len(may) == 0:
		r.fail(t, "%s (%s) reads %s, which is hidden", p.Organisation, p.Team, id)
	case err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound:
		r.fail(t, "reading %s: %v", id, err)
	case err != nil && len(must) > 0:
		r.fail(t, "%s (%s) does not get %s, which is theirs to read", p.Organisation, p.Team, id)
	}
}

// home looks at the newest entries.
func (r asking) home(t *testing.T, p rugzak.Person) {
	start := time.Now()
	v, err := r.Home(t.Context(), p)
	if err != nil {
		r.fail(t, "home: %v", err)
		return
	}
	may, _ := r.line.bounds(start, time.Now(), func(m model, e rugzak.Entry) bool { return m.sees(p, e) })
	for _, c := range v.Newest {
		if _, ok := may[c.ID]; !ok {
			r.fail(t, "home of %s (%s) shows %s, which is hidden", p.Organisation, p.Team, c.ID)
		}
	}
}

// search asks a random question and holds hits, total and facets to what they
// may and must be.
func (r asking) search(t *testing.T, p rugzak.Person) {
	start := time.Now() // what is over by now is in the head, and so to be found
	head, _, err := r.store.Head(t.Context())
	if err != nil {
		t.Error(err)
		return
	}
	a := backpack.Asked{Size: rugzak.MaxPage, WaitFor: head}
	fits := func(rugzak.Entry) bool { return true }
	switch r.random.IntN(4) {
	case 0:
		e := r.first[pick(r.random, r.entries)]
		a.Query = e.Title[len("Verhaal "):]
		fits = func(o rugzak.Entry) bool { return o.ID == e.ID }
	case 1:
		o := pick(r.random, r.orgs)
		a.Filter = rugzak.Filter{rugzak.FacetOrganisation: {string(o.ID)}}
		fits = func(e rugzak.Entry) bool { return e.Organisation == o.ID }
	case 2:
		k := pick(r.random, rugzak.Kinds())
		a.Query, a.Filter = common, rugzak.Filter{rugzak.FacetKind: {string(k)}}
		fits = func(e rugzak.Entry) bool { return e.Kind == k }
	default:
		a.Query = common
	}
	v, err := r.Search(t.Context(), p, a)
	end := time.Now()
	if rugzak.CodeOf(err) == rugzak.CodeUnavailable {
		return // rather no answer than a wrong one
	}
	if err != nil {
		r.fail(t, "search: %v", err)
		return
	}
	may, must := r.line.bounds(start, end, func(m model, e rugzak.Entry) bool { return fits(e) && m.found(p, e) })
	who := fmt.Sprintf("search %q %v of %s (%s)", a.Query, a.Filter, p.Organisation, p.Team)
	got := map[rugzak.EntryID]bool{}
	for _, h := range v.Hits {
		got[h.ID] = true
		if _, ok := may[h.ID]; !ok {
			r.fail(t, "%s shows %s, which is hidden", who, h.ID)
		}
	}
	if v.Total > len(may) {
		r.fail(t, "%s counts %d, at most %d can be seen", who, v.Total, len(may))
	}
	if v.Behind {
		return
	}
	for id := range must {
		if !got[id] {
			r.fail(t, "%s leaves out %s", who, id)
		}
	}
	if v.Total < len(must) {
		r.fail(t, "%s counts %d, at least %d can be seen", who, v.Total, len(must))
	}
	if len(a.Filter) == 0 {
		r.facets(t, who, v, may, must)
	}
}

// facets holds the counts of kinds and organisations to their bounds.
func (r asking) facets(t *testing.T, who string, v backpack.SearchView, may, must map[rugzak.EntryID]rugzak.Entry) {
	count := func(entries map[rugzak.EntryID]rugzak.Entry) map[string]int {
		out := map[string]int{}
		for _, e := range entries {
			out["kind "+string(e.Kind)]++
			out["organisation "+string(e.Organisation)]++
		}
		return out
	}
	most, least := count(may), count(must)
	got := map[string]int{}
	for _, f := range v.Facets {
		if f.Facet == rugzak.FacetKind || f.Facet == rugzak.FacetOrganisation {
			for _, value := range f.Values {
				got[string(f.Facet)+" "+value.Value] = value.Count
			}
		}
	}
	for _, value := range slices.Sorted(maps.Keys(most)) {
		if n := got[value]; n > most[value] || n < least[value] {
			r.fail(t, "%s counts %d of %s, want %d to %d", who, n, value, least[value], most[value])
		}
	}
	for value := range got {
		if most[value] == 0 {
			r.fail(t, "%s has a facet %s of which nothing can be seen", who, value)
		}
	}
}
