// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// texts joins what stayed or came in the pieces of one field.
func pieces(diffs []backpack.FieldDiff, field string, op rugzak.DiffOp) string {
	var b strings.Builder
	for _, d := range diffs {
		for _, p := range d.Pieces {
			if d.Field == field && p.Op == op {
				b.WriteString(p.Text)
			}
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// What was taken out before an entry was shared wider stays with the readers
// of that time, and nobody can tell from the numbers that there was more.
func TestHistoryBelongsToItsReaders(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer, colleague, partner := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test"), h.person(t, "partner@voorbeeld.test")
	mate := h.join(t, writer.Organisation, writer.Team, rugzak.RoleParticipant)
	e := h.share(t, writer, simple("Titel", "Eerste geheime tekst", rugzak.LevelTeam))
	revise := func(body string, level rugzak.Level, also ...rugzak.OrganisationID) {
		t.Helper()
		in := h.InputOf(e)
		in.Body, in.Audience, in.Confirmed = body, rugzak.Audience{Level: level, Also: also}, also
		saved, err := h.Revise(t.Context(), writer, e.ID, e.Version, in)
		if err != nil {
			t.Fatal(err)
		}
		e = saved.Entry
	}
	revise("Tweede geheime tekst", rugzak.LevelTeam)
	revise("Derde interne tekst", rugzak.LevelInternal)
	revise("Vierde interne tekst", rugzak.LevelInternal)
	revise("Vijfde open tekst", rugzak.LevelInternal, partner.Organisation)

	for _, c := range []struct {
		who    string
		reader rugzak.Person
		bodies []string
	}{
		{"writer", writer, []string{"Eerste geheime", "Tweede geheime", "Derde interne", "Vierde interne", "Vijfde open"}},
		{"team", mate, []string{"Eerste geheime", "Tweede geheime", "Derde interne", "Vierde interne", "Vijfde open"}},
		{"colleague", colleague, []string{"Derde interne", "Vierde interne", "Vijfde open"}},
		{"partner", partner, []string{"Vijfde open"}},
	} {
		list, err := h.History(t.Context(), c.reader, e.ID)
		if err != nil || len(list.Revisions) != len(c.bodies) {
			t.Errorf("%s sees %d revisions, %v", c.who, len(list.Revisions), err)
			continue
		}
		for i, body := range c.bodies {
			number := i + 1
			if line := list.Revisions[len(c.bodies)-number]; line.Number != number || line.Current != (number == len(c.bodies)) {
				t.Errorf("%s: line %+v, want number %d", c.who, line, number)
			}
			v, err := h.Revision(t.Context(), c.reader, e.ID, number)
			if err != nil || !strings.HasPrefix(v.Revision.Entry.Body, body) || !strings.Contains(v.HTML, body) {
				t.Errorf("%s: revision %d is %q, %v", c.who, number, v.Revision.Entry.Body, err)
				continue
			}
			if v.Previous != number-1 || v.Next != (number+1)%(len(c.bodies)+1) {
				t.Errorf("%s: revision %d between %d and %d", c.who, number, v.Previous, v.Next)
			}
			if i == 0 {
				if len(v.Diff) > 0 {
					t.Errorf("%s: the first they see tells of an earlier one: %+v", c.who, v.Diff)
				}
				continue
			}
			if before := strings.Fields(c.bodies[i-1])[0]; pieces(v.Diff, "body", rugzak.DiffTaken) != before && !strings.HasPrefix(pieces(v.Diff, "body", rugzak.DiffTaken), before) {
				t.Errorf("%s: %d took out %q, want %q", c.who, number, pieces(v.Diff, "body", rugzak.DiffTaken), before)
			}
		}
		for _, number := range []int{-1, 0, len(c.bodies) + 1} {
			if _, err := h.Revision(t.Context(), c.reader, e.ID, number); rugzak.CodeOf(err) != rugzak.CodeNotFound {
				t.Errorf("%s: revision %d: %v", c.who, number, err)
			}
		}
	}
}

// Restoring takes back the text only: audience, themes and state stay.
func TestRestore(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer, facilitator := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	theme, err := h.SaveTheme(t.Context(), facilitator, "", 0, backpack.ThemeInput{Title: "Later"})
	if err != nil {
		t.Fatal(err)
	}
	e := h.share(t, writer, simple("Titel een", "Kwartel een", rugzak.LevelInternal))
	in := h.InputOf(e)
	in.Title, in.Body, in.Audience.Level = "Titel twee", "Kwartel twee", rugzak.LevelOrganisation
	if _, err := h.Revise(t.Context(), writer, e.ID, e.Version, in); err != nil {
		t.Fatal(err)
	}
	mate := h.join(t, writer.Organisation, "", rugzak.RoleFacilitator)
	if _, err := h.AddToTheme(t.Context(), mate, e.ID, theme.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Restore(t.Context(), writer, e.ID, 1, e.Version); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("restore over a newer version: %v", err)
	}
	saved, err := h.Restore(t.Context(), writer, e.ID, 1, 2)
	if err != nil {
		t.Fatal(err)
	}
	now, _ := h.stored(t, e.ID)
	if now.Title != "Titel een" || now.Body != "Kwartel een" || now.Audience.Level != rugzak.LevelOrganisation ||
		fmt.Sprint(now.Themes) != fmt.Sprint([]rugzak.ThemeID{theme.ID}) || now.Revision != 3 || now.Version != saved.Entry.Version {
		t.Errorf("restored: %+v", now)
	}
	if titles, total := h.find(t, writer, "kwartel"); total != 1 {
		t.Errorf("found: %v", titles)
	}
	list, err := h.History(t.Context(), writer, e.ID)
	if err != nil || len(list.Revisions) != 3 || list.Revisions[0].Reason != rugzak.ReasonRestored {
		t.Errorf("history: %+v, %v", list.Revisions, err)
	}
	if diff := h.Compare(backpack.Input{Title: "een twee"}, backpack.Input{Title: "een drie"}); len(diff) != 1 ||
		pieces(diff, "title", rugzak.DiffTaken) != "twee" || pieces(diff, "title", rugzak.DiffAdded) != "drie" {
		t.Errorf("difference: %+v", diff)
	}
}
