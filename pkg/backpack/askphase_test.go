// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"errors"
	"testing"

	"rugzak/pkg/rugzak"
)

// A question phase that the form of a new question asks for is counted from the
// day of sharing, and the form of what is shared leaves it as it is.
func TestAskPhaseOfTheForm(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	in := simple("Hoe houden we contact?", "We zoeken.", rugzak.LevelInternal)
	in.Kind, in.AskFirst = rugzak.KindQuestion, true
	by := c.people[author]
	draft, err := c.SaveDraft(t.Context(), by, c.idFor(by), 0, in)
	if err != nil {
		t.Fatal(err)
	}
	if !c.InputOf(draft.Entry).AskFirst {
		t.Fatal("a draft forgets that others first only ask")
	}
	c.clock.turn(c.clock.Now().AddDate(0, 1, 0)) // it lies for a month
	shared, err := c.Share(t.Context(), by, draft.Entry.ID, draft.Entry.Version, c.InputOf(draft.Entry))
	if err != nil {
		t.Fatal(err)
	}
	until := rugzak.AddWorkingDays(shared.Entry.SharedAt, rugzak.AskDays)
	if got := shared.Entry.Question.AskUntil; got != until {
		t.Fatalf("others only ask until %q, want %q", got, until)
	}

	again := c.InputOf(shared.Entry)
	again.Title, again.AskFirst = "Hoe houden we goed contact?", false // the form does not show it
	again.Question.AskUntil = "2030-01-01"
	revised, err := c.Revise(t.Context(), by, shared.Entry.ID, shared.Entry.Version, again)
	if err != nil {
		t.Fatal(err)
	}
	if got := revised.Entry.Question.AskUntil; got != until {
		t.Errorf("after saving the form others only ask until %q, want %q", got, until)
	}
	if _, err := c.EndAskPhase(t.Context(), by, shared.Entry.ID); err != nil {
		t.Fatal(err)
	}
	ended, _ := c.stored(t, shared.Entry.ID)
	back, err := c.Restore(t.Context(), by, shared.Entry.ID, 1, ended.Version)
	if err != nil {
		t.Fatal(err)
	}
	if back.Entry.Question.AskUntil != "" {
		t.Error("an older text began the question phase again")
	}
}

// A question phase does not tell on which day somebody shared without name.
func TestAskPhaseWithoutName(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	in := simple("Hoe houden we contact?", "We zoeken.", rugzak.LevelInternal)
	in.Kind, in.AskFirst, in.Mode = rugzak.KindQuestion, true, rugzak.Anonymous
	by := c.people[author]
	id := c.idFor(by)
	_, err := c.Share(t.Context(), by, id, 0, in)
	refused, ok := errors.AsType[*rugzak.Error](err)
	if !ok || len(refused.Fields) != 1 || refused.Fields[0].Field != "question_ask_first" {
		t.Fatalf("sharing without name with a question phase gave %v", err)
	}
	in.AskFirst = false
	if _, err := c.Share(t.Context(), by, id, 0, in); err != nil {
		t.Errorf("without question phase: %v", err)
	}
}
