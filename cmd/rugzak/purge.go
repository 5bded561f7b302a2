// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"

	"github.com/spf13/cobra"

	"rugzak/pkg/control"
	"rugzak/pkg/exchange"
	"rugzak/pkg/rugzak"
)

func (a *app) purgeCommand() *cobra.Command {
	var reason string
	var list bool
	cmd := &cobra.Command{
		Use:   "purge ENTRY-ID... --reason CODE",
		Short: "Remove entries for good, from every file",
		Long: `Remove entries for good: text, past versions, index and caches. It is done when
the command ends, and cannot be undone. A tombstone stays: id, time and reason.

Backups keep the text until they are thrown away; restoring one does not bring
it back. --list writes what was purged, for "rugzak restore --tombstones" on
another machine.`,
		Example: `  rugzak purge 06ev9c4m5vqk7d2h8r1n3p0s6t --reason name --data /var/lib/rugzak
  rugzak purge --list > tombstones.yaml`,
	}
	addSettings(cmd, "data")
	cmd.Flags().StringVar(&reason, "reason", string(rugzak.ReasonOperator), "why: name, number, health, story, else, retention, author, operator")
	cmd.Flags().BoolVar(&list, "list", false, "write the list of what was purged")
	var reasons []string
	for _, r := range rugzak.PurgeReasons() {
		reasons = append(reasons, string(r))
	}
	completeWith(cmd, "reason", reasons...)
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if list {
			return cobra.NoArgs(cmd, args)
		}
		return cobra.MinimumNArgs(1)(cmd, args)
	}
	cmd.RunE = a.action(func(cmd *cobra.Command, args []string) error {
		if list {
			return a.withClient(cmd, reads, func(ctx context.Context, c *control.Client) error {
				all, err := c.Tombstones(ctx)
				if err != nil {
					return err
				}
				return exchange.WriteTombstones(a.stdout, all)
			})
		}
		in := control.PurgeRequest{Reason: rugzak.ReportReason(reason)}
		for _, id := range args {
			if !rugzak.ValidID(id) {
				return refused("cli.error.entry_id", id)
			}
			in.Entries = append(in.Entries, rugzak.EntryID(id))
		}
		return a.withClient(cmd, reads, func(ctx context.Context, c *control.Client) error {
			done, err := c.Purge(ctx, in)
			if err != nil {
				return err
			}
			a.tell(a.say.N("cli.purge.done", done.Purged))
			return nil
		})
	})
	return cmd
}
