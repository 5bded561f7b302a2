// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "time"

// Passkeys asks browsers for passkeys and checks their answers (WebAuthn).
// Options, state and data are its own: nobody else looks inside. A passkey
// belongs to one origin, scheme and host as browsers see them.
type Passkeys interface {
	// AskNew makes the options for a new passkey (JSON for the browser) and the
	// state that checks the answer. The passkeys in old are not made twice.
	AskNew(origin string, p Person, old []Factor) (options, state []byte, err error)
	// CheckNew reads the browser's answer (JSON) and returns the data to keep.
	CheckNew(origin string, p Person, state, answer []byte) (data []byte, err error)
	// Ask makes the options to sign in. Without a person any passkey of the site
	// may answer, and nothing is said about who has one.
	Ask(origin string, p PersonID, of []Factor) (options, state []byte, err error)
	// Check reads the answer. It asks factors for the passkeys of whom the answer
	// names, and returns the one that was used with its new data, and whether a
	// copy of it seems to be about.
	Check(origin string, state, answer []byte, factors func(PersonID) ([]Factor, error)) (used Factor, copied bool, err error)
}

// OneTimeCodes makes and checks the codes of an app (TOTP, RFC 6238).
type OneTimeCodes interface {
	NewSecret() string
	// Address is what the app reads (otpauth:).
	Address(secret, site, account string) string
	// Picture shows an address as a QR code, in PNG.
	Picture(address string) ([]byte, error)
	// Check returns the time step a code belongs to; ok is false for a code that
	// is wrong at this moment.
	Check(secret, code string, now time.Time) (step int64, ok bool)
}

// CommonPasswords knows which passwords are guessed first.
type CommonPasswords interface {
	// Common reports whether the password is one of those, or made of one and
	// the words about the person and the place that everybody can know.
	Common(password string, words ...string) bool
}
