// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// FinishTour remembers that a person was shown around, or did not want to be:
// it is never offered to them again.
func (s *Service) FinishTour(ctx context.Context, by rugzak.Person) error {
	if by.ID == "" {
		return mustSignIn()
	}
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		p, err := w.Person(by.ID)
		if err != nil || p.TourDone {
			return err
		}
		p.TourDone = true
		return w.SavePerson(p, p.Version)
	})
	return err
}
