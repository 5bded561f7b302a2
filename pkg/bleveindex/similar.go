// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"rugzak/pkg/rugzak"
)

// What makes texts alike.
const (
	mostLooked   = 80 // words of a text whose rarity is looked up
	mostTelling  = 20 // words of a text that are compared
	leastLetters = 3  // of a telling word, unless it is an acronym
	// A word says little that a fourth of the texts have, or of many texts more
	// than this share.
	commonShare = 0.05
	fewTexts    = 10
	// Alike are texts that share this many telling words, one more when there
	// are several to share, worth this share of all of them.
	leastShared = 2
	severalWord = 6
	leastLike   = 0.2
	wordsShown  = 3
	titleLike   = 3 // a word in the title counts as often
	lessonLike  = 2
	// subject is how often a word stands in a text that is about it: one of the
	// shared words must.
	subject = 2
	// themeLike is what a shared theme is worth beside a word as rare.
	themeLike = 1.5
)

// telling is a word of a text that may say what it is about.
type telling struct {
	term, shown string
	folded      string
	count       float64
	weight      float64
	forms       []string          // words of the index that are it in some form
	postings    []*roaring.Bitmap // readable texts that have it, per segment
	found       uint64
	theme       bool
}

// Similar implements rugzak.Similarity.
func (x *Index) Similar(ctx context.Context, ask rugzak.Likeness) (alike rugzak.Alike, err error) {
	alike.Position, err = x.read(ctx, func(_ *generation, snapshot *scorch.IndexSnapshot) (err error) {
		words := tellingWords(ask, x.analysers.of(ask.Lang), x.general.of(ask.Lang, x.analysers))
		if len(words) < leastShared || len(ask.Tokens) == 0 || ask.Most <= 0 {
			return nil
		}
		if alike.Entries, err = similar(ctx, snapshot, ask, words, families{reader: snapshot, analysers: x.analysers}); err != nil {
			return fmt.Errorf("looking for the like: %w", err)
		}
		return nil
	})
	return alike, err
}

// tellingWords lists the words of a text that may be telling, those that stand
// in it most often first.
func tellingWords(ask rugzak.Likeness, a *analyser, general map[string]bool) []*telling {
	byTerm := map[string]*telling{}
	var all []*telling
	left := rugzak.MaxLikeness
	for _, part := range []struct {
		text   string
		weight float64
	}{{ask.Title, titleLike}, {ask.Lesson, lessonLike}, {ask.Text, 1}} {
		text := part.text
		if len(text) > left {
			text = strings.ToValidUTF8(text[:left], "")
		}
		left -= len(text)
		for _, t := range queryTokens(text) {
			term := a.wordOf(t, leastLetters)
			if term == "" || general[term] && !t.acronym {
				continue
			}
			shown := text[t.start:t.end]
			w := byTerm[term]
			if w == nil {
				w = &telling{term: term, shown: shown, folded: string(t.folded)}
				byTerm[term] = w
				all = append(all, w)
			}
			w.shown = better(w.shown, shown, t.acronym)
			w.count += part.weight
		}
	}
	slices.SortStableFunc(all, func(a, b *telling) int { return cmp.Compare(b.count, a.count) })
	all = all[:min(len(all), mostLooked)]
	for _, theme := range ask.Themes {
		all = append(all, &telling{term: string(theme), count: themeLike * themeLike, theme: true})
	}
	return all
}

func hasLetter(word []byte) bool { return strings.ContainsFunc(string(word), unicode.IsLetter) }

// similar compares a text with all that one reader may find.
func similar(ctx context.Context, snapshot *scorch.IndexSnapshot, ask rugzak.Likeness, words []*telling, f families) ([]rugzak.Like, error) {
	lang := slices.Index(rugzak.Languages(), ask.Lang.Or(rugzak.Dutch))
	for _, w := range words {
		if w.theme {
			w.forms = []string{w.term}
			continue
		}
		var err error
		if w.forms, err = f.whole(w.folded, textField(ask.Lang), lang); err != nil {
			return nil, err
		}
	}
	segments := snapshot.Segments()
	total, except := uint64(0), map[uint64]bool{}
	for _, id := range ask.Except {
		if n, err := snapshot.InternalID(string(id)); err == nil && n != nil {
			except[n.Value()] = true
		}
	}
	sizes := make([]int, len(segments))
	first := uint64(0)
	for i, s := range segments {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		sizes[i] = int(s.FullSize())
		readable, err := comparableIn(s, ask.Tokens)
		if err != nil {
			return nil, err
		}
		for n := range except {
			if n >= first && n < first+uint64(s.FullSize()) {
				readable.Remove(uint32(n - first))
			}
		}
		total += readable.GetCardinality()
		for _, w := range words {
			field := textField(ask.Lang)
			if w.theme {
				field = string(rugzak.FacetTheme)
			}
			docs, err := anyPostings(s, field, w.forms, nil)
			if err != nil {
				return nil, err
			}
			docs = roaring.And(docs, readable)
			w.postings = append(w.postings, docs)
			w.found += docs.GetCardinality()
		}
		first += uint64(s.FullSize())
	}
	words, all := weigh(words, total)
	return likest(snapshot, ask.Most, words, sizes, all)
}

// comparableIn are the texts of a segment that a reader may find and that are
// shared.
func comparableIn(s *scorch.SegmentSnapshot, tokens []string) (*roaring.Bitmap, error) {
	readable, err := anyPostings(s, fieldReader, tokens, s.Deleted())
	if err != nil {
		return nil, err
	}
	shared, err := anyPostings(s, fieldState, []string{string(rugzak.StateShared), string(rugzak.StateToReview)}, nil)
	if err != nil {
		return nil, err
	}
	readable.And(shared)
	return readable, nil
}

// weigh keeps the most telling words, and adds up what they are worth.
func weigh(words []*telling, total uint64) (kept []*telling, all float64) {
	most := max(leastShared, min(total/4, fewTexts+uint64(commonShare*float64(total))))
	for _, w := range words {
		if w.found == 0 || w.found > most && !w.theme {
			continue
		}
		w.weight = math.Sqrt(w.count) * math.Log(1+float64(total)/float64(w.found))
		kept = append(kept, w)
	}
	slices.SortStableFunc(kept, func(a, b *telling) int { return cmp.Compare(b.weight, a.weight) })
	kept = kept[:min(len(kept), mostTelling)]
	for _, w := range kept {
		all += w.weight
	}
	return kept, all
}

// likest picks the texts that share the most.
func likest(reader index.IndexReader, most int, words []*telling, sizes []int, all float64) ([]rugzak.Like, error) {
	type candidate struct {
		doc   uint64
		worth float32
		words []string
	}
	least, enough := float32(leastLike*all), leastShared // themes explain themselves, but are no words
	if len(words) > severalWord {
		enough++
	}
	var found []candidate
	first := uint64(0)
	for i, size := range sizes {
		worth := make([]float32, size)
		for _, w := range words {
			for it := w.postings[i].Iterator(); it.HasNext(); {
				worth[it.Next()] += float32(w.weight)
			}
		}
		for doc, sum := range worth {
			if sum == 0 || sum < least {
				continue
			}
			c := candidate{doc: first + uint64(doc), worth: sum}
			about := false
			for _, w := range words { // the most telling first
				if !w.theme && w.postings[i].Contains(uint32(doc)) {
					c.words, about = append(c.words, w.shown), about || w.count >= subject
				}
			}
			if about && len(c.words) >= enough {
				found = append(found, c)
			}
		}
		first += uint64(size)
	}
	slices.SortFunc(found, func(a, b candidate) int { return cmp.Compare(b.worth, a.worth) })
	var out []rugzak.Like
	for i := 0; i < len(found) && len(out) < most; {
		end := i + 1
		for end < len(found) && found[end].worth == found[i].worth {
			end++
		}
		// Where texts stand in the index depends on others: equals go by id.
		var equals []rugzak.Like
		for _, c := range found[i:end] {
			id, err := reader.ExternalID(index.NewIndexInternalID(nil, c.doc))
			if err != nil {
				return nil, fmt.Errorf("looking up the id of a hit: %w", err)
			}
			equals = append(equals, rugzak.Like{ID: rugzak.EntryID(id), Words: c.words[:min(len(c.words), wordsShown)]})
		}
		slices.SortFunc(equals, func(a, b rugzak.Like) int { return cmp.Compare(b.ID, a.ID) })
		out = append(out, equals[:min(len(equals), most-len(out))]...)
		i = end
	}
	return out, nil
}
