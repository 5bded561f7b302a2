// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "time"

// LeaseWriter lets one of several processes do what must be done once, such as
// sending mail.
type LeaseWriter interface {
	// TakeLease gives a piece of work to a holder until a time, and makes it
	// longer for who has it; mine is false while somebody else has it. Until at
	// gives it up.
	TakeLease(work, holder string, at, until time.Time) (mine bool, err error)
}
