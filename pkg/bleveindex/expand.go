// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	index "github.com/blevesearch/bleve_index_api"
)

const (
	// maxExpand bounds the words that "prefix*" may stand for in a condition.
	maxExpand = 1024
	// maxScored bounds those that are counted in a score: the most frequent.
	maxScored = 64
)

// expand lists the words that start with a prefix, the most frequent first, at
// most so many out of the first maxExpand.
func expand(reader index.IndexReader, field, prefix string, most int) ([]string, error) {
	dict, err := reader.FieldDictPrefix(field, []byte(prefix))
	if err != nil {
		return nil, fmt.Errorf("looking up words by their beginning: %w", err)
	}
	var entries []index.DictEntry
	for len(entries) < maxExpand {
		e, err := dict.Next()
		if err != nil {
			return nil, errors.Join(fmt.Errorf("looking up words by their beginning: %w", err), dict.Close())
		}
		if e == nil {
			break
		}
		entries = append(entries, *e)
	}
	if err := dict.Close(); err != nil {
		return nil, fmt.Errorf("looking up words by their beginning: %w", err)
	}
	slices.SortStableFunc(entries, func(a, b index.DictEntry) int { return cmp.Compare(b.Count, a.Count) })
	entries = entries[:min(len(entries), most)]
	terms := make([]string, len(entries))
	for i, e := range entries {
		terms[i] = e.Term
	}
	return terms, nil
}
