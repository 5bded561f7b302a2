// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"

	"rugzak/pkg/rugzak"
)

func noticeProbes() map[string]probe {
	return map[string]probe{
		"DigestDesk": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.DigestDesk(ctx, by)
			return err
		},
		"SaveDigest": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.SaveDigest(ctx, by, "2026-W01", 0, nil) // long gone, but only to who may
		},
		"SaveMailSettings": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.SaveMailSettings(ctx, by, -1, rugzak.DefaultSettings().Mail) // a conflict, but only to who may
		},
		"MailState": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.MailState(ctx, by)
			return err
		},
		"SendTestMail": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.SendTestMail(ctx, by) // mail is not set up, but only to who may
		},
	}
}
