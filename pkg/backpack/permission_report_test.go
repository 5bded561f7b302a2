// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"

	"rugzak/pkg/rugzak"
)

func reportProbes() map[string]probe {
	return map[string]probe{
		"EntryToReport": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return second(c.EntryToReport(ctx, by, e.ID))
		},
		"Report": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return second(c.Report(ctx, by, e.ID, rugzak.ReasonName))
		},
		"AskPutBack": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return second(c.AskPutBack(ctx, by, e.ID))
		},
		"PurgeOwn": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return second(c.PurgeOwn(ctx, by, e.ID))
		},
		"PurgeOwnPast": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return second(c.PurgeOwnPast(ctx, by, e.ID))
		},
		"Incidents": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.Incidents(ctx, by))
		},
		"Incident": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.Incident(ctx, by, "x"))
		},
		"NoteIncident": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.NoteIncident(ctx, by, "x", "")
		},
		"Settle": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.Settle(ctx, by, "x", rugzak.SettledBack, false))
		},
		"PurgeReportedPast": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.PurgeReportedPast(ctx, by, "x"))
		},
		"Purges": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.Purges(ctx, by))
		},
	}
}
