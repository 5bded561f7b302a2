// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"slices"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// An item goes from the form to done: facilitators write it, and the people of
// the organisations that lead it tell how far it is.
func TestAgendaItemFromBeginToEnd(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	ctx := t.Context()
	writer, partner, facilitator := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "partner@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	in := backpack.AgendaInput{Title: " Samen  aan tafel ", Text: "Elke maand.", Horizon: rugzak.HorizonLater, Organisations: []rugzak.OrganisationID{partner.Organisation}, Key: string(h.NewID())}
	item, err := h.AddAgendaItem(ctx, facilitator, in)
	if err != nil || item.ID != "samen-aan-tafel" || item.Version != 1 {
		t.Fatalf("added: %+v, %v", item, err)
	}
	if again, err := h.AddAgendaItem(ctx, facilitator, in); err != nil || again.ID != item.ID {
		t.Errorf("the same form once more: %+v, %v", again, err)
	}
	in.Key = ""
	if other, err := h.AddAgendaItem(ctx, facilitator, in); err != nil || other.ID != "samen-aan-tafel-2" {
		t.Errorf("another of the same name: %+v, %v", other, err)
	}
	for field, bad := range map[string]backpack.AgendaInput{
		"title":         {Horizon: rugzak.HorizonNow},
		"horizon":       {Title: "Zonder moment"},
		"organisations": {Title: "Van wie?", Horizon: rugzak.HorizonNow, Organisations: []rugzak.OrganisationID{"er-is-geen"}},
		"text":          {Title: "Nummer", Text: "Bel 111222333", Horizon: rugzak.HorizonNow},
	} {
		if _, err := h.AddAgendaItem(ctx, facilitator, bad); fieldOf(err) != field {
			t.Errorf("%s: %v", field, err)
		}
	}

	// Two people change it: the second sees what the first wrote.
	first, second := in, in
	first.Title, second.Title = "Samen aan de keukentafel", "Samen eten"
	if _, err := h.SaveAgendaItem(ctx, facilitator, item.ID, 1, first); err != nil {
		t.Fatal(err)
	}
	if _, err := h.SaveAgendaItem(ctx, facilitator, item.ID, 1, second); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("on top of what was not seen: %v", err)
	}
	if now, err := h.AgendaItem(ctx, partner, item.ID); err != nil || now.Item.Title != first.Title || now.Item.Version != 2 {
		t.Errorf("after two: %+v, %v", now.Item, err)
	}

	// Who leads it tells of it, who does not cannot.
	if err := h.ProgressItem(ctx, writer, item.ID, "Begonnen"); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("somebody of another organisation: %v", err)
	}
	for _, text := range []string{"De eerste  keer was er", "De eerste keer was er", "De tweede ook"} {
		if err := h.ProgressItem(ctx, partner, item.ID, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.ProgressItem(ctx, partner, item.ID, "Bel 06-12345678"); fieldOf(err) != "progress" {
		t.Errorf("a telephone number where others read along: %v", err)
	}
	if err := h.ProgressItem(ctx, partner, item.ID, " "); fieldOf(err) != "progress" {
		t.Errorf("nothing: %v", err)
	}
	v, err := h.AgendaItem(ctx, partner, item.ID)
	if err != nil || len(v.Progress) != 2 || v.Progress[0].Text != "De tweede ook" || v.Progress[0].Name == "" || !v.CanProgress || v.CanEdit {
		t.Errorf("as a partner sees it: %+v, %v", v, err)
	}
	if v.NotJoint || v.Joint {
		t.Errorf("led by one partner only: %+v", v.AgendaLine)
	}

	// Moving and ordering.
	if err := h.MoveItem(ctx, partner, item.ID, rugzak.HorizonNow); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("moved by a partner: %v", err)
	}
	if err := h.MoveItem(ctx, facilitator, item.ID, rugzak.HorizonNow); err != nil {
		t.Fatal(err)
	}
	titles := func() (out []string) {
		lines, err := h.Agenda(ctx, facilitator)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lines {
			if l.Item.Horizon == rugzak.HorizonNow && !l.Item.Done() {
				out = append(out, l.Item.Title)
			}
		}
		return out
	}
	before := titles()
	if last := len(before) - 1; before[last] != first.Title {
		t.Fatalf("moved to %q", before)
	}
	if err := h.OrderItem(ctx, facilitator, item.ID, true); err != nil {
		t.Fatal(err)
	}
	if err := h.OrderItem(ctx, facilitator, item.ID, true); err != nil {
		t.Fatal(err)
	}
	if after := titles(); slices.Index(after, first.Title) != max(len(before)-3, 0) {
		t.Errorf("twice up: %q", after)
	}

	// Done, with what we learned, and taken up again.
	if err := h.FinishItem(ctx, partner, item.ID, true, "Eten helpt"); err != nil {
		t.Fatal(err)
	}
	if v, err := h.AgendaItem(ctx, writer, item.ID); err != nil || !v.Item.Done() || v.Item.Learned != "Eten helpt" {
		t.Errorf("done: %+v, %v", v.Item, err)
	}
	if slices.Contains(titles(), first.Title) {
		t.Error("what is done still stands under now")
	}
	if err := h.FinishItem(ctx, facilitator, item.ID, false, ""); err != nil {
		t.Fatal(err)
	}
	if v, err := h.AgendaItem(ctx, writer, item.ID); err != nil || v.Item.Done() {
		t.Errorf("taken up again: %+v, %v", v.Item, err)
	}
	if err := h.RemoveItem(ctx, facilitator, item.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := h.AgendaItem(ctx, facilitator, item.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("removed: %v", err)
	}
}

// What hangs on an item is shown to who may read it; the others learn nothing,
// not even how much there is.
func TestAgendaLinks(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	ctx := t.Context()
	writer, partner, facilitator := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "partner@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	ask := func(title string, also ...rugzak.OrganisationID) rugzak.EntryID {
		in := simple(title, "Waarom nu?", rugzak.LevelInternal, also...)
		in.Kind = rugzak.KindQuestion
		return h.share(t, writer, in).ID
	}
	hidden, shared := ask("Hoe verdelen we het geld?"), ask("Hoe vinden we elkaar?", partner.Organisation)
	item, err := h.AddAgendaItem(ctx, facilitator, backpack.AgendaInput{Title: "Samen", Horizon: rugzak.HorizonNow, Organisations: []rugzak.OrganisationID{partner.Organisation}})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []rugzak.EntryID{hidden, shared, shared} {
		if err := h.LinkItem(ctx, facilitator, item.ID, id, false); err != nil {
			t.Fatal(err)
		}
	}
	story := h.share(t, writer, simple("Gewoon een ervaring", "Tekst", rugzak.LevelInternal))
	if err := h.LinkItem(ctx, facilitator, item.ID, story.ID, false); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("an experience beneath an item: %v", err)
	}
	if err := h.LinkItem(ctx, partner, item.ID, hidden, true); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("a partner takes away what they cannot see: %v", err)
	}
	for by, want := range map[*rugzak.Person]int{&facilitator: 2, &writer: 2, &partner: 1} {
		v, err := h.AgendaItem(ctx, *by, item.ID)
		if err != nil || len(v.Questions) != want || v.AgendaLine.Questions != want || len(v.Item.Questions) > 0 {
			t.Errorf("%s sees %d questions of %v, %v", by.Name, len(v.Questions), v.Item.Questions, err)
		}
		lines, err := h.Agenda(ctx, *by)
		if i := slices.IndexFunc(lines, func(l backpack.AgendaLine) bool { return l.Item.ID == item.ID }); err != nil || lines[i].Questions != want {
			t.Errorf("%s counts %d, %v", by.Name, lines[i].Questions, err)
		}
	}
	if on, err := h.AgendaOfEntry(ctx, partner, shared); err != nil || len(on) != 1 || on[0].ID != item.ID {
		t.Errorf("where a question hangs: %+v, %v", on, err)
	}
	if _, err := h.AgendaOfEntry(ctx, partner, hidden); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("where a hidden question hangs: %v", err)
	}
	h.caughtUp(t)
	found, err := h.AgendaCandidates(ctx, facilitator, item.ID, rugzak.KindQuestion, "")
	if err != nil || slices.ContainsFunc(found.Cards, func(c backpack.Card) bool {
		return c.ID == hidden || c.ID == shared || c.Kind != rugzak.KindQuestion
	}) {
		t.Errorf("what is offered: %+v, %v", found.Cards, err)
	}
	// Who joins in is told, once a day, and the title stays out for an item that is gone.
	if err := h.Join(ctx, writer, rugzak.AgendaSubject(item.ID), backpack.JoinInput{Way: rugzak.WayFollow}); err != nil {
		t.Fatal(err)
	}
	told := func() int {
		page, err := h.Notices(ctx, writer)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, l := range page.Lines {
			if l.Notice.Kind == rugzak.NoticeAgendaMoved {
				if n++; l.Title != item.Title || l.Agenda != item.ID {
					t.Errorf("told of %+v", l)
				}
			}
		}
		return n
	}
	for range 2 {
		if err := h.ProgressItem(ctx, partner, item.ID, "Het loopt "+string(h.NewID())); err != nil {
			t.Fatal(err)
		}
	}
	if told() != 1 {
		t.Errorf("told %d times", told())
	}
	if err := h.RemoveItem(ctx, facilitator, item.ID); err != nil {
		t.Fatal(err)
	}
	if told() != 0 {
		t.Error("still told of an item that is gone")
	}
}
