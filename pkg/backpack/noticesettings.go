// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// NoticeSettings returns how the person wants to be told, and when the message
// of the week goes out.
func (s *Service) NoticeSettings(ctx context.Context, by rugzak.Person) (own rugzak.NoticeSettings, week rugzak.MailSettings, err error) {
	if by.ID == "" {
		return own, week, mustSignIn()
	}
	err = s.view(ctx, "how somebody wants to be told", func(r rugzak.Reader) error {
		all, err := r.Settings()
		if err != nil {
			return err
		}
		week = all.Mail
		own, err = r.NoticeSettings(by.ID)
		return err
	})
	return own, week, err
}

// SaveNoticeSettings changes how the person wants to be told.
func (s *Service) SaveNoticeSettings(ctx context.Context, by rugzak.Person, in rugzak.NoticeSettings) error {
	if by.ID == "" {
		return mustSignIn()
	}
	in.Person = by.ID
	if err := in.Validate(); err != nil {
		return err
	}
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		if _, err := w.Person(by.ID); err != nil {
			return err
		}
		return w.SaveNoticeSettings(in)
	})
	return err
}

// WantDigest switches the mail of the week on or off.
func (s *Service) WantDigest(ctx context.Context, by rugzak.Person, on bool) error {
	if by.ID == "" {
		return mustSignIn()
	}
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		own, err := w.NoticeSettings(by.ID)
		if err != nil {
			return err
		}
		own.Digest = on
		return w.SaveNoticeSettings(own)
	})
	return err
}
