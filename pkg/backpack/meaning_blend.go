// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"rugzak/pkg/rugzak"
)

// rankDamping is the k of reciprocal rank fusion: how little the very first
// places of one ranking count for more than those behind them.
const rankDamping = 60

// The list of what is found by words and by meaning has two parts. In the first
// stand the first hits of both, blended; a cursor into it counts. In the second
// stand the other hits of the words in their own order; a cursor into it is that
// of the index with a mark in front.
const (
	blendedMark = "~f"
	wordsMark   = "~w"
)

// blend is one search by words and meaning together.
type blend struct {
	*Service
	search rugzak.Search // of the page that is wanted, without its cursors
	near   []rugzak.EntryID
	only   map[rugzak.EntryID]bool // found by meaning only
}

// searchBoth searches by words, and where it is on by meaning too. only are the
// hits that were found by meaning only. The total counts them too; the facets
// are those of the words.
func (s *Service) searchBoth(ctx context.Context, by rugzak.Person, search rugzak.Search, typed string) (found rugzak.Results, only map[rugzak.EntryID]bool, err error) {
	cursor := string(cmp.Or(search.After, search.Before))
	ours := strings.HasPrefix(cursor, blendedMark) || strings.HasPrefix(cursor, wordsMark)
	if s.Meaning == nil || cursor != "" && !ours { // begun without meaning
		found, err = s.Index.Search(ctx, search)
		return found, nil, err
	}
	near, err := s.near(ctx, search, typed)
	if err != nil {
		return found, nil, err
	}
	if len(near) == 0 && !ours {
		found, err = s.Index.Search(ctx, search)
		return found, nil, err
	}
	after, before := string(search.After), string(search.Before)
	search.After, search.Before = "", ""
	b := &blend{Service: s, search: search, near: near}
	if found, err = b.page(ctx, after, before); err != nil {
		return found, nil, err
	}
	if err := b.findOnly(ctx, by, found); err != nil {
		return found, nil, err
	}
	found.Total += len(b.only)
	return found, b.only, nil
}

// page makes the page that a cursor leads to.
func (b *blend) page(ctx context.Context, after, before string) (rugzak.Results, error) {
	if place, ok := strings.CutPrefix(after, wordsMark); ok {
		return b.behind(ctx, rugzak.Cursor(place))
	}
	if place, ok := strings.CutPrefix(before, wordsMark); ok {
		return b.back(ctx, rugzak.Cursor(place))
	}
	if place, ok := strings.CutPrefix(before, blendedMark); ok {
		return b.front(ctx, max(0, number(place)-b.search.Size))
	}
	return b.front(ctx, number(strings.TrimPrefix(after, blendedMark)))
}

// number reads a place; one that cannot be read is the first.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > rugzak.MaxPage+meaningMost {
		return 0
	}
	return n
}

// front is a page of the blended part, from a place; the last one when the place
// is negative.
func (b *blend) front(ctx context.Context, from int) (rugzak.Results, error) {
	search := b.search
	search.Size = rugzak.MaxPage
	words, err := b.Index.Search(ctx, search)
	if err != nil {
		return words, err
	}
	order := fuse(words.Hits, b.near)
	if from < 0 {
		from = max(0, (len(order)-1)/b.search.Size*b.search.Size)
	}
	from = min(from, len(order))
	to := min(from+b.search.Size, len(order))
	behind := words.Next
	words.Hits, words.Next, words.Previous = order[from:to], "", ""
	if to < len(order) {
		words.Next = rugzak.Cursor(blendedMark + strconv.Itoa(to))
	} else if behind != "" {
		words.Next = wordsMark + behind
	}
	if from > 0 {
		words.Previous = rugzak.Cursor(blendedMark + strconv.Itoa(from))
	}
	return words, nil
}

// behind is a page of the words' own order. What stood in the blended part is
// left out; a page of which nothing is left is passed.
func (b *blend) behind(ctx context.Context, place rugzak.Cursor) (rugzak.Results, error) {
	search := b.search
	for search.After = place; ; {
		words, err := b.Index.Search(ctx, search)
		if err != nil {
			return words, err
		}
		next := words.Next
		b.own(&words)
		if len(words.Hits) > 0 || next == "" {
			return words, nil
		}
		search.After = next
	}
}

// back is the page before a place in the words' own order; where that begins, it
// is the last one of the blended part.
func (b *blend) back(ctx context.Context, place rugzak.Cursor) (rugzak.Results, error) {
	first := b.search
	first.Size, first.Facets = rugzak.MaxPage, nil
	blended, err := b.Index.Search(ctx, first)
	if err != nil {
		return blended, err
	}
	in := map[rugzak.EntryID]bool{}
	for _, h := range blended.Hits {
		in[h.ID] = true
	}
	search := b.search
	for search.Before = place; ; {
		words, err := b.Index.Search(ctx, search)
		if err != nil {
			return words, err
		}
		if words.Previous == "" || slices.ContainsFunc(words.Hits, func(h rugzak.Hit) bool { return in[h.ID] }) {
			return b.front(ctx, -1)
		}
		previous := words.Previous
		if b.own(&words); len(words.Hits) > 0 {
			return words, nil
		}
		search.Before = previous
	}
}

// own makes a page of the index one of the words' own order.
func (b *blend) own(words *rugzak.Results) {
	words.Hits = slices.DeleteFunc(words.Hits, func(h rugzak.Hit) bool { return slices.Contains(b.near, h.ID) })
	if words.Next != "" {
		words.Next = wordsMark + words.Next
	}
	if words.Previous != "" {
		words.Previous = wordsMark + words.Previous
	}
}

// findOnly says which of what is near the words do not find.
func (b *blend) findOnly(ctx context.Context, by rugzak.Person, found rugzak.Results) error {
	if len(b.near) == 0 {
		return nil
	}
	search := b.search
	if found.Corrected {
		var err error
		if search.Query, _, err = b.understand(ctx, by, rugzak.ParseQuery(found.Meant), nil); err != nil {
			return err
		}
	}
	byWords, err := b.among(ctx, search, b.near)
	b.only = map[rugzak.EntryID]bool{}
	for _, id := range b.near {
		if !byWords[id] {
			b.only[id] = true
		}
	}
	return err
}

// fuse blends two rankings by reciprocal rank: what stands high in either comes
// high, what stands in both higher.
func fuse(words []rugzak.Hit, near []rugzak.EntryID) []rugzak.Hit {
	scores := map[rugzak.EntryID]float64{}
	for i, h := range words {
		scores[h.ID] += 1 / float64(rankDamping+i+1)
	}
	for i, id := range near {
		scores[id] += 1 / float64(rankDamping+i+1)
	}
	out := make([]rugzak.Hit, 0, len(scores))
	for id, score := range scores {
		out = append(out, rugzak.Hit{ID: id, Score: score})
	}
	slices.SortFunc(out, func(a, b rugzak.Hit) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.ID, a.ID)) })
	return out
}
