// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import "sync/atomic"

// kept keeps in memory what was made of records that hardly ever change. It is
// made again when the store says that they changed, by whichever process.
type kept[T any] struct{ last atomic.Pointer[keptAt[T]] }

// keptAt is what was made of records as they were at a version of all of them.
type keptAt[T any] struct {
	number int
	value  T
}

// at gives what belongs to a version, and makes it where it is not kept.
func (k *kept[T]) at(number int, read func() (T, error)) (T, error) {
	if last := k.last.Load(); last != nil && last.number == number {
		return last.value, nil
	}
	value, err := read()
	if err == nil {
		k.last.Store(&keptAt[T]{number, value})
	}
	return value, err
}
