// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "time"

// Guess is what somebody may try to guess.
type Guess string

// What can be guessed, or asked for to bother somebody.
const (
	GuessPassword Guess = "password"
	GuessCode     Guess = "code"  // of an app, or a recovery code
	GuessReset    Guess = "reset" // a mail with a link to choose a password
)

// Attempt is one try.
type Attempt struct {
	Of      Guess
	Address string // it comes from
	Account string // it is for, as typed; whether it exists makes no difference
	Device  string // of a device that signed in as this account before; else empty
}

// Throttle slows down whoever guesses. It counts what goes wrong, so that
// nobody can lock out a colleague: not one who is somewhere else, and not one
// whose own device is known. An implementation is safe for concurrent use; one
// for several server processes counts where all of them can reach it.
type Throttle interface {
	// Begin asks to check an attempt. With 0 it may go on and End must follow;
	// otherwise it is how long to wait, and nothing was counted.
	Begin(a Attempt) time.Duration
	// End tells how an attempt went.
	End(a Attempt, right bool)
}
