// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import "sync"

// wordCache remembers what is known of words, because the same ones come back
// in every text. It is safe for concurrent use and bounded: when it is full, only
// what was asked for since it was last full stays.
type wordCache[V any] struct {
	mu         sync.RWMutex
	known, old map[string]V
}

// maxCached is how many words are remembered twice over: most texts have no
// others.
const maxCached = 1 << 15

func newWordCache[V any]() *wordCache[V] { return &wordCache[V]{known: map[string]V{}} }

func (c *wordCache[V]) get(word string) (V, bool) {
	c.mu.RLock()
	v, ok := c.known[word]
	if !ok {
		v, ok = c.old[word]
		if ok {
			c.mu.RUnlock()
			c.put(word, v)
			return v, true
		}
	}
	c.mu.RUnlock()
	return v, ok
}

func (c *wordCache[V]) put(word string, v V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.known) >= maxCached {
		c.known, c.old = map[string]V{}, c.known
	}
	c.known[word] = v
}
