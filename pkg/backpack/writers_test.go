// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Of writers who start from the same version exactly one wins; the others are
// told, and what the winner wrote stays.
func TestConcurrentWritersLoseNothing(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer, facilitator := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	theme, err := h.SaveTheme(t.Context(), facilitator, "", 0, backpack.ThemeInput{Title: "Erbij"})
	if err != nil {
		t.Fatal(err)
	}
	e := h.share(t, writer, simple("Samen", "versie 0", rugzak.LevelInternal))
	for round := range 10 {
		const writers = 6
		bodies, errs := make([]string, writers), make([]error, writers)
		var group sync.WaitGroup
		for i := range writers {
			bodies[i] = fmt.Sprintf("ronde %d schrijver %d", round, i)
			in := h.InputOf(e)
			in.Body = bodies[i]
			group.Go(func() { _, errs[i] = h.Revise(t.Context(), writer, e.ID, e.Version, in) })
		}
		group.Go(func() { // somebody arranges themes meanwhile
			act := h.AddToTheme
			if round%2 == 1 {
				act = h.RemoveFromTheme
			}
			if _, err := act(t.Context(), facilitator, e.ID, theme.ID); err != nil {
				t.Errorf("curate: %v", err)
			}
		})
		group.Wait()
		winner := -1
		for i, err := range errs {
			switch {
			case err == nil && winner < 0:
				winner = i
			case err == nil:
				t.Fatalf("writers %d and %d both won", winner, i)
			case rugzak.CodeOf(err) != rugzak.CodeConflict:
				t.Fatalf("writer %d: %v", i, err)
			}
		}
		if winner < 0 {
			t.Fatal("nobody won")
		}
		e, _ = h.stored(t, e.ID)
		if e.Body != bodies[winner] || e.Revision != round+2 {
			t.Errorf("round %d: %q, revision %d", round, e.Body, e.Revision)
		}
		if slices.Contains(e.Themes, theme.ID) != (round%2 == 0) {
			t.Errorf("round %d: the facilitator's work is gone: %v", round, e.Themes)
		}
	}
	history, err := h.History(t.Context(), writer, e.ID)
	if err != nil || len(history.Revisions) != 11 {
		t.Errorf("%d revisions, %v", len(history.Revisions), err)
	}
}

// A form that changes nothing makes no revision.
func TestReviseWithoutChange(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 5, 30)
	for id := range w.model(t).entries {
		e, author := w.stored(t, id)
		if e.State == rugzak.StateDraft {
			continue
		}
		saved, err := w.Revise(t.Context(), author, id, e.Version, w.InputOf(e))
		if err != nil || saved.Entry.Revision != e.Revision || saved.Entry.Version != e.Version {
			t.Errorf("%s: revision %d became %d, %v", e.Kind, e.Revision, saved.Entry.Revision, err)
		}
	}
}

// Sharing and saving the same form, in any order and at once, makes one entry.
func TestSameFormMakesOneEntry(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.starter(t)
	writer := h.person(t, "deelnemer@voorbeeld.test")
	for _, mode := range rugzak.AuthorModes() {
		for round := range 5 {
			before := len(h.model(t).entries)
			in := simple(fmt.Sprintf("Dubbel %s %d", mode, round), "Tekst", rugzak.LevelInternal)
			in.Mode = mode
			id := h.idFor(writer)
			var group sync.WaitGroup
			for range 3 {
				group.Go(func() {
					if _, err := h.Share(t.Context(), writer, id, 0, in); err != nil {
						t.Errorf("share: %v", err)
					}
				})
				group.Go(func() {
					if _, err := h.SaveDraft(t.Context(), writer, id, 0, in); err != nil && rugzak.CodeOf(err) != rugzak.CodeConflict {
						t.Errorf("save: %v", err)
					}
				})
			}
			group.Wait()
			var made []rugzak.Entry
			for _, e := range h.model(t).entries {
				if e.Title == in.Title {
					made = append(made, e)
				}
			}
			if len(made) != 1 || made[0].State != rugzak.StateShared || len(h.model(t).entries) != before+1 {
				t.Errorf("%s: %d entries: %+v", mode, len(made), made)
			}
		}
	}
}

// A draft saved again and again, or too late, does no harm.
func TestDraftSaves(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer := h.person(t, "deelnemer@voorbeeld.test")
	id := h.idFor(writer)
	draft := func(base int, body string) error {
		_, err := h.SaveDraft(t.Context(), writer, id, base, simple("", body, rugzak.LevelTeam))
		return err
	}
	want := func(what string, err error, code rugzak.Code) {
		t.Helper()
		if rugzak.CodeOf(err) != code {
			t.Errorf("%s: %v", what, err)
		}
	}
	want("first", draft(0, "een"), "")
	want("first again, its answer was lost", draft(0, "een"), "")
	want("next", draft(2, "twee"), "")
	want("out of date", draft(2, "drie"), rugzak.CodeConflict)
	if e, _ := h.stored(t, id); e.Body != "twee" || e.Version != 3 {
		t.Errorf("draft: %q, version %d", e.Body, e.Version)
	}
	_, err := h.Share(t.Context(), writer, id, 3, simple("Titel", "klaar", rugzak.LevelInternal))
	want("share", err, "")
	for base := range 5 {
		want("after sharing", draft(base, "te laat"), rugzak.CodeConflict)
	}
	if e, _ := h.stored(t, id); e.Body != "klaar" || e.State != rugzak.StateShared || e.Revision != 1 {
		t.Errorf("after a late save: %+v", e)
	}
	_, err = h.DeleteDraft(t.Context(), writer, id)
	want("throw away what is shared", err, rugzak.CodeForbidden)

	id = h.idFor(writer)
	want("another", draft(0, "weg"), "")
	_, err = h.DeleteDraft(t.Context(), writer, id)
	want("throw away", err, "")
	want("late save of what was thrown away", draft(1, "terug"), rugzak.CodeNotFound)
	_, err = h.DeleteDraft(t.Context(), writer, id)
	want("throw away twice", err, rugzak.CodeNotFound)
	want("an id nobody made", second(h.SaveDraft(t.Context(), writer, "zelfbedacht", 0, simple("", "x", rugzak.LevelTeam))), rugzak.CodeMalformed)
}

// A draft keeps only known choices and ids that have the form of one.
func TestDraftHoldsNoFreeTextInChoices(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer := h.person(t, "deelnemer@voorbeeld.test")
	for field, change := range map[string]func(*backpack.Input){
		"relations": func(in *backpack.Input) { in.Relations = []rugzak.Relation{{Type: rugzak.SeeAlso, To: "vrije tekst"}} },
		"application_lesson": func(in *backpack.Input) {
			in.Kind, in.Application = rugzak.KindApplication, &rugzak.ApplicationData{Lesson: "tekst"}
		},
		"question_ball_with": func(in *backpack.Input) {
			in.Kind, in.Question = rugzak.KindQuestion, &rugzak.QuestionData{BallWith: "vrije tekst"}
		},
		"question_since": func(in *backpack.Input) {
			in.Kind, in.Question = rugzak.KindQuestion, &rugzak.QuestionData{Since: "gisteren"}
		},
		"drives": func(in *backpack.Input) { in.Drives = []rugzak.DriveID{"vrije-tekst"} },
		"with":   func(in *backpack.Input) { in.With = []rugzak.OrganisationID{"vrije tekst"} },
		"phase":  func(in *backpack.Input) { in.Phase = "vrije-tekst" },
		"themes": func(in *backpack.Input) { in.Themes = []rugzak.ThemeID{"vrije-tekst"} },
		"month":  func(in *backpack.Input) { in.Month = "maart" },
		"method_steps": func(in *backpack.Input) {
			in.Kind, in.Method = rugzak.KindMethod, &rugzak.MethodData{Steps: make([]rugzak.Step, 51)}
		},
	} {
		in := simple("Titel", "Tekst", rugzak.LevelTeam)
		change(&in)
		_, err := h.SaveDraft(t.Context(), writer, h.idFor(writer), 0, in)
		if rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("%s: %v", field, err)
		}
	}
	in := simple("Titel", "Tekst", rugzak.LevelTeam)
	in.Kind, in.Method = rugzak.KindMethod, &rugzak.MethodData{Goal: "vrije tekst", Guidance: "vrije tekst", Trust: "vrije tekst"}
	saved, err := h.SaveDraft(t.Context(), writer, h.idFor(writer), 0, in)
	if m := saved.Entry.Method; err != nil || m.Goal+m.Guidance+m.Trust != "" {
		t.Errorf("method: %+v, %v", saved.Entry.Method, err)
	}
}
