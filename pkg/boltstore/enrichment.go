// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"iter"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// bucketEnrichments: entry 0 id -> request to add something.
var bucketEnrichments = []byte("enrichments")

type enrichmentRecord struct {
	Asker  string    `json:"p"`
	Points []string  `json:"w,omitempty"`
	Text   string    `json:"x,omitempty"`
	State  string    `json:"s"`
	At     time.Time `json:"at"`
}

func (r enrichmentRecord) enrichment(key string) rugzak.Enrichment {
	entry, id, _ := strings.Cut(key, "\x00")
	return rugzak.Enrichment{
		ID: id, Entry: rugzak.EntryID(entry), Asker: rugzak.PersonID(r.Asker), Points: words[string, rugzak.EnrichPoint](r.Points),
		Text: r.Text, State: rugzak.WideningState(r.State), At: r.At,
	}
}

// Enrichment returns one request.
func (r *reader) Enrichment(entry rugzak.EntryID, id string) (rugzak.Enrichment, error) {
	return askOf(r, bucketEnrichments, entry, id, enrichmentRecord.enrichment)
}

// Enrichments lists those about an entry, oldest first.
func (r *reader) Enrichments(entry rugzak.EntryID) ([]rugzak.Enrichment, error) {
	return asksOf(r, bucketEnrichments, entry, enrichmentRecord.enrichment)
}

// AllEnrichments yields every one, by entry.
func (r *reader) AllEnrichments() iter.Seq2[rugzak.Enrichment, error] {
	return allAsks(r, bucketEnrichments, enrichmentRecord.enrichment)
}

// SaveEnrichment stores a request.
func (w *writer) SaveEnrichment(x rugzak.Enrichment) error {
	record := enrichmentRecord{
		Asker: string(x.Asker), Points: words[rugzak.EnrichPoint, string](x.Points), Text: x.Text, State: string(x.State), At: x.At,
	}
	return errors.Join(validID(x.Asker), w.saveAsk(bucketEnrichments, x.Entry, x.ID, record))
}

// RemoveEnrichment takes one away.
func (w *writer) RemoveEnrichment(entry rugzak.EntryID, id string) error {
	if _, err := w.Enrichment(entry, id); err != nil {
		return err
	}
	return w.removeAsk(bucketEnrichments, entry, id)
}
