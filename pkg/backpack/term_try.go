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
	// First all words without the group and then all with it: the index keeps
	// what it made of one set of groups.
	without, err := s.tryWords(ctx, by, t.Words(), others)
	if err != nil {
		return v, err
	}
	with, err := s.tryWords(ctx, by, t.Words(), append(slices.Clone(others), groupsOf([]rugzak.Term{t})...))
	if err != nil {
		return v, err
	}
	for i, word := range t.Words() {
		v.Words = append(v.Words, WordTrial{Word: word, Without: without[i].Total, With: with[i].Total})
	}
	var shown SearchView
	err = s.fillHits(ctx, by, &shown, with[0], rugzak.Query{}, Asked{Plain: true})
	v.Hits = shown.Hits
	return v, err
}

// tryWords searches for each of some words by some groups. Of the first one there
// are hits.
func (s *Service) tryWords(ctx context.Context, by rugzak.Person, words []string, groups [][]string) ([]rugzak.Results, error) {
	out := make([]rugzak.Results, len(words))
	for i, word := range words {
		search := rugzak.Search{Query: literal(word), Tokens: rugzak.ReaderTokens(by), Sort: rugzak.ByRelevance, Same: groups, Literal: true}
		if i == 0 {
			search.Size = trialHits
		}
		var err error
		if out[i], err = s.Index.Search(ctx, search); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// literal asks for the words as they stand: a hyphen or a colon in a term is no
// language of queries.
func literal(words string) rugzak.Query {
	return rugzak.Query{Clauses: []rugzak.Clause{asOne(words)}}
}
