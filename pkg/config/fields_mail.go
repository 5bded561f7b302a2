// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package config

import (
	"errors"
	"net/mail"
	"net/netip"
	"strconv"
	"strings"
)

// Mail is the mail system through which mail goes out. Without a host there is
// none.
type Mail struct {
	Host           string
	Port           int
	User, Password string
	TLS            string // one of the words below
	From           string // address
}

// How a connection to the mail system is made safe.
const (
	MailStartTLS = "starttls"
	MailTLS      = "tls"
	MailNoTLS    = "none"
)

// MailReady reports whether mail can go out: there is a mail system, and an
// address for the links.
func (c Config) MailReady() bool { return c.Mail.Host != "" && c.BaseURL != "" }

// mailFields are the settings of the mail system.
func mailFields() []Field {
	return []Field{
		{
			Name: "smtp-host", Doc: "host name or address of the mail system; without it, and without base-url, no mail is sent",
			set: func(c *Config, s string) error { return setHost(&c.Mail.Host, s) },
			get: func(c Config) string { return c.Mail.Host },
		},
		{
			Name: "smtp-port", Default: "587", Doc: "port of the mail system, 1 to 65535",
			set: func(c *Config, s string) error { return setCount(&c.Mail.Port, s, 1, 65535) },
			get: func(c Config) string { return strconv.Itoa(c.Mail.Port) },
		},
		{
			Name: "smtp-tls", Default: MailStartTLS, Doc: "starttls, tls (from the first byte, often port 465) or none (for a mail system on this machine only, without password)",
			set: func(c *Config, s string) error { return setChoice(&c.Mail.TLS, s, MailStartTLS, MailTLS, MailNoTLS) },
			get: func(c Config) string { return c.Mail.TLS },
		},
		{
			Name: "smtp-user", Doc: "name to sign in to the mail system with; goes with smtp-password",
			set: func(c *Config, s string) error { return setWord(&c.Mail.User, s) },
			get: func(c Config) string { return c.Mail.User },
		},
		{
			Name: "smtp-password", Secret: true, Doc: "password for the mail system; better in a file than in the environment",
			set: func(c *Config, s string) error { return setWord(&c.Mail.Password, s) },
			get: func(c Config) string { return c.Mail.Password },
		},
		{
			Name: "mail-from", Doc: "e-mail address mail is sent from, as rugzak@example.nl; needed with smtp-host",
			set: func(c *Config, s string) error { return setMailAddress(&c.Mail.From, s) },
			get: func(c Config) string { return c.Mail.From },
		},
	}
}

func setHost(to *string, s string) error {
	if _, err := netip.ParseAddr(s); s != "" && err != nil && !validHost(s) {
		return errors.New("give a host name or an address, without scheme and port")
	}
	*to = s
	return nil
}

func setWord(to *string, s string) error {
	if len(s) > 500 || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' }) {
		return errors.New("give at most 500 characters on one line")
	}
	*to = s
	return nil
}

func setMailAddress(to *string, s string) error {
	a, err := mail.ParseAddress(s)
	if s != "" && (err != nil || a.Address != s || a.Name != "") {
		return errors.New("give a bare e-mail address")
	}
	*to = s
	return nil
}

// checkMail holds the settings of mail to each other.
func checkMail(c Config, fields []Field) Problems {
	var ps Problems
	add := func(name, wrong, remedy string) {
		ps = append(ps, Problem{name, originOf(c, fields, name), wrong, remedy})
	}
	m := c.Mail
	switch {
	case m.Host == "":
		return nil
	case m.From == "":
		add("mail-from", "is needed with smtp-host", "name the address that mail is sent from")
	}
	if (m.User == "") != (m.Password == "") {
		add("smtp-user", "goes with smtp-password", "give both or neither")
	}
	if m.TLS == MailNoTLS && (!isLoopback(m.Host) || m.User != "") {
		add("smtp-tls", "may be none only for a mail system on this machine, without a password", "choose starttls or tls")
	}
	return ps
}

func isLoopback(host string) bool {
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}
