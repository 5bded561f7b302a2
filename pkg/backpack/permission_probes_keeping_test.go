// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"

	"rugzak/pkg/rugzak"
)

func wooProbes() map[string]probe {
	sel := rugzak.WooSelection{From: "2026-01", To: "2026-12"}
	return map[string]probe{
		"PersonRequests": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.PersonRequests(ctx, by)
			return err
		},
		"SettleRequest": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.SettleRequest(ctx, by, string(c.NewID()), true) // no such request
			return err
		},
		"WooPreview": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.WooPreview(ctx, by, sel)
			return err
		},
		"WooExport": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.WooExport(ctx, by, sel, func(rugzak.WooEntry) error { return nil })
		},
		"ThemeNamed": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.ThemeNamed(ctx, by, "Samen")
			return err
		},
	}
}
