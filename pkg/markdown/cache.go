// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"container/list"
	"sync"

	"rugzak/pkg/rugzak"
)

// cacheKey is a hash over everything a rendering depends on.
type cacheKey [32]byte

// cached is a rendering, a plain text or advice, and its size.
type cached struct {
	key      cacheKey
	rendered rugzak.Rendered
	plain    string
	advice   []rugzak.Advice
}

// entryOverhead is about what the maps and lists need per text.
const entryOverhead = 300

func (c *cached) bytes() int64 {
	n := entryOverhead + len(c.rendered.HTML) + len(c.plain)
	for _, h := range c.rendered.Headings {
		n += 40 + len(h.ID) + len(h.Text)
	}
	for _, a := range c.advice {
		n += 80 + len(a.Text)
	}
	return int64(n)
}

// cache keeps the texts used last, up to a number of bytes. It is safe for
// concurrent use.
type cache struct {
	mu    sync.Mutex
	limit int64
	used  int64
	order *list.List // of *cached, used last in front
	items map[cacheKey]*list.Element
}

func newCache(limit int64) *cache {
	return &cache{limit: limit, order: list.New(), items: make(map[cacheKey]*list.Element)}
}

func (c *cache) get(key cacheKey) (*cached, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	element, ok := c.items[key]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(element)
	item, ok := element.Value.(*cached)
	return item, ok
}

// clear drops everything.
func (c *cache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.used = 0
	c.order.Init()
	clear(c.items)
}

// put stores an item. One larger than the whole cache is not stored.
func (c *cache) put(item *cached) {
	size := item.bytes()
	if size > c.limit {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.items[item.key]; ok {
		return // another reader of the same text was first
	}
	c.items[item.key] = c.order.PushFront(item)
	c.used += size
	for c.used > c.limit {
		last := c.order.Back()
		c.order.Remove(last)
		if old, ok := last.Value.(*cached); ok {
			delete(c.items, old.key)
			c.used -= old.bytes()
		}
	}
}
