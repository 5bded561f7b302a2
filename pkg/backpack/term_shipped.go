// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"fmt"

	"rugzak/pkg/rugzak"
)

// ShipTerms adds the groups of words that come with the product, once in the
// life of a backpack: what facilitators changed or removed stays so. A group is
// left out when one of its words stands in a group that is there already.
func (s *Service) ShipTerms(ctx context.Context, all []rugzak.Term) error {
	shipped := false
	err := s.view(ctx, "terms shipped", func(r rugzak.Reader) (err error) {
		shipped, err = termsShipped(r)
		return err
	})
	if err != nil || shipped {
		return err
	}
	return s.withTerms(ctx, "ship terms", func(there []rugzak.Term) (func(rugzak.Writer) error, error) {
		var chosen []rugzak.Term
		for _, t := range all {
			t = t.Clean()
			if err := s.checkTerm(t); err != nil {
				return nil, fmt.Errorf("group of words %s: %w", t.ID, err)
			}
			if s.elsewhere(t, there) == nil {
				t.UpdatedAt = s.now()
				chosen = append(chosen, t)
			}
		}
		return func(w rugzak.Writer) error {
			if shipped, err := termsShipped(w); err != nil || shipped {
				return err
			}
			for _, t := range chosen {
				if err := w.SaveTerm(t, 0); err != nil {
					return err
				}
			}
			return w.MarkDone(rugzak.TermsShipped, s.now())
		}, nil
	})
}

func termsShipped(r rugzak.Reader) (bool, error) {
	at, err := r.DoneAt(rugzak.TermsShipped)
	return !at.IsZero(), err
}

// readTerms lists the groups for an export: nil while nothing is known of them.
func readTerms(r rugzak.Reader) ([]rugzak.Term, error) {
	all, err := r.Terms()
	if err != nil || len(all) > 0 {
		return all, err
	}
	if shipped, err := termsShipped(r); err != nil || !shipped {
		return nil, err
	}
	return []rugzak.Term{}, nil
}

// putTerms makes the groups those of an export, also where it has none. An
// older export knows nothing of them, and leaves them as they are.
func (s *Service) putTerms(w rugzak.Writer, all []rugzak.Term) error {
	if all == nil {
		return nil
	}
	there, err := w.Terms()
	if err != nil {
		return err
	}
	for _, t := range there {
		if err := w.RemoveTerm(t.ID); err != nil {
			return err
		}
	}
	for _, t := range all {
		if err := t.Validate(); err != nil {
			return err
		}
		if err := w.SaveTerm(t, 0); err != nil {
			return err
		}
	}
	return w.MarkDone(rugzak.TermsShipped, s.now())
}
