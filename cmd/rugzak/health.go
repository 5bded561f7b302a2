// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"rugzak/pkg/rugzak"
)

const (
	readyPath      = "/readyz"
	healthPatience = 5 * time.Second
)

func (a *app) healthCommand() *cobra.Command {
	var url string
	cmd := &cobra.Command{
		Use:   "healthcheck",
		Short: "Ask a running server whether it is well",
		Long: `Ask the server that listens on this machine whether it is ready: the store is
open and the index keeps up. Ends with 0 when it is, and with 1 when it is not.`,
		Example: `  rugzak healthcheck --listen 0.0.0.0:8080
  rugzak healthcheck --url https://rugzak.example.nl/readyz`,
		Args: cobra.NoArgs,
	}
	addSettings(cmd, "data", "listen", "tls-cert", "tls-key")
	cmd.Flags().StringVar(&url, "url", "", "address to ask instead")
	cmd.RunE = a.action(func(cmd *cobra.Command, _ []string) error {
		transport := &http.Transport{DisableKeepAlives: true}
		if url == "" {
			conf, err := a.settings(cmd)
			if err != nil {
				return err
			}
			url = "http://" + loopback(conf.Listen) + readyPath
			if conf.TLSCert != "" {
				url = "https://" + loopback(conf.Listen) + readyPath
				if transport.TLSClientConfig, err = trustOnly(conf.TLSCert); err != nil {
					return certificateError(conf.TLSCert, conf.TLSKey, err)
				}
			}
		}
		req, err := http.NewRequestWithContext(cmd.Context(), http.MethodGet, url, nil)
		if err != nil {
			return usage("cli.error.url")
		}
		client := &http.Client{
			Timeout: healthPatience, Transport: transport,
			// A page to sign in is no sign of health.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}
		res, err := client.Do(req)
		if err != nil {
			return &rugzak.Error{Code: rugzak.CodeUnavailable, Key: "cli.health.silent", Args: []any{url}, Err: err}
		}
		defer res.Body.Close()
		body, err := io.ReadAll(io.LimitReader(res.Body, 4<<10))
		if err != nil || res.StatusCode != http.StatusOK {
			return &rugzak.Error{
				Code: rugzak.CodeUnavailable, Key: "cli.health.not_ready", Args: []any{url, res.StatusCode},
				Err: fmt.Errorf("%s %s", res.Status, body),
			}
		}
		a.tell(a.say.T("cli.health.ready"))
		return nil
	})
	return cmd
}

// loopback is where a server with this listening address is reached from the
// same machine.
func loopback(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return listen
	}
	switch ip := net.ParseIP(host); {
	case host == "", ip != nil && ip.IsUnspecified() && ip.To4() != nil:
		host = "127.0.0.1"
	case ip != nil && ip.IsUnspecified():
		host = "::1"
	}
	return net.JoinHostPort(host, port)
}
