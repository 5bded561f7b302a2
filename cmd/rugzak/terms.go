// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"

	"rugzak/content"
	"rugzak/pkg/backpack"
	"rugzak/pkg/exchange"
)

// shipTerms puts the groups of words that come with the product in a backpack
// that never had them.
func shipTerms(ctx context.Context, s *backpack.Service) error {
	all, err := exchange.StarterTerms(content.FS)
	if err != nil {
		return err
	}
	return s.ShipTerms(ctx, all)
}
