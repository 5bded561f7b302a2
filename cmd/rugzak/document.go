// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"github.com/spf13/cobra"

	"rugzak/pkg/media"
	"rugzak/pkg/rugzak"
)

// readDocument is the command by which the program starts itself to read one
// document, within bounds. People have no use for it.
const readDocument = "read-document"

func (a *app) documentCommand() *cobra.Command {
	cmd := &cobra.Command{Use: readDocument + " KIND", Short: "Write the text of a document", Hidden: true, Args: cobra.ExactArgs(1)}
	cmd.RunE = a.action(func(_ *cobra.Command, args []string) error {
		return media.Inside(rugzak.AttachmentKind(args[0]), a.stdin, a.stdout, 0)
	})
	return cmd
}
