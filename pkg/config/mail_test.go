// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package config

import (
	"errors"
	"strings"
	"testing"
)

// The settings of mail fit each other, and the password is never shown.
func TestMailSettings(t *testing.T) {
	for name, test := range map[string]struct {
		flags   map[string]string
		problem string // the setting that is wrong; empty when none is
		ready   bool
	}{
		"none":                    {nil, "", false},
		"no base-url":             {map[string]string{"smtp-host": "mail.voorbeeld.example", "mail-from": "r@voorbeeld.example"}, "", false},
		"ready":                   {map[string]string{"smtp-host": "mail.voorbeeld.example", "mail-from": "r@voorbeeld.example", "base-url": "https://r.example"}, "", true},
		"with a password":         {map[string]string{"smtp-host": "10.0.0.5", "mail-from": "r@voorbeeld.example", "smtp-user": "u", "smtp-password": "geheim"}, "", false},
		"no sender":               {map[string]string{"smtp-host": "mail.voorbeeld.example"}, "mail-from", false},
		"half a sign-in":          {map[string]string{"smtp-host": "mail.voorbeeld.example", "mail-from": "r@voorbeeld.example", "smtp-user": "u"}, "smtp-user", false},
		"no tls elsewhere":        {map[string]string{"smtp-host": "mail.voorbeeld.example", "mail-from": "r@voorbeeld.example", "smtp-tls": "none"}, "smtp-tls", false},
		"no tls here":             {map[string]string{"smtp-host": "127.0.0.1", "mail-from": "r@voorbeeld.example", "smtp-tls": "none"}, "", false},
		"a password in the clear": {map[string]string{"smtp-host": "localhost", "mail-from": "r@voorbeeld.example", "smtp-tls": "none", "smtp-user": "u", "smtp-password": "p"}, "smtp-tls", false},
		"a scheme":                {map[string]string{"smtp-host": "smtp://mail"}, "smtp-host", false},
		"a named sender":          {map[string]string{"smtp-host": "mail.example", "mail-from": "R <r@voorbeeld.example>"}, "mail-from", false},
	} {
		c, err := Load(Input{Flags: test.flags, Env: func(string) (string, bool) { return "", false }})
		var ps Problems
		if errors.As(err, &ps); test.problem == "" != (err == nil) || err != nil && ps[0].Field != test.problem {
			t.Errorf("%s: %v, want a problem with %q", name, err, test.problem)
		}
		if c.MailReady() != test.ready {
			t.Errorf("%s: mail is ready: %v", name, c.MailReady())
		}
		for _, s := range c.Describe() {
			if strings.Contains(s.Value, "geheim") {
				t.Errorf("%s: %s shows the password", name, s.Name)
			}
		}
	}
}
