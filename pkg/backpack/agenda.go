// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// AgendaLine is an item of the future agenda as one reader sees it.
type AgendaLine struct {
	Item          rugzak.AgendaItem
	Organisations []rugzak.Organisation // those the reader may know
	// Joint: at least one department and one partner the reader may know lead it
	// together. NotJoint, that they do not, is for members only: a partner does
	// not learn whether another one leads it.
	Joint, NotJoint bool
	Join            Joining // only on the page of the agenda
}

// Agenda lists the future agenda in its own order, with who leads each item.
func (s *Service) Agenda(ctx context.Context, by rugzak.Person) ([]AgendaLine, error) {
	if by.ID == "" {
		return nil, mustSignIn()
	}
	var lines []AgendaLine
	err := s.view(ctx, "agenda", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		lines = n.agenda(by)
		for i := range lines {
			if lines[i].Join, err = n.joining(by, subjectOfItem(lines[i].Item)); err != nil {
				return err
			}
		}
		return nil
	})
	return lines, err
}

func (n *names) agenda(by rugzak.Person) []AgendaLine {
	lines := make([]AgendaLine, 0, len(n.movement.Agenda))
	for _, item := range n.movement.Agenda {
		line := AgendaLine{Item: n.shownItem(by, item)}
		departments, partners := 0, 0
		for _, id := range line.Item.Organisations {
			o := n.organisation(id)
			if o.Kind == rugzak.Partner {
				partners++
			} else {
				departments++
			}
			line.Organisations = append(line.Organisations, o)
		}
		line.Joint = departments > 0 && partners > 0
		line.NotJoint = by.IsMember() && !line.Joint
		lines = append(lines, line)
	}
	return lines
}

// shownItem leaves out of an item of the agenda the organisations that are gone
// or that the reader may not know.
func (n *names) shownItem(by rugzak.Person, item rugzak.AgendaItem) rugzak.AgendaItem {
	item.Organisations = slices.DeleteFunc(slices.Clone(item.Organisations), func(id rugzak.OrganisationID) bool {
		_, there := n.organisations[id]
		return !there || !n.mayName(by, id)
	})
	return item
}
