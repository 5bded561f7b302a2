// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"errors"
	"testing"

	"rugzak/pkg/rugzak"
)

// hang puts entries beneath every item of the agenda, as questions and as
// successes.
func (w *world) hang(t *testing.T, entries []rugzak.Entry) {
	t.Helper()
	if _, err := w.store.Update(t.Context(), func(x rugzak.Writer) error {
		m, err := x.Movement()
		for i := range m.Agenda {
			for _, e := range entries {
				m.Agenda[i].Questions = append(m.Agenda[i].Questions, e.ID)
				m.Agenda[i].Successes = append(m.Agenda[i].Successes, e.ID)
			}
		}
		return errors.Join(err, x.SaveMovement(m))
	}); err != nil {
		t.Fatal(err)
	}
}

// What hangs on an item of the agenda is told to its readers only, in any world:
// whoever may read an entry finds it there, and nobody else.
func TestAgendaShowsWhatTheReaderMayRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 11, 12)
	w.grow(t, 40)
	m := w.model(t)
	var all []rugzak.Entry
	for _, id := range w.entries {
		all = append(all, m.entries[id])
	}
	w.hang(t, all)
	hidden, shown := 0, 0
	for _, p := range w.people {
		v, err := w.AgendaItem(t.Context(), p, "punt-0")
		if err != nil {
			t.Fatal(err)
		}
		found := map[rugzak.EntryID]bool{}
		for _, c := range v.Questions {
			found[c.ID] = true
		}
		for _, e := range all {
			if sees := m.sees(p, e); sees != found[e.ID] {
				t.Errorf("%s sees %s: %t, on the agenda %t", p.ID, e.ID, sees, found[e.ID])
			} else if sees {
				shown++
			} else {
				hidden++
			}
		}
	}
	if hidden == 0 || shown == 0 {
		t.Errorf("%d hidden and %d shown try nothing", hidden, shown)
	}
}
