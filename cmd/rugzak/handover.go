// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"rugzak/content"
	"rugzak/pkg/control"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/web"
)

func (a *app) handoverCommand() *cobra.Command {
	in := control.HandoverRequest{}
	cmd := &cobra.Command{
		Use:   "handover --as EMAIL FILE",
		Short: "Write the dossier by which the movement is handed over",
		Long: `Write everything needed to carry on the movement to a zip that opens without the
site and without the internet: the compass, the themes with their common thread,
insights, open questions, the future agenda, the programme line, roles and the
playbook of the core team, each as a web page and as Markdown.

It holds what the whole municipality may read, as far as the person named with
--as may: somebody of the core team. With --narrow it also holds what only some
may read. FILE may be - for standard output.`,
		Example: `  rugzak handover --as core@example.test overdrachtsdossier.zip`,
		Args:    cobra.ExactArgs(1),
	}
	addSettings(cmd, "data")
	cmd.Flags().StringVar(&in.As, "as", "", "e-mail address of somebody of the core team (required)")
	cmd.Flags().BoolVar(&in.Narrow, "narrow", false, "also what not the whole municipality may read")
	_ = cmd.MarkFlagRequired("as") // fails for an unknown flag only
	cmd.RunE = a.action(func(cmd *cobra.Command, args []string) error {
		conf, err := a.settings(cmd)
		if err != nil {
			return err
		}
		in.Words = web.DossierWords(a.say, conf.SiteName)
		if in.Playbook, err = web.Playbook(content.FS, rugzak.Lang(a.say.Lang())); err != nil {
			return err
		}
		return a.withClient(cmd, reads, func(ctx context.Context, c *control.Client) error {
			if args[0] == "-" {
				return c.Handover(ctx, in, a.stdout)
			}
			bar := a.bar(control.StageReceive)
			defer bar.done()
			return writeFile(args[0], false, func(w io.Writer) error { return c.Handover(ctx, in, bar.counting(w)) })
		})
	})
	return cmd
}
