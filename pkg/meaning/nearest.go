// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package meaning

import (
	"cmp"
	"context"
	"math"
	"slices"

	"rugzak/pkg/rugzak"
)

// near is an entry and how close it is.
type near struct {
	id    rugzak.EntryID
	score int64
}

// Nearest compares with every entry that one of the tokens lets in: rights come
// first, so that neither the order nor what is left out depends on any other.
func (s *Store) Nearest(ctx context.Context, v []float32, tokens []string, most int) ([]rugzak.EntryID, error) {
	if checkVectors([][]float32{v}) != nil {
		return nil, nil
	}
	want := pack(v)
	s.mu.RLock()
	defer s.mu.RUnlock()
	if len(v) != s.dimensions {
		return nil, nil
	}
	var all []near
	steps := 0
	for id, it := range s.items {
		if steps++; steps%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !slices.ContainsFunc(tokens, func(t string) bool { return slices.Contains(it.Tokens, t) }) {
			continue
		}
		best := int64(math.MinInt64)
		for _, piece := range it.Vectors {
			best = max(best, want.likeness(piece))
		}
		all = append(all, near{id, best})
	}
	all = standOut(all)
	slices.SortFunc(all, func(a, b near) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.id, a.id)) })
	var out []rugzak.EntryID
	for _, n := range all[:min(most, len(all))] {
		out = append(out, n.id)
	}
	return out, nil
}

// leastLikeness is what no model takes for texts that have to do with each other.
const leastLikeness = 300_000

// standOut keeps what is closer than most: by a standard deviation above the
// mean. How close "close" is differs from model to model, so that no fixed
// number alone would do.
func standOut(all []near) []near {
	if len(all) == 0 {
		return nil
	}
	var sum int64
	for _, n := range all {
		sum += n.score
	}
	mean := sum / int64(len(all))
	var squares int64 // of at most 2e6 each: room for millions of entries
	for _, n := range all {
		squares += (n.score - mean) * (n.score - mean)
	}
	least := max(leastLikeness, mean+int64(0.99*math.Sqrt(float64(squares/int64(len(all))))))
	return slices.DeleteFunc(all, func(n near) bool { return n.score < least })
}
