// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package config

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Field is one setting: what it is called, what it means, and how it is read.
// The command line makes its flags from this list.
type Field struct {
	Name    string // of the flag and in the YAML file
	Default string
	Doc     string // one line of English help
	Secret  bool   // never printed, not even in an error
	List    bool   // several values: commas between them, or a YAML list

	set func(*Config, string) error
	get func(Config) string
}

// Env is the name of the environment variable of the setting. The variable
// with FileSuffix behind it names a file that holds the value.
func (f Field) Env() string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
}

// FileSuffix ends the names of environment variables that point to a file.
const FileSuffix = "_FILE"

const envPrefix = "RUGZAK_"

// The bounds of settings that have any.
const (
	minSession, maxSession = 5 * time.Minute, 90 * 24 * time.Hour
	minBody, maxBody       = 1 << 20, 64 << 20
	minStop, maxStop       = time.Second, 10 * time.Minute
	maxSiteName            = 60
)

// Fields returns all settings in the order in which they are documented.
func Fields() []Field {
	return slices.Concat(siteFields(), guardFields(), styleFields(), mailFields(), meaningFields())
}

func siteFields() []Field {
	return []Field{
		{
			Name: "data", Default: "./data", Doc: "folder that holds the store, the index and the control socket",
			set: func(c *Config, s string) error { return setPath(&c.DataDir, s) },
			get: func(c Config) string { return c.DataDir },
		},
		{
			Name: "listen", Default: "127.0.0.1:8080", Doc: "address and port to listen on, as 127.0.0.1:8080 or :8080",
			set: func(c *Config, s string) error { return setAddress(&c.Listen, s) },
			get: func(c Config) string { return c.Listen },
		},
		{
			Name: "base-url", Doc: "address people use in their browser, as https://rugzak.example.nl; decides links and secure cookies",
			set: func(c *Config, s string) error { return setBaseURL(&c.BaseURL, s) },
			get: func(c Config) string { return c.BaseURL },
		},
		{
			Name: "site-name", Default: "Rugzak", Doc: "name of the site on every page, at most 60 characters",
			set: func(c *Config, s string) error { return setName(&c.SiteName, s) },
			get: func(c Config) string { return c.SiteName },
		},
		{
			Name: "trusted-proxies", List: true, Doc: "addresses or networks of proxies whose X-Forwarded headers are believed; none by default",
			set: func(c *Config, s string) error { return setPrefixes(&c.TrustedProxies, s) },
			get: func(c Config) string { return joinPrefixes(c.TrustedProxies) },
		},
		{
			Name: "allowed-hosts", List: true, Doc: "host names to answer to besides that of base-url, without port",
			set: func(c *Config, s string) error { return setHosts(&c.AllowedHosts, s) },
			get: func(c Config) string { return strings.Join(c.AllowedHosts, ", ") },
		},
		{
			Name: "log-format", Default: LogText, Doc: "text or json",
			set: func(c *Config, s string) error { return setChoice(&c.LogFormat, s, LogText, LogJSON) },
			get: func(c Config) string { return c.LogFormat },
		},
		{
			Name: "log-level", Default: "info", Doc: "debug, info, warn or error",
			set: func(c *Config, s string) error { return setLevel(&c.LogLevel, s) },
			get: func(c Config) string { return strings.ToLower(c.LogLevel.String()) },
		},
		{
			Name: "session-idle", Default: "12h", Doc: "sign people out after this long without a request, 5m to 90d",
			set: func(c *Config, s string) error { return setDuration(&c.SessionIdle, s, minSession, maxSession) },
			get: func(c Config) string { return formatDuration(c.SessionIdle) },
		},
		{
			Name: "session-absolute", Default: "7d", Doc: "sign people out after this long in any case, not shorter than session-idle and at most 90d",
			set: func(c *Config, s string) error { return setDuration(&c.SessionAbsolute, s, minSession, maxSession) },
			get: func(c Config) string { return formatDuration(c.SessionAbsolute) },
		},
		{
			Name: "max-body", Default: "2MB", Doc: "largest request body, 1MB to 64MB",
			set: func(c *Config, s string) error { return setSize(&c.MaxBody, s, minBody, maxBody) },
			get: func(c Config) string { return formatSize(c.MaxBody) },
		},
		{
			Name: "stop-within", Default: "10s", Doc: "how long a stopping server waits for requests under way, 1s to 10m",
			set: func(c *Config, s string) error { return setDuration(&c.StopWithin, s, minStop, maxStop) },
			get: func(c Config) string { return formatDuration(c.StopWithin) },
		},
		{
			Name: "local-accounts", Default: "true", Doc: "true lets people sign in with a password or passkey; false leaves oidc-providers and proxy-auth-header only",
			set: func(c *Config, s string) error { return setNot(&c.NoLocalAccounts, s) },
			get: func(c Config) string { return strconv.FormatBool(!c.NoLocalAccounts) },
		},
		{
			Name: "proxy-auth-header", Doc: "header in which a proxy of proxy-auth-from names the e-mail address of who is signed in; off by default",
			set: func(c *Config, s string) error { return setHeader(&c.ProxyAuthHeader, s) },
			get: func(c Config) string { return c.ProxyAuthHeader },
		},
		{
			Name: "proxy-auth-from", List: true, Doc: "addresses or networks of the proxies whose proxy-auth-header is believed",
			set: func(c *Config, s string) error { return setPrefixes(&c.ProxyAuthFrom, s) },
			get: func(c Config) string { return joinPrefixes(c.ProxyAuthFrom) },
		},
	}
}
