// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// No line beside a question takes a citizen service number.
func TestInquiryRefusesNumbers(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	ctx := t.Context()
	by := h.person(t, "deelnemer@voorbeeld.test")
	const text = "Bel over 111222333"
	e := h.share(t, by, asked(by, "Hoe bellen we?", by.Organisation, rugzak.Audience{Level: rugzak.LevelInternal}))
	of := rugzak.Subject(rugzak.EntrySubject(e.ID))
	v := h.inquiry(t, by, e.ID)
	for name, try := range map[string]func() error{
		"learned": func() error {
			_, err := h.MoveQuestion(ctx, by, e.ID, v.Version, backpack.MoveInput{To: rugzak.QuestionTrying, Learned: text})
			return err
		},
		"gain": func() error {
			_, err := h.MoveQuestion(ctx, by, e.ID, v.Version, backpack.MoveInput{To: rugzak.QuestionTrying, Gain: text})
			return err
		},
		"note":   func() error { _, err := h.AskBall(ctx, by, e.ID, v.Version, "wmo", text); return err },
		"reason": func() error { _, err := h.AnswerBall(ctx, by, e.ID, v.Version, false, text); return err },
		"step": func() error {
			_, err := h.SaveExperiment(ctx, by, e.ID, v.Version, 0, backpack.ExperimentInput{Step: text, Organisation: by.Organisation})
			return err
		},
		"small step": func() error {
			return h.Join(ctx, by, of, backpack.JoinInput{Way: rugzak.WayDo, Step: text, When: "2026-12-01"})
		},
	} {
		if err := try(); rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if after := h.inquiry(t, by, e.ID); after.Version != v.Version || after.Join.Mine != nil {
		t.Errorf("something was stored: %+v", after)
	}
}
