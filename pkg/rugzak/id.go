// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"strings"
	"time"
)

// The ids of the product. An EntryID is a UUIDv7 in lower-case base32hex, so
// that sorting ids sorts by time of making; the others are made the same way
// or, for organisations, teams, themes and drives, given by hand as a slug.
type (
	EntryID        string
	PersonID       string
	OrganisationID string
	TeamID         string
	ThemeID        string
	DriveID        string
	PhaseID        string
)

var idEncoding = base32.HexEncoding.WithPadding(base32.NoPadding)

// idLength is the length of 128 bits in base32.
const idLength = 26

// NewID returns a new UUIDv7 (RFC 9562) in lower-case base32hex. The time in
// it is at; pass a rounded time where the exact moment must not be told. What
// is drawn never looks like a number of eight digits or more: people paste
// addresses with an id into their texts, where a number that may be a citizen
// service number is refused.
func NewID(at time.Time) string {
	for {
		var u [16]byte
		_, _ = rand.Read(u[:]) // crypto/rand never fails: it ends the program
		ms := uint64(at.UnixMilli())
		binary.BigEndian.PutUint16(u[0:], uint16(ms>>32))
		binary.BigEndian.PutUint32(u[2:], uint32(ms))
		if id := encodeID(u); !holdsNumber(id[idTimeLength:]) {
			return id
		}
	}
}

// idTimeLength is the length of the part of an id that tells the time. A letter
// follows, for the version of a UUIDv7, so that no number goes on past it.
const idTimeLength = 10

// holdsNumber says whether eight digits stand side by side.
func holdsNumber(s string) bool {
	digits := 0
	for _, c := range s {
		if digits++; c < '0' || c > '9' {
			digits = 0
		}
		if digits == 8 {
			return true
		}
	}
	return false
}

// encodeID writes 128 bits as the id of a UUIDv7.
func encodeID(u [16]byte) string {
	u[6] = u[6]&0x0f | 0x70
	u[8] = u[8]&0x3f | 0x80
	return strings.ToLower(idEncoding.EncodeToString(u[:]))
}

// AnonymousID returns the id under which a draft is shared without name. It is
// always the same for a draft, so that sharing twice makes one entry, and it
// tells no more of the time than the month.
func AnonymousID(draft EntryID, at time.Time) EntryID {
	month := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
	u, err := idEncoding.DecodeString(strings.ToUpper(NewID(month)))
	if err != nil {
		panic("rugzak: an id that NewID made must decode: " + err.Error())
	}
	for secret := "anonymous:" + string(draft); ; secret += "'" {
		tail := sha256.Sum256([]byte(secret))
		copy(u[6:], tail[:10])
		if id := encodeID([16]byte(u)); !holdsNumber(id[idTimeLength:]) {
			return EntryID(id)
		}
	}
}

// MadeAt is the time that stands in an id NewID made.
func MadeAt(id EntryID) time.Time {
	u, err := idEncoding.DecodeString(strings.ToUpper(string(id)))
	if err != nil || len(u) < 6 {
		return time.Time{}
	}
	ms := uint64(binary.BigEndian.Uint16(u[0:]))<<32 | uint64(binary.BigEndian.Uint32(u[2:]))
	return time.UnixMilli(int64(ms)).UTC()
}

// ValidID reports whether s has the form NewID gives.
func ValidID(s string) bool {
	if len(s) != idLength {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'v') {
			return false
		}
	}
	return true
}

// MaxSlug is the longest slug in bytes.
const MaxSlug = 60

// ValidSlug reports whether s may be the id of an organisation, team, theme,
// drive or phase: lower-case letters, digits and single hyphens.
func ValidSlug(s string) bool {
	if s == "" || len(s) > MaxSlug || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return !strings.Contains(s, "--")
}

// Slug makes a slug of a name: letters with accents lose them, everything else
// that is no letter or digit becomes a hyphen. It is empty when nothing is left.
func Slug(name string) string {
	var b strings.Builder
	hyphen := false
	for _, r := range strings.ToLower(name) {
		switch r = PlainLetter(r); {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			if hyphen && b.Len() > 0 {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteRune(r)
		default:
			hyphen = true
		}
		if b.Len() >= MaxSlug-1 {
			break
		}
	}
	return b.String()
}

// CompareNames orders names as people look for them: without regard to capitals,
// and letters with accents among those without.
func CompareNames(a, b string) int {
	a, b = strings.ToLower(a), strings.ToLower(b)
	return cmp.Or(strings.Compare(strings.Map(PlainLetter, a), strings.Map(PlainLetter, b)), strings.Compare(a, b))
}

// PlainLetter is a small letter without its accent.
func PlainLetter(r rune) rune {
	if plain, ok := plainLetters[r]; ok {
		return plain
	}
	return r
}

var plainLetters = map[rune]rune{
	'á': 'a', 'à': 'a', 'ä': 'a', 'â': 'a', 'ã': 'a', 'å': 'a', 'é': 'e', 'è': 'e', 'ë': 'e', 'ê': 'e',
	'í': 'i', 'ì': 'i', 'ï': 'i', 'î': 'i', 'ó': 'o', 'ò': 'o', 'ö': 'o', 'ô': 'o', 'õ': 'o', 'ø': 'o',
	'ú': 'u', 'ù': 'u', 'ü': 'u', 'û': 'u', 'ç': 'c', 'ñ': 'n', 'ý': 'y', 'ÿ': 'y',
}
