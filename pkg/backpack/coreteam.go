// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// CoreTeamDesk is what the core team looks at, from what this member may read.
type CoreTeamDesk struct {
	Still     []BallPair // balls that lie still, the most first
	MoreStill bool       // there are more than were looked at
}

// CoreTeamDesk gathers what waits for the core team.
func (s *Service) CoreTeamDesk(ctx context.Context, by rugzak.Person) (CoreTeamDesk, error) {
	var d CoreTeamDesk
	if !rugzak.CanSteer(by) {
		return d, rugzak.Forbidden("error.core_team_only")
	}
	err := s.view(ctx, "desk of the core team", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		d.Still, d.MoreStill, err = s.ballPairs(n, by)
		return err
	})
	return d, err
}
