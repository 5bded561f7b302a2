// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// invitedTo are the next meetings to which a person's organisation is invited,
// as far as they may see them; also is whether somebody else must be invited.
func (s *Service) invitedTo(n *names, by rugzak.Person, most int, also func(rugzak.Meeting) bool) ([]MeetingLine, error) {
	return n.upcoming(by, rugzak.InvitedLists(by), s.now(), most, func(m rugzak.Meeting, now time.Time) bool {
		return !m.Cancelled && m.Upcoming(now) && also(m)
	})
}

// invitesOrganisation reports whether people of an organisation are invited.
func invitesOrganisation(o rugzak.Organisation) func(rugzak.Meeting) bool {
	return func(m rugzak.Meeting) bool {
		return slices.Contains(m.Organisations, o.ID) ||
			o.Kind == rugzak.Department && slices.Contains(m.Organisations, rugzak.WholeMunicipality)
	}
}

// unknownTo are those of some organisations that a reader may not know. Who
// changes a meeting cannot leave out whom they do not see.
func (n *names) unknownTo(by rugzak.Person, some []rugzak.OrganisationID) (out []rugzak.OrganisationID) {
	for _, id := range some {
		if id != rugzak.WholeMunicipality && !n.mayName(by, id) {
			out = append(out, id)
		}
	}
	return out
}
