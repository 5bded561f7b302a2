// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// Decisions count for who reads the outcome of their round and all it quotes,
// in the period in which they were taken.
func TestResultsCountDecisions(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.starter(t)
	member, partner := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "partner@voorbeeld.test")
	e := h.share(t, member, simple("Bel eerst", "Wij belden.", rugzak.LevelInternal))
	counted := func(by rugzak.Person, span rugzak.ResultSpan) int {
		t.Helper()
		v, err := h.Results(t.Context(), by, span)
		if err != nil {
			t.Fatal(err)
		}
		return v.Decisions
	}
	before := map[rugzak.PersonID]int{member.ID: counted(member, rugzak.SpanAll), partner.ID: counted(partner, rugzak.SpanAll)}
	now := h.clock.Now()
	round := rugzak.ReflectionRound{
		ID: rugzak.NewID(now), Number: 90, Outcome: "Bellen werkt.", Opens: "2026-01-01", Closes: "2026-01-10", Also: []rugzak.OrganisationID{partner.Organisation},
		Decisions: []rugzak.RoundDecision{
			{ID: rugzak.NewID(now), Text: "We bellen eerst", At: now},
			{ID: rugzak.NewID(now), Text: "We spreken een dag af", At: now.Add(-400 * 24 * time.Hour)},
		},
		At: now, UpdatedAt: now,
	}
	save := func(change func()) {
		t.Helper()
		change()
		_, err := h.store.Update(t.Context(), func(w rugzak.Writer) error {
			base := round.Version
			round.Version++
			return w.SaveRound(round, base)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	holds := func(when string, inside, outside int) {
		t.Helper()
		if got := counted(member, rugzak.SpanAll) - before[member.ID]; got != inside {
			t.Errorf("%s a member sees %d, want %d", when, got, inside)
		}
		if got := counted(partner, rugzak.SpanAll) - before[partner.ID]; got != outside {
			t.Errorf("%s a partner sees %d, want %d", when, got, outside)
		}
	}
	save(func() {})
	holds("while it is written", 0, 0)
	save(func() { round.PublishedAt = now })
	holds("once it is published", 2, 2)
	if all, year := counted(member, rugzak.SpanAll), counted(member, rugzak.SpanYear); all-year != 1 {
		t.Errorf("%d in all and %d in a year", all, year)
	}
	save(func() { round.Changes = []rugzak.RoundChange{{Domain: "Werkwijze", Entry: e.ID, Reason: "Dit telt."}} })
	holds("when it quotes what a partner may not read", 2, 0)
	save(func() { round.Changes, round.Also = nil, nil })
	holds("when it is for the departments", 2, 0)
}
