// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// Glossary lists the groups of words for everybody, by their preferred word.
func (s *Service) Glossary(ctx context.Context, by rugzak.Person) ([]rugzak.Term, error) {
	if by.ID == "" || by.Inactive {
		return nil, mustSignIn()
	}
	var all []rugzak.Term
	err := s.view(ctx, "glossary", func(r rugzak.Reader) (err error) {
		all, err = r.Terms()
		return err
	})
	return all, err
}

// explain leads from the words in a text that is shown to what they mean.
func (s *Service) explain(ctx context.Context, page string) (string, []rugzak.Term, error) {
	var g *rugzak.Glossary
	err := s.view(ctx, "glossary", func(r rugzak.Reader) error {
		version, err := r.TermsVersion()
		if err != nil {
			return err
		}
		g, err = s.glossary.at(version, func() (*rugzak.Glossary, error) {
			all, err := r.Terms()
			return rugzak.NewGlossary(all), err
		})
		return err
	})
	if err != nil {
		return page, nil, err
	}
	page, found := g.Explain(page)
	return page, found, nil
}
