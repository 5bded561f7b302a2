// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// ChecklistPage is the legal checklist, on which people tick what is arranged.
type ChecklistPage struct {
	Page
	Form        *Form
	Points      []Option
	Done, Total int
}

func checklistPages() []pageDef { return []pageDef{{"admin/checklist", ChecklistPage{}}} }

func (s *Server) checklistRoutes() []route {
	return []route{
		{http.MethodGet, pathChecklist, audit, s.showChecklist},
		{http.MethodPost, pathChecklist, audit, s.saveChecklist},
	}
}

func (s *Server) showChecklist(c echo.Context) error { return s.renderChecklist(c, http.StatusOK, nil) }

func (s *Server) saveChecklist(c echo.Context) error {
	form, err := s.readForm(c, "point", "base")
	if err != nil {
		return err
	}
	var points []rugzak.CheckPoint
	for _, p := range form.All("point") {
		points = append(points, rugzak.CheckPoint(p))
	}
	err = s.Service.SaveChecklist(c.Request().Context(), s.by(c), form.Int("base"), points)
	if status := form.Refuse(err); status != 0 {
		return s.renderChecklist(c, status, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.saved", "")
	return s.redirect(c, pathChecklist)
}

// renderChecklist shows the list; form is nil unless it was refused. After a
// conflict it can be sent again, beside what somebody else ticked meanwhile.
func (s *Server) renderChecklist(c echo.Context, status int, form *Form) error {
	v, err := s.Service.Checklist(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	p := s.printer(c)
	page := ChecklistPage{Page: s.trustPage(c, "checklist.title"), Form: form, Done: v.Done, Total: len(v.Points)}
	var ticked []string
	for _, point := range v.Points {
		key := "checklist." + string(point.Point)
		o := Option{Value: string(point.Point), Label: p.T(key), Hint: p.T(key + ".text")}
		if !point.At.IsZero() {
			ticked = append(ticked, o.Value)
			switch {
			case point.Former:
				o.Hint += " " + p.T("checklist.ticked_by", p.Date(point.At), p.T("read.former_author"))
			case point.Name != "":
				o.Hint += " " + p.T("checklist.ticked_by", p.Date(point.At), point.Name)
			default:
				o.Hint += " " + p.T("checklist.ticked", p.Date(point.At))
			}
		}
		page.Points = append(page.Points, o)
	}
	if form == nil {
		page.Form = s.newForm(c).Set("point", ticked...)
	}
	page.Form.Set("base", strconv.Itoa(v.Version))
	return s.render(c, status, page)
}
