// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"rugzak/pkg/control"
	"rugzak/pkg/web"
)

// wooFlags are those of a selection for a request under the Woo.
type wooFlags struct {
	on       bool
	themes   []string
	from, to string
}

func (f *wooFlags) add(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.on, "woo", false, "write a selection for a request under the Woo, as a zip")
	cmd.Flags().StringArrayVar(&f.themes, "theme", nil, "with --woo: id or title of a theme; may be repeated")
	cmd.Flags().StringVar(&f.from, "from", "", "with --woo: first month, as 2026-01")
	cmd.Flags().StringVar(&f.to, "to", "", "with --woo: last month, as 2026-06")
}

func (a *app) exportWoo(cmd *cobra.Command, to string, f wooFlags) error {
	in := control.WooRequest{Themes: f.themes, From: f.from, To: f.to, Words: web.WooWords(a.say)}
	return a.withClient(cmd, reads, func(ctx context.Context, c *control.Client) error {
		write := func(w io.Writer) error { return c.Woo(ctx, in, w) }
		if to == "-" {
			return write(a.stdout)
		}
		return writeFile(to, false, write)
	})
}
