// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"syscall"

	"github.com/spf13/cobra"

	"rugzak/pkg/rugzak"
)

func (a *app) serveCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Run the site",
		Long: `Run the site until it is told to stop (SIGTERM or SIGINT).

The first time, it prints a link with which the first administrator is made.
Every setting is a flag, RUGZAK_NAME in the environment, RUGZAK_NAME_FILE for a
file that holds the value, or a line in the YAML file of --config.`,
		Example: `  rugzak serve --data /var/lib/rugzak
  rugzak serve --listen 127.0.0.1:9000 --base-url https://rugzak.example.nl --trusted-proxies 127.0.0.1`,
		Args: cobra.NoArgs,
	}
	addSettings(cmd)
	cmd.RunE = a.action(func(cmd *cobra.Command, _ []string) error {
		conf, err := a.settings(cmd)
		if err != nil {
			return err
		}
		log := logger(conf, a.stderr)
		if loose(conf.DataDir) {
			log.Warn("others on this machine may look into the data directory", "do", "chmod 700")
		}
		l, err := (&net.ListenConfig{}).Listen(cmd.Context(), "tcp", conf.Listen)
		if err != nil {
			return listenError(conf.Listen, err)
		}
		s, err := a.start(conf, l, log)
		if err != nil {
			return err
		}
		at := address(conf, l)
		if conf.BaseURL != "" {
			at = conf.BaseURL
		}
		secret, needed, err := s.parts.service.FirstStart(cmd.Context())
		if err != nil {
			log.Error("the link for the first administrator cannot be made", "err", err)
		}
		_, _ = fmt.Fprintln(a.stdout, a.say.T("cli.serve.ready", at))
		if needed && err == nil {
			_, _ = fmt.Fprintf(a.stdout, "\n%s\n\n    %s\n\n", a.say.T("cli.serve.first"), at+firstStartPath(secret))
		}
		log.Info("ready", "version", built().Version, "listen", l.Addr().String())
		if err := a.notify("READY=1"); err != nil {
			log.Warn("the service manager was not told", "err", err)
		}
		return s.wait(cmd.Context(), func() { _ = a.notify("STOPPING=1") })
	})
	return cmd
}

// listenError says which address cannot be used, and why.
func listenError(addr string, err error) error {
	key := "cli.error.listen"
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		key = "cli.error.port_in_use"
	case errors.Is(err, fs.ErrPermission):
		key = "cli.error.port_denied"
	}
	return &rugzak.Error{Code: rugzak.CodeUnavailable, Key: key, Args: []any{addr}, Err: err}
}

// loose reports whether others than the owner may look into a directory.
func loose(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.Mode().Perm()&0o077 != 0
}
