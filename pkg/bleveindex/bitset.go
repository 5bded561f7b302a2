// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"iter"
	"math/bits"
	"slices"
)

// bitset is a set of texts, by their numbers in a segment or in a whole snapshot.
type bitset []uint64

func newBitset(n int64) bitset       { return make(bitset, (n+63)/64) }
func (b bitset) has(doc uint32) bool { return b[doc/64]&(1<<(doc%64)) != 0 }
func (b bitset) add(doc uint32)      { b[doc/64] |= 1 << (doc % 64) }
func (b bitset) isEmpty() bool       { return !slices.ContainsFunc(b, func(w uint64) bool { return w != 0 }) }

// and gives the texts that two sets share.
func (b bitset) and(o bitset) (c bitset) {
	c = make(bitset, len(b))
	for i := range b {
		c[i] = b[i] & o[i]
	}
	return c
}

// without takes the texts of another set out.
func (b bitset) without(o bitset) {
	for i := range b {
		b[i] &^= o[i]
	}
}

// all gives the texts in order.
func (b bitset) all() iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for i, w := range b {
			for ; w != 0; w &= w - 1 {
				if !yield(uint32(i*64 + bits.TrailingZeros64(w))) {
					return
				}
			}
		}
	}
}

// next gives the first text from one on; noDoc when there is none.
func (b bitset) next(from uint64) uint64 {
	for i := from / 64; i < uint64(len(b)); i++ {
		w := b[i]
		if i == from/64 {
			w &= ^uint64(0) << (from % 64)
		}
		if w != 0 {
			return i*64 + uint64(bits.TrailingZeros64(w))
		}
	}
	return noDoc
}

// or puts the texts of another set in.
func (b bitset) or(o bitset) {
	for i := range o {
		b[i] |= o[i]
	}
}

// count is how many texts there are.
func (b bitset) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// meets reports whether two sets share a text.
func (b bitset) meets(o bitset) bool {
	for i := range b {
		if b[i]&o[i] != 0 {
			return true
		}
	}
	return false
}

// countAnd is how many texts two sets share.
func (b bitset) countAnd(o bitset) int {
	n := 0
	for i := range b {
		n += bits.OnesCount64(b[i] & o[i])
	}
	return n
}
