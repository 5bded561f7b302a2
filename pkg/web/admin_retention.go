// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// RetentionPart is the form about how long things are kept.
type RetentionPart struct {
	Form   *Form
	Fields []string
}

// RetentionPage shows what would go under changed terms, before they are saved.
type RetentionPage struct {
	Page
	Form    *Form
	Fields  []string
	Preview backpack.RetentionPreview
}

// retentionFields are the terms, in the order in which they are asked.
var retentionFields = []string{"draft_announce", "draft_remove", "review", "former_colleague", "audit"}

func retentionPages() []pageDef { return []pageDef{{"admin/retention", RetentionPage{}}} }

func (s *Server) retentionRoutes() []route {
	return []route{{http.MethodPost, pathRetention, administer, s.saveRetention}}
}

func (s *Server) retentionPart(c echo.Context, part *RetentionPart) error {
	part.Fields = retentionFields
	if part.Form != nil {
		return nil
	}
	form, all, err := s.settingsForm(c)
	if err != nil {
		return err
	}
	part.Form = form
	for _, f := range retentionFields {
		part.Form.Set(f, strconv.Itoa(*retentionTerm(&all.Retention, f)))
	}
	return nil
}

// retentionTerm is the term a field is about.
func retentionTerm(r *rugzak.RetentionSettings, field string) *int {
	switch field {
	case "draft_announce":
		return &r.DraftAnnounce
	case "draft_remove":
		return &r.DraftRemove
	case "review":
		return &r.Review
	case "former_colleague":
		return &r.FormerColleague
	}
	return &r.Audit
}

// readRetention reads the terms of a form. What is no number is told beside it.
func readRetention(f *Form) (rugzak.RetentionSettings, error) {
	var r rugzak.RetentionSettings
	var p rugzak.Problems
	for _, field := range retentionFields {
		n, err := strconv.Atoi(strings.TrimSpace(f.Value(field)))
		if err != nil {
			p.Add(field, "error.months", rugzak.MaxMonths)
		}
		*retentionTerm(&r, field) = n
	}
	if err := p.Err(); err != nil {
		return r, err
	}
	all := rugzak.DefaultSettings()
	all.Retention = r
	return r, all.Validate()
}

// saveRetention shows what would go, and saves when that was seen.
func (s *Server) saveRetention(c echo.Context) error {
	form, err := s.readForm(c, append([]string{"base", "do"}, retentionFields...)...)
	if err != nil {
		return err
	}
	ctx, by := c.Request().Context(), s.by(c)
	terms, err := readRetention(form)
	if err == nil && form.Value("do") == "save" {
		if err = s.Service.SaveRetention(ctx, by, form.Int("base"), terms); err == nil {
			s.notify(c, "notice.saved", "")
			return s.redirect(c, pathSettings)
		}
	}
	if status := form.Refuse(err); status != 0 {
		return s.renderSettings(c, status, SettingsPage{Retention: RetentionPart{Form: form}})
	}
	if err != nil {
		return err
	}
	preview, err := s.Service.PreviewRetention(ctx, by, terms)
	if err != nil {
		return err
	}
	page := s.adminPage(c, "retention.preview.title", Crumb{pathSettings, s.printer(c).T("settings.title")})
	return s.render(c, http.StatusOK, RetentionPage{Page: page, Form: form, Fields: retentionFields, Preview: preview})
}
