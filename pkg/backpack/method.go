// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// MethodUse is what others did with a method, as far as one reader may see.
type MethodUse struct {
	UsedBy      []MethodUser // by the name of the organisation
	Adaptations []Card       // methods that build on it
	More        bool         // there are more than are shown
}

// MethodUser is an organisation that used a method, with how that went.
type MethodUser struct {
	Organisation rugzak.Organisation
	Applications []Card
}

// maxMethodUse bounds how many applications and adaptations are shown.
const maxMethodUse = 60

// MethodUse lists who used a method, and what methods others made of it. It
// counts only what the reader may read, so that what is hidden leaves no trace.
func (s *Service) MethodUse(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (MethodUse, error) {
	var use MethodUse
	var applications, adaptations []rawCard
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
			applied := other.Application != nil && other.Application.Lesson == id
			adapted := other.Kind == rugzak.KindMethod && slices.Contains(other.Relations, rugzak.Relation{Type: rugzak.BuildsOn, To: id})
			if !other.State.Public() || !applied && !adapted || !rugzak.CanRead(by, other) {
				continue
			}
			if len(applications)+len(adaptations) == maxMethodUse {
				use.More = true
				break
			}
			mine, err := isMine(r, by, other)
			if err != nil {
				return err
			}
			if applied {
				applications = append(applications, n.card(by, other, mine))
			} else {
				adaptations = append(adaptations, n.card(by, other, mine))
			}
		}
		return nil
	})
	if err != nil {
		return MethodUse{}, err
	}
	for _, card := range s.finish(ctx, applications) {
		i := slices.IndexFunc(use.UsedBy, func(u MethodUser) bool { return u.Organisation.ID == card.Organisation.ID })
		if i < 0 {
			i, use.UsedBy = len(use.UsedBy), append(use.UsedBy, MethodUser{Organisation: card.Organisation})
		}
		use.UsedBy[i].Applications = append(use.UsedBy[i].Applications, card)
	}
	slices.SortFunc(use.UsedBy, func(a, b MethodUser) int {
		return cmp.Or(byName(a.Organisation.Name, b.Organisation.Name), cmp.Compare(a.Organisation.ID, b.Organisation.ID))
	})
	use.Adaptations = s.finish(ctx, adaptations)
	return use, nil
}
