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
	Threads      []DeskThread // common threads that ask for care, by theme
}

// DeskThread is a common thread that asks for care: it is held, sources of it
// became too narrow, or much came since it was written.
type DeskThread struct {
	Theme rugzak.Theme
	Held  bool
	// Narrow are the sources that fewer may read than the thread, as far as the
	// curator may know of them.
	Narrow    int
	Fresh     int // entries since, when they are that many that it is old
	MoreFresh bool
}

// threadOld is how many new entries make a common thread one to write anew.
const threadOld = 5

// deskThreads are the common threads of open themes that ask for care.
func (s *Service) deskThreads(n *names, by rugzak.Person, open []rugzak.Theme) (out []DeskThread, err error) {
	for _, t := range open {
		var v ThemeView
		if err := s.threadFor(n, by, t, &v); err != nil {
			return nil, err
		}
		d := DeskThread{Theme: t, Held: v.Thread.Held, Narrow: len(v.Narrow), Fresh: v.Thread.Fresh, MoreFresh: v.Thread.MoreFresh}
		if d.Fresh < threadOld {
			d.Fresh = 0
		}
		if d.Held || d.Narrow > 0 || d.Fresh > 0 {
			out = append(out, d)
		}
	}
	return out, nil
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
		d.Threads, err = s.deskThreads(n, by, d.Open)
		return err
	})
	return d, err
}
