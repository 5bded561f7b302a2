// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"github.com/microcosm-cc/bluemonday"

	"rugzak/pkg/rugzak"
)

// Version names what this renderer makes of a text. It changes whenever the
// output for an unchanged text changes, and is part of every cache key.
const Version = "2"

// Options of a Renderer.
type Options struct {
	// Text looks up a sentence of the catalogue. Without it the renderer
	// shows keys.
	Text func(lang rugzak.Lang, key string, args ...any) string
	// Origin is the scheme and host of this site ("https://rugzak.example.nl"):
	// links to it are not marked as external. May be empty.
	Origin string
	// CacheBytes bounds the memory of rendered texts; 0 keeps none.
	CacheBytes int64
	// Concurrent is how many texts may be rendered at once; 0 means 2.
	Concurrent int
}

// Renderer implements rugzak.Renderer. It is safe for concurrent use.
type Renderer struct {
	engines map[rugzak.Lang]*engine
	policy  *bluemonday.Policy
	slots   chan struct{}
	cache   *cache
}

var _ rugzak.Renderer = (*Renderer)(nil)

// New returns a renderer for all languages of the product.
func New(o Options) *Renderer {
	if o.Text == nil {
		o.Text = func(_ rugzak.Lang, key string, _ ...any) string { return key }
	}
	if o.Concurrent <= 0 {
		o.Concurrent = 2
	}
	r := &Renderer{
		engines: make(map[rugzak.Lang]*engine),
		policy:  newPolicy(),
		slots:   make(chan struct{}, o.Concurrent),
		cache:   newCache(o.CacheBytes),
	}
	for _, lang := range rugzak.Languages() {
		r.engines[lang] = newEngine(newWords(o.Text, lang), strings.TrimSuffix(o.Origin, "/"))
	}
	return r
}

// Render returns the text as safe HTML with its headings. A language the
// product does not speak counts as Dutch. A text that costs too much gives a
// *rugzak.Error with CodeInvalid; a context that ends gives its error.
func (r *Renderer) Render(ctx context.Context, source string, lang rugzak.Lang) (rugzak.Rendered, error) {
	lang = lang.Or(rugzak.Dutch)
	item, err := r.once(ctx, "html-"+string(lang), source, func(tidied []byte) (*cached, error) {
		rendered, err := r.render(ctx, tidied, lang)
		return &cached{rendered: rendered}, err
	})
	if err != nil {
		return rugzak.Rendered{}, err
	}
	// The caller may change its headings, the cache must not.
	return rugzak.Rendered{HTML: item.rendered.HTML, Headings: slices.Clone(item.rendered.Headings)}, nil
}

// Plain returns the text without marks, link targets and image addresses, a
// line per block. Errors are those of Render.
func (r *Renderer) Plain(ctx context.Context, source string) (string, error) {
	item, err := r.once(ctx, "plain", source, func(tidied []byte) (*cached, error) {
		p := r.engines[rugzak.Dutch].parse(ctx, tidied)
		return &cached{plain: hideControls(plainOf(p.document, p.source))}, nil
	})
	if err != nil {
		return "", err
	}
	return item.plain, nil
}

// Forget empties the cache.
func (r *Renderer) Forget() { r.cache.clear() }

// once takes an answer from the cache, or waits for a slot and makes it.
func (r *Renderer) once(ctx context.Context, form, source string, make func([]byte) (*cached, error)) (*cached, error) {
	if len(source) > maxSource {
		return nil, scan(source) // do not even hash it
	}
	key := keyOf(form, source)
	if item, ok := r.cache.get(key); ok {
		return item, nil
	}
	source = tidy(source)
	if err := scan(source); err != nil {
		return nil, err
	}
	select {
	case r.slots <- struct{}{}:
		defer func() { <-r.slots }()
	case <-ctx.Done():
		return nil, fmt.Errorf("markdown: wait for a turn: %w", ctx.Err())
	}
	var item *cached
	err := stopping(func() (err error) {
		if err = ctx.Err(); err == nil {
			item, err = make([]byte(source))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	item.key = key
	r.cache.put(item)
	return item, nil
}

func (r *Renderer) render(ctx context.Context, source []byte, lang rugzak.Lang) (rugzak.Rendered, error) {
	limit := outputLimit(len(source))
	e := r.engines[lang]
	p := e.parse(ctx, source)
	raw, err := e.write(p, limit)
	if err != nil {
		return rugzak.Rendered{}, err
	}
	clean := showControls(r.policy.Sanitize(raw))
	if len(clean) > limit { // escaping may still have made it longer
		return rugzak.Rendered{}, refuse(keyOutput)
	}
	return rugzak.Rendered{HTML: clean, Headings: p.headings}, nil
}

func keyOf(form, source string) cacheKey {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%s\x00%s\x00", Version, form)
	_, _ = h.Write([]byte(source))
	return cacheKey(h.Sum(nil))
}
