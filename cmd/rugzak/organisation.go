// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"rugzak/pkg/control"
)

func (a *app) organisationCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "organisation",
		Short: "Add, list and edit departments and partner organisations",
		Args:  cobra.NoArgs,
		RunE:  a.help,
	}
	cmd.AddCommand(a.organisationAdd(), a.organisationList(), a.organisationEdit())
	return cmd
}

// organisationFlags are the flags of an organisation.
type organisationFlags struct {
	name, kind     string
	teams, removed []string
	closed         bool
}

// request holds what was typed; the rest stays.
func (f *organisationFlags) request(cmd *cobra.Command) control.OrganisationRequest {
	in := control.OrganisationRequest{Teams: f.teams, RemoveTeams: f.removed}
	given(cmd, "name", f.name, &in.Name)
	given(cmd, "kind", f.kind, &in.Kind)
	given(cmd, "closed", f.closed, &in.Closed)
	return in
}

// given sets a field when its flag was typed.
func given[T any](cmd *cobra.Command, flag string, value T, to **T) {
	if cmd.Flags().Changed(flag) {
		*to = &value
	}
}

func (a *app) organisationAdd() *cobra.Command {
	var f organisationFlags
	cmd := &cobra.Command{
		Use:     "add --name NAME --kind department|partner",
		Short:   "Add an organisation",
		Example: `  rugzak organisation add --name Jeugd --kind department --team "Toegang Jeugd"`,
		Args:    cobra.NoArgs,
	}
	addSettings(cmd, "data")
	cmd.Flags().StringVar(&f.name, "name", "", "name (required)")
	cmd.Flags().StringVar(&f.kind, "kind", "", "department or partner (required)")
	cmd.Flags().StringArrayVar(&f.teams, "team", nil, "name of a team; may be repeated")
	_ = cmd.MarkFlagRequired("name") // fails for an unknown flag only
	_ = cmd.MarkFlagRequired("kind")
	completeWith(cmd, "kind", "department", "partner")
	cmd.RunE = a.action(func(cmd *cobra.Command, _ []string) error {
		return a.withClient(cmd, writes, func(ctx context.Context, c *control.Client) error {
			o, err := c.AddOrganisation(ctx, f.request(cmd))
			if err == nil {
				a.tell(a.say.T("cli.organisation.added", o.Name, string(o.ID)))
			}
			return err
		})
	})
	return cmd
}

func (a *app) organisationEdit() *cobra.Command {
	var f organisationFlags
	cmd := &cobra.Command{
		Use:   "edit NAME-OR-ID",
		Short: "Change an organisation",
		Example: `  rugzak organisation edit jeugd --name "Jeugd en gezin" --team "Wijkteam Zuid"
  rugzak organisation edit jeugd --closed`,
		Args: cobra.ExactArgs(1),
	}
	addSettings(cmd, "data")
	cmd.Flags().StringVar(&f.name, "name", "", "new name")
	cmd.Flags().StringArrayVar(&f.teams, "team", nil, "name of a team to add; may be repeated")
	cmd.Flags().StringArrayVar(&f.removed, "remove-team", nil, "name or id of a team to remove; may be repeated")
	cmd.Flags().BoolVar(&f.closed, "closed", false, "take no new members; --closed=false opens it again")
	cmd.ValidArgsFunction = a.organisationNames
	cmd.RunE = a.action(func(cmd *cobra.Command, args []string) error {
		in := f.request(cmd)
		in.Which = args[0]
		return a.withClient(cmd, writes, func(ctx context.Context, c *control.Client) error {
			o, err := c.EditOrganisation(ctx, in)
			if err == nil {
				a.tell(a.say.T("cli.organisation.changed", o.Name, string(o.ID)))
			}
			return err
		})
	})
	return cmd
}

func (a *app) organisationList() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the organisations and their teams",
		Args:  cobra.NoArgs,
	}
	addSettings(cmd, "data")
	cmd.Flags().BoolVar(&asJSON, "json", false, "answer in JSON")
	cmd.RunE = a.action(func(cmd *cobra.Command, _ []string) error {
		return a.withClient(cmd, reads, func(ctx context.Context, c *control.Client) error {
			all, err := c.Organisations(ctx)
			if err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(all)
			}
			w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
			for _, o := range all {
				var teams []string
				for _, t := range o.Teams {
					teams = append(teams, t.Name)
				}
				mark := ""
				if o.Closed {
					mark = a.say.T("cli.organisation.closed")
				}
				_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", o.ID, o.Name, a.say.T("organisationkind."+string(o.Kind)), strings.Join(teams, ", "), mark)
			}
			return w.Flush()
		})
	})
	return cmd
}
