// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// TermTrial is what a group of words does for searching, seen by one reader.
type TermTrial struct {
	Words []WordTrial
	// Hits are the first that its preferred word finds with the group.
	Hits []HitCard
	// Known is false while the index cannot tell.
	Known bool
}

// WordTrial counts what a search for one word finds without the group and with
// it.
type WordTrial struct {
	Word          string
	Without, With int
}

// trialHits is how many hits of a trial are shown.
const trialHits = 3

// TryTerm shows what a group of words would change, before it is saved or as it
// stands. The counts are of what the facilitator may read.
func (s *Service) TryTerm(ctx context.Context, by rugzak.Person, t rugzak.Term) (TermTrial, error) {
	var v TermTrial
	if !rugzak.CanCurate(by) {
		return v, rugzak.Forbidden("error.curators_only")
	}
	t = t.Clean()
	if err := s.checkTerm(t); err != nil {
		return v, err
	}
	var others [][]string
	err := s.view(ctx, "try term", func(r rugzak.Reader) error {
		all, err := r.Terms()
		others = groupsOf(slices.DeleteFunc(all, func(other rugzak.Term) bool { return other.ID == t.ID }))
		return err
	})
	if err != nil {
		return v, err
	}
	if v.Known, err = s.indexKnows(ctx); err != nil || !v.Known {
		return v, err
	}
	with := append(slices.Clone(others), t.Words())
	for i, word := range t.Words() {
		search := rugzak.Search{Query: literal(word), Tokens: rugzak.ReaderTokens(by), Sort: rugzak.ByRelevance, Same: others, Literal: true}
		before, err := s.Index.Search(ctx, search)
		if err != nil {
			return v, err
		}
		search.Same = with
		if i == 0 {
			search.Size = trialHits
		}
		after, err := s.Index.Search(ctx, search)
		if err != nil {
			return v, err
		}
		if i == 0 {
			var shown SearchView
			if err := s.fillHits(ctx, by, &shown, after, search.Query, Asked{Plain: true}); err != nil {
				return v, err
			}
			v.Hits = shown.Hits
		}
		v.Words = append(v.Words, WordTrial{Word: word, Without: before.Total, With: after.Total})
	}
	return v, nil
}

// literal asks for the words as they stand: a hyphen or a colon in a term is no
// language of queries.
func literal(words string) rugzak.Query {
	return rugzak.Query{Clauses: []rugzak.Clause{asOne(words)}}
}
