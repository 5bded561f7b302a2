// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"fmt"
	"math/bits"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"rugzak/pkg/rugzak"
)

// vocabulary is the words of one language in one segment, in memory, to find
// words that look alike: the bytes of all words in a row, those of the same
// length together. It takes the words themselves and eight bytes for each.
type vocabulary struct {
	byLength [maxTerm + 1]wordList
}

// wordList are words of one length.
type wordList struct {
	bytes []byte
	masks []uint32 // which letters a word has
}

// letters has a bit for each letter of a word; what is no letter shares some.
func letters(word []byte) uint32 {
	mask := uint32(0)
	for _, c := range word {
		mask |= 1 << (c & 31)
	}
	return mask
}

// vocabularies keeps those of the segments of an index, made when first asked
// for. It is safe for concurrent use.
type vocabularies struct {
	mu   sync.Mutex
	byID map[vocabularyKey]*vocabulary
}

type vocabularyKey struct {
	segment uint64
	lang    rugzak.Lang
}

// of returns the vocabularies of the segments of a snapshot, and lets go of
// those of others.
func (v *vocabularies) of(snapshot *scorch.IndexSnapshot, lang rugzak.Lang) ([]*vocabulary, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	segments := snapshot.Segments()
	out := make([]*vocabulary, len(segments))
	current := map[vocabularyKey]*vocabulary{}
	for key, voc := range v.byID {
		if slices.ContainsFunc(segments, func(s *scorch.SegmentSnapshot) bool { return s.Id() == key.segment }) {
			current[key] = voc
		}
	}
	for i, s := range segments {
		key := vocabularyKey{s.Id(), lang}
		voc := current[key]
		if voc == nil {
			var err error
			if voc, err = readVocabulary(s, textField(lang)); err != nil {
				return nil, err
			}
			current[key] = voc
		}
		out[i] = voc
	}
	v.byID = current
	return out, nil
}

// leastVocabulary are the letters of the shortest word that another is taken for.
const leastVocabulary = 3

// readVocabulary reads the words of one segment that another can be taken for.
func readVocabulary(s *scorch.SegmentSnapshot, field string) (*vocabulary, error) {
	dict, err := s.Segment().Dictionary(field)
	if err != nil {
		return nil, fmt.Errorf("reading words: %w", err)
	}
	v := &vocabulary{}
	terms := dict.AutomatonIterator(nil, nil, nil)
	for {
		e, err := terms.Next()
		if err != nil {
			return nil, fmt.Errorf("reading words: %w", err)
		}
		if e == nil {
			return v, nil
		}
		if n := len(e.Term); n >= leastVocabulary && n <= maxTerm && !hasDigit(e.Term) {
			list := &v.byLength[n]
			list.bytes = append(list.bytes, e.Term...)
			list.masks = append(list.masks, letters([]byte(e.Term)))
		}
	}
}

func hasDigit(s string) bool {
	return slices.ContainsFunc([]byte(s), func(c byte) bool { return c >= '0' && c <= '9' })
}

// alike calls do for the words that differ from a word by at most some edits.
func (v *vocabulary) alike(word []byte, most int, do func(found []byte, edits int)) {
	mask := letters(word)
	var d distance
	for n := max(leastVocabulary, len(word)-most); n <= min(maxTerm, len(word)+most); n++ {
		list := &v.byLength[n]
		for i, m := range list.masks {
			// An edit changes at most one letter into another.
			if bits.OnesCount32(m^mask) > 2*most {
				continue
			}
			other := list.bytes[i*n : (i+1)*n]
			if edits := d.between(word, other, most); edits <= most {
				do(other, edits)
			}
		}
	}
}

// distance counts the edits between words: a letter too many, missing or
// another, or two neighbours that changed places (optimal string alignment).
type distance struct{ rows [3][maxTerm + 1]int }

// between gives the number of edits; more than most when there are more. Words
// are at most maxTerm bytes.
func (d *distance) between(a, b []byte, most int) int {
	before, last, now := &d.rows[0], &d.rows[1], &d.rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			v := min(last[j]+1, now[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				v = min(v, before[j-2]+1)
			}
			now[j] = v
			least = min(least, v)
		}
		if least > most {
			return most + 1
		}
		before, last, now = last, now, before
	}
	return last[len(b)]
}
