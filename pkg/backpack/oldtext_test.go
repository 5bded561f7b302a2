// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// cleanAndShare lets the author of an entry take its text out and then let the
// partner in.
func (c *cast) cleanAndShare(t *testing.T, id rugzak.EntryID, clean func(*backpack.Input)) {
	t.Helper()
	writer := c.people[author]
	e, _ := c.stored(t, id)
	in := c.InputOf(e)
	clean(&in)
	if _, err := c.Revise(t.Context(), writer, id, e.Version, in); err != nil {
		t.Fatal(err)
	}
	e, _ = c.stored(t, id)
	wider := rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{c.partner}}
	if _, err := c.ChangeAudience(t.Context(), writer, id, e.Version, wider, c.partner); err != nil {
		t.Fatal(err)
	}
}

// A story shows what was taken out before the entry was shared wider to nobody
// but its readers of that time; what it says still is for everybody.
func TestInterimKeepsWhatWasTakenOut(t *testing.T) {
	t.Parallel()
	for name, clean := range map[string]func(*backpack.Input){
		"the title":  func(in *backpack.Input) { in.Title = "Schoon" },
		"the lesson": func(in *backpack.Input) { in.Lesson = "Schoon en kort." },
		"the body":   func(in *backpack.Input) { in.Body = "Schoon." },
	} {
		c := newCast(t)
		in := simple("De heggenmus", "Wij belden.", rugzak.LevelInternal)
		in.Lesson = "Het geheim van de wethouder."
		e := c.share(t, c.people[author], in)
		c.follows(t)
		made, err := c.FreezeInterim(t.Context(), c.people["coreteam"], backpack.InterimInput{
			Title: "Eerste", Text: "We begonnen.", Span: rugzak.SpanAll, Key: rugzak.NewID(c.clock.Now()),
			Stories: map[rugzak.Rung]rugzak.EntryID{rugzak.RungTogether: e.ID},
		})
		if err != nil {
			t.Fatal(err)
		}
		c.cleanAndShare(t, e.ID, clean)
		for who, want := range map[string]bool{elsewhere: true, author: true, ceder: name == "the body"} {
			v, err := c.Interim(t.Context(), c.people[who], made.ID)
			if err != nil {
				t.Fatal(err)
			}
			if s, ok := v.Shown[rugzak.RungTogether]; ok != want || ok && s.Text != in.Lesson {
				t.Errorf("after %s was changed %s sees %v %+v", name, who, ok, s)
			}
		}
	}
}
