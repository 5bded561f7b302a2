// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// SetVisual remembers whether a person writes with the formatting in view.
func (s *Service) SetVisual(ctx context.Context, by rugzak.Person, on bool) error {
	if by.ID == "" {
		return mustSignIn()
	}
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		p, err := w.Person(by.ID)
		if err != nil || p.Visual == on {
			return err
		}
		p.Visual = on
		return w.SavePerson(p, p.Version)
	})
	return err
}
