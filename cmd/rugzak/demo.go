// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"rugzak/pkg/config"
	"rugzak/pkg/rugzak"
)

func (a *app) demoCommand() *cobra.Command {
	var fresh bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Try a site with made-up people and entries",
		Long: `Run a site with made-up people and entries, in a folder of its own.

What you change is kept until the next time; --fresh starts anew. The entries
are in Dutch; --lang en gives a demonstration in English. --theme-folder shows it
in the house style of your organisation.`,
		Example: `  rugzak demo
  rugzak demo --lang en --fresh
  rugzak demo --theme-folder ./huisstijl --development true`,
		Args: cobra.NoArgs,
	}
	addSettings(cmd, "data", "listen", "site-name", "theme-folder", "theme-class", "theme-logo", "theme-favicon", "development")
	data := cmd.Flags().Lookup("data")
	data.DefValue, data.Usage = "", "folder to keep the demonstration in (default: rugzak-demo in your cache folder)"
	cmd.Flags().Lookup(config.FileFlag).Hidden = true
	cmd.Flags().BoolVar(&fresh, "fresh", false, "throw the previous demonstration away")
	cmd.RunE = a.action(func(cmd *cobra.Command, _ []string) error {
		lang := rugzak.Lang(a.lang).Or(rugzak.Dutch)
		conf, err := a.demoSettings(cmd, lang)
		if err != nil {
			return err
		}
		return a.demo(cmd.Context(), conf, demonstration{dir: conf.DataDir, lang: lang}, fresh, !cmd.Flags().Changed("listen"))
	})
	return cmd
}

// demoSettings come from the flags alone: the environment and settings files
// are about a real site.
func (a *app) demoSettings(cmd *cobra.Command, lang rugzak.Lang) (config.Config, error) {
	given := givenSettings(cmd)
	if given["data"] == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return config.Config{}, refused("cli.error.no_cache")
		}
		given["data"] = filepath.Join(cache, "rugzak-demo")
		if lang != rugzak.Dutch {
			given["data"] += "-" + string(lang)
		}
	}
	given["log-level"] = "warn"
	return config.Load(config.Input{Flags: given, Env: func(string) (string, bool) { return "", false }, ReadFile: os.ReadFile})
}

func (a *app) demo(ctx context.Context, conf config.Config, d demonstration, fresh, anyPort bool) error {
	if err := d.claim(ctx, fresh); err != nil {
		return err
	}
	l, err := a.demoListener(ctx, conf.Listen, anyPort)
	if err != nil {
		return err
	}
	if err := a.makeApart(ctx, d); err != nil {
		return errors.Join(err, l.Close())
	}
	s, err := a.start(conf, l, logger(conf, a.stderr))
	if err != nil {
		return err
	}
	password, err := d.fill(ctx, s.parts.service, a.catalogue)
	if err == nil {
		err = s.parts.service.CatchUp(ctx)
	}
	if err == nil {
		err = a.introduce(address(conf, l), d, password)
	}
	if err != nil {
		ended, cancel := context.WithCancel(ctx)
		cancel()
		return errors.Join(err, s.wait(ended, func() {}))
	}
	return s.wait(ctx, func() {})
}

// demoListener takes another port when the usual one is taken and nobody asked
// for it.
func (a *app) demoListener(ctx context.Context, addr string, anyPort bool) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if anyPort && errors.Is(err, syscall.EADDRINUSE) {
		a.tell(a.say.T("cli.demo.other_port", addr))
		l, err = (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	}
	if err != nil {
		return nil, listenError(addr, err)
	}
	return l, nil
}

// introduce prints where the site is and how to sign in.
func (a *app) introduce(at string, d demonstration, password string) error {
	people, err := d.cast()
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintf(w, "\n%s\n\n    %s\n\n%s\n\n", a.say.T("cli.demo.ready"), at, a.say.T("cli.demo.sign_in"))
	for _, p := range people {
		_, _ = fmt.Fprintf(w, "    %s\t%s\t%s\n", a.say.T("cli.demo.as."+p.part), p.person.Email, p.person.Name)
	}
	_, _ = fmt.Fprintf(w, "\n    %s\t%s\n\n%s\n", a.say.T("cli.demo.password"), password, a.say.T("cli.demo.stop", d.dir))
	return cmp.Or(w.Flush(), nil)
}
