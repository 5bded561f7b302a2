// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package config

import (
	"errors"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
)

// The bounds of the settings that guard the server.
const (
	minConnections, maxConnections = 50, 100_000
	minPerMinute, maxPerMinute     = 10, 10_000
)

// guardFields are the settings that guard the server: its own certificate, and
// how much anybody may ask of it.
func guardFields() []Field {
	return []Field{
		{
			Name: "tls-cert", Doc: "certificate file (PEM, with the chain); with it the server speaks TLS itself",
			set: func(c *Config, s string) error { return setFile(&c.TLSCert, s) },
			get: func(c Config) string { return c.TLSCert },
		},
		{
			Name: "tls-key", Doc: "file of the private key (PEM) that belongs to tls-cert",
			set: func(c *Config, s string) error { return setFile(&c.TLSKey, s) },
			get: func(c Config) string { return c.TLSKey },
		},
		{
			Name: "max-connections", Default: "1000", Doc: "connections at a time, 50 to 100000; more wait for a free one",
			set: func(c *Config, s string) error { return setCount(&c.MaxConnections, s, minConnections, maxConnections) },
			get: func(c Config) string { return strconv.Itoa(c.MaxConnections) },
		},
		{
			Name: "searches-per-minute", Default: "120", Doc: "searches and lists of one person in a minute, 10 to 10000; suggestions while typing five times as many",
			set: func(c *Config, s string) error { return setCount(&c.SearchesPerMinute, s, minPerMinute, maxPerMinute) },
			get: func(c Config) string { return strconv.Itoa(c.SearchesPerMinute) },
		},
		{
			Name: "writes-per-minute", Default: "120", Doc: "forms one person may send in a minute, drafts that save themselves included, 10 to 10000",
			set: func(c *Config, s string) error { return setCount(&c.WritesPerMinute, s, minPerMinute, maxPerMinute) },
			get: func(c Config) string { return strconv.Itoa(c.WritesPerMinute) },
		},
		{
			Name: "security-contact", Doc: "e-mail address or https address where people report a weakness; shown in /.well-known/security.txt",
			set: func(c *Config, s string) error { return setContact(&c.SecurityContact, s) },
			get: func(c Config) string { return c.SecurityContact },
		},
	}
}

func setFile(to *string, s string) error {
	if strings.ContainsRune(s, 0) {
		return errors.New("give the path of a file")
	}
	*to = s
	return nil
}

func setCount(to *int, s string, least, most int) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < least || n > most {
		return errors.New("give a whole number from " + strconv.Itoa(least) + " to " + strconv.Itoa(most))
	}
	*to = n
	return nil
}

// setContact accepts an e-mail address or an https address.
func setContact(to *string, s string) error {
	problem := errors.New("give an e-mail address, or an address that begins with https://")
	if strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return problem
	}
	if u, err := url.Parse(s); s == "" || err == nil && u.Scheme == "https" && validHost(u.Hostname()) {
		*to = s
		return nil
	}
	if a, err := mail.ParseAddress(s); err != nil || a.Address != s || a.Name != "" {
		return problem
	}
	*to = s
	return nil
}
