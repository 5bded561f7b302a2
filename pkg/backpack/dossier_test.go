// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// A dossier holds what the whole municipality may read; on request also what
// only its maker may. What a maker may not read is never in it, and nothing says
// who wrote what.
func TestDossierHasTheRightsOfItsMaker(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer, facilitator, maker := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test"), h.person(t, "kernteam@voorbeeld.test")
	mine := simple("Alleen ons team", "Dit zeggen we hier.", rugzak.LevelTeam)
	theirs := simple("Alleen hun team", "Dit zeggen we daar.", rugzak.LevelTeam)
	open := simple("Voor de hele gemeente", "Dit mag iedereen weten.", rugzak.LevelInternal)
	open.Mode = rugzak.Anonymous
	for _, in := range []*backpack.Input{&mine, &theirs, &open} {
		in.Kind, in.Lesson = rugzak.KindInsight, "Bel eerst."
	}
	own, other, shared := h.share(t, maker, mine), h.share(t, writer, theirs), h.share(t, facilitator, open)
	draft := simple("Concept", "Nog niet klaar.", rugzak.LevelTeam)
	draft.Kind = rugzak.KindInsight
	if _, err := h.SaveDraft(t.Context(), maker, h.idFor(maker), 0, draft); err != nil {
		t.Fatal(err)
	}
	if err := h.ShipTerms(t.Context(), shippedTerms(t)); err != nil {
		t.Fatal(err)
	}
	h.follows(t)
	if _, err := h.FreezeInterim(t.Context(), maker, backpack.InterimInput{
		Title: "Eerste", Text: "We begonnen.", Span: rugzak.SpanAll, Key: rugzak.NewID(h.clock.Now()), Stories: map[rugzak.Rung]rugzak.EntryID{rugzak.RungUseful: shared.ID},
	}); err != nil {
		t.Fatal(err)
	}
	make := func(wish backpack.DossierWish) (*dossierBox, []rugzak.EntryID) {
		t.Helper()
		box := &dossierBox{}
		done := 0
		wish.Progress = func(n, total int) {
			if done++; n != done || n > total {
				t.Errorf("progress %d of %d after %d", n, total, done)
			}
		}
		if err := h.Dossier(t.Context(), maker, wish, box); err != nil {
			t.Fatal(err)
		}
		if done != len(box.Head.Refs) {
			t.Errorf("told of %d of %d texts", done, len(box.Head.Refs))
		}
		var ids []rugzak.EntryID
		for _, ref := range box.Head.Refs {
			ids = append(ids, ref.Entry)
		}
		return box, ids
	}
	box, ids := make(backpack.DossierWish{})
	if !slices.Contains(ids, shared.ID) || slices.Contains(ids, own.ID) || slices.Contains(ids, other.ID) {
		t.Errorf("the usual dossier: shared %v, own team %v, other team %v", slices.Contains(ids, shared.ID), slices.Contains(ids, own.ID), slices.Contains(ids, other.ID))
	}
	for _, e := range box.Entries {
		if e == nil || len(e.Entry.Authors) > 0 || e.Entry.State == rugzak.StateDraft || !e.Municipality {
			t.Errorf("a text of the dossier: %+v", e)
		}
	}
	if len(box.All.Themes) != 6 || len(box.All.Questions) < 3 || len(box.All.Agenda) != 6 || len(box.All.Methods) != 8 || len(box.All.Drives) == 0 || box.All.Purpose.HTML == "" {
		t.Errorf("parts: %d themes, %d questions, %d items, %d methods", len(box.All.Themes), len(box.All.Questions), len(box.All.Agenda), len(box.All.Methods))
	}
	for _, theme := range box.All.Themes {
		if len(theme.Answers) == 0 || theme.Answers[0].Text.HTML == "" || len(theme.Rest)+len(theme.Pins) == 0 {
			t.Errorf("theme %s has no thread or no entries", theme.Theme.ID)
		}
	}
	if len(box.All.Interims) != 1 || len(box.All.Interims[0].Figures) != 5 || len(box.All.Interims[0].Result.Figures) != 0 || len(box.All.Terms) < 20 || len(box.All.Rounds) == 0 || len(box.All.Meetings) == 0 {
		t.Errorf("parts: %d interim results, %d words, %d rounds, %d meetings", len(box.All.Interims), len(box.All.Terms), len(box.All.Rounds), len(box.All.Meetings))
	}
	quoted := func() (texts []string) {
		for _, story := range box.All.Interims[0].Result.Stories {
			texts = append(texts, story.Text)
			if len(story.Readers) > 0 {
				t.Error("an interim result says who reads its story")
			}
		}
		return texts
	}
	if got := quoted(); len(got) != 1 || got[0] != "Bel eerst." {
		t.Errorf("the interim result quotes %q", got)
	}
	for _, o := range box.All.Organisations {
		if slices.ContainsFunc(o.Teams, func(t rugzak.Team) bool { return t.Need.Empty() }) {
			t.Errorf("%s: a team that says nothing is told", o.Name)
		}
	}
	_, ids = make(backpack.DossierWish{Narrow: true})
	if !slices.Contains(ids, own.ID) || slices.Contains(ids, other.ID) {
		t.Errorf("the narrow dossier: own team %v, other team %v", slices.Contains(ids, own.ID), slices.Contains(ids, other.ID))
	}
	if _, err := h.Withdraw(t.Context(), facilitator, shared.ID); err != nil {
		t.Fatal(err)
	}
	if box, _ = make(backpack.DossierWish{Narrow: true}); len(quoted()) != 0 {
		t.Errorf("the interim result still quotes %q", quoted())
	}
	for _, p := range []rugzak.Person{writer, facilitator, h.person(t, "beheerder@voorbeeld.test"), h.person(t, "partner@voorbeeld.test"), backpack.Operator()} {
		if err := h.Dossier(t.Context(), p, backpack.DossierWish{}, &dossierBox{}); rugzak.CodeOf(err) != rugzak.CodeForbidden {
			t.Errorf("%s made a dossier: %v", p.Email, err)
		}
	}
}

// vanishing is a dossier of which a text goes out of sight while it is made.
type vanishing struct {
	dossierBox
	gone func()
}

func (v *vanishing) Begin(head rugzak.DossierHead) error {
	v.gone()
	return v.dossierBox.Begin(head)
}

// A text that is withdrawn while a dossier is made is not in it any more.
func TestDossierReadsWithTheRightsOfTheMoment(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	maker := h.person(t, "kernteam@voorbeeld.test")
	in := simple("Straks weg", "Dit gaat zo terug.", rugzak.LevelInternal)
	in.Kind = rugzak.KindInsight
	e := h.share(t, maker, in)
	box := &vanishing{gone: func() {
		if _, err := h.Withdraw(t.Context(), maker, e.ID); err != nil {
			t.Fatal(err)
		}
	}}
	if err := h.Dossier(t.Context(), maker, backpack.DossierWish{Narrow: true}, box); err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(box.Head.Refs, func(r rugzak.DossierRef) bool { return r.Entry == e.ID })
	if i < 0 || box.Entries[i] != nil || slices.Contains(box.All.Insights, e.ID) {
		t.Errorf("at %d, insights %v", i, box.All.Insights)
	}
}

// The usual dossier repeats nothing of what not all departments may read, though
// its maker may, and nothing that was reported.
func TestDossierTellsNothingOfWhatIsNarrow(t *testing.T) {
	c := newCast(t)
	ctx, core := t.Context(), c.people["coreteam"]
	r := c.openRound(t)
	src := c.answer(t, "coreteam", r.ID, "Onze bron.", false, rugzak.LevelInternal)
	c.clock.turn(c.clock.Now().AddDate(0, 0, 15))
	v := c.seesRound(t, "coreteam", r.ID)
	outcome := backpack.OutcomeInput{Outcome: "Wij bellen, zie [dit](/ervaringen/" + string(src.ID) + ").", Publish: true}
	if _, err := c.SaveOutcome(ctx, core, r.ID, v.Version, outcome); err != nil {
		t.Fatal(err)
	}
	th := c.curate(t, core, backpack.ThemeInput{Title: "Gemeld", Summary: "Over Jan."})
	c.thread(t, core, th.ID, backpack.ThreadInput{Intro: "Ook over Jan."})
	meet := func(title string, to ...rugzak.OrganisationID) {
		t.Helper()
		in := backpack.MeetingInput{Title: title, Day: c.clock.Now().AddDate(0, 0, 9).Format(time.DateOnly), Start: "14:00", End: "15:00", Place: "Kelder", Organisations: to}
		if _, err := c.SaveMeeting(ctx, core, "", 0, in); err != nil {
			t.Fatal(err)
		}
	}
	meet("Voor Ahorn", core.Organisation)
	meet("Voor allen", rugzak.WholeMunicipality)
	type told struct {
		outcomes, threads int
		meetings          []string
	}
	tells := func(wish backpack.DossierWish) (out told) {
		t.Helper()
		box := &dossierBox{}
		if err := c.Dossier(ctx, core, wish, box); err != nil {
			t.Fatal(err)
		}
		for _, r := range box.All.Rounds {
			if r.Outcome.Markdown != "" {
				out.outcomes++
			}
		}
		for _, x := range box.All.Themes {
			if x.Thread.Markdown != "" || x.Theme.Summary != "" {
				out.threads++
			}
		}
		for _, m := range box.All.Meetings {
			out.meetings = append(out.meetings, m.Meeting.Title)
		}
		slices.Sort(out.meetings)
		return out
	}
	check := func(when string, wish backpack.DossierWish, want told) {
		t.Helper()
		if got := tells(wish); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", when, got, want)
		}
	}
	narrow := backpack.DossierWish{Narrow: true}
	check("usual", backpack.DossierWish{}, told{1, 1, []string{"Voor allen"}})
	check("narrow", narrow, told{1, 1, []string{"Voor Ahorn", "Voor allen"}})
	src, _ = c.stored(t, src.ID)
	if _, err := c.ChangeAudience(ctx, core, src.ID, src.Version, rugzak.Audience{Level: rugzak.LevelOrganisation}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.ReportTheme(ctx, c.people[elsewhere], th.ID, ""); err != nil {
		t.Fatal(err)
	}
	check("usual, after", backpack.DossierWish{}, told{0, 0, []string{"Voor allen"}})
	check("narrow, after", narrow, told{1, 0, []string{"Voor Ahorn", "Voor allen"}})
}
