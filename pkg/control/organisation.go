// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package control

import (
	"net/http"
	"slices"
	"strings"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Organisation is an organisation as commands show it.
type Organisation struct {
	ID     rugzak.OrganisationID   `json:"id"`
	Name   string                  `json:"name"`
	Kind   rugzak.OrganisationKind `json:"kind"`
	Teams  []Team                  `json:"teams"`
	Closed bool                    `json:"closed"`
}

// Team is a team of an organisation.
type Team struct {
	ID   rugzak.TeamID `json:"id"`
	Name string        `json:"name"`
}

// OrganisationRequest makes or changes an organisation. What is nil stays.
type OrganisationRequest struct {
	Which       string   `json:"which,omitempty"` // name or id of the one to change
	Name        *string  `json:"name,omitempty"`
	Kind        *string  `json:"kind,omitempty"`
	Teams       []string `json:"teams,omitempty"`        // names of teams to add
	RemoveTeams []string `json:"remove_teams,omitempty"` // names or ids
	Closed      *bool    `json:"closed,omitempty"`
}

func organisationOf(o rugzak.Organisation) Organisation {
	out := Organisation{ID: o.ID, Name: o.Name, Kind: o.Kind, Closed: o.Closed, Teams: []Team{}}
	for _, t := range o.Teams {
		out.Teams = append(out.Teams, Team{ID: t.ID, Name: t.Name})
	}
	return out
}

func (s *Server) organisations(r *http.Request) (any, error) {
	all, err := s.Service.Organisations(r.Context(), s.by)
	if err != nil {
		return nil, err
	}
	out := make([]Organisation, len(all))
	for i, o := range all {
		out[i] = organisationOf(o)
	}
	return out, nil
}

func (s *Server) addOrganisation(r *http.Request) (any, error) {
	var in OrganisationRequest
	if err := read(r, &in); err != nil {
		return nil, err
	}
	return s.saveOrganisation(r, rugzak.Organisation{}, in)
}

func (s *Server) editOrganisation(r *http.Request) (any, error) {
	var in OrganisationRequest
	if err := read(r, &in); err != nil {
		return nil, err
	}
	o, err := s.Service.OrganisationNamed(r.Context(), s.by, in.Which)
	if err != nil {
		return nil, err
	}
	return s.saveOrganisation(r, o, in)
}

func (s *Server) saveOrganisation(r *http.Request, o rugzak.Organisation, in OrganisationRequest) (any, error) {
	input := backpack.OrganisationInput{Name: o.Name, Kind: o.Kind, Teams: o.Teams, Closed: o.Closed}
	set(&input.Name, in.Name)
	set(&input.Closed, in.Closed)
	if in.Kind != nil {
		input.Kind = rugzak.OrganisationKind(*in.Kind)
	}
	for _, name := range in.RemoveTeams {
		i := teamNamed(input.Teams, name)
		if i < 0 {
			return nil, teamUnknown("remove-team", name)
		}
		input.Teams = slices.Delete(slices.Clone(input.Teams), i, i+1)
	}
	for _, name := range in.Teams {
		if teamNamed(input.Teams, name) < 0 {
			input.Teams = append(slices.Clone(input.Teams), rugzak.Team{Name: name})
		}
	}
	saved, err := s.Service.SaveOrganisation(r.Context(), s.by, o.ID, o.Version, input)
	if err != nil {
		return nil, err
	}
	return organisationOf(saved), nil
}

// teamNamed finds a team by id or by name, without regard to capitals; -1 when
// there is none.
func teamNamed(teams []rugzak.Team, name string) int {
	name = rugzak.Line(name)
	if i := slices.IndexFunc(teams, func(t rugzak.Team) bool { return string(t.ID) == name }); i >= 0 {
		return i
	}
	return slices.IndexFunc(teams, func(t rugzak.Team) bool { return strings.EqualFold(t.Name, name) })
}

func teamUnknown(field, name string) error {
	var p rugzak.Problems
	p.Add(field, "cli.error.team_unknown", name)
	return p.Err()
}

// set changes a value when there is one to change it to.
func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}
