// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// However often a lesson was used, its writer finds in the own backpack the last
// times, newest first, and that there is more.
func TestMineShowsTheNewestUses(t *testing.T) {
	c := newCast(t)
	writer := c.people[author]
	lesson := c.share(t, writer, simple("De les", "Tekst.", rugzak.LevelInternal))
	other := c.share(t, writer, simple("Een andere", "Tekst.", rugzak.LevelInternal))
	var stories []rugzak.EntryID // newest first
	use := func(of rugzak.EntryID, in rugzak.Level) {
		t.Helper()
		c.clock.turn(c.clock.Now().Add(time.Hour))
		form := simple(fmt.Sprint("Keer ", len(stories)), "Ons verhaal.", in)
		form.Kind, form.Application = rugzak.KindApplication, &rugzak.ApplicationData{Lesson: of, Outcome: rugzak.OutcomeWorked, Tell: true}
		if e := c.share(t, c.people[elsewhere], form); in == rugzak.LevelInternal && of == lesson.ID {
			stories = slices.Insert(stories, 0, e.ID)
		}
	}
	check := func(step string, told int, more bool) {
		t.Helper()
		v, err := c.Mine(t.Context(), writer, "")
		if err != nil {
			t.Fatal(err)
		}
		var got []rugzak.EntryID
		for _, card := range v.Uses[lesson.ID] {
			got = append(got, card.ID)
		}
		if want := stories[:min(len(stories), 3)]; !slices.Equal(got, want) {
			t.Errorf("%s: shown are %v, not %v", step, got, want)
		}
		if len(v.Told[lesson.ID]) != told || v.MoreUses[lesson.ID] != more || v.MoreUses[other.ID] {
			t.Errorf("%s: told %v, more %v; want %d and %v", step, v.Told[lesson.ID], v.MoreUses, told, more)
		}
	}
	use(other.ID, rugzak.LevelInternal)
	for range 3 {
		use(lesson.ID, rugzak.LevelInternal)
	}
	check("a few", 0, false)
	use(lesson.ID, rugzak.LevelOrganisation) // its writer does not read that
	check("told too", 1, false)
	for range 40 {
		use(lesson.ID, rugzak.LevelInternal)
	}
	check("many", 0, true)
}
