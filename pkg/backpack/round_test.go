// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// openRound plans a round that opens today.
func (c *cast) openRound(t *testing.T) rugzak.ReflectionRound {
	t.Helper()
	r, err := c.SaveRound(t.Context(), c.people["facilitator"], "", 0, c.reflection())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// answer answers a round for some readers.
func (c *cast) answer(t *testing.T, name, round, text string, show bool, level rugzak.Level, also ...rugzak.OrganisationID) rugzak.Entry {
	t.Helper()
	in := simple("Antwoord", text, level, also...)
	in.Occasion, in.ShowTaking, in.Confirmed = rugzak.RoundOccasion(round), show, also
	return c.share(t, c.people[name], in)
}

func (c *cast) seesRound(t *testing.T, name, id string) backpack.RoundView {
	t.Helper()
	v, err := c.Service.Round(t.Context(), c.people[name], id)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return v
}

func namesOf(all []rugzak.Organisation) (out []string) {
	for _, o := range all {
		out = append(out, o.Name)
	}
	return out
}

// A whole round with a partner: everybody is invited, answers are entries with
// readers of their own, organisations are shown as taking part when they let it,
// and the outcome is read by who may read its sources.
func TestRoundWithPartner(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx := t.Context()
	r := c.openRound(t)
	for _, name := range []string{author, elsewhere, ceder, douglas} {
		if page, err := c.Notices(ctx, c.people[name]); err != nil || len(page.Lines) != 1 || page.Lines[0].Round != r.ID || page.Lines[0].Args[0] != 1 {
			t.Errorf("%s is told %+v, %v", name, page, err)
		}
		if home, err := c.Home(ctx, c.people[name]); err != nil || home.Round == nil || home.Round.ID != r.ID {
			t.Errorf("on the first page of %s: %+v, %v", name, home.Round, err)
		}
	}
	c.answer(t, author, r.ID, "Alleen voor ons team.", false, rugzak.LevelTeam)
	shared := c.answer(t, elsewhere, r.ID, "Voor iedereen.", true, rugzak.LevelInternal, c.partner)
	partners := c.answer(t, ceder, r.ID, "Wij deden mee.", true, rugzak.LevelOrganisation, rugzak.WholeMunicipality)

	if v := c.seesRound(t, teammate, r.ID); len(v.Answers) != 3 || !v.CanAnswer {
		t.Errorf("a teammate reads %d answers", len(v.Answers))
	}
	if v := c.seesRound(t, ceder, r.ID); len(v.Answers) != 2 || !slices.Equal(namesOf(v.Missing), []string{"Ahorn"}) || !slices.Equal(namesOf(v.Taking), []string{"Berk", "Ceder"}) {
		t.Errorf("the partner sees %d answers, taking %v, missing %v", len(v.Answers), namesOf(v.Taking), namesOf(v.Missing))
	}
	v := c.seesRound(t, "coreteam", r.ID)
	if len(v.Answers) != 2 || !slices.Equal(namesOf(v.Taking), []string{"Berk", "Ceder"}) || !slices.Equal(namesOf(v.Missing), []string{"Ahorn", "Douglas"}) {
		t.Errorf("the core team sees %d answers, taking %v, missing %v", len(v.Answers), namesOf(v.Taking), namesOf(v.Missing))
	}

	core := c.people["coreteam"]
	outcome := "Wij spreken een dag af, zoals in [dit antwoord](/ervaringen/" + string(partners.ID) + ")."
	_, err := c.SaveOutcome(ctx, core, r.ID, v.Version, backpack.OutcomeInput{Outcome: outcome, Also: []rugzak.OrganisationID{c.partner}, Publish: true})
	wantField(t, "outcome of an open round", err, "outcome")
	c.clock.turn(c.clock.Now().AddDate(0, 0, 15))
	_, err = c.SaveOutcome(ctx, core, r.ID, v.Version, backpack.OutcomeInput{
		Outcome: outcome, Also: []rugzak.OrganisationID{c.partner, c.people[douglas].Organisation}, Publish: true,
	})
	wantField(t, "outcome wider than its source", err, "outcome")
	saved, err := c.SaveOutcome(ctx, core, r.ID, v.Version, backpack.OutcomeInput{Outcome: outcome, Also: []rugzak.OrganisationID{c.partner}, Publish: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.ChooseChange(ctx, core, r.ID, rugzak.RoundChange{Domain: "Contact", Entry: shared.ID}); fieldsIn(err) != "reason" {
		t.Errorf("a change without reason: %v", err)
	}
	if err := c.ChooseChange(ctx, core, r.ID, rugzak.RoundChange{Domain: "Contact", Entry: shared.ID, Reason: "Dit hoorden we het vaakst."}); err != nil {
		t.Fatal(err)
	}
	in := backpack.DecisionInput{Text: "Elke week een vast belmoment", Goal: rugzak.DecisionAgenda, Horizon: rugzak.HorizonNow,
		Organisations: []rugzak.OrganisationID{core.Organisation, c.partner}, Key: string(c.idFor(core))}
	for range 2 {
		if _, err := c.Decide(ctx, core, r.ID, in); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]struct {
		outcome          bool
		changes, decided int
	}{
		author: {true, 1, 1}, ceder: {true, 1, 1}, douglas: {false, 0, 0}, "coreteam": {true, 1, 1},
	} {
		v := c.seesRound(t, name, r.ID)
		if strings.Contains(v.HTML, "spreken een dag af") != want.outcome || len(v.Changes) != want.changes || len(v.Decisions) != want.decided {
			t.Errorf("%s reads %q, %d changes and %d decisions", name, v.HTML, len(v.Changes), len(v.Decisions))
		}
	}
	lines, err := c.Agenda(ctx, c.people[ceder])
	if err != nil || len(lines) != 1 || lines[0].Item.Occasion != rugzak.RoundOccasion(r.ID) || !lines[0].Joint {
		t.Errorf("the agenda holds %+v, %v", lines, err)
	}
	told := func(name string) (out bool) {
		page, err := c.Notices(ctx, c.people[name])
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(page.Lines, func(l backpack.NoticeLine) bool { return l.Notice.Kind == rugzak.NoticeRoundOutcome })
	}
	if !told(author) || !told(ceder) || told(douglas) || told("coreteam") {
		t.Error("the outcome is told to the wrong people")
	}
	// The source is narrowed: its readers lose the outcome at once, and the
	// notice of it with it.
	narrowed := c.people[ceder]
	if _, err := c.ChangeAudience(ctx, narrowed, partners.ID, partners.Version, rugzak.Audience{Level: rugzak.LevelOrganisation}); err != nil {
		t.Fatal(err)
	}
	if v := c.seesRound(t, author, r.ID); v.HTML != "" || told(author) {
		t.Errorf("who may no longer read the source reads %q", v.HTML)
	}
	if v := c.seesRound(t, "coreteam", r.ID); !v.OutcomeHidden || v.HTML != "" {
		t.Errorf("the core team reads %q, hidden %v", v.HTML, v.OutcomeHidden)
	}
	if v := c.seesRound(t, ceder, r.ID); v.HTML == "" {
		t.Error("who may read the source no longer reads the outcome")
	}
	if _, err := c.SaveOutcome(ctx, core, r.ID, saved.Version, backpack.OutcomeInput{Outcome: "Ander"}); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("a save from an older version: %v", err)
	}
}

// Who answers without name is in no record of the round.
func TestRoundAnswerWithoutName(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	r := c.openRound(t)
	in := simple("Antwoord", "Zonder naam.", rugzak.LevelInternal)
	in.Mode, in.Occasion, in.ShowTaking = rugzak.Anonymous, rugzak.RoundOccasion(r.ID), true
	e := c.share(t, c.people[author], in)
	if e.Occasion != in.Occasion {
		t.Errorf("the answer came of %q", e.Occasion)
	}
	me := c.people[author]
	for _, name := range []string{teammate, "coreteam", "administrator"} {
		shown, _ := json.Marshal(c.seesRound(t, name, r.ID))
		if strings.Contains(string(shown), string(me.ID)) || strings.Contains(string(shown), me.Name) {
			t.Errorf("the round tells %s who answered: %s", name, shown)
		}
	}
	err := c.store.View(t.Context(), func(r rugzak.Reader) error {
		all, err := r.Rounds()
		stored, _ := json.Marshal(all)
		if strings.Contains(string(stored), string(me.ID)) {
			t.Errorf("the stored round tells who answered: %s", stored)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	changes, err := c.store.Changes(t.Context(), "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range changes {
		if change.Verb == rugzak.VerbEntryShared && change.Actor == "person:"+string(me.ID) {
			t.Errorf("the log tells who answered: %+v", change)
		}
	}
}

// Without the tick an organisation that answered is not shown as taking part,
// and answering after the last day is refused; a draft begun in time is not.
func TestRoundTakingAndTime(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx := t.Context()
	r := c.openRound(t)
	c.answer(t, author, r.ID, "Een antwoord.", false, rugzak.LevelInternal)
	if v := c.seesRound(t, "coreteam", r.ID); len(v.Taking) != 0 || len(v.Answers) != 1 {
		t.Errorf("taking part are %v, with %d answers", namesOf(v.Taking), len(v.Answers))
	}
	late := simple("Later", "Tekst.", rugzak.LevelInternal)
	late.Occasion, late.ShowTaking = rugzak.RoundOccasion(r.ID), true
	me, id := c.people[elsewhere], c.idFor(c.people[elsewhere])
	draft, err := c.SaveDraft(ctx, me, id, 0, late)
	if err != nil {
		t.Fatal(err)
	}
	if v := c.seesRound(t, elsewhere, r.ID); len(v.Drafts) != 1 || len(v.Answers) != 1 || len(v.Taking) != 0 {
		t.Errorf("their page has %d drafts and %d answers, taking part %v", len(v.Drafts), len(v.Answers), namesOf(v.Taking))
	}
	if v := c.seesRound(t, "coreteam", r.ID); len(v.Drafts) != 0 {
		t.Error("a draft is shown to others")
	}
	c.clock.turn(c.clock.Now().AddDate(0, 0, 15))
	if _, err := c.Share(ctx, me, id, draft.Entry.Version, late); err != nil {
		t.Errorf("a draft of before the last day: %v", err)
	}
	_, err = c.Share(ctx, me, c.idFor(me), 0, late)
	wantField(t, "an answer after the last day", err, "occasion")
	for _, of := range []rugzak.Subject{rugzak.RoundOccasion(string(c.NewID())), rugzak.MeetingOccasion(string(c.NewID())), "entry:x"} {
		in := late
		in.Occasion = of
		_, err = c.Share(ctx, me, c.idFor(me), 0, in)
		wantField(t, "an answer to "+string(of), err, "occasion")
	}
}

// The next round plans itself once, and everybody is invited once.
func TestRoundsTurn(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx := t.Context()
	c.openRound(t)
	set, err := c.SaveQuestionSet(ctx, c.people["facilitator"], "", 0, backpack.QuestionSetInput{NameNL: "Vaste vragen", Questions: []rugzak.RoundQuestion{{NL: "Wat werkte?"}}})
	if err != nil {
		t.Fatal(err)
	}
	rounds := func() []backpack.RoundLine {
		t.Helper()
		all, err := c.Rounds(ctx, c.people[author])
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	day := func(days int) {
		t.Helper()
		c.clock.turn(c.clock.Now().AddDate(0, 0, days))
		for range 2 {
			if err := c.Daily(ctx); err != nil {
				t.Fatal(err)
			}
		}
	}
	day(1)
	all := rounds()
	if len(all) != 2 || all[1].Number != 2 || all[1].State != rugzak.RoundPlanned || all[1].Opens.Sub(all[0].Opens) != 8*7*24*time.Hour {
		t.Fatalf("after the first round come %+v", all)
	}
	v := c.seesRound(t, "facilitator", all[1].ID)
	change := backpack.RoundInput{Opens: v.Opens.Format(time.DateOnly), Closes: v.Closes.Format(time.DateOnly), Weeks: 8, Set: set.ID, Questions: set.Questions}
	if _, err := c.SaveRound(ctx, c.people["facilitator"], v.ID, v.Version, change); err != nil {
		t.Fatal(err)
	}
	day(56)
	if all = rounds(); len(all) != 3 || all[1].State != rugzak.RoundOpen {
		t.Fatalf("after the second round come %+v", all)
	}
	if v := c.seesRound(t, author, all[2].ID); len(v.Questions) != 1 || v.Questions[0].NL != "Wat werkte?" {
		t.Errorf("the third round asks %v", v.Questions)
	}
	page, err := c.Notices(ctx, c.people[ceder])
	if err != nil || len(page.Lines) != 2 {
		t.Errorf("a partner is told %d times, %v", len(page.Lines), err)
	}
	if err := c.RemoveRound(ctx, c.people["facilitator"], all[1].ID); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("a round that runs is removed: %v", err)
	}
	told := len(c.changes(t))
	if err := c.RemoveRound(ctx, c.people["facilitator"], all[2].ID); err != nil {
		t.Fatal(err)
	}
	var verbs []rugzak.Verb
	for _, change := range c.changes(t)[told:] {
		verbs = append(verbs, change.Verb)
	}
	if want := []rugzak.Verb{rugzak.VerbRoundRemoved, rugzak.VerbRoundSaved}; !slices.Equal(verbs, want) { // followers see it go, and the last one stop
		t.Errorf("taking a round back wrote %v, want %v", verbs, want)
	}
	if day(1); len(rounds()) != 2 {
		t.Error("a round that was taken back is planned anew")
	}
}

// A plan of before rounds were records becomes a round, once.
func TestRoundPlanIsAdopted(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	plan := rugzak.RoundPlan{ID: "vast", Title: "Waar bewogen we?", Weeks: 8, Start: "2026-10-05", Questions: []string{"Wat werkte?"}}
	_, err := c.store.Update(t.Context(), func(w rugzak.Writer) error {
		m, err := w.Movement()
		m.Rounds = []rugzak.RoundPlan{plan}
		if err != nil {
			return err
		}
		return w.SaveMovement(m)
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := c.Daily(t.Context()); err != nil {
			t.Fatal(err)
		}
		c.clock.turn(c.clock.Now().AddDate(0, 0, 1))
	}
	all, err := c.Rounds(t.Context(), c.people[author])
	if err != nil || len(all) != 2 || all[0].Title != plan.Title || all[0].State != rugzak.RoundClosed || all[1].Opens.Format(time.DateOnly) != "2026-11-30" {
		t.Errorf("the rounds are %+v, %v", all, err)
	}
	if m, err := c.Movement(t.Context(), c.people[author]); err != nil || len(m.Rounds) != 0 {
		t.Errorf("the plan stays: %+v, %v", m.Rounds, err)
	}
}

// A round is changed while it can be: two rounds are never open at once, and
// what people answer stays as it was asked.
func TestSaveRound(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, by := t.Context(), c.people["facilitator"]
	r := c.openRound(t)
	_, err := c.SaveRound(ctx, by, "", 0, c.reflection())
	wantField(t, "a second round on the same days", err, "opens")
	in := c.reflection()
	in.Questions, in.Closes = []rugzak.RoundQuestion{{NL: "Iets anders?"}}, c.clock.Now().AddDate(0, 0, 20).Format(time.DateOnly)
	v := c.seesRound(t, author, r.ID)
	changed, err := c.SaveRound(ctx, by, r.ID, v.Version, in)
	if err != nil || len(changed.Questions) != 2 || changed.Closes != in.Closes {
		t.Errorf("an open round became %+v, %v", changed, err)
	}
	in.Closes = c.clock.Now().AddDate(0, 0, -1).Format(time.DateOnly)
	_, err = c.SaveRound(ctx, by, r.ID, changed.Version, in)
	wantField(t, "a last day before the first", err, "closes")
	c.clock.turn(c.clock.Now().AddDate(0, 0, 30))
	if _, err = c.SaveRound(ctx, by, r.ID, changed.Version, in); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("a round that is over is changed: %v", err)
	}
	key := string(c.idFor(by))
	next := c.reflection()
	next.Key = key
	once, err := c.SaveRound(ctx, by, "", 0, next)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := c.SaveRound(ctx, by, "", 0, next); err != nil || again.ID != once.ID {
		t.Errorf("the same form made %q and %q, %v", once.ID, again.ID, err)
	}
}

// fieldsIn are the fields an error is about.
func fieldsIn(err error) string {
	e, ok := errors.AsType[*rugzak.Error](err)
	if !ok {
		return ""
	}
	var out []string
	for _, f := range e.Fields {
		if !slices.Contains(out, f.Field) {
			out = append(out, f.Field)
		}
	}
	return strings.Join(out, " ")
}

func wantField(t *testing.T, what string, err error, field string) {
	t.Helper()
	if got := fieldsIn(err); got != field {
		t.Errorf("%s: refused are %q, want %q: %v", what, got, field, err)
	}
}
