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
	cmd := &cobra.Command{
		Use:   "export PATH",
		Short: "Write everything as readable files",
		Long: `Write everything as Markdown with YAML front matter: to a zip when PATH ends in
.zip, to standard output for -, and to a new or empty folder otherwise.

"rugzak import --whole" reads an export into an empty backpack. Who wrote
entries without name is left out, unless --with-hidden-authors asks for it.`,
		Example: `  rugzak export backpack.zip
  rugzak export backpack/
  rugzak export - | age -r KEY > backpack.zip.age`,
		Args: cobra.ExactArgs(1),
	}
	addSettings(cmd, "data")
	cmd.Flags().BoolVar(&hidden, "with-hidden-authors", false, "also write who wrote entries without name")
	cmd.RunE = a.action(func(cmd *cobra.Command, args []string) error {
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
