// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// Movement returns the compass, agenda, rounds and phases. Every person reads
// them, with the organisations they may know.
func (s *Service) Movement(ctx context.Context, by rugzak.Person) (rugzak.Movement, error) {
	var m rugzak.Movement
	if by.ID == "" {
		return m, mustSignIn()
	}
	err := s.view(ctx, "movement", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		m = n.movement
		m.Compass.Occasion = shownOccasion(m.Compass.Occasion)
		m.Agenda = slices.Clone(m.Agenda)
		for i, item := range m.Agenda {
			m.Agenda[i] = n.shownItem(by, item)
		}
		return nil
	})
	return m, err
}

// DriveCounts counts the entries the reader may see per drive. known is false
// while the index cannot tell.
func (s *Service) DriveCounts(ctx context.Context, by rugzak.Person) (perDrive map[rugzak.DriveID]int, known bool, err error) {
	counts, known, err := s.counts(ctx, by, rugzak.FacetDrive)
	out := map[rugzak.DriveID]int{}
	for id, n := range counts {
		out[rugzak.DriveID(id)] = n
	}
	return out, known, err
}
