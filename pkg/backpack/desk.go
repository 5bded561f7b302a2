// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// Desk is what waits for those who bundle entries into themes, counted from what
// this one may read.
type Desk struct {
	Gaps   int // searches that found nothing, and nobody settled
	Themes int // open ones
}

// Desk counts the work of a curator.
func (s *Service) Desk(ctx context.Context, by rugzak.Person) (Desk, error) {
	var d Desk
	if !rugzak.CanCurate(by) {
		return d, rugzak.Forbidden("error.curators_only")
	}
	gaps, err := s.SearchGaps(ctx, by)
	if err != nil {
		return d, err
	}
	d.Gaps = len(gaps.Open)
	err = s.view(ctx, "desk", func(r rugzak.Reader) error {
		themes, err := r.Themes()
		for _, t := range themes {
			if !t.Closed && rugzak.CanReadTheme(by, t) {
				d.Themes++
			}
		}
		return err
	})
	return d, err
}
