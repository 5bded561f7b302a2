// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// LoopSettingsPart is the form about taking along and using.
type LoopSettingsPart struct{ Form *Form }

const fieldKeepWeeks = "keep_weeks"

func (s *Server) loopSettingsPart(c echo.Context, part *LoopSettingsPart) error {
	if part.Form != nil {
		return nil
	}
	form, all, err := s.settingsForm(c)
	if err != nil {
		return err
	}
	part.Form = form.Set(fieldKeepWeeks, strconv.Itoa(all.Loop.KeepWeeks))
	return nil
}

func (s *Server) saveLoopSettings(c echo.Context) error {
	form, err := s.readForm(c, fieldKeepWeeks, "base")
	if err != nil {
		return err
	}
	weeks, err := strconv.Atoi(form.Value(fieldKeepWeeks))
	if err != nil {
		weeks = -1 // no number is out of bounds too
	}
	err = s.Service.SaveLoopSettings(c.Request().Context(), s.by(c), form.Int("base"), rugzak.LoopSettings{KeepWeeks: weeks})
	if status := form.Refuse(err); status != 0 {
		return s.renderSettings(c, status, SettingsPage{Loop: LoopSettingsPart{Form: form}})
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.saved", "")
	return s.redirect(c, pathSettings)
}
