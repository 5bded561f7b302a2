// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

func resultsProbes() map[string]probe {
	return map[string]probe{
		"InterimDraft": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.InterimDraft(ctx, by, rugzak.SpanYear)
			return err
		},
		"FreezeInterim": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.FreezeInterim(ctx, by, backpack.InterimInput{Title: "Tussenstand", Span: rugzak.SpanYear})
			return err
		},
		"RemoveInterim": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.RemoveInterim(ctx, by, rugzak.NewID(c.clock.Now()))
		},
		"CountResultsAnew": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.CountResultsAnew(ctx, by)
		},
	}
}
