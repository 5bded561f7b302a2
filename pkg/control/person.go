// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package control

import (
	"context"
	"net/http"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Person is a person as commands show them.
type Person struct {
	ID           rugzak.PersonID         `json:"id"`
	Email        string                  `json:"email"`
	Name         string                  `json:"name"`
	Organisation string                  `json:"organisation"`
	Kind         rugzak.OrganisationKind `json:"kind"`
	Team         string                  `json:"team,omitempty"`
	Roles        []rugzak.Role           `json:"roles"`
	Language     rugzak.Lang             `json:"language,omitempty"`
	Inactive     bool                    `json:"inactive"`
	HasPassword  bool                    `json:"has_password"`
	// PasswordSecret is set for a new person without a password: the link by
	// which they choose one ends with it.
	PasswordSecret string `json:"password_secret,omitempty"`
}

// PersonRequest makes or changes a person. What is nil stays.
type PersonRequest struct {
	Which        string        `json:"which,omitempty"` // address of the one to change
	Email        *string       `json:"email,omitempty"`
	Name         *string       `json:"name,omitempty"`
	Organisation *string       `json:"organisation,omitempty"` // name or id
	Team         *string       `json:"team,omitempty"`         // name or id; empty for none
	Roles        []rugzak.Role `json:"roles,omitempty"`        // all of them
	Language     *rugzak.Lang  `json:"language,omitempty"`
	Inactive     *bool         `json:"inactive,omitempty"`
	Password     *string       `json:"password,omitempty"`
	Unlink       bool          `json:"unlink,omitempty"` // forget by which sign-in providers they are known
}

func (s *Server) people(r *http.Request) (any, error) {
	all, err := s.Service.People(r.Context(), s.by)
	if err != nil {
		return nil, err
	}
	out := make([]Person, len(all))
	for i, l := range all {
		out[i] = personOf(l.Person, l.Organisation)
		out[i].Team, out[i].HasPassword = l.Team.Name, l.HasPassword
	}
	return out, nil
}

func personOf(p rugzak.Person, o rugzak.Organisation) Person {
	t, _ := o.Team(p.Team)
	return Person{
		ID: p.ID, Email: p.Email, Name: p.Name, Organisation: o.Name, Kind: o.Kind, Team: t.Name,
		Roles: p.Roles, Language: p.Language, Inactive: p.Inactive,
	}
}

func (s *Server) addPerson(r *http.Request) (any, error) {
	var in PersonRequest
	if err := read(r, &in); err != nil {
		return nil, err
	}
	p, err := s.savePerson(r.Context(), rugzak.Person{Roles: []rugzak.Role{rugzak.RoleParticipant}}, in)
	if err != nil || in.Password != nil || !s.Service.LocalAccounts() {
		return p, err
	}
	p.PasswordSecret, err = s.Service.PasswordLink(r.Context(), s.by, p.ID)
	return p, err
}

func (s *Server) editPerson(r *http.Request) (any, error) {
	var in PersonRequest
	if err := read(r, &in); err != nil {
		return nil, err
	}
	p, err := s.Service.PersonByEmail(r.Context(), s.by, in.Which)
	if err != nil {
		return nil, err
	}
	return s.savePerson(r.Context(), p, in)
}

func (s *Server) savePerson(ctx context.Context, p rugzak.Person, in PersonRequest) (Person, error) {
	if in.Password != nil { // before anything is written
		if err := s.Service.PasswordFits("password-file", *in.Password, p.Name, p.Email); err != nil {
			return Person{}, err
		}
	}
	input := backpack.PersonInput{
		Name: p.Name, Email: p.Email, Organisation: p.Organisation, Team: p.Team, Roles: p.Roles, Language: p.Language, Inactive: p.Inactive,
	}
	set(&input.Email, in.Email)
	set(&input.Name, in.Name)
	set(&input.Language, in.Language)
	set(&input.Inactive, in.Inactive)
	if in.Roles != nil {
		input.Roles = in.Roles
	}
	which := string(p.Organisation)
	set(&which, in.Organisation)
	o, err := s.Service.OrganisationNamed(ctx, s.by, which)
	if err != nil {
		return Person{}, err
	}
	if input.Organisation != o.ID {
		input.Organisation, input.Team = o.ID, ""
	}
	if in.Team != nil {
		input.Team = ""
		if *in.Team != "" {
			i := teamNamed(o.Teams, *in.Team)
			if i < 0 {
				return Person{}, teamUnknown("team", *in.Team)
			}
			input.Team = o.Teams[i].ID
		}
	}
	saved, err := s.Service.SavePerson(ctx, s.by, p.ID, p.Version, input)
	if err != nil {
		return Person{}, err
	}
	if in.Password != nil {
		if err := s.Service.SetPassword(ctx, s.by, saved.ID, *in.Password); err != nil {
			return Person{}, err
		}
	}
	if in.Unlink {
		if _, err := s.Service.Unlink(ctx, s.by, saved.ID); err != nil {
			return Person{}, err
		}
	}
	return personOf(saved, o), nil
}

// resetFactors takes the second step of somebody away who lost it.
func (s *Server) resetFactors(r *http.Request) (any, error) {
	var in PersonRequest
	if err := read(r, &in); err != nil {
		return nil, err
	}
	p, err := s.Service.PersonByEmail(r.Context(), s.by, in.Which)
	if err != nil {
		return nil, err
	}
	return personOf(p, rugzak.Organisation{}), s.Service.ResetFactors(r.Context(), s.by, p.ID)
}
