// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"rugzak/pkg/control"
)

func (a *app) exportCommand() *cobra.Command {
	var hidden bool
	var woo wooFlags
	cmd := &cobra.Command{
		Use:   "export PATH",
		Short: "Write everything as readable files",
		Long: `Write everything as Markdown with YAML front matter: to a zip when PATH ends in
.zip, to standard output for -, and to a new or empty folder otherwise.

"rugzak import --whole" reads an export into an empty backpack. Who wrote
entries without name is left out, unless --with-hidden-authors asks for it.

With --woo it writes a selection for a request under the Woo to a zip: what was
shared in a period, by theme, with an inventory and a list of places to judge.`,
		Example: `  rugzak export backpack.zip
  rugzak export backpack/
  rugzak export --woo request.zip --theme "Eén gesprek" --from 2026-01 --to 2026-06
  rugzak export - | age -r KEY > backpack.zip.age`,
		Args: cobra.ExactArgs(1),
	}
	addSettings(cmd, "data")
	cmd.Flags().BoolVar(&hidden, "with-hidden-authors", false, "also write who wrote entries without name")
	woo.add(cmd)
	cmd.RunE = a.action(func(cmd *cobra.Command, args []string) error {
		if woo.on {
			return a.exportWoo(cmd, args[0], woo)
		}
		return a.withClient(cmd, reads, func(ctx context.Context, c *control.Client) error {
			bar := a.bar(control.StageReceive)
			defer bar.done()
			write := func(w io.Writer) error { return c.Export(ctx, bar.counting(w), hidden) }
			switch to := args[0]; {
			case to == "-":
				return c.Export(ctx, a.stdout, hidden)
			case strings.HasSuffix(strings.ToLower(to), ".zip"):
				return writeFile(to, false, write)
			default:
				return writeFolder(to, write)
			}
		})
	})
	return cmd
}
