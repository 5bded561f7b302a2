// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// dossierBox holds a dossier.
type dossierBox struct {
	Head    rugzak.DossierHead
	Entries []*rugzak.DossierEntry
	All     rugzak.Dossier
}

func (b *dossierBox) Begin(head rugzak.DossierHead) error { b.Head = head; return nil }

func (b *dossierBox) Entry(_ rugzak.DossierRef, e *rugzak.DossierEntry) error {
	b.Entries = append(b.Entries, e)
	return nil
}

func (b *dossierBox) Parts(d rugzak.Dossier) error { b.All = d; return nil }

func coreTeamProbes() map[string]probe {
	return map[string]probe{
		"Dossier": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.Dossier(ctx, by, backpack.DossierWish{}, &dossierBox{})
		},
	}
}
