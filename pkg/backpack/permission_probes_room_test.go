// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// roomProbes are about a need that is not there: who has the role is let in as
// far as that.
func roomProbes() map[string]probe {
	return map[string]probe{
		"AskRoom": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.AskRoom(ctx, by, backpack.RoomInput{Kind: rugzak.RoomTime, Text: "Een uur per week"}))
		},
		"AnswerRoom": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.AnswerRoom(ctx, by, string(c.NewID()), "Op donderdag")
		},
		"CloseRoom": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.CloseRoom(ctx, by, string(c.NewID()))
		},
		"WithdrawRoom": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.WithdrawRoom(ctx, by, string(c.NewID()))
		},
		"MakeRoom": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.MakeRoom(ctx, by, string(c.NewID()), "Vanaf maandag")
		},
		"AskAboutRoom": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.AskAboutRoom(ctx, by, string(c.NewID()), "Waarvoor?")
		},
		"ThankForRoom": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.ThankForRoom(ctx, by, string(c.NewID()), "")
		},
	}
}
