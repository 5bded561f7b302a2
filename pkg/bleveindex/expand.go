// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"context"
	"errors"
	"fmt"
)

const (
	// maxExpand bounds the words that "prefix*" may stand for, the first in the
	// order of the alphabet.
	maxExpand = 1024
	// fullPrefixes are so many of one question that each may stand for maxExpand
	// words; more of them share what these may stand for together.
	fullPrefixes = 4
)

// expandMost is for how many words each prefix of a plan may stand. It follows
// from the question alone, never from texts.
func (p *plan) expandMost() int {
	words, titles, without := 0, 0, 0
	for _, w := range p.words {
		if w.prefix != "" {
			words++
		}
	}
	for _, c := range p.required {
		if c.prefix != "" {
			titles++
		}
	}
	for _, c := range p.excluded {
		if c.prefix != "" {
			without++
		}
	}
	// What a title must have is among the words, once.
	return maxExpand * fullPrefixes / max(max(words, titles)+without, fullPrefixes)
}

// expand lists the words that start with a prefix. Where there are more than
// that may count, only those do that a text has that the reader may see: hidden
// texts, with however many words, push none of them out.
func (r *repairer) expand(ctx context.Context, field, prefix string) ([]string, error) {
	dict, err := r.snapshot.FieldDictPrefix(field, []byte(prefix))
	if err != nil {
		return nil, fmt.Errorf("looking up words by their beginning: %w", err)
	}
	var terms []string
	seen := 0 // of terms, how many are known to stand in a readable text
	for {
		e, err := dict.Next()
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("looking up words by their beginning: %w", err), dict.Close())
		}
		if e != nil {
			terms = append(terms, e.Term)
		}
		if e != nil && len(terms) <= r.most {
			continue
		}
		if len(terms) > r.most {
			if terms, err = r.visible(field, terms, seen); err != nil {
				return nil, errors.Join(err, dict.Close())
			}
			seen = len(terms)
		}
		if e == nil || seen >= r.most {
			break
		}
	}
	if err := dict.Close(); err != nil {
		return nil, fmt.Errorf("looking up words by their beginning: %w", err)
	}
	return terms[:min(len(terms), r.most)], nil
}

// visible leaves out the words, from one on, that no readable text has.
func (r *repairer) visible(field string, terms []string, from int) ([]string, error) {
	kept := terms[:from]
	for _, term := range terms[from:] {
		found, err := r.hasAny(field, []string{term})
		if err != nil {
			return nil, err
		}
		if found {
			kept = append(kept, term)
		}
	}
	return kept, nil
}

// hasAny reports whether a text that the reader may see has one of the terms.
func (r *repairer) hasAny(field string, terms []string) (bool, error) {
	for _, term := range terms {
		if n, err := r.count(field, term, 1); err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}
