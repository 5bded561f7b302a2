// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// AskReset puts the mail by which somebody chooses a new password in the queue.
// Whoever asks learns nothing: for an address nobody has the work is the same,
// and what it wrote is taken back before it is stored.
func (s *Service) AskReset(ctx context.Context, email string) error {
	if err := s.localOnly(); err != nil {
		return err
	}
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		p, err := w.PersonByEmail(rugzak.CleanEmail(email))
		if err != nil && !isMissing(err) {
			return err
		}
		known := err == nil && !p.Inactive
		m := rugzak.Mail{ID: rugzak.NewID(s.now()), Kind: MailReset, To: p.ID, At: s.now()}
		if err := w.QueueMail(m); err != nil {
			return err
		}
		if known {
			return nil
		}
		return w.RemoveMail(m.ID)
	})
	return err
}
