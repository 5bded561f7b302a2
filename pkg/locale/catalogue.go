// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package locale

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"
	_ "time/tzdata" // the zone must also be known in an empty container image
)

// The languages of the product, as used in keys, cookies and html lang.
const (
	Dutch   = "nl"
	English = "en"
)

// Default is the language of a reader who asked for none that we have.
const Default = Dutch

// zone is where the readers live: every date and time is shown there.
const zone = "Europe/Amsterdam"

// maxMissing bounds what a catalogue remembers of keys it did not have.
const maxMissing = 500

//go:embed translations
var translations embed.FS

// Catalogue is the complete set of sentences in all languages. It is safe for
// concurrent use.
type Catalogue struct {
	messages map[string]map[string]message
	location *time.Location

	// own are the sentences that were replaced, by language and key.
	own atomic.Pointer[map[string]map[string]string]

	mu      sync.Mutex
	missing map[string]struct{}
}

// Zone is where people read their clocks.
func (c *Catalogue) Zone() *time.Location { return c.location }

// Load reads the embedded catalogues. It fails when a part is not valid JSON,
// a key stands twice, or a value has a verb other than %s and %d.
func Load() (*Catalogue, error) {
	return load(translations, "translations")
}

func load(fsys fs.FS, root string) (*Catalogue, error) {
	location, err := time.LoadLocation(zone)
	if err != nil {
		return nil, fmt.Errorf("locale: load time zone: %w", err)
	}
	c := &Catalogue{
		messages: make(map[string]map[string]message),
		location: location,
		missing:  make(map[string]struct{}),
	}
	for _, lang := range Languages() {
		if c.messages[lang], err = readLanguage(fsys, root+"/"+lang); err != nil {
			return nil, fmt.Errorf("locale: load language %s: %w", lang, err)
		}
	}
	return c, nil
}

// Languages returns the languages of the product, the default first.
func Languages() []string { return []string{Dutch, English} }

// Keys returns all keys of a language, sorted.
func (c *Catalogue) Keys(lang string) []string {
	return slices.Sorted(maps.Keys(c.messages[lang]))
}

// Has says whether the language has the key.
func (c *Catalogue) Has(lang, key string) bool {
	_, ok := c.messages[lang][key]
	return ok
}

// Printer returns the printer of a language; any language we do not have gives
// the default one. Printers are cheap and safe for concurrent use.
func (c *Catalogue) Printer(lang string) *Printer {
	if _, ok := c.messages[lang]; !ok {
		lang = Default
	}
	return &Printer{catalogue: c, lang: lang, messages: c.messages[lang]}
}

// Replace puts sentences in place of those of the product, by language and key,
// until it is called again. Only a plain sentence without verbs can be replaced.
// Printers that are there print them at once.
func (c *Catalogue) Replace(own map[string]map[string]string) {
	kept := map[string]map[string]string{}
	for lang, sentences := range own {
		kept[lang] = map[string]string{}
		for key, text := range sentences {
			if m, ok := c.messages[lang][key]; ok && !m.plural && len(m.verbs) == 0 && text != "" {
				kept[lang][key] = text
			}
		}
	}
	c.own.Store(&kept)
}

// Product is the sentence of a key as the product has it.
func (c *Catalogue) Product(lang, key string) string { return c.messages[lang][key].other }

// replaced is what stands in place of a sentence.
func (c *Catalogue) replaced(lang, key string) (string, bool) {
	own := c.own.Load()
	if own == nil {
		return "", false
	}
	text, ok := (*own)[lang][key]
	return text, ok
}

// Missing returns, sorted, what printers asked for in vain until now: keys that
// do not exist, and keys used with the wrong number of arguments. Tests assert
// that it is empty.
func (c *Catalogue) Missing() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Sorted(maps.Keys(c.missing))
}

func (c *Catalogue) reportMissing(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.missing) < maxMissing {
		c.missing[what] = struct{}{}
	}
}
