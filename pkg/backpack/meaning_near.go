// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

const (
	// meaningLooked is how many of the closest entries are held against the
	// conditions of a search; the first of those that fulfil them count.
	meaningLooked = 400
	meaningMost   = 100
)

// near lists the entries that are close in meaning to the plain words of a
// search, the closest first, of those that the reader may find and that fulfil
// its conditions. Nothing is near where meaning is off, does not answer in time
// or has not followed an entry out of some reader's sight; nor to a question in
// which there may be personal data: that one is not sent.
func (s *Service) near(ctx context.Context, search rugzak.Search, typed string) ([]rugzak.EntryID, error) {
	words, conditions := search.Query.MeaningWords()
	if s.Meaning == nil || words == "" || search.Sort != rugzak.ByRelevance || search.Literal || search.Among != nil || len(search.Tokens) == 0 {
		return nil, nil
	}
	found, err := s.inspect(ctx, []field{{"q", typed}}, nil)
	if err != nil || len(found) > 0 {
		return nil, err
	}
	_, narrowed, err := s.Store.Head(ctx)
	if err != nil {
		return nil, err
	}
	at := s.Meaning.Vectors.Position()
	if at == "" || at < narrowed {
		return nil, nil
	}
	vector := s.vectorOf(ctx, words)
	if vector == nil {
		return nil, ctx.Err()
	}
	closest, err := s.Meaning.Vectors.Nearest(ctx, vector, search.Tokens, meaningLooked)
	if err != nil {
		return nil, err
	}
	var out []rugzak.EntryID
	search.Query = conditions
	for part := range slices.Chunk(closest, rugzak.MaxPage) {
		fulfil, err := s.among(ctx, search, part)
		if err != nil {
			return nil, err
		}
		for _, id := range part {
			if fulfil[id] && len(out) < meaningMost {
				out = append(out, id)
			}
		}
		if len(out) == meaningMost {
			break
		}
	}
	return out, nil
}

// among asks which of some entries a search finds.
func (s *Service) among(ctx context.Context, search rugzak.Search, ids []rugzak.EntryID) (map[rugzak.EntryID]bool, error) {
	search.Among, search.Size, search.Sort, search.Facets = ids, rugzak.MaxPage, rugzak.ByNewest, nil
	search.After, search.Before, search.Literal = "", "", true
	found, err := s.Index.Search(ctx, search)
	if err != nil {
		return nil, err
	}
	out := make(map[rugzak.EntryID]bool, len(found.Hits))
	for _, h := range found.Hits {
		out[h.ID] = true
	}
	return out, nil
}
