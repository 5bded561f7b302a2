// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"rugzak/pkg/control"
	"rugzak/pkg/rugzak"
)

func (a *app) personCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "person",
		Short: "Add, list and edit people",
		Args:  cobra.NoArgs,
		RunE:  a.help,
	}
	cmd.AddCommand(a.personAdd(), a.personList(), a.personEdit(), a.personResetFactors())
	return cmd
}

// personFlags are the flags of a person.
type personFlags struct {
	email, newEmail, name, organisation, team, language, passwordFile string
	roles                                                             []string
	inactive, unlink                                                  bool
}

func (f *personFlags) add(a *app, cmd *cobra.Command) {
	addSettings(cmd, "data")
	flags := cmd.Flags()
	flags.StringVar(&f.email, "email", "", "e-mail address (required)")
	flags.StringVar(&f.name, "name", "", "name")
	flags.StringVar(&f.organisation, "organisation", "", "organisation, by name or id")
	flags.StringVar(&f.team, "team", "", "team, by name or id")
	flags.StringArrayVar(&f.roles, "role", nil, "role; may be repeated: participant, facilitator, coreteam, manager, partnercontact, privacyofficer, administrator")
	flags.StringVar(&f.language, "language", "", "language of the site for this person, nl or en")
	flags.StringVar(&f.passwordFile, "password-file", "", "file that holds the password; - reads standard input")
	_ = cmd.MarkFlagRequired("email") // fails for an unknown flag only
	a.completeOrganisations(cmd, "organisation")
	var roles []string
	for _, r := range rugzak.Roles() {
		roles = append(roles, string(r))
	}
	completeWith(cmd, "role", roles...)
	completeWith(cmd, "language", "nl", "en")
}

// request holds what was typed; the rest stays.
func (f *personFlags) request(a *app, cmd *cobra.Command) (control.PersonRequest, error) {
	var in control.PersonRequest
	given(cmd, "name", f.name, &in.Name)
	given(cmd, "organisation", f.organisation, &in.Organisation)
	given(cmd, "team", f.team, &in.Team)
	given(cmd, "language", rugzak.Lang(f.language), &in.Language)
	for _, r := range f.roles {
		in.Roles = append(in.Roles, rugzak.Role(r))
	}
	if f.language != "" && !rugzak.Lang(f.language).Valid() {
		var p rugzak.Problems
		p.Add("language", "error.choose")
		return in, p.Err()
	}
	if f.passwordFile == "" {
		return in, nil
	}
	password, err := a.readPassword(f.passwordFile)
	in.Password = &password
	return in, err
}

// readPassword reads the first line of a file. Passwords never stand on the
// command line, where others on the machine can see them.
func (a *app) readPassword(path string) (string, error) {
	from := a.stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return "", err
		}
		defer f.Close()
		from = f
	}
	data, err := io.ReadAll(io.LimitReader(from, 2*rugzak.MaxPasswordBytes))
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(string(data), "\n")
	return strings.TrimSuffix(line, "\r"), nil
}

func (a *app) personAdd() *cobra.Command {
	var f personFlags
	cmd := &cobra.Command{
		Use:   "add --email EMAIL --name NAME --organisation NAME-OR-ID",
		Short: "Add a person",
		Long: `Add a person. Without --role they are a participant. Without --password-file a
link is printed by which they choose a password themselves.`,
		Example: `  rugzak person add --email a@example.test --name "A. Voorbeeld" --organisation Jeugd --role facilitator
  pass show rugzak | rugzak person add --email b@example.test --name B --organisation wmo --role administrator --password-file -`,
		Args: cobra.NoArgs,
	}
	f.add(a, cmd)
	_ = cmd.MarkFlagRequired("name")
	_ = cmd.MarkFlagRequired("organisation")
	cmd.RunE = a.action(func(cmd *cobra.Command, _ []string) error {
		in, err := f.request(a, cmd)
		if err != nil {
			return err
		}
		in.Email = &f.email
		conf, err := a.settings(cmd)
		if err != nil {
			return err
		}
		return a.withStore(cmd.Context(), conf, writes, func(ctx context.Context, c *control.Client) error {
			p, err := c.AddPerson(ctx, in)
			if err != nil {
				return err
			}
			a.tell(a.say.T("cli.person.added", p.Name, p.Email))
			if p.PasswordSecret != "" {
				base := conf.BaseURL
				if base == "" {
					base = "http://" + conf.Listen
				}
				_, _ = fmt.Fprintf(a.stdout, "%s\n\n    %s\n\n", a.say.T("cli.person.link"), base+passwordPath(p.PasswordSecret))
			}
			return nil
		})
	})
	return cmd
}

func (a *app) personEdit() *cobra.Command {
	var f personFlags
	cmd := &cobra.Command{
		Use:   "edit --email EMAIL",
		Short: "Change a person",
		Long: `Change the person with this e-mail address. What is not named stays; --role names
all roles anew. Another role, team or organisation ends their sessions.`,
		Example: `  rugzak person edit --email a@example.test --role participant --role facilitator
  rugzak person edit --email a@example.test --inactive
  rugzak person edit --email a@example.test --password-file new.password`,
		Args: cobra.NoArgs,
	}
	f.add(a, cmd)
	cmd.Flags().StringVar(&f.newEmail, "new-email", "", "new e-mail address")
	cmd.Flags().BoolVar(&f.inactive, "inactive", false, "may not sign in; --inactive=false lets them in again")
	cmd.Flags().BoolVar(&f.unlink, "unlink", false, "forget by which sign-in provider they are known; the next sign-in joins anew")
	cmd.RunE = a.action(func(cmd *cobra.Command, _ []string) error {
		in, err := f.request(a, cmd)
		if err != nil {
			return err
		}
		in.Which = f.email
		given(cmd, "new-email", f.newEmail, &in.Email)
		given(cmd, "inactive", f.inactive, &in.Inactive)
		in.Unlink = f.unlink
		return a.withClient(cmd, writes, func(ctx context.Context, c *control.Client) error {
			p, err := c.EditPerson(ctx, in)
			if err == nil {
				a.tell(a.say.T("cli.person.changed", p.Name, p.Email))
			}
			return err
		})
	})
	return cmd
}

func (a *app) personList() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the people who have an account",
		Args:  cobra.NoArgs,
	}
	addSettings(cmd, "data")
	cmd.Flags().BoolVar(&asJSON, "json", false, "answer in JSON")
	cmd.RunE = a.action(func(cmd *cobra.Command, _ []string) error {
		return a.withClient(cmd, reads, func(ctx context.Context, c *control.Client) error {
			all, err := c.People(ctx)
			if err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(all)
			}
			w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
			for _, p := range all {
				var roles []string
				for _, r := range p.Roles {
					roles = append(roles, string(r))
				}
				mark := ""
				if p.Inactive {
					mark = a.say.T("cli.person.inactive")
				}
				_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", p.Email, p.Name, p.Organisation, p.Team, strings.Join(roles, ", "), mark)
			}
			return w.Flush()
		})
	})
	return cmd
}

func (a *app) personResetFactors() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "reset-factors EMAIL",
		Short: "Take the second step of a person away",
		Long: `Take the passkeys, code app and recovery codes of a person away who lost them, and
end their sessions. They sign in with their password, and add a factor again
where a role asks for one. Make sure first that it is really them who asks.`,
		Example: `  rugzak person reset-factors a@example.test`,
		Args:    cobra.ExactArgs(1),
	}
	addSettings(cmd, "data")
	cmd.RunE = a.action(func(cmd *cobra.Command, args []string) error {
		return a.withClient(cmd, writes, func(ctx context.Context, c *control.Client) error {
			p, err := c.ResetFactors(ctx, args[0])
			if err == nil {
				a.tell(a.say.T("cli.person.factors_reset", p.Name, p.Email))
			}
			return err
		})
	})
	return cmd
}
