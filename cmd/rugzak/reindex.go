// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"

	"github.com/spf13/cobra"

	"rugzak/pkg/control"
)

func (a *app) reindexCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "reindex",
		Short: "Make the search index anew",
		Long: `Make the search index anew from the store, beside the old one, and swap them. A
running site keeps answering.`,
		Example: `  rugzak reindex --data /var/lib/rugzak`,
		Args:    cobra.NoArgs,
	}
	addSettings(cmd, "data")
	cmd.RunE = a.action(func(cmd *cobra.Command, _ []string) error {
		return a.withClient(cmd, reads, func(ctx context.Context, c *control.Client) error {
			bar := a.bar(control.StageIndex)
			err := c.Reindex(ctx, func(e control.Event) {
				if e.Progress != nil {
					bar.set(*e.Progress)
				}
			})
			bar.done()
			if err == nil {
				a.tell(a.say.T("cli.reindex.done"))
			}
			return err
		})
	})
	return cmd
}
