// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// movementProbes are about an item of the agenda that is not there: who has the
// role is let in as far as that.
func movementProbes() map[string]probe {
	const none = "er-is-geen"
	item := backpack.AgendaInput{Title: "Samen", Horizon: rugzak.HorizonNow}
	return map[string]probe{
		"SaveWordings": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.SaveWordings(ctx, by, []string{"nav.mine"}, nil, []rugzak.Wording{{Key: "nav.mine", NL: "Tas " + string(c.NewID())[:20]}})
		},
		"Phases": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.Phases(ctx, by))
		},
		"SavePhases": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.SavePhases(ctx, by, nil, []rugzak.Phase{{NameNL: "Nieuw"}})
		},
		"OwnTeamNeed": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, _, err := c.OwnTeamNeed(ctx, by)
			return err
		},
		"SaveTeamNeed": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.SaveTeamNeed(ctx, by, rugzak.Need{Ways: "Anders dan het was"}, rugzak.Need{Needs: string(c.NewID())})
		},
		"AgendaOfEntry": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return second(c.AgendaOfEntry(ctx, by, e.ID))
		},
		"CompassFindings": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.CompassFindings(ctx, by, backpack.CompassInput{}))
		},
		"SaveCompass": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.SaveCompass(ctx, by, -1, backpack.CompassInput{Purpose: "Samen"}))
		},
		"AgendaFindings": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.AgendaFindings(ctx, by, item))
		},
		"AgendaOrganisations": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.AgendaOrganisations(ctx, by))
		},
		"AddAgendaItem": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.AddAgendaItem(ctx, by, item))
		},
		"SaveAgendaItem": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.SaveAgendaItem(ctx, by, none, 1, item))
		},
		"MoveItem": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.MoveItem(ctx, by, none, rugzak.HorizonNow)
		},
		"OrderItem": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.OrderItem(ctx, by, none, true)
		},
		"RemoveItem": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.RemoveItem(ctx, by, none)
		},
		"ProgressItem": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.ProgressItem(ctx, by, none, "Begonnen")
		},
		"FinishItem": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.FinishItem(ctx, by, none, true, "")
		},
		"AgendaCandidates": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.AgendaCandidates(ctx, by, none, rugzak.KindQuestion, ""))
		},
		"LinkItem": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return c.LinkItem(ctx, by, none, e.ID, false)
		},
	}
}
