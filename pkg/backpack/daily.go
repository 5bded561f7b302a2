// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"time"

	"rugzak/pkg/rugzak"
)

// dailyLasts is how long a process that died keeps others from its daily work.
const dailyLasts = 10 * time.Minute

// daily does a piece of work once a day, counted in UTC, in one process. It
// does nothing when it was done today or another process is at it; work that
// fails is tried again. The day it was done is stored, so that a restart
// neither does it twice nor forgets it.
func (s *Service) daily(ctx context.Context, work string, do func(context.Context) error) error {
	_, holder := rugzak.NewSecret()
	mine := false
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		done, err := w.DoneAt(work)
		if mine = false; err != nil || sameDay(done, s.now()) {
			return err
		}
		mine, err = w.TakeLease(work, holder, s.now(), s.now().Add(dailyLasts))
		return err
	})
	if err != nil || !mine {
		return err
	}
	failed := do(ctx)
	_, err = s.Store.Update(context.WithoutCancel(ctx), func(w rugzak.Writer) error {
		now := s.now()
		mine, err := w.TakeLease(work, holder, now, now) // gives it up
		if err != nil || !mine || failed != nil {
			return err // not mine: it took too long, and another process has it
		}
		return w.MarkDone(work, now)
	})
	return errors.Join(failed, err)
}

func sameDay(a, b time.Time) bool {
	const day = 24 * time.Hour
	return !a.IsZero() && a.UTC().Truncate(day).Equal(b.UTC().Truncate(day))
}
