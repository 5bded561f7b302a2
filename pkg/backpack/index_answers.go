// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// answers reports whether an index that has come so far may answer: it has
// followed everything by which readers lost sight of an entry, and is no new one
// of a backpack that has a past.
func answers(at, head, narrowed rugzak.Position) bool {
	return at >= narrowed && (at != "" || head == "")
}

// indexKnows reports whether the index has followed everything by which readers
// lost sight of an entry.
func (s *Service) indexKnows(ctx context.Context) (bool, error) {
	head, narrowed, err := s.Store.Head(ctx)
	if err != nil {
		return false, err
	}
	reached, err := s.waitFor(ctx, narrowed, patience)
	if rugzak.CodeOf(err) == rugzak.CodeUnavailable || err == nil && !answers(reached, head, narrowed) {
		return false, nil
	}
	return err == nil, err
}

// counts asks the index how many entries the reader may see per value of a
// facet. known is false while the index is behind on what may be seen.
func (s *Service) counts(ctx context.Context, by rugzak.Person, facet rugzak.Facet) (counts map[string]int, known bool, err error) {
	if known, err = s.indexKnows(ctx); err != nil || !known {
		return nil, false, err
	}
	found, err := s.Index.Search(ctx, rugzak.Search{
		Tokens: rugzak.ReaderTokens(by), Sort: rugzak.ByNewest, Size: 1, Facets: []rugzak.Facet{facet},
	})
	if err != nil {
		return nil, false, err
	}
	counts = map[string]int{}
	for _, c := range found.Facets[facet] {
		counts[c.Value] = c.Count
	}
	return counts, true, nil
}
