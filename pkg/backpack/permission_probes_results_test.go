// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"

	"rugzak/pkg/rugzak"
)

func resultsProbes() map[string]probe {
	return map[string]probe{
		"CountResultsAnew": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.CountResultsAnew(ctx, by)
		},
	}
}
