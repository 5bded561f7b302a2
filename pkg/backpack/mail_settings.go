// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"time"

	"rugzak/pkg/rugzak"
)

// MailState is how mail is doing, for who administers. It holds no address and
// nothing of what mail is about.
type MailState struct {
	On      bool
	Waiting int
	Failing int       // of those that wait, how many were tried in vain
	Oldest  time.Time // when the oldest was queued
}

// SaveMailSettings changes the rules for mail. base is the version of the
// settings the form was made from.
func (s *Service) SaveMailSettings(ctx context.Context, by rugzak.Person, base int, rules rugzak.MailSettings) error {
	return s.saveSettings(ctx, by, base, "mail", func(all *rugzak.Settings) { all.Mail = rules })
}

// MailState tells how mail is doing.
func (s *Service) MailState(ctx context.Context, by rugzak.Person) (MailState, error) {
	if !rugzak.CanAdminister(by) {
		return MailState{}, rugzak.Forbidden("error.administrators_only")
	}
	state := MailState{On: s.MailOn()}
	err := s.view(ctx, "how mail is doing", func(r rugzak.Reader) error {
		queue, err := r.MailQueue()
		if state.Waiting = len(queue); len(queue) > 0 {
			state.Oldest = queue[0].At
		}
		for _, m := range queue {
			if m.Attempts > 0 {
				state.Failing++
			}
		}
		return err
	})
	return state, err
}

// SendTestMail sends a mail to the person who asks, at once, so that they see
// whether it goes out.
func (s *Service) SendTestMail(ctx context.Context, by rugzak.Person) error {
	if !rugzak.CanAdminister(by) {
		return rugzak.Forbidden("error.administrators_only")
	}
	if !s.MailOn() {
		return &rugzak.Error{Code: rugzak.CodeInvalid, Key: "error.mail.off"}
	}
	lang := by.Language.Or(rugzak.Dutch)
	say := func(key string, args ...any) string { return s.Post.Text(lang, key, args...) }
	full := rugzak.Letter{
		Lang: lang, Site: s.SiteName, Title: say("mail.test.title"), Lead: []string{say("mail.test.text")},
		Action: rugzak.LetterLink{Text: say("mail.test.action"), To: s.Post.Link(rugzak.LinkHome, "")},
		Foot:   []rugzak.LetterLink{{Text: say("mail.test.why")}},
	}
	html, err := s.Post.HTML(full)
	if err != nil {
		return err
	}
	err = s.Post.Mailer.Send(ctx, rugzak.Message{
		ID: rugzak.NewID(s.now()), To: by.Email, From: s.SiteName, Composed: s.now(),
		Subject: say("mail.test.subject", s.SiteName), Text: plainLetter(full), HTML: html,
	})
	if err != nil {
		s.Log.WarnContext(ctx, "test mail not sent", "err", err)
		return &rugzak.Error{Code: rugzak.CodeInvalid, Key: "error.mail.failed", Err: err}
	}
	return nil
}
