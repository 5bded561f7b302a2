// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"strings"

	"rugzak/pkg/rugzak"
)

// pair joins two ids into a key. Ids hold no zero byte: they are checked where
// they come in.
func pair[A, B ~string | ~[]byte](a A, b B) []byte {
	key := make([]byte, 0, len(a)+1+len(b))
	key = append(key, a...)
	key = append(key, 0)
	return append(key, b...)
}

func numbered(id rugzak.EntryID, number int) []byte {
	return binary.BigEndian.AppendUint64(pair(id, ""), uint64(number))
}

// listPrefix stands for the name of a list: eight bytes of its hash, so that
// keys stay short. Readers check each entry, so that two lists with one prefix
// (one chance in 10^9 with a hundred thousand lists) would be untidy, not a leak.
func listPrefix(l rugzak.List) []byte {
	// What somebody wrote and what carries their token are the same entries:
	// they are kept once.
	if person, ok := strings.CutPrefix(string(l), string(rugzak.AuthorList(""))); ok {
		l = rugzak.TokenList(rugzak.PersonToken(rugzak.PersonID(person)))
	}
	sum := sha256.Sum256([]byte(l))
	return sum[:8:8]
}

// markTime is the length of the time in a mark: sixteen hexadecimal digits.
const markTime = 16

// listKey is the place of a mark in a list: the time as eight bytes, then the
// id. An entry has half a dozen of these keys, so they are kept short.
func listKey(l rugzak.List, m rugzak.Mark) ([]byte, bool) {
	key := listPrefix(l)
	if m == "" {
		return key, true
	}
	if len(m) < markTime {
		return nil, false
	}
	key = append(key, make([]byte, 8)...)
	if _, err := hex.Decode(key[8:], []byte(m[:markTime])); err != nil {
		return nil, false
	}
	return appendID(key, string(m[markTime:])), true
}

// oddID stands before an id that does not have the form of rugzak.NewID.
const oddID = 0xff

var idBits = base32.NewEncoding("0123456789abcdefghijklmnopqrstuv").WithPadding(base32.NoPadding)

// appendID writes an id as the 16 bytes it stands for. They sort as the ids
// do; an odd id, which only tests and old tools make, sorts behind them.
func appendID(key []byte, id string) []byte {
	start := len(key)
	if rugzak.ValidID(id) {
		packed, err := idBits.AppendDecode(key, []byte(id))
		if err == nil && packed[start] != oddID && idBits.EncodeToString(packed[start:]) == id {
			return packed
		}
	}
	return append(append(key[:start], oddID), id...)
}

// entryOf is the entry a list key leads to.
func entryOf(listKey []byte) rugzak.EntryID {
	const place = 16 // list and time
	switch {
	case len(listKey) <= place:
		return ""
	case listKey[place] == oddID:
		return rugzak.EntryID(listKey[place+1:])
	}
	return rugzak.EntryID(idBits.EncodeToString(listKey[place:]))
}

// position is the form in which a sequence number leaves the store.
func position(seq uint64) rugzak.Position {
	if seq == 0 {
		return ""
	}
	h := strconv.FormatUint(seq, 16)
	return rugzak.Position("0000000000000000"[len(h):] + h)
}

// sequence reads a position back.
func sequence(p rugzak.Position) (uint64, error) {
	if p == "" {
		return 0, nil
	}
	seq, err := strconv.ParseUint(string(p), 16, 64)
	if err == nil && position(seq) != p {
		err = strconv.ErrSyntax
	}
	return seq, err
}
