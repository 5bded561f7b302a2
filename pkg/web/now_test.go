// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Two people have the same form: whoever saves second sees what the first saved
// beside what they typed, and only then replaces it.
func TestSecondToSaveSeesBothTexts(t *testing.T) {
	now := time.Date(2026, time.November, 23, 10, 0, 0, 0, time.UTC)
	s := newSite(t, func(c *Config) { c.Clock = rugzak.ClockFunc(func() time.Time { return now }) })
	s.movement()
	ctx := s.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	set, err := s.Service.SaveQuestionSet(ctx, s.people[facilitator], "", 0, backpack.QuestionSetInput{NameNL: "Vast", Questions: []rugzak.RoundQuestion{{NL: "Wat werkte?"}}})
	must(err)
	theme := s.theme("Samen bellen")
	letter, err := s.Service.SaveLetter(ctx, s.people[facilitator], theme.ID, "", 0, backpack.LetterInput{Lead: "Zo begon het."}, false)
	must(err)
	win := s.write(participant, func(in *backpack.Input) {
		in.Kind, in.Title, in.With = rugzak.KindSuccess, "Samen gelukt", []rugzak.OrganisationID{s.orgs["welzijn"].ID}
	})
	for name, form := range map[string]struct {
		who, path, field string
		more             []string
	}{
		"outcome":     {coreteam, at(pathRoundOutcome, s.round), "outcome", nil},
		"round":       {facilitator, at(pathRoundEdit, s.round), "text", nil},
		"questions":   {facilitator, at(pathQuestionSet, string(set.ID)), "questions", nil},
		"letter":      {facilitator, at(pathLetterEdit, string(theme.ID), letter.ID), "lead", nil},
		"celebration": {coreteam, pathCelebrateDesk, "reason_1", []string{"entry_1", string(win.ID)}},
		"idea":        {coreteam, at(pathIdeaEdit, s.start("Meelopen")), "step", nil},
	} {
		t.Run(name, func(t *testing.T) {
			const first, second = "Wij bellen voortaan zelf.", "Wij gaan voortaan langs."
			selector := `main form[action="` + form.path + `"]`
			holds := func(page *answer, want string) *answer {
				t.Helper()
				if got := formValues(page.find(selector).First()).Get(form.field); got != want {
					t.Errorf("%s holds %q, want %q", form.field, got, want)
				}
				return page
			}
			who := s.as(form.who)
			mine, theirs := who.get(form.path).want(http.StatusOK), who.get(form.path)
			mine.submit(selector, append(form.more, form.field, first)...).want(http.StatusSeeOther)
			both := theirs.submit(selector, append(form.more, form.field, second)...).want(http.StatusConflict).shows(first)
			holds(both, second).submit(selector, form.more...).want(http.StatusSeeOther)
			holds(who.get(form.path).want(http.StatusOK).hides(first), second)
		})
	}
}
