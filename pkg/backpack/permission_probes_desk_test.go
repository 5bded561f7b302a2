// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

func deskProbes() map[string]probe {
	return map[string]probe{
		"Desk": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.Desk(ctx, by)
			return err
		},
		"Inbox": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.Inbox(ctx, by, "")
			return err
		},
		"Proposals": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.Proposals(ctx, by, c.theme, "")
			return err
		},
		"Triage": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.Triage(ctx, by, []backpack.Decision{{Entry: e.ID, Theme: c.theme, Choice: backpack.ChooseLater}})
			return err // hidden and absent are counted as left
		},
		"RisingThemes": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, _, err := c.RisingThemes(ctx, by)
			return err
		},
		"TwinThemes": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.TwinThemes(ctx, by)
			return err
		},
		"BeginTheme": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, _, err := c.BeginTheme(ctx, by, backpack.ThemeInput{Title: "Opkomend " + string(c.NewID())}, nil)
			return err
		},
		"CoreTeamDesk": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.CoreTeamDesk(ctx, by)
			return err
		},
	}
}
