// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import "sync"

// wordCache remembers what is known of words, because the same ones come back
// in every text. It is safe for concurrent use and bounded: when it is full it
// starts again.
type wordCache[V any] struct {
	mu    sync.RWMutex
	known map[string]V
}

// maxCached is how many words are remembered: most texts have no others.
const maxCached = 1 << 14

func newWordCache[V any]() *wordCache[V] { return &wordCache[V]{known: map[string]V{}} }

func (c *wordCache[V]) get(word string) (V, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	v, ok := c.known[word]
	return v, ok
}

func (c *wordCache[V]) put(word string, v V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.known) >= maxCached {
		clear(c.known)
	}
	c.known[word] = v
}
