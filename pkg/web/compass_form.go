// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// CompassFormPage changes the compass.
type CompassFormPage struct {
	Page
	Form     *Form
	Rows     []DriveRow
	Findings Findings
	Review   ReviewBox
	HTML     string // of the purpose, when that was asked for
	// Now is the compass as somebody else saved it meanwhile; nil when nobody did.
	Now *rugzak.Compass
}

// DriveRow is where a drive stands in the form.
type DriveRow struct {
	Number        int
	ID            string // of the drive; empty for a new one
	Name, Meaning Field
	First, Last   bool
}

// paramVersion asks for the form with an earlier version in it.
const paramVersion = "versie"

// driveField is the name of a field of a row: "name3".
func driveField(what string, row int) string { return fmt.Sprint(what, row) }

func compassFields() []string {
	out := []string{"purpose", "why", "reviewed", "base", "do", "ronde"}
	for row := 1; row <= rugzak.MaxCompassDrives; row++ {
		out = append(out, driveField("id", row), driveField("name", row), driveField("meaning", row))
	}
	return out
}

func (s *Server) showCompassForm(c echo.Context) error {
	m, err := s.Service.Movement(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	from := m.Compass
	form := s.newForm(c).Set("base", strconv.Itoa(m.Compass.Version)).Set("ronde", c.QueryParam("ronde"))
	if version, err := strconv.Atoi(c.QueryParam(paramVersion)); err == nil { // an earlier one, to put it back
		earlier, err := s.Service.CompassVersion(c.Request().Context(), s.by(c), version)
		if err != nil {
			return err
		}
		from = earlier.Compass
		form.Set("why", s.printer(c).T("compass.again.why", version))
	}
	form.Set("purpose", from.Purpose)
	setDrives(form, from.Open())
	return s.renderCompassForm(c, http.StatusOK, CompassFormPage{Form: form})
}

func setDrives(form *Form, drives []rugzak.Drive) {
	for i, d := range drives[:min(len(drives), rugzak.MaxCompassDrives)] {
		form.Set(driveField("id", i+1), string(d.ID)).Set(driveField("name", i+1), d.Name).Set(driveField("meaning", i+1), d.Meaning)
	}
}

func compassInput(f *Form) backpack.CompassInput {
	in := backpack.CompassInput{Purpose: f.Value("purpose"), Why: f.Value("why"), Reviewed: f.Has("reviewed", "yes")}
	if round := f.Value("ronde"); rugzak.ValidID(round) {
		in.Occasion = rugzak.RoundOccasion(round)
	}
	for row := 1; row <= rugzak.MaxCompassDrives; row++ {
		in.Drives = append(in.Drives, rugzak.Drive{
			ID: rugzak.DriveID(f.Value(driveField("id", row))), Name: f.Value(driveField("name", row)), Meaning: f.Value(driveField("meaning", row)),
		})
	}
	return in
}

// saveCompass saves the form, or moves a drive in it up or down, or shows how
// the purpose will look.
func (s *Server) saveCompass(c echo.Context) error {
	form, err := s.readForm(c, compassFields()...)
	if err != nil {
		return err
	}
	ctx, by := c.Request().Context(), s.by(c)
	page := CompassFormPage{Form: form}
	var row int
	if n, _ := fmt.Sscanf(form.Value("do"), "up-%d", &row); n == 1 && row > 1 && row <= rugzak.MaxCompassDrives {
		in := compassInput(form)
		in.Drives[row-2], in.Drives[row-1] = in.Drives[row-1], in.Drives[row-2]
		setDrives(form, in.Drives)
		return s.renderCompassForm(c, http.StatusOK, page)
	}
	if form.Value("do") == doPreview {
		rendered, err := s.Service.Preview(ctx, by, form.Value("purpose"), rugzak.Dutch)
		if status := form.Refuse(err); status != 0 {
			for i := range form.Errors {
				form.Errors[i].Field = "purpose"
			}
			return s.renderCompassForm(c, status, page)
		}
		if err != nil {
			return err
		}
		page.HTML = rendered.HTML
		return s.renderCompassForm(c, http.StatusOK, page)
	}
	_, err = s.Service.SaveCompass(ctx, by, form.Int("base"), compassInput(form))
	switch status := form.Refuse(err); {
	case status == http.StatusConflict:
		m, err := s.Service.Movement(ctx, by)
		if err != nil {
			return err
		}
		form.Set("base", strconv.Itoa(m.Compass.Version))
		page.Now = &m.Compass
		return s.renderCompassForm(c, status, page)
	case status != 0:
		return s.renderCompassForm(c, status, page)
	case err != nil:
		return err
	}
	s.notify(c, "notice.compass_saved", "")
	return s.redirect(c, pathCompass)
}

func (s *Server) renderCompassForm(c echo.Context, status int, page CompassFormPage) error {
	p := s.printer(c)
	page.Page = s.page(c, "compass.edit")
	page.Crumbs = []Crumb{{pathCompass, p.T("compass.title")}}
	for row := 1; row <= rugzak.MaxCompassDrives; row++ {
		r := DriveRow{Number: row, ID: page.Form.Value(driveField("id", row)), First: row == 1, Last: row == rugzak.MaxCompassDrives}
		r.Name = page.Form.Field(driveField("name", row), p.T("compass.drive.name"))
		r.Meaning = page.Form.Field(driveField("meaning", row), p.T("compass.drive.meaning")).MayBeEmpty()
		page.Rows = append(page.Rows, r)
	}
	// What is wrong with the drives stands at the first of them.
	for i, e := range page.Form.Errors {
		if e.Field == "drives" {
			page.Form.Errors[i].Field = driveField("name", 1)
		}
	}
	page.Rows[0].Name.Error = page.Form.Error(driveField("name", 1))
	if page.Form.Failed() {
		found, err := s.Service.CompassFindings(c.Request().Context(), s.by(c), compassInput(page.Form))
		if err != nil {
			return err
		}
		page.Findings = withBoxes(found)
		page.Review = reviewBox(page.Form, page.Findings)
	}
	page.Form.Errors = slices.CompactFunc(page.Form.Errors, func(a, b FieldMessage) bool { return a == b })
	return s.render(c, status, page)
}
