// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strconv"

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
	sum := sha256.Sum256([]byte(l))
	return sum[:8]
}

// markTime is the length of the time in a mark: sixteen hexadecimal digits.
const markTime = 16

// listKey is the place of a mark in a list. The time is stored as eight bytes.
func listKey(l rugzak.List, m rugzak.Mark) ([]byte, bool) {
	key := listPrefix(l)
	if m == "" {
		return key, true
	}
	if len(m) < markTime {
		return nil, false
	}
	key = append(key[:8:8], make([]byte, 8)...)
	if _, err := hex.Decode(key[8:], []byte(m[:markTime])); err != nil {
		return nil, false
	}
	return append(key, m[markTime:]...), true
}

// entryOf is the entry a list key leads to.
func entryOf(listKey []byte) rugzak.EntryID { return rugzak.EntryID(listKey[16:]) }

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
