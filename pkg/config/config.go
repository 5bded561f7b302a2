// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package config reads how one Rugzak is set up: a single struct, filled from
// flags, environment variables, files they point to, a YAML file and defaults,
// in that order, and passed by value to whoever needs it.
//
// A setting has one name in all places: the flag --base-url is RUGZAK_BASE_URL
// in the environment, RUGZAK_BASE_URL_FILE for a file that holds the value, and
// base-url in the YAML file.
package config

import (
	"log/slog"
	"net/netip"
	"strings"
	"time"
)

// Config is how one Rugzak is set up. Load gives only valid ones.
type Config struct {
	DataDir         string         // folder of the store, the index and the control socket
	Listen          string         // host:port
	BaseURL         string         // scheme and host, no slash at the end; empty when not set
	SiteName        string         // what the pages call the site
	TrustedProxies  []netip.Prefix // whose forwarded headers are believed
	AllowedHosts    []string       // lower-case host names without port; see AllowsHost
	LogFormat       string         // LogText or LogJSON
	LogLevel        slog.Level
	SessionIdle     time.Duration  // signed out after so long without a request
	SessionAbsolute time.Duration  // signed out after so long in any case
	MaxBody         int64          // bytes of a request body
	StopWithin      time.Duration  // how long a stop waits for requests under way
	NoLocalAccounts bool           // nobody signs in with a password or passkey
	ProxyAuthHeader string         // canonical name; empty when off
	ProxyAuthFrom   []netip.Prefix // whose header is believed
	Providers       []Provider     // of the YAML file only

	TLSCert, TLSKey   string // files; both or none
	MaxConnections    int
	SearchesPerMinute int    // of one person
	WritesPerMinute   int    // of one person
	SecurityContact   string // e-mail or https address; may be empty

	Mail    Mail
	Meaning Meaning

	Theme       Theme
	Development bool // shows the page with every part of the design

	origins   []string // per field of Fields, where the value came from
	providers string   // where the providers stand
}

// The two log formats.
const (
	LogText = "text"
	LogJSON = "json"
)

// Secure says that people reach the site over https, so that cookies may be
// bound to it.
func (c Config) Secure() bool { return strings.HasPrefix(c.BaseURL, "https://") }

// Setting is one row of what Describe tells.
type Setting struct {
	Name   string
	Value  string // as it could be written in the YAML file; secrets are masked
	Source string // "default", "flag --listen", "rugzak.yaml:3", ...
}

// Describe returns the effective settings in the order of Fields, without
// secrets, fit to be printed.
func (c Config) Describe() []Setting { return describe(c, Fields()) }

func describe(c Config, fields []Field) []Setting {
	settings := make([]Setting, len(fields))
	for i, f := range fields {
		settings[i] = Setting{Name: f.Name, Value: f.get(c), Source: sourceDefault}
		if i < len(c.origins) {
			settings[i].Source = c.origins[i]
		}
		if f.Secret && settings[i].Value != "" {
			settings[i].Value = "********"
		}
	}
	if len(c.Providers) > 0 {
		settings = append(settings, Setting{Name: ProvidersName, Value: describeProviders(c.Providers), Source: c.providers})
	}
	return settings
}
