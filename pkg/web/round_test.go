// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// today is a day so many days from now.
func (s *site) today(days int) string {
	return rugzak.Today(s.Service.Clock.Now().AddDate(0, 0, days))
}

// openRound stores a round that opened three days ago.
func (s *site) openRound(questions ...string) string {
	s.Helper()
	r := rugzak.ReflectionRound{ID: rugzak.NewID(s.Service.Clock.Now()), Number: 1, Title: "Herfst", Opens: s.today(-3), Closes: s.today(3)}
	for _, q := range questions {
		r.Questions = append(r.Questions, rugzak.RoundQuestion{NL: q})
	}
	if _, err := s.Store.Update(s.Context(), func(w rugzak.Writer) error { return w.SaveRound(r, 0) }); err != nil {
		s.Fatal(err)
	}
	return r.ID
}

// The page of the outcome is one form: whichever button is pressed, what was
// typed in the other parts stays, when it succeeds and when it fails.
func TestOutcomeKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	round := s.openRound("Wat werkte?")
	e := s.share(participant, "De deur", "Wij belden aan.", rugzak.LevelInternal)
	core, page := s.as(coreteam), at(pathRoundOutcome, round)
	keeps := func(a *answer, outcome, reason, decision string) *answer {
		t.Helper()
		for name, want := range map[string]string{"outcome": outcome, "reason": reason} {
			if got := strings.TrimSpace(a.text("textarea[name=" + name + "]")); got != want {
				t.Errorf("%s holds %q, want %q", name, got, want)
			}
		}
		if got := a.find("input[name=decision]").AttrOr("value", ""); got != decision {
			t.Errorf("decision holds %q, want %q", got, decision)
		}
		return a
	}
	send := func(path string, status int, more ...string) *answer {
		t.Helper()
		now := core.get(page)
		form := append([]string{"base", now.find("input[name=base]").AttrOr("value", ""), "key", now.find("input[name=key]").AttrOr("value", ""), "goal", "none", "horizon", "now"}, more...)
		return core.post(path, form...).want(status)
	}
	const outcome, reason, decision = "Wij zagen een deur.", "Omdat de deur openging", "Eerst aanbellen"

	// Refused: everything stays.
	keeps(send(at(pathRoundDecide, round), http.StatusUnprocessableEntity, "outcome", outcome, "reason", reason), outcome, reason, "")
	keeps(send(at(pathRoundChange, round), http.StatusUnprocessableEntity, "outcome", outcome, "reason", reason, "decision", decision), outcome, reason, decision)
	keeps(send(page, http.StatusUnprocessableEntity, "do", "save", "outcome", outcome, "publish", "yes", "reason", reason, "decision", decision), outcome, reason, decision)
	keeps(send(page, http.StatusOK, "do", "preview", "outcome", outcome, "reason", reason, "decision", decision), outcome, reason, decision).find("#voorbeeld p")

	// Stored: the part that is stored is empty again, the others stay, and the
	// outcome is still based on the version that is there.
	kept := keeps(send(at(pathRoundDecide, round), http.StatusOK, "outcome", outcome, "reason", reason, "decision", decision), outcome, reason, "").shows("Het besluit is vastgelegd").shows(decision)
	kept = keeps(core.post(at(pathRoundChange, round), "base", kept.find("input[name=base]").AttrOr("value", ""), "key", kept.find("input[name=key]").AttrOr("value", ""),
		"outcome", outcome, "domain", "Samen", "entry", string(e.ID), "reason", reason).want(http.StatusOK), outcome, "", "").shows("De keuze is bewaard").shows(reason)
	kept = keeps(core.post(at(pathRoundUnchange, round), "base", kept.find("input[name=base]").AttrOr("value", ""), "outcome", outcome, "drop", "Samen", "decision", "Nog een").want(http.StatusOK), outcome, "", "Nog een").shows("De keuze is weggehaald")
	kept = keeps(core.post(page, "do", "save", "base", kept.find("input[name=base]").AttrOr("value", ""), "key", kept.find("input[name=key]").AttrOr("value", ""), "outcome", outcome, "decision", "Nog een").want(http.StatusOK), outcome, "", "Nog een")
	kept.shows("De uitkomst is bewaard")
	drop := kept.find("button[formaction^='"+at(pathRoundUndecide, round)+"']").AttrOr("value", "")
	core.post(at(pathRoundUndecide, round), "base", kept.find("input[name=base]").AttrOr("value", ""), "outcome", outcome, "drop", drop).want(http.StatusSeeOther)
	core.get(at(pathRound, round)).shows(outcome).hides(decision)

	// What somebody else saved meanwhile is not overwritten by way of a decision.
	old := core.get(page).find("input[name=base]").AttrOr("value", "")
	send(page, http.StatusSeeOther, "do", "save", "outcome", "Van een ander")
	kept = keeps(core.post(at(pathRoundDecide, round), "base", old, "key", core.get(page).find("input[name=key]").AttrOr("value", ""), "goal", "none", "outcome", outcome, "decision", decision).want(http.StatusOK), outcome, "", "")
	keeps(core.post(page, "do", "save", "base", kept.find("input[name=base]").AttrOr("value", ""), "outcome", outcome).want(http.StatusConflict), outcome, "", "").shows("Van een ander")
	s.as(participant).post(at(pathRoundDecide, round), "decision", decision).want(http.StatusForbidden)
}

// An open round is closed with a button, by who plans rounds, after its first
// day.
func TestCloseRound(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	round := s.openRound("Wat werkte?")
	page, edit := at(pathRound, round), at(pathRoundEdit, round)
	s.as(participant).get(page).want(http.StatusOK).hides("Sluit de ronde nu")
	s.as(participant).post(edit, "do", "close").want(http.StatusForbidden)
	core := s.as(coreteam)
	core.get(page).find(`form[action="` + edit + `"] button[name=do][value=close]`)
	core.get(edit).hides("gisteren")
	core.post(edit, "do", "close").follow().shows("De ronde is dicht").shows("Dicht, de uitkomst komt nog").hides("Sluit de ronde nu")
	core.post(edit, "do", "close").want(http.StatusForbidden)
	s.as(participant).get(at(pathRoundAnswer, round)).want(http.StatusForbidden)

	made, err := s.Service.SaveRound(t.Context(), s.people[facilitator], "", 0, backpack.RoundInput{
		Opens: s.today(0), Closes: s.today(7), Questions: []rugzak.RoundQuestion{{NL: "Wat werkte?"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	core.get(at(pathRound, made.ID)).shows("Nu open").hides("Sluit de ronde nu")
	core.post(at(pathRoundEdit, made.ID), "do", "close").want(http.StatusForbidden)
}
