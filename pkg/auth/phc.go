// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package auth

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/crypto/argon2"
)

// settings are the costs of one hash.
type settings struct {
	memory uint32 // KiB
	passes uint32
	lanes  uint8
}

// current is what OWASP recommends for argon2id (Password Storage Cheat Sheet).
var current = settings{memory: 19 * 1024, passes: 2, lanes: 1}

const (
	saltLength = 16
	keyLength  = 32
)

// The bounds of a stored hash: one from elsewhere must not be able to take all
// memory or time.
const (
	maxMemory = 256 * 1024 // KiB
	maxPasses = 16
	maxLanes  = 16
	minBytes  = 8
	minKey    = 16
	maxBytes  = 64
	maxPHC    = 256
)

// phc is a hash in the PHC string format:
// $argon2id$v=19$m=19456,t=2,p=1$<salt>$<key>.
type phc struct {
	settings
	salt, key []byte
}

var phcEncoding = base64.RawStdEncoding.Strict()

// String is the form that is stored.
func (p phc) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.memory, p.passes, p.lanes,
		phcEncoding.EncodeToString(p.salt), phcEncoding.EncodeToString(p.key))
}

// errPHC never tells more: a hash does not belong in a log.
var errPHC = errors.New("not an argon2id hash we can use")

// parsePHC reads the form String writes, and no other.
func parsePHC(s string) (phc, error) {
	if len(s) > maxPHC {
		return phc{}, errPHC
	}
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != "v="+strconv.Itoa(argon2.Version) {
		return phc{}, errPHC
	}
	costs := strings.Split(parts[3], ",")
	if len(costs) != 3 {
		return phc{}, errPHC
	}
	memory, okM := cost(costs[0], "m=", maxMemory)
	passes, okT := cost(costs[1], "t=", maxPasses)
	lanes, okP := cost(costs[2], "p=", maxLanes)
	salt, errSalt := phcEncoding.DecodeString(parts[4])
	key, errKey := phcEncoding.DecodeString(parts[5])
	if !okM || !okT || !okP || errSalt != nil || errKey != nil ||
		len(salt) < minBytes || len(salt) > maxBytes || len(key) < minKey || len(key) > maxBytes || memory < 8*lanes {
		return phc{}, errPHC
	}
	p := phc{settings{memory: memory, passes: passes, lanes: uint8(lanes)}, salt, key}
	if p.String() != s { // leading zeros, line ends in base64
		return phc{}, errPHC
	}
	return p, nil
}

func cost(s, name string, most uint32) (uint32, bool) {
	digits, ok := strings.CutPrefix(s, name)
	n, err := strconv.ParseUint(digits, 10, 32)
	return uint32(n), ok && err == nil && n >= 1 && n <= uint64(most)
}
