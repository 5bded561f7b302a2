// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"slices"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// The demonstration shows every part of the page of a question, and what stands
// beside a question says the same as the question.
func TestDemonstrationShowsAnInquiry(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	h.caughtUp(t) // an index that has only just been made does not answer
	me := h.person(t, "deelnemer@voorbeeld.test")
	list, err := h.Questions(t.Context(), me, backpack.QuestionFilter{State: rugzak.QuestionTrying}, "")
	if err != nil || len(list.Cards) == 0 {
		t.Fatal(list, err)
	}
	v := h.inquiry(t, me, list.Cards[0].ID)
	if len(v.Passes) < 2 || len(v.Asks) < 2 || len(v.Moves) < 2 || v.Lead == nil || v.Lead.Name == "" || !v.Join.Team.WithPartner || len(v.Join.Team.Named) < 2 {
		t.Errorf("the question shows %+v", v)
	}
	last := v.Passes[len(v.Passes)-1]
	if last.Organisation.ID != v.Ball.ID || !last.Until.IsZero() || v.Moves[len(v.Moves)-1].To != v.State || list.Cards[0].Question.Since != last.Since.Format("2006-01-02") {
		t.Errorf("ball with %s since %s, state %s; beside it %+v, %+v", v.Ball.ID, v.Since, v.State, v.Passes, v.Moves)
	}
	done := func(x backpack.ExperimentLine) bool { return x.Done() && x.Learned != "" }
	running := func(x backpack.ExperimentLine) bool { return !x.Done() && x.Who != "" }
	if !slices.ContainsFunc(v.Experiments, done) || !slices.ContainsFunc(v.Experiments, running) {
		t.Errorf("the experiments are %+v", v.Experiments)
	}
}
