// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "time"

// Made remembers what a form made, by a key that stands in the form: sending
// the form again makes nothing twice. Entries need none, for their form holds
// the id of the entry itself.
type Made struct {
	Person PersonID
	Key    string // as made by NewID
	ID     string // of what was made
	At     time.Time
}

// MadeLasts is how long a form is remembered.
const MadeLasts = 7 * 24 * time.Hour

// MadeReader reads what forms made.
type MadeReader interface {
	Made(person PersonID, key string) (Made, error)
}

// MadeWriter remembers what forms made.
type MadeWriter interface {
	// SaveMade remembers, and forgets what the person made longer ago than
	// MadeLasts.
	SaveMade(m Made) error
}
