// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// The core team celebrates successes of two organisations or more; each reader
// sees those they may read, on the page of the month and on the first page.
func TestCelebrations(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	writer, chooser := c.people[author], c.people["coreteam"]
	success := func(title string, with []rugzak.OrganisationID, level rugzak.Level, also ...rugzak.OrganisationID) rugzak.Entry {
		in := simple(title, "Het lukte.", level, also...)
		in.Kind, in.With = rugzak.KindSuccess, with
		return c.share(t, writer, in)
	}
	berk := c.people[elsewhere].Organisation
	open := success("Samen gebeld", []rugzak.OrganisationID{c.partner}, rugzak.LevelInternal, c.partner)
	inside := success("Samen gefietst", []rugzak.OrganisationID{berk}, rugzak.LevelInternal)
	team := success("Van het team", []rugzak.OrganisationID{berk}, rugzak.LevelTeam)
	alone := success("Alleen gedaan", nil, rugzak.LevelInternal)
	story := c.share(t, writer, simple("Geen succes", "Tekst", rugzak.LevelInternal))
	d, err := c.CelebrationDesk(t.Context(), chooser)
	if err != nil || len(d.Choices) != 2 {
		t.Fatalf("offered: %+v, %v", d, err)
	}
	for _, bad := range []rugzak.EntryID{team.ID, alone.ID, story.ID, c.NewID()} {
		err := c.SaveCelebration(t.Context(), chooser, d.Month, 0, []rugzak.DigestPick{{Entry: bad, Reason: "Hoera"}})
		if got := problems(err); got["entry_1"] != "error.choose" {
			t.Errorf("%s is celebrated: %v", bad, err)
		}
	}
	picks := []rugzak.DigestPick{{Entry: open.ID, Reason: "Hoera"}, {Entry: inside.ID, Reason: "Bravo"}}
	if err := c.SaveCelebration(t.Context(), chooser, "2020-01", 0, picks); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("another month: %v", err)
	}
	if err := c.SaveCelebration(t.Context(), chooser, d.Month, 0, []rugzak.DigestPick{{Entry: open.ID, Reason: "Mail iemand@elders.test"}}); len(problems(err)) == 0 {
		t.Errorf("an address in a reason: %v", err)
	}
	if err := c.SaveCelebration(t.Context(), chooser, d.Month, 0, picks); err != nil {
		t.Fatal(err)
	}
	if err := c.SaveCelebration(t.Context(), chooser, d.Month, 0, picks); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("over another version: %v", err)
	}
	sees := func(who string, want ...string) {
		t.Helper()
		v, err := c.Celebrations(t.Context(), c.people[who], "")
		if err != nil {
			t.Fatal(err)
		}
		home, err := c.Home(t.Context(), c.people[who])
		if err != nil {
			t.Fatal(err)
		}
		for _, got := range [][]backpack.Celebrated{v.Picks, home.Celebrated} {
			var titles []string
			for _, x := range got {
				titles = append(titles, x.Card.Title)
			}
			if strings.Join(titles, ", ") != strings.Join(want, ", ") {
				t.Errorf("%s sees %v, want %v", who, titles, want)
			}
		}
	}
	sees(elsewhere, "Samen gebeld", "Samen gefietst")
	sees(ceder, "Samen gebeld")
	sees(douglas)
	if _, err := c.Celebrations(t.Context(), c.people[douglas], d.Month); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("a month without anything for the reader: %v", err)
	}
	// It goes with its source, and stays to be read in its month.
	c.clock.turn(c.clock.Now().AddDate(0, 2, 0).Truncate(time.Hour))
	if v, err := c.Celebrations(t.Context(), c.people[elsewhere], d.Month); err != nil || len(v.Picks) != 2 {
		t.Errorf("two months later: %+v, %v", v, err)
	}
	if home, err := c.Home(t.Context(), c.people[elsewhere]); err != nil || len(home.Celebrated) != 0 {
		t.Errorf("two months later the first page shows %+v, %v", home.Celebrated, err)
	}
	if _, err := c.PurgeOwn(t.Context(), writer, open.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Withdraw(t.Context(), writer, inside.ID); err != nil {
		t.Fatal(err)
	}
	if v, err := c.Celebrations(t.Context(), c.people[elsewhere], ""); err != nil || len(v.Picks) != 0 {
		t.Errorf("without its sources: %+v, %v", v, err)
	}
}
