// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"html/template"
	"log/slog"
	"strings"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/config"
	"rugzak/pkg/locale"
	"rugzak/pkg/mail"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/web"
	"rugzak/templates"
)

// post is how mail goes out; nil where it is not set up.
func post(c config.Config, catalogue *locale.Catalogue, log *slog.Logger) (*backpack.Post, error) {
	if !c.MailReady() {
		if c.Mail.Host != "" {
			log.Warn("no mail is sent: links in mail need an address", "do", "set base-url")
		}
		return nil, nil
	}
	mailer, err := mail.New(mail.Options{
		Host: c.Mail.Host, Port: c.Mail.Port, User: c.Mail.User, Password: c.Mail.Password, TLS: mail.TLS(c.Mail.TLS), From: c.Mail.From,
	})
	if err != nil {
		return nil, err
	}
	letter, err := template.ParseFS(templates.FS, "mail/letter.html")
	if err != nil {
		return nil, err
	}
	return &backpack.Post{
		Mailer: mailer,
		Text: func(lang rugzak.Lang, key string, args ...any) string {
			return catalogue.Printer(string(lang)).T(key, args...)
		},
		Count: func(lang rugzak.Lang, key string, n int, args ...any) string {
			return catalogue.Printer(string(lang)).N(key, n, args...)
		},
		Day: func(lang rugzak.Lang, day string) string {
			at, err := time.Parse(time.DateOnly, day)
			if err != nil {
				return day
			}
			return catalogue.Printer(string(lang)).Date(at)
		},
		HTML: func(l rugzak.Letter) (string, error) {
			var b strings.Builder
			err := letter.Execute(&b, l)
			return b.String(), err
		},
		Link: func(to rugzak.LinkTo, value string) string { return c.BaseURL + string(web.LinkPath(to, value)) },
	}, nil
}
