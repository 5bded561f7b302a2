// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// roundPaths are the ways in which a text of reflection rounds, of the harvest of
// a meeting and of interim results reaches the store: a part of textPaths.
func (h *house) roundPaths(t *testing.T) map[string]func(number string) error {
	t.Helper()
	ctx := t.Context()
	facilitator, core := h.person(t, "facilitator@voorbeeld.test"), h.person(t, "kernteam@voorbeeld.test")
	named := func(number string) string { return "Nummer " + number }
	paths := map[string]func(number string) error{}
	rounds := 0
	// form is of a round on days that no other has.
	form := func() backpack.RoundInput {
		rounds++
		in, opens := h.reflection(), h.clock.Now().AddDate(0, 0, 90*rounds)
		in.Opens, in.Closes = opens.Format(time.DateOnly), opens.AddDate(0, 0, 14).Format(time.DateOnly)
		return in
	}
	for name, change := range map[string]func(*backpack.RoundInput, string){
		"title":    func(in *backpack.RoundInput, text string) { in.Title = text },
		"text":     func(in *backpack.RoundInput, text string) { in.Text = text },
		"question": func(in *backpack.RoundInput, text string) { in.Questions[0].EN = text },
	} {
		paths["SaveRound "+name] = func(number string) error {
			in := form()
			change(&in, named(number))
			return second(h.SaveRound(ctx, facilitator, "", 0, in))
		}
	}
	for name, change := range map[string]func(*backpack.QuestionSetInput, string){
		"name":     func(in *backpack.QuestionSetInput, text string) { in.NameNL = text },
		"question": func(in *backpack.QuestionSetInput, text string) { in.Questions[0].NL = text },
	} {
		paths["SaveQuestionSet "+name] = func(number string) error {
			in := backpack.QuestionSetInput{NameNL: "Vragen", Questions: []rugzak.RoundQuestion{{NL: "Wat werkte?"}}}
			change(&in, named(number))
			return second(h.SaveQuestionSet(ctx, facilitator, "", 0, in))
		}
	}
	// over is a round that people no longer answer.
	over := func() rugzak.ReflectionRound {
		rounds++
		r := rugzak.ReflectionRound{
			ID: rugzak.NewID(h.clock.Now()), Number: 100 + rounds, Title: fmt.Sprint("Ronde ", rounds), Weeks: 8,
			Opens: "2020-09-01", Closes: "2020-09-14", Questions: []rugzak.RoundQuestion{{NL: "Wat werkte?"}}, InvitedAt: h.clock.Now(),
		}
		_, err := h.store.Update(ctx, func(w rugzak.Writer) error { return w.SaveRound(r, 0) })
		if err != nil {
			t.Fatal(err)
		}
		r.Version = 1
		return r
	}
	paths["SaveOutcome"] = func(number string) error {
		r := over()
		return second(h.SaveOutcome(ctx, core, r.ID, r.Version, backpack.OutcomeInput{Outcome: named(number)}))
	}
	for name, form := range map[string]func(string) rugzak.RoundChange{
		"domain": func(text string) rugzak.RoundChange { return rugzak.RoundChange{Domain: text, Reason: "Reden"} },
		"reason": func(text string) rugzak.RoundChange { return rugzak.RoundChange{Domain: "Domein", Reason: text} },
	} {
		paths["ChooseChange "+name] = func(number string) error {
			in := form(named(number))
			in.Entry = h.share(t, facilitator, simple("Titel", "Tekst", rugzak.LevelInternal)).ID
			return h.ChooseChange(ctx, core, over().ID, in)
		}
	}
	paths["Decide"] = func(number string) error {
		return second(h.Decide(ctx, core, over().ID, backpack.DecisionInput{Text: named(number)}))
	}
	paths["SaveHarvest"] = func(number string) error {
		m, err := h.SaveMeeting(ctx, facilitator, "", 0, h.meeting("", facilitator.Organisation))
		if err != nil {
			t.Fatal(err)
		}
		line := backpack.HarvestLine{ID: h.idFor(facilitator), Kind: rugzak.KindExperience, Title: "Titel", Text: named(number)}
		return second(h.SaveHarvest(ctx, facilitator, m.ID, rugzak.Dutch, []backpack.HarvestLine{line}, true))
	}
	for name, in := range map[string]func(string) backpack.InterimInput{
		"title": func(text string) backpack.InterimInput {
			return backpack.InterimInput{Title: text, Span: rugzak.SpanAll}
		},
		"text": func(text string) backpack.InterimInput {
			return backpack.InterimInput{Title: "Tussenstand", Text: text, Span: rugzak.SpanAll}
		},
	} {
		paths["FreezeInterim "+name] = func(number string) error { return second(h.FreezeInterim(ctx, core, in(named(number)))) }
	}
	return paths
}
