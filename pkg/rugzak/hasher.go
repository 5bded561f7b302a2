// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "context"

// Hasher keeps passwords: it makes hashes that can be stored and checks a
// password against one. Implementations are safe for concurrent use and limit
// how many run at once.
type Hasher interface {
	Hash(ctx context.Context, password string) (string, error)
	// Verify reports whether the password belongs to the hash. An empty hash
	// costs the same work and never matches, so that an unknown person cannot
	// be told from a wrong password.
	Verify(ctx context.Context, hash, password string) (bool, error)
	// NeedsRehash reports whether the hash was made with older settings.
	NeedsRehash(hash string) bool
}

// The limits of a password, in characters and in bytes.
const (
	MinPassword      = 12
	MaxPasswordBytes = 1024
)
