// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"

	"github.com/spf13/cobra"

	"rugzak/pkg/config"
	"rugzak/pkg/rugzak"
)

// makeDemo is the command by which a demonstration starts the program itself to
// make the example set. People have no use for it.
const makeDemo = "make-demo"

func (a *app) makeDemoCommand() *cobra.Command {
	cmd := &cobra.Command{Use: makeDemo + " FOLDER", Short: "Make the example set", Hidden: true, Args: cobra.ExactArgs(1)}
	cmd.RunE = a.action(func(cmd *cobra.Command, args []string) (err error) {
		conf, err := config.Load(config.Input{
			Flags: map[string]string{"data": args[0]}, Env: func(string) (string, bool) { return "", false },
			ReadFile: func(string) ([]byte, error) { return nil, errors.New("no file is asked for") },
		})
		if err != nil {
			return err
		}
		p, err := open(conf, a.catalogue, a.clock, a.commandLog())
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, p.Close()) }()
		d := demonstration{dir: conf.DataDir, lang: rugzak.Lang(a.lang).Or(rugzak.Dutch)}
		if _, err = d.fill(cmd.Context(), p.service, a.catalogue); err != nil {
			return err
		}
		return errors.Join(p.service.FollowResults(cmd.Context()), p.service.CatchUp(cmd.Context()))
	})
	return cmd
}

// makeApart makes the example set in a process of its own, which gives back all
// that took when it ends: the site that is shown afterwards weighs what a site
// weighs. What is left of it when it is ended before, is made by fill.
func (a *app) makeApart(ctx context.Context, d demonstration) error {
	if a.program == "" || hasStore(d.dir) {
		return nil
	}
	cmd := exec.CommandContext(ctx, a.program, makeDemo, "--lang", string(d.lang), d.dir)
	cmd.Env = []string{}
	cmd.Stderr = a.stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("make the example set: %w", err)
	}
	return nil
}
