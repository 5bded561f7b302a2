// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// MethodUse is what others made of a method, as far as one reader may see. Where
// it was used tells its trail.
type MethodUse struct {
	Adaptations []Card // methods that build on it
	More        bool   // there are more than are shown
}

// maxAdaptations bounds how many adaptations are shown.
const maxAdaptations = 60

// MethodUse lists what methods others made of a method. It counts only what the
// reader may read, so that what is hidden leaves no trace.
func (s *Service) MethodUse(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (MethodUse, error) {
	var use MethodUse
	var adaptations []rawCard
	err := s.view(ctx, "method use", func(r rugzak.Reader) error {
		e, _, err := look(r, by, id)
		if err != nil || e.Kind != rugzak.KindMethod {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		for other, err := range r.RelatedTo(id) {
			if err != nil {
				return err
			}
			adapted := other.Kind == rugzak.KindMethod && slices.Contains(other.Relations, rugzak.Relation{Type: rugzak.BuildsOn, To: id})
			if !other.State.Public() || !adapted || !rugzak.CanRead(by, other) {
				continue
			}
			if len(adaptations) == maxAdaptations {
				use.More = true
				break
			}
			mine, err := isMine(r, by, other)
			if err != nil {
				return err
			}
			adaptations = append(adaptations, n.card(by, other, mine))
		}
		return nil
	})
	if err != nil {
		return MethodUse{}, err
	}
	use.Adaptations = s.finish(ctx, adaptations)
	return use, nil
}
