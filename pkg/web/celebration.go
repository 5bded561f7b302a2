// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// CelebrationPage is what is celebrated in a month ("Wat vieren we?").
type CelebrationPage struct {
	Page
	View   backpack.CelebrationView
	Month  string // in words
	Months []MonthLink
	Empty  Empty
}

// MonthLink leads to another month.
type MonthLink struct{ Month, Words string }

// CelebrationDeskPage is where this month's successes are chosen.
type CelebrationDeskPage struct {
	Page
	Form  *Form
	Month string
	Rows  []DigestPickRow
	None  bool // there is no success of two organisations to choose from
	Now   []NowLine
}

func celebrationPages() []pageDef {
	return []pageDef{{"celebration/index", CelebrationPage{}}, {"celebration/desk", CelebrationDeskPage{}}}
}

func (s *Server) celebrationRoutes() []route {
	return []route{
		{http.MethodGet, pathCelebrate, person, s.showCelebration},
		{http.MethodGet, pathCelebrateMonth, person, s.showCelebration},
		{http.MethodGet, pathCelebrateDesk, steer, s.showCelebrationDesk},
		{http.MethodPost, pathCelebrateDesk, steer, s.saveCelebration},
	}
}

func (s *Server) showCelebration(c echo.Context) error {
	view, err := s.Service.Celebrations(c.Request().Context(), s.by(c), c.Param("month"))
	if err != nil {
		return err
	}
	p := s.printer(c)
	page := CelebrationPage{Page: s.page(c, "celebrate.title"), View: view, Month: monthIn(p, view.Month), Empty: Empty{Icon: "success", TitleKey: "celebrate.none", TextKey: "celebrate.none.text", ActionKey: "empty.success", ActionPath: pathEntryNew + "?soort=success"}}
	for _, m := range view.Months {
		page.Months = append(page.Months, MonthLink{m, monthIn(p, m)})
	}
	return s.render(c, http.StatusOK, page)
}

// monthIn is a month ("2026-11") in words.
func monthIn(p *locale.Printer, month string) string {
	at, err := time.Parse("2006-01", month)
	if err != nil {
		return ""
	}
	return p.Month(at)
}

func (s *Server) showCelebrationDesk(c echo.Context) error {
	d, err := s.Service.CelebrationDesk(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	return s.renderCelebrationDesk(c, http.StatusOK, d, s.celebrationForm(c, d))
}

func (s *Server) celebrationForm(c echo.Context, d backpack.CelebrationDesk) *Form {
	form := s.newForm(c).Set("month", d.Month).Set("base", fmt.Sprint(d.Version))
	for i, pick := range d.Picks {
		form.Set(fmt.Sprintf("entry_%d", i+1), string(pick.Entry)).Set(fmt.Sprintf("reason_%d", i+1), pick.Reason)
	}
	return form
}

// celebrationRows describes the fields of a form that holds a choice.
func celebrationRows(p *locale.Printer, d backpack.CelebrationDesk, form *Form) (rows []DigestPickRow) {
	options := []Option{{Label: p.T("digest.desk.none")}}
	for _, e := range d.Choices {
		options = append(options, Option{Value: string(e.ID), Label: e.Title + " · " + e.Organisation, Lang: e.Lang})
	}
	for i := range rugzak.MaxCelebrated {
		rows = append(rows, DigestPickRow{
			Entry:  form.Choices(fmt.Sprintf("entry_%d", i+1), p.T("celebrate.entry", i+1), "select", options),
			Reason: form.Field(fmt.Sprintf("reason_%d", i+1), p.T("celebrate.reason")),
		})
	}
	return rows
}

// celebrationNow is what somebody else chose meanwhile.
func (s *Server) celebrationNow(c echo.Context, d backpack.CelebrationDesk) []NowLine {
	var fields []Field
	for i, row := range celebrationRows(s.printer(c), d, s.celebrationForm(c, d)) {
		if i == 0 || row.Entry.Value != "" {
			fields = append(fields, row.Entry, row.Reason)
		}
	}
	return nowLines(s.printer(c), fields...)
}

func (s *Server) renderCelebrationDesk(c echo.Context, status int, d backpack.CelebrationDesk, form *Form) error {
	p := s.printer(c)
	page := CelebrationDeskPage{Page: s.page(c, "celebrate.desk"), Form: form, Month: monthIn(p, d.Month), None: len(d.Choices) == 0}
	page.Crumbs = []Crumb{{pathCoreTeam, p.T("coreteam.title")}}
	page.Rows = celebrationRows(p, d, form)
	if status == http.StatusConflict {
		page.Now = s.celebrationNow(c, d)
	}
	return s.render(c, status, page)
}

func (s *Server) saveCelebration(c echo.Context) error {
	names := []string{"month", "base"}
	for i := range rugzak.MaxCelebrated {
		names = append(names, fmt.Sprintf("entry_%d", i+1), fmt.Sprintf("reason_%d", i+1))
	}
	form, err := s.readForm(c, names...)
	if err != nil {
		return err
	}
	closeRows(form, rugzak.MaxCelebrated)
	var picks []rugzak.DigestPick
	for i := range rugzak.MaxCelebrated {
		if id := form.Value(fmt.Sprintf("entry_%d", i+1)); id != "" {
			picks = append(picks, rugzak.DigestPick{Entry: rugzak.EntryID(id), Reason: form.Value(fmt.Sprintf("reason_%d", i+1))})
		}
	}
	ctx, by := c.Request().Context(), s.by(c)
	err = s.Service.SaveCelebration(ctx, by, form.Value("month"), form.Int("base"), picks)
	if status := form.Refuse(err); status != 0 {
		d, err := s.Service.CelebrationDesk(ctx, by)
		if err != nil {
			return err
		}
		if status == http.StatusConflict {
			form.Set("month", d.Month).Set("base", fmt.Sprint(d.Version))
		}
		return s.renderCelebrationDesk(c, status, d, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.saved", "")
	return s.redirect(c, pathCelebrate)
}

// closeRows puts the rows in which an entry is chosen together, so that what is
// wrong with one stands beside it.
func closeRows(f *Form, most int) {
	next := 1
	for i := 1; i <= most; i++ {
		entry, reason := fmt.Sprintf("entry_%d", i), fmt.Sprintf("reason_%d", i)
		if id, why := f.Value(entry), f.Value(reason); id != "" {
			f.Set(entry, "").Set(reason, "")
			f.Set(fmt.Sprintf("entry_%d", next), id).Set(fmt.Sprintf("reason_%d", next), why)
			next++
		}
	}
}
