// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// ThemeCandidates are entries a curator may put into a theme.
type ThemeCandidates struct {
	Theme rugzak.Theme
	Cards []Card
	More  bool // there may be others: ask more precisely
}

const (
	candidates     = 20
	candidatePage  = 50
	candidatePages = 4 // how far to look past what is in the theme already
)

// ThemeCandidates finds what the curator may read and the theme does not hold
// yet: the newest entries for an empty query. WaitFor is the position of the
// curator's own last write.
func (s *Service) ThemeCandidates(ctx context.Context, by rugzak.Person, id rugzak.ThemeID, query string, waitFor rugzak.Position) (ThemeCandidates, error) {
	var c ThemeCandidates
	if !rugzak.CanCurate(by) {
		return c, rugzak.Forbidden("error.curators_only")
	}
	err := s.view(ctx, "theme", func(r rugzak.Reader) (err error) {
		c.Theme, err = lookTheme(r, by, id)
		return err
	})
	if err != nil {
		return c, err
	}
	asked := Asked{Query: query, Size: candidatePage, WaitFor: waitFor, Plain: true}
	for range candidatePages {
		v, err := s.Search(ctx, by, asked)
		if err != nil {
			return c, err
		}
		for _, h := range v.Hits {
			in := slices.ContainsFunc(h.Themes, func(t rugzak.Theme) bool { return t.ID == id })
			if in || !h.State.Public() {
				continue
			}
			if len(c.Cards) == candidates {
				c.More = true
				return c, nil
			}
			c.Cards = append(c.Cards, h.Card)
		}
		if v.Next == "" {
			return c, nil
		}
		asked.After = v.Next
	}
	c.More = true
	return c, nil
}
