// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"rugzak/pkg/control"
)

func (a *app) backupCommand() *cobra.Command {
	var replace bool
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Write a consistent copy of everything",
		Long: `Write a consistent copy of the store and of everything that is attached, in one
file (a zip), also while people are writing.

The file is for its owner alone and is put in its place when it is complete; -
writes to standard output. A backup holds everything: keep it as safe as the
data directory. "rugzak restore" puts it back.`,
		Example: `  rugzak backup /var/backups/rugzak/rugzak-$(date +%F).zip
  rugzak backup - | age -r KEY > rugzak.zip.age`,
		Args: cobra.ExactArgs(1),
	}
	addSettings(cmd, "data")
	cmd.Flags().BoolVar(&replace, "replace", false, "write over a file that is there")
	cmd.RunE = a.action(func(cmd *cobra.Command, args []string) error {
		conf, err := a.settings(cmd)
		if err != nil {
			return err
		}
		if sameFile(args[0], filepath.Join(conf.DataDir, storeName)) {
			return refused("cli.error.own_store", args[0])
		}
		return a.withStore(cmd.Context(), conf, reads, func(ctx context.Context, c *control.Client) error {
			if args[0] == "-" {
				return c.Backup(ctx, a.stdout)
			}
			bar := a.bar(control.StageReceive)
			err := writeFile(args[0], replace, func(w io.Writer) error { return c.Backup(ctx, bar.counting(w)) })
			bar.done()
			if err != nil {
				return err
			}
			a.tell(a.say.T("cli.backup.done", args[0]))
			return nil
		})
	})
	return cmd
}

func sameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}
