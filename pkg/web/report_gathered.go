// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

func (s *Server) showReportMeeting(c echo.Context) error {
	return s.renderReportMeeting(c, http.StatusOK, s.newForm(c))
}

func (s *Server) renderReportMeeting(c echo.Context, status int, form *Form) error {
	id := c.Param("id")
	t, err := s.Service.MeetingToReport(c.Request().Context(), s.by(c), id)
	if err != nil {
		return err
	}
	return s.renderReport(c, status, form, t, at(pathMeetingReport, id), at(pathMeeting, id))
}

func (s *Server) reportMeeting(c echo.Context) error {
	form, err := s.readForm(c, "reason")
	if err != nil {
		return err
	}
	ctx, by, id := c.Request().Context(), s.by(c), c.Param("id")
	pos, err := s.Service.ReportMeeting(ctx, by, id, rugzak.ReportReason(form.Value("reason")))
	if status := form.Refuse(err); status != 0 {
		return s.renderReportMeeting(c, status, form)
	}
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.reported", "")
	if _, err := s.Service.Meeting(ctx, by, id); err == nil {
		return s.redirect(c, LocalPath(at(pathMeeting, id))) // their own
	}
	return s.redirect(c, pathProgramme)
}

func (s *Server) showReportRoom(c echo.Context) error {
	return s.renderReportRoom(c, http.StatusOK, s.newForm(c))
}

func (s *Server) renderReportRoom(c echo.Context, status int, form *Form) error {
	id := c.Param("id")
	t, err := s.Service.RoomToReport(c.Request().Context(), s.by(c), id)
	if err != nil {
		return err
	}
	return s.renderReport(c, status, form, t, at(pathRoomReport, id), at(pathRoomNeed, id))
}

func (s *Server) reportRoom(c echo.Context) error {
	form, err := s.readForm(c, "reason")
	if err != nil {
		return err
	}
	ctx, by, id := c.Request().Context(), s.by(c), c.Param("id")
	pos, err := s.Service.ReportRoom(ctx, by, id, rugzak.ReportReason(form.Value("reason")))
	if status := form.Refuse(err); status != 0 {
		return s.renderReportRoom(c, status, form)
	}
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.reported", "")
	if _, err := s.Service.RoomNeed(ctx, by, id); err == nil {
		return s.redirect(c, LocalPath(at(pathRoomNeed, id))) // their own
	}
	return s.redirect(c, pathRoom)
}
