// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"math"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// Who may not read an entry is told so without its text being touched: else
// the time of the answer would tell that there is one, and how long it is. The
// work is counted in allocations, which a busy machine does not change; the
// author, for whom the text is read, shows that the count would tell.
func TestHiddenTextIsNotRead(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	author := h.person(t, "deelnemer@voorbeeld.test")
	partner := h.person(t, "partner@voorbeeld.test")
	short := h.share(t, author, simple("Kort", "Een zin.", rugzak.LevelTeam))
	long := h.share(t, author, simple("Lang", strings.Repeat("Een zin over het gesprek van vandaag.\n\n", 4000), rugzak.LevelTeam))
	work := func(by rugzak.Person, id rugzak.EntryID, want rugzak.Code) float64 {
		// What goes on beside it, such as preparing what was just written to be
		// counted, only adds: the least of some tries is without.
		least := math.Inf(1)
		for range 10 {
			least = min(least, testing.AllocsPerRun(20, func() {
				if _, err := h.History(t.Context(), by, id); rugzak.CodeOf(err) != want {
					t.Errorf("history: %v", err)
				}
			}))
		}
		return least
	}
	hidden := work(partner, long.ID, rugzak.CodeNotFound) - work(partner, short.ID, rugzak.CodeNotFound)
	if hidden < -2 || hidden > 2 {
		t.Errorf("a long hidden text takes %v allocations more than a short one", hidden)
	}
	if read := work(author, long.ID, "") - work(author, short.ID, ""); read < 10 {
		t.Errorf("a long text that is read takes only %v allocations more than a short one: the count tells nothing", read)
	}
}
