// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// The progress of agendas made at random, reckoned by hand for a member of a
// department and for two partners: an item is joint for whom a department and a
// partner they may know lead it.
func TestAgendaProgressAddsUp(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	organisations := map[rugzak.OrganisationID]rugzak.OrganisationKind{}
	for _, name := range []string{author, elsewhere, ceder, douglas} {
		organisations[c.people[name].Organisation] = c.people[name].Kind
	}
	ids := slices.Sorted(maps.Keys(organisations))
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 6))
		var items []rugzak.AgendaItem
		for n := range random.IntN(12) {
			item := rugzak.AgendaItem{ID: fmt.Sprint("punt", n), Title: fmt.Sprint("Punt ", n), Horizon: pick(random, rugzak.Horizons())}
			for _, id := range ids {
				if random.IntN(2) == 0 {
					item.Organisations = append(item.Organisations, id)
				}
			}
			if random.IntN(3) == 0 {
				item.DoneAt = c.clock.Now().Add(-time.Duration(random.IntN(60*24)) * time.Hour)
			}
			items = append(items, item)
		}
		if _, err := c.store.Update(t.Context(), func(w rugzak.Writer) error {
			m, err := w.Movement()
			if err != nil {
				return err
			}
			m.Agenda = items
			return w.SaveMovement(m)
		}); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{author, ceder, douglas} {
			by := c.people[name]
			v, err := c.Results(t.Context(), by, rugzak.SpanAll)
			if err != nil {
				t.Fatal(err)
			}
			var want []rugzak.ResultHorizon
			for _, h := range rugzak.Horizons() {
				line := rugzak.ResultHorizon{Horizon: h}
				for _, item := range items {
					if item.Horizon != h {
						continue
					}
					line.Items++
					if !item.DoneAt.IsZero() {
						line.Done++
					}
					leads := func(kind rugzak.OrganisationKind, known func(rugzak.OrganisationID) bool) bool {
						return slices.ContainsFunc(item.Organisations, func(o rugzak.OrganisationID) bool { return organisations[o] == kind && known(o) })
					}
					everybody := func(rugzak.OrganisationID) bool { return true }
					if leads(rugzak.Department, everybody) && leads(rugzak.Partner, func(o rugzak.OrganisationID) bool { return by.Kind == rugzak.Department || o == by.Organisation }) {
						line.Joint++
					}
				}
				want = append(want, line)
			}
			if !slices.Equal(v.Agenda, want) {
				t.Errorf("seed %d, %s: %v, want %v", seed, name, v.Agenda, want)
			}
		}
	}
}
