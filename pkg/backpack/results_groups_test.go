// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"rugzak/pkg/rugzak"
)

// No sum or difference of what results tell at one moment gives the number of one
// small organisation: not totals minus organisations, a table minus its sentence,
// or the matrix minus its rows. Each number told is a sum over organisations;
// that of a small one may not be a combination of them. Besides, matrix, sentence
// and totals are those that are counted by hand.
func TestResultsKeepSmallOrganisationsTogether(t *testing.T) {
	t.Parallel()
	small, named := 0, 0
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			w := newWorld(t, 500+seed, 10)
			for i, o := range w.orgs {
				if w.random.IntN(3) > 0 || i == 0 {
					for range 2 + w.random.IntN(5) {
						w.join(t, o.ID, "", rugzak.RoleParticipant)
					}
				}
			}
			for range 25 {
				w.usesSomething(t)
			}
			w.follows(t)
			if err := w.FollowPeople(t.Context()); err != nil {
				t.Fatal(err)
			}
			accounts := map[rugzak.OrganisationID]int{}
			for _, p := range w.model(t).people {
				accounts[p.Organisation]++
			}
			for scope := range w.scopes(w.model(t)) {
				g := w.groups(t, scope, accounts)
				s, n := g.holds(t)
				small, named = small+s, named+n
			}
		})
	}
	if small == 0 || named == 0 {
		t.Errorf("%d small organisations and %d named: nothing was tested", small, named)
	}
}

// usesSomething lets somebody apply a lesson of somebody.
func (w *world) usesSomething(t *testing.T) {
	t.Helper()
	one := func(kind rugzak.OrganisationKind) rugzak.Person {
		for {
			if p := pick(w.random, w.people); p.Kind == kind {
				return p
			}
		}
	}
	audience := func(by rugzak.Person) rugzak.Audience {
		if by.Kind == rugzak.Partner {
			return rugzak.Audience{Level: rugzak.LevelOrganisation, Also: []rugzak.OrganisationID{rugzak.InternalToken}}
		}
		return rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{w.orgs[2].ID, w.orgs[3].ID, w.orgs[4].ID}}
	}
	by, other := one(pick(w.random, []rugzak.OrganisationKind{rugzak.Department, rugzak.Partner})), one(rugzak.Department)
	in := simple("Les", "Bel eerst.", "", "")
	in.Audience = audience(by)
	lesson := w.share(t, by, in)
	w.apply(t, other, lesson.ID, pick(w.random, rugzak.Outcomes()), rugzak.Audience{Level: rugzak.LevelInternal})
	if by.Kind == rugzak.Department {
		partner := one(rugzak.Partner)
		w.apply(t, partner, lesson.ID, pick(w.random, rugzak.Outcomes()), audience(partner))
	}
}

// groups is what one reader is told about organisations.
type groups struct {
	scope    rugzak.Scope
	v        rugzak.MovementResults
	orgs     []rugzak.Organisation
	accounts map[rugzak.OrganisationID]int
	large    []rugzak.OrganisationID
	byHand   rugzak.Cells
}

func (w *world) groups(t *testing.T, scope rugzak.Scope, accounts map[rugzak.OrganisationID]int) groups {
	t.Helper()
	v, err := w.Results(t.Context(), w.readerOf(scope), rugzak.SpanAll)
	if err != nil {
		t.Fatal(err)
	}
	g := groups{scope: scope, v: v.MovementResults, accounts: accounts, byHand: w.byHand(t)[rugzak.SheetKey{Scope: scope, Sheet: rugzak.SheetAll}]}
	w.see(t, func(r rugzak.Reader) error {
		f, err := r.PeopleFigures(scope)
		g.large = f.Large
		return err
	})
	known := func(o rugzak.Organisation) bool {
		return o.Kind == rugzak.Department || scope == rugzak.ScopeInside || o.ID == scope.Partner()
	}
	for _, o := range w.orgs {
		if known(o) {
			g.orgs = append(g.orgs, o)
		}
	}
	if len(g.orgs) < len(w.orgs) { // what a partner may not know is one to it
		g.orgs = append(g.orgs, rugzak.Organisation{ID: rugzak.OtherPartners, Kind: rugzak.Partner})
	}
	return g
}

// as is as what an organisation is told, by the rule written out again.
func (g groups) as(o rugzak.Organisation) rugzak.OrganisationID {
	switch {
	case o.ID == g.scope.Partner() || slices.Contains(g.large, o.ID):
		return o.ID
	case o.Kind == rugzak.Department:
		return "~departments"
	}
	return "~partners"
}

// holds tests one reader, and says how many organisations stood together and how
// many had their name.
func (g groups) holds(t *testing.T) (small, named int) {
	t.Helper()
	n := len(g.orgs)
	at := map[rugzak.OrganisationID]int{}
	for i, o := range g.orgs {
		at[o.ID] = i
	}
	entries, uses := make([]float64, n), make([]float64, n*n)
	for cell, count := range g.byHand {
		switch word, parts := cell.Split(); word {
		case rugzak.CellEntry:
			entries[at[g.place(parts[1])]] += float64(count)
		case rugzak.CellUse:
			uses[at[g.place(parts[0])]*n+at[g.place(parts[1])]] += float64(count)
		}
	}
	// What is told of entries, and of uses, as sums over organisations.
	aboutEntries, aboutUses := sums{of: entries}, sums{of: uses}
	aboutEntries.tells(t, "entries", g.v.Now.Entries, func(int) bool { return true })
	aboutEntries.tells(t, "from partners", g.v.Now.FromPartners, func(i int) bool { return g.orgs[i].Kind == rugzak.Partner })
	aboutUses.tells(t, "uses", g.v.Now.Uses, func(int) bool { return true })
	aboutUses.tells(t, "across", g.v.Now.Across, func(i int) bool { return i/n != i%n })
	matrix := map[[2]rugzak.OrganisationID]int{}
	for _, use := range g.v.Matrix {
		matrix[[2]rugzak.OrganisationID{use.From, use.By}] += use.N
	}
	for _, from := range g.orgs {
		aboutEntries.tells(t, "entries of "+string(g.as(from)), g.v.Now.ByOrg[g.as(from)].Entries, func(i int) bool { return g.as(g.orgs[i]) == g.as(from) })
		for _, by := range g.orgs {
			aboutUses.tells(t, fmt.Sprint("uses of ", g.as(from), " by ", g.as(by)), matrix[[2]rugzak.OrganisationID{g.as(from), g.as(by)}], func(i int) bool {
				return g.as(g.orgs[i/n]) == g.as(from) && g.as(g.orgs[i%n]) == g.as(by)
			})
		}
	}
	for i, o := range g.orgs {
		if o.ID == g.as(o) && o.ID != rugzak.OtherPartners {
			named++
			if g.accounts[o.ID] < 5 && o.ID != g.scope.Partner() {
				t.Errorf("%s: %s has %d accounts and is named", g.scope, o.ID, g.accounts[o.ID])
			}
			continue
		}
		if o.ID == rugzak.OtherPartners || g.alone(o) {
			continue
		}
		small++
		if aboutEntries.give(func(x int) bool { return x == i }) {
			t.Errorf("%s: what %s wrote can be reckoned", g.scope, o.ID)
		}
		for _, what := range []func(x int) bool{
			func(x int) bool { return x/n == i }, func(x int) bool { return x%n == i }, func(x int) bool { return x == i*n+i },
			func(x int) bool { return (x/n == i) != (x%n == i) },
		} {
			if aboutUses.give(what) {
				t.Errorf("%s: what %s used or others used of it can be reckoned", g.scope, o.ID)
			}
		}
	}
	return small, named
}

// place is an organisation as this reader may know it.
func (g groups) place(o string) rugzak.OrganisationID {
	if slices.ContainsFunc(g.orgs, func(x rugzak.Organisation) bool { return string(x.ID) == o }) {
		return rugzak.OrganisationID(o)
	}
	return rugzak.OtherPartners
}

// alone reports whether nobody is there to stand together with: then figures of
// departments, or of partners, are those of the one there is.
func (g groups) alone(o rugzak.Organisation) bool {
	for _, x := range g.orgs {
		if x.ID != o.ID && x.Kind == o.Kind && x.ID != g.scope.Partner() {
			return false
		}
	}
	return true
}

// sums are what is told of numbers nobody is told: sums of some of them.
type sums struct {
	of   []float64
	rows [][]float64
}

func (s *sums) row(in func(int) bool) []float64 {
	row := make([]float64, len(s.of))
	for i := range row {
		if in(i) {
			row[i] = 1
		}
	}
	return row
}

// tells adds a sum, and holds it to what is counted by hand.
func (s *sums) tells(t *testing.T, what string, got int, in func(int) bool) {
	t.Helper()
	row, want := s.row(in), 0.0
	for i, x := range row {
		want += x * s.of[i]
	}
	if float64(got) != want {
		t.Errorf("%s: %d told, %v counted", what, got, want)
	}
	s.rows = append(s.rows, row)
}

// give reports whether a sum is a combination of those that are told.
func (s *sums) give(in func(int) bool) bool {
	return rank(append(slices.Clone(s.rows), s.row(in))) == rank(s.rows)
}

// rank is how many rows say something that the others do not.
func rank(rows [][]float64) int {
	all := make([][]float64, len(rows))
	for i, row := range rows {
		all[i] = slices.Clone(row)
	}
	done := 0
	for col := 0; len(all) > 0 && col < len(all[0]) && done < len(all); col++ {
		best := done
		for i := done; i < len(all); i++ {
			if math.Abs(all[i][col]) > math.Abs(all[best][col]) {
				best = i
			}
		}
		if math.Abs(all[best][col]) < 1e-9 {
			continue
		}
		all[done], all[best] = all[best], all[done]
		for i := done + 1; i < len(all); i++ {
			factor := all[i][col] / all[done][col]
			for x := col; x < len(all[i]); x++ {
				all[i][x] -= factor * all[done][x]
			}
		}
		done++
	}
	return done
}
