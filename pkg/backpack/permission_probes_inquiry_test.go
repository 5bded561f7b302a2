// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// inquiryProbes ask for what cannot be, but only who may read the entry and do
// the thing at all is told so.
func inquiryProbes() map[string]probe {
	return map[string]probe{
		"MoveQuestion": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.MoveQuestion(ctx, by, e.ID, -1, backpack.MoveInput{To: rugzak.QuestionTrying})
			return err
		},
		"AskBall": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.AskBall(ctx, by, e.ID, -1, "wmo", "")
			return err
		},
		"AnswerBall": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.AnswerBall(ctx, by, e.ID, -1, true, "")
			return err
		},
		"TakeBall": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.TakeBall(ctx, by, e.ID, -1)
			return err
		},
		"TakeBackBall": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.TakeBackBall(ctx, by, e.ID, -1)
			return err
		},
		"Lead": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.Lead(ctx, by, e.ID, -1, backpack.LeadTake, "")
			return err
		},
		"SaveExperiment": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.SaveExperiment(ctx, by, e.ID, -1, 0, backpack.ExperimentInput{Step: "Bellen"})
			return err
		},
		"SeeOverlap": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return c.SeeOverlap(ctx, by, e.ID, e.ID)
		},
		"RemoveOverlap": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return c.RemoveOverlap(ctx, by, e.ID, e.ID)
		},
		"Join": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return c.Join(ctx, by, rugzak.Subject(rugzak.EntrySubject(e.ID)), backpack.JoinInput{Way: rugzak.WayFollow})
		},
	}
}
