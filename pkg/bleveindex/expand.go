// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"errors"
	"fmt"

	index "github.com/blevesearch/bleve_index_api"
)

// maxExpand bounds the words that "prefix*" may stand for, the first in the
// order of the alphabet.
const maxExpand = 1024

// expand lists the words that start with a prefix.
func expand(reader index.IndexReader, field, prefix string) ([]string, error) {
	dict, err := reader.FieldDictPrefix(field, []byte(prefix))
	if err != nil {
		return nil, fmt.Errorf("looking up words by their beginning: %w", err)
	}
	var terms []string
	for len(terms) < maxExpand {
		e, err := dict.Next()
		if err != nil {
			return nil, errors.Join(fmt.Errorf("looking up words by their beginning: %w", err), dict.Close())
		}
		if e == nil {
			break
		}
		terms = append(terms, e.Term)
	}
	if err := dict.Close(); err != nil {
		return nil, fmt.Errorf("looking up words by their beginning: %w", err)
	}
	return terms, nil
}
