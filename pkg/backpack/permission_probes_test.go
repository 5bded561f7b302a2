// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"io"
	"maps"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// probes has one for each use case that asks for a role or for an entry. Each
// feature may keep its own.
func probes() map[string]probe {
	all := basicProbes()
	maps.Copy(all, noticeProbes())
	maps.Copy(all, threadProbes())
	maps.Copy(all, roundProbes())
	for _, more := range []map[string]probe{attachmentProbes(), loopProbes(), auditProbes(), identityProbes(), reportProbes(), retentionProbes(), checklistProbes(), termProbes(), similarProbes(), methodProbes(), inquiryProbes(), responseProbes(), roomProbes(), deskProbes(), careProbes(), resultsProbes(), movementProbes(), coreTeamProbes()} {
		maps.Copy(all, more)
	}
	return all
}

func auditProbes() map[string]probe {
	return map[string]probe{
		"AuditLog": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.AuditLog(ctx, by, backpack.AuditAsk{})
			return err
		},
		"AuditTable": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.AuditTable(ctx, by, backpack.AuditAsk{}, func(backpack.AuditLine) error { return nil })
		},
		"AuditChain": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.AuditChain(ctx, by, time.Time{}, func(rugzak.AuditLine) error { return nil })
		},
		"VerifyAudit": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.VerifyAudit(ctx, by)
			return err
		},
		"Backup": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.Backup(ctx, by, io.Discard)
		},
	}
}

func retentionProbes() map[string]probe {
	all := map[string]probe{
		"SearchGaps": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.SearchGaps(ctx, by)
			return err
		},
		"MarkSearchGap": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.MarkSearchGap(ctx, by, "nooit gezocht", rugzak.GapSolved) // is not there, but only to who may
		},
		"RemoveSearchGap": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.RemoveSearchGap(ctx, by, "nooit gezocht")
		},
		"SaveSearchSettings": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.SaveSearchSettings(ctx, by, -1, rugzak.SearchSettings{CountGaps: true}) // a conflict, but only to who may
		},
		"KeepDraft": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.KeepDraft(ctx, by, e.ID)
			return err
		},
		"Review": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.Review(ctx, by, e.ID, backpack.ReviewKeep)
			return err
		},
		"Settings": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.Settings(ctx, by)
			return err
		},
		"SaveAccessibility": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.SaveAccessibility(ctx, by, -1, rugzak.AccessibilitySettings{}) // a conflict, but only to who may
		},
		"SaveRetention": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.SaveRetention(ctx, by, -1, rugzak.DefaultSettings().Retention) // a conflict, but only to who may
		},
		"PreviewRetention": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.PreviewRetention(ctx, by, rugzak.DefaultSettings().Retention)
			return err
		},
	}
	maps.Copy(all, wooProbes())
	return all
}
