// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// loopPaths are the ways in which a text reaches the store beside an entry: what
// somebody takes along, promises or tells of a question, and why a facilitator
// chose an entry.
func (h *house) loopPaths(t *testing.T, writer, facilitator rugzak.Person) map[string]func(text string) error {
	t.Helper()
	ctx := t.Context()
	// question is one whose ball lies with the writer's organisation.
	question := func() (rugzak.EntryID, int) {
		e := h.share(t, writer, asked(writer, "Hoe bellen we?", writer.Organisation, rugzak.Audience{Level: rugzak.LevelInternal}))
		return e.ID, h.inquiry(t, writer, e.ID).Version
	}
	move := func(in backpack.MoveInput) error {
		id, base := question()
		in.To = rugzak.QuestionTrying
		return second(h.MoveQuestion(ctx, writer, id, base, in))
	}
	experiment := func(in backpack.ExperimentInput) error {
		id, base := question()
		in.Organisation = writer.Organisation
		return second(h.SaveExperiment(ctx, writer, id, base, 0, in))
	}
	take := func(in backpack.KeepInput) error {
		return h.TakeAlong(ctx, writer, h.share(t, facilitator, simple("Titel", "Tekst", rugzak.LevelInternal)).ID, in)
	}
	return map[string]func(string) error{
		"MoveQuestion learned": func(text string) error { return move(backpack.MoveInput{Learned: text}) },
		"MoveQuestion gain":    func(text string) error { return move(backpack.MoveInput{Gain: text}) },
		"SaveExperiment step": func(text string) error {
			return experiment(backpack.ExperimentInput{Step: text, Until: "2027-01-15"})
		},
		"SaveExperiment learned": func(text string) error {
			return experiment(backpack.ExperimentInput{Step: "Samen bellen", Until: "2027-01-15", Outcome: rugzak.OutcomeWorked, Learned: text})
		},
		"AskBall": func(text string) error {
			id, base := question()
			return second(h.AskBall(ctx, writer, id, base, "wmo", text))
		},
		"AnswerBall": func(text string) error {
			partner := h.person(t, "partner@voorbeeld.test")
			e := h.share(t, writer, asked(writer, "Hoe bellen we?", partner.Organisation, rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{partner.Organisation}}))
			return second(h.AnswerBall(ctx, partner, e.ID, h.inquiry(t, partner, e.ID).Version, false, text))
		},
		"Join": func(text string) error {
			id, _ := question()
			return h.Join(ctx, writer, rugzak.Subject(rugzak.EntrySubject(id)), backpack.JoinInput{Way: rugzak.WayDo, Step: text, When: "2026-12-01"})
		},
		"TakeAlong purpose": func(text string) error { return take(backpack.KeepInput{Purpose: &text}) },
		"TakeAlong note":    func(text string) error { return take(backpack.KeepInput{Note: &text}) },
		"SaveDigest": func(text string) error {
			desk, err := h.DigestDesk(ctx, facilitator)
			if err != nil {
				t.Fatal(err)
			}
			e := h.share(t, facilitator, simple("Titel", "Tekst", rugzak.LevelInternal))
			return h.SaveDigest(ctx, facilitator, desk.Week, desk.Version, []rugzak.DigestPick{{Entry: e.ID, Reason: text}})
		},
	}
}
