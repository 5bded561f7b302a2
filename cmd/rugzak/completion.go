// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"rugzak/pkg/control"
)

// The command completion itself comes with cobra; this is what it may offer.

// completeWith offers fixed words for a flag.
func completeWith(cmd *cobra.Command, flag string, words ...string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)) // fails for an unknown flag only
}

// completeOrganisations offers the ids of organisations for a flag.
func (a *app) completeOrganisations(cmd *cobra.Command, flag string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, a.organisationNames)
}

// organisationNames asks a running server. Without one it offers nothing:
// opening the store at every press of a key would be slow.
func (a *app) organisationNames(cmd *cobra.Command, _ []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	conf, err := a.settings(cmd)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	c, err := control.Dial(ctx, conf.DataDir)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	defer c.Close()
	all, err := c.Organisations(ctx)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var out []cobra.Completion
	for _, o := range all {
		out = append(out, cobra.CompletionWithDesc(string(o.ID), o.Name))
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
