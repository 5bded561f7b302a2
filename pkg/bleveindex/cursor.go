// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"encoding/base64"
	"encoding/binary"
	"math"

	"rugzak/pkg/rugzak"
)

// place is where a hit stands in the order: by score or by time, then by id,
// the newest (highest) first.
type place struct {
	score  float64
	listed uint64
	id     string
}

// before reports whether a stands above b in an order.
func (a place) before(b place, by rugzak.Sort) bool {
	switch {
	case by == rugzak.ByRelevance && a.score != b.score:
		return a.score > b.score
	case by == rugzak.ByNewest && a.listed != b.listed:
		return a.listed > b.listed
	}
	return a.id > b.id
}

// maxCursor bounds what is taken apart; ids are much shorter.
const maxCursor = 512

// The first byte of a cursor says by what it is ordered.
const (
	cursorRelevance = 'r'
	cursorNewest    = 'n'
)

// cursor writes a place so that parseCursor finds it again.
func (a place) cursor(by rugzak.Sort) rugzak.Cursor {
	var b []byte
	if by == rugzak.ByRelevance {
		b = binary.BigEndian.AppendUint64([]byte{cursorRelevance}, math.Float64bits(a.score))
	} else {
		b = binary.BigEndian.AppendUint64([]byte{cursorNewest}, a.listed)
	}
	return rugzak.Cursor(base64.RawURLEncoding.EncodeToString(append(b, a.id...)))
}

// parseCursor reads a cursor of the same order.
func parseCursor(c rugzak.Cursor, by rugzak.Sort) (place, bool) {
	if c == "" || len(c) > maxCursor {
		return place{}, false
	}
	b, err := base64.RawURLEncoding.DecodeString(string(c))
	if err != nil || len(b) <= 9 {
		return place{}, false
	}
	number, id := binary.BigEndian.Uint64(b[1:9]), string(b[9:])
	switch {
	case b[0] == cursorRelevance && by == rugzak.ByRelevance:
		score := math.Float64frombits(number)
		return place{score: score, id: id}, !math.IsNaN(score)
	case b[0] == cursorNewest && by == rugzak.ByNewest:
		return place{listed: number, id: id}, true
	}
	return place{}, false
}
