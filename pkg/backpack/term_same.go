// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"rugzak/pkg/rugzak"
)

// sameGroups are the groups of words that mean the same, in the form a search
// takes, as they are now.
func (s *Service) sameGroups(ctx context.Context) ([][]string, error) {
	var groups [][]string
	err := s.view(ctx, "words that mean the same", func(r rugzak.Reader) error {
		version, err := r.TermsVersion()
		if err != nil {
			return err
		}
		groups, err = s.same.at(version, func() ([][]string, error) {
			all, err := r.Terms()
			return groupsOf(all), err
		})
		return err
	})
	return groups, err
}

func groupsOf(all []rugzak.Term) [][]string {
	groups := make([][]string, 0, len(all))
	for _, t := range all {
		if len(t.Others) > 0 { // one word alone is only explained
			groups = append(groups, t.Words())
		}
	}
	return groups
}

// withAlso is a query as hits are marked by it: the words that were looked for
// because they mean the same are marked too.
func withAlso(q rugzak.Query, also []string) rugzak.Query {
	if len(also) == 0 {
		return q
	}
	marked := rugzak.Query{Clauses: slices.Clone(q.Clauses)}
	for _, words := range also {
		marked.Clauses = append(marked.Clauses, asOne(words))
	}
	return marked
}

// asOne asks for a word of a group: for a phrase where it is more than one.
func asOne(words string) rugzak.Clause {
	return rugzak.Clause{Text: words, Phrase: strings.ContainsFunc(words, unicode.IsSpace)}
}
