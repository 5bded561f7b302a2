// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"strconv"
	"sync"
	"time"

	"rugzak/pkg/rugzak"
)

// Why signing in was refused, as it stands in the audit log.
const (
	refusedPassword = "password"
	refusedCode     = "code"
	refusedRecovery = "recovery"
	refusedPasskey  = "passkey"
	refusedClone    = "passkey.cloned"
	// refusedMore stands before the number of refusals that were counted only.
	refusedMore = "more:"
)

// refusedPerMinute is how many refusals a minute are written down one by one.
// More are counted, so that nobody can fill the disk by guessing.
const refusedPerMinute = 30

// refusals bounds what a process writes down about refusals.
type refusals struct {
	mu     sync.Mutex
	minute time.Time
	n      int
	more   int
}

// take counts a refusal. It says whether to write it down, and how many before
// it were counted only.
func (r *refusals) take(now time.Time) (write bool, more int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if minute := now.Truncate(time.Minute); minute != r.minute {
		r.minute, r.n = minute, 0
		more, r.more = r.more, 0
	}
	if r.n++; r.n > refusedPerMinute {
		r.more++
		return false, 0
	}
	return true, more
}

// refused writes down that signing in was refused. Nobody did it, and whoever
// is not known has no name in the log: the work is the same.
func (s *Service) refused(ctx context.Context, p rugzak.Person, why string) {
	write, more := s.refusals.take(s.now())
	if !write {
		return
	}
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		if more > 0 {
			if err := s.audit(w, rugzak.Person{}, rugzak.AuditSignInRefused, "", refusedMore+strconv.Itoa(more)); err != nil {
				return err
			}
		}
		subject := ""
		if p.ID != "" {
			subject = rugzak.PersonActor(p.ID)
		}
		return s.audit(w, rugzak.Person{}, rugzak.AuditSignInRefused, subject, why)
	})
	if err != nil { // the answer stays the same
		s.Log.WarnContext(ctx, "refusal not written down", "err", err)
	}
}
