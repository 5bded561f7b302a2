// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// roundProbes are about a round that is not there: who has the role is let in as
// far as that.
func roundProbes() map[string]probe {
	return map[string]probe{
		"SaveHarvest": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.SaveHarvest(ctx, by, string(c.NewID()), rugzak.Dutch, nil, true))
		},
		"NextRound": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.NextRound(ctx, by))
		},
		"SaveRound": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.SaveRound(ctx, by, string(c.NewID()), 1, c.reflection()))
		},
		"RemoveRound": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.RemoveRound(ctx, by, string(c.NewID()))
		},
		"QuestionSets": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.QuestionSets(ctx, by))
		},
		"SaveQuestionSet": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.SaveQuestionSet(ctx, by, "geen", 1, backpack.QuestionSetInput{NameNL: "Vast", Questions: c.reflection().Questions}))
		},
		"SaveOutcome": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.SaveOutcome(ctx, by, string(c.NewID()), 1, backpack.OutcomeInput{Outcome: "Wij bellen eerder."}))
		},
		"OutcomeFindings": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, _, err := c.OutcomeFindings(ctx, by, backpack.OutcomeInput{})
			return err
		},
		"ChooseChange": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return c.ChooseChange(ctx, by, string(c.NewID()), rugzak.RoundChange{Domain: "Contact", Entry: e.ID, Reason: "Het lukt vaker."})
		},
		"DropChange": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.DropChange(ctx, by, string(c.NewID()), "Contact")
		},
		"Decide": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.Decide(ctx, by, string(c.NewID()), backpack.DecisionInput{Text: "Elke week bellen"}))
		},
		"DropDecision": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.DropDecision(ctx, by, string(c.NewID()), string(c.NewID()))
		},
	}
}

// reflection is the form of one that opens today.
func (h *house) reflection() backpack.RoundInput {
	today := h.clock.Now()
	return backpack.RoundInput{
		Title: "Waar bewogen we?", Opens: today.Format(time.DateOnly), Closes: today.AddDate(0, 0, 14).Format(time.DateOnly), Weeks: 8,
		Questions: []rugzak.RoundQuestion{{NL: "Wat gaf je energie?", EN: "What gave you energy?"}, {NL: "Waar bleef de bal liggen?"}},
	}
}
