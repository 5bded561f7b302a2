// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// SamplesPage says how much starter content there is, and adds it.
type SamplesPage struct {
	Page
	Counts backpack.SampleCounts
}

// SamplesRemovePage asks whether to remove it.
type SamplesRemovePage struct {
	Page
	Counts backpack.SampleCounts
}

func (s *Server) showSamples(c echo.Context) error {
	counts, err := s.Service.Samples(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, SamplesPage{Page: s.adminPage(c, "samples.title"), Counts: counts})
}

func (s *Server) loadSamples(c echo.Context) error {
	form, err := s.readForm(c, "language")
	if err != nil {
		return err
	}
	lang := rugzak.Lang(form.Value("language"))
	if !lang.Valid() {
		return malformed(nil)
	}
	b, entries, err := s.Starter(lang)
	if err != nil {
		return fmt.Errorf("read starter content: %w", err)
	}
	count, err := s.Service.LoadStarter(c.Request().Context(), s.by(c), b, entries, false)
	if err != nil {
		return err
	}
	notice := "notice.samples_added"
	if count == 0 {
		notice = "notice.samples_there"
	}
	s.notify(c, notice, "")
	return s.redirect(c, pathSamples)
}

func (s *Server) confirmRemoveSamples(c echo.Context) error {
	counts, err := s.Service.Samples(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	if !counts.Any() {
		return s.redirect(c, pathSamples)
	}
	page := s.adminPage(c, "samples.remove.title", Crumb{pathSamples, s.printer(c).T("samples.title")})
	return s.render(c, http.StatusOK, SamplesRemovePage{Page: page, Counts: counts})
}

func (s *Server) removeSamples(c echo.Context) error {
	_, pos, err := s.Service.RemoveSamples(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	s.notify(c, "notice.samples_removed", "")
	return s.redirect(c, pathSamples)
}
