// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// stopSecret is the secret by which a person stops mail, which works from now
// on.
func (s *Service) stopSecret(ctx context.Context, person rugzak.PersonID, stream rugzak.MailStream) (secret string, err error) {
	var key []byte
	there := false
	err = s.view(ctx, "link to stop mail", func(r rugzak.Reader) error {
		if key, err = r.Key(); err != nil {
			return err
		}
		secret = rugzak.UnsubscribeSecret(key, person, stream)
		_, err := r.Unsubscribe(rugzak.HashSecret(secret))
		if there = err == nil; isMissing(err) {
			err = nil
		}
		return err
	})
	if err != nil || there {
		return secret, err
	}
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		if _, err := w.Person(person); err != nil {
			return err // left this very moment
		}
		return w.SaveUnsubscribe(rugzak.Unsubscribe{Hash: rugzak.HashSecret(secret), Person: person, Stream: stream})
	})
	return secret, err
}

// StopMail stops the mail a link was made for. It answers the same whether the
// link is known or not, and whether or not it was used before.
func (s *Service) StopMail(ctx context.Context, secret string) error {
	if len(secret) > 100 {
		return nil
	}
	there := false // what is known of nobody is not worth a write
	err := s.view(ctx, "link to stop mail", func(r rugzak.Reader) error {
		_, err := r.Unsubscribe(rugzak.HashSecret(secret))
		if there = err == nil; isMissing(err) {
			err = nil
		}
		return err
	})
	if err != nil || !there {
		return err
	}
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		u, err := w.Unsubscribe(rugzak.HashSecret(secret))
		if isMissing(err) {
			return nil
		}
		if err != nil {
			return err
		}
		settings, err := w.NoticeSettings(u.Person)
		if err != nil {
			return err
		}
		switch u.Stream {
		case rugzak.StreamDigest:
			settings.Digest = false
		case rugzak.StreamInstant:
			settings.Quiet = true
		}
		return w.SaveNoticeSettings(settings)
	})
	return err
}
