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
	Unthemed     int // shared entries in no theme, that were not refused
	MoreUnthemed bool
	Gaps         int            // searches that found nothing, and nobody settled
	Open         []rugzak.Theme // themes, by title
	Review       int            // entries that are due for review, after their authors had the time to look
	MoreReview   bool
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
	queue, err := s.ReviewQueue(ctx, by)
	if err != nil {
		return d, err
	}
	d.Review, d.MoreReview = len(queue.Lines), queue.More
	err = s.view(ctx, "desk", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		if d.Unthemed, d.MoreUnthemed, err = s.countUnthemed(n, by); err != nil {
			return err
		}
		for _, t := range n.themes {
			if !t.Closed {
				d.Open = append(d.Open, t)
			}
		}
		sortThemes(d.Open)
		return nil
	})
	return d, err
}
