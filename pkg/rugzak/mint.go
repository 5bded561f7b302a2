// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"strings"
	"time"
)

// KeyLength is the length of the key of a backpack, in bytes.
const KeyLength = 32

// mintTag is how many bytes at the end of a minted id are its tag. An id that
// was made for somebody else passes by chance once in four billion.
const mintTag = 4

// MintID makes the id of a new entry for one person: a UUIDv7 as NewID makes
// it, whose last bytes only the holder of the key can make for this person.
// Without that, whoever sends a first draft under an id they found somewhere
// would be told whether there is an entry of that id.
func MintID(key []byte, by PersonID, at time.Time) EntryID {
	id := NewID(at)
	u, err := idEncoding.DecodeString(strings.ToUpper(id))
	if err != nil {
		panic("rugzak: an id that NewID made must decode: " + err.Error())
	}
	copy(u[len(u)-mintTag:], mintedTag(key, by, u))
	return EntryID(strings.ToLower(idEncoding.EncodeToString(u)))
}

// Minted reports whether an id was made for this person by MintID.
func Minted(key []byte, by PersonID, id EntryID) bool {
	u, err := idEncoding.DecodeString(strings.ToUpper(string(id)))
	if err != nil || len(key) != KeyLength || !ValidID(string(id)) {
		return false
	}
	return subtle.ConstantTimeCompare(u[len(u)-mintTag:], mintedTag(key, by, u)) == 1
}

func mintedTag(key []byte, by PersonID, u []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("entry id\x00" + string(by) + "\x00"))
	mac.Write(u[:len(u)-mintTag])
	return mac.Sum(nil)[:mintTag]
}

// KeyReader reads the key of the backpack.
type KeyReader interface {
	// Key is a secret of this backpack, made when it is first opened: it lives
	// as long as the data, and every process that shares the store has the same.
	Key() ([]byte, error)
}
