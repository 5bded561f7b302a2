// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

func loopProbes() map[string]probe {
	return map[string]probe{
		"TakeAlong": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return c.TakeAlong(ctx, by, e.ID, backpack.KeepInput{})
		},
		"AnswerKeep": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			if err := c.Keep(ctx, by, e.ID, ""); err != nil && rugzak.CodeOf(err) != rugzak.CodeForbidden {
				return err
			}
			err := c.AnswerKeep(ctx, by, e.ID, rugzak.KeepNotYet)
			if e.State.Public() || rugzak.CodeOf(err) != rugzak.CodeNotFound {
				return err
			}
			return nil // it may be read, but cannot be taken along
		},
		"Applying": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.Applying(ctx, by, e.ID)
			return err
		},
		"Trail": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.Trail(ctx, by, e.ID, 0, 5)
			return err
		},
		"MarkAgreement": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.MarkAgreement(ctx, by, e.ID, false)
			return err
		},
		"CurateAgreement": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.CurateAgreement(ctx, by, e.ID, false)
			return err
		},
		"Lineage": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.Lineage(ctx, by, e.ID)
			return err
		},
		"SaveLoopSettings": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.SaveLoopSettings(ctx, by, -1, rugzak.LoopSettings{KeepWeeks: 6}) // a conflict, but only to who may
		},
	}
}
