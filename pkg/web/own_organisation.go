// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// OwnOrganisationPage is an organisation as its contact looks after it: its
// people, and of no other.
type OwnOrganisationPage struct {
	Page
	View        backpack.OwnOrganisation
	Invitations []backpack.InvitationLine // that are open
}

func (s *Server) showOwnOrganisation(c echo.Context) error {
	ctx, by := c.Request().Context(), s.by(c)
	view, err := s.Service.OwnOrganisation(ctx, by)
	if err != nil {
		return err
	}
	all, err := s.Service.Invitations(ctx, by)
	if err != nil {
		return err
	}
	page := OwnOrganisationPage{Page: s.page(c, "ownorganisation.title"), View: view}
	page.Title = view.Organisation.Name
	for _, l := range all {
		if l.Organisation.ID == view.Organisation.ID {
			page.Invitations = append(page.Invitations, l)
		}
	}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) deactivateColleague(c echo.Context) error {
	if err := s.Service.DeactivateColleague(c.Request().Context(), s.by(c), rugzak.PersonID(c.Param("id"))); err != nil {
		return err
	}
	s.notify(c, "notice.deactivated", "")
	return s.redirect(c, pathOwnOrganisation)
}
