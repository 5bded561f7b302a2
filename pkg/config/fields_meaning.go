// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package config

import (
	"errors"
	"net/netip"
	"net/url"
	"strings"
)

// Meaning is the endpoint that says what texts mean. Without an address
// searching goes by words only.
type Meaning struct {
	URL        string // without slash at the end
	Kind       string // one of the words below
	Model, Key string
}

// How an endpoint for meaning is spoken to.
const (
	MeaningOpenAI = "openai"
	MeaningOllama = "ollama"
)

// meaningFields are the settings of searching by meaning.
func meaningFields() []Field {
	return []Field{
		{
			Name: "meaning-url", Doc: "address of an endpoint of the organisation itself that turns texts into vectors, as http://127.0.0.1:11434; off by default",
			set: func(c *Config, s string) error { return setEndpoint(&c.Meaning.URL, s) },
			get: func(c Config) string { return c.Meaning.URL },
		},
		{
			Name: "meaning-kind", Default: MeaningOllama, Doc: "ollama (POST /api/embed) or openai (POST /v1/embeddings)",
			set: func(c *Config, s string) error { return setChoice(&c.Meaning.Kind, s, MeaningOllama, MeaningOpenAI) },
			get: func(c Config) string { return c.Meaning.Kind },
		},
		{
			Name: "meaning-model", Doc: "name of the model at meaning-url; needed with it",
			set: func(c *Config, s string) error { return setWord(&c.Meaning.Model, s) },
			get: func(c Config) string { return c.Meaning.Model },
		},
		{
			Name: "meaning-key", Secret: true, Doc: "key that meaning-url wants, if any; better in a file than in the environment",
			set: func(c *Config, s string) error { return setWord(&c.Meaning.Key, s) },
			get: func(c Config) string { return c.Meaning.Key },
		},
	}
}

// setEndpoint takes an address to which texts may go: over https, or over http
// inside a network of one's own.
func setEndpoint(to *string, s string) error {
	if s == "" {
		*to = ""
		return nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || strings.ContainsAny(s, "?#") {
		return errors.New("give http:// or https:// and a host name, without name, password or question in it")
	}
	if _, err := netip.ParseAddr(u.Hostname()); err != nil && !validHost(u.Hostname()) {
		return errors.New("the host name has characters that cannot stand in one")
	}
	if u.Scheme == "http" && !isInside(u.Hostname()) {
		return errors.New("texts go over https, unless to this machine, a private address or a name without a dot")
	}
	*to = strings.TrimRight(s, "/")
	return nil
}

// isInside reports whether a host is on this machine or in a network of one's
// own.
func isInside(host string) bool {
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return !strings.Contains(host, ".")
	}
	return addr.IsLoopback() || addr.IsPrivate()
}

// checkMeaning holds the settings of meaning to each other.
func checkMeaning(c Config, fields []Field) Problems {
	m := c.Meaning
	if m.URL == "" {
		return nil
	}
	var ps Problems
	add := func(name, wrong, remedy string) {
		ps = append(ps, Problem{name, originOf(c, fields, name), wrong, remedy})
	}
	if m.Model == "" {
		add("meaning-model", "is needed with meaning-url", "name the model that turns texts into vectors")
	}
	if u, err := url.Parse(m.URL); m.Key != "" && err == nil && u.Scheme == "http" && !isLoopback(u.Hostname()) {
		add("meaning-key", "would go over the network in the clear", "use an https address in meaning-url")
	}
	return ps
}
