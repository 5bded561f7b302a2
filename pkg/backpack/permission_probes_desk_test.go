// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"

	"rugzak/pkg/rugzak"
)

func deskProbes() map[string]probe {
	return map[string]probe{
		"Desk": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.Desk(ctx, by)
			return err
		},
		"CoreTeamDesk": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.CoreTeamDesk(ctx, by)
			return err
		},
	}
}
