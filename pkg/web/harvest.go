// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// HarvestPage is where somebody types what they heard in a meeting: each line
// becomes a draft.
type HarvestPage struct {
	Page
	View     backpack.HarvestView
	Form     *Form
	Rows     []HarvestRow
	Findings Findings
	Review   ReviewBox
	Full     bool // there is no room for more lines
}

// HarvestRow is one line of the form.
type HarvestRow struct {
	Number   int
	Key      string // of the draft it becomes
	Line     Field
	Kind     Field
	KeyName  string
	Findings FieldFindings
}

// harvestRows is how many lines there are at first, and how many come with each
// press of the button.
const harvestRows = 10

func lineField(n int) string     { return fmt.Sprintf("line_%d", n) }
func lineKindField(n int) string { return fmt.Sprintf("kind_%d", n) }
func lineKeyField(n int) string  { return fmt.Sprintf("key_%d", n) }

func (s *Server) showHarvest(c echo.Context) error {
	v, err := s.Service.Harvest(c.Request().Context(), s.by(c), c.Param("id"))
	if err != nil {
		return err
	}
	return s.renderHarvest(c, http.StatusOK, v, s.newForm(c).Set("rows", strconv.Itoa(harvestRows)))
}

func (s *Server) renderHarvest(c echo.Context, status int, v backpack.HarvestView, form *Form) error {
	ctx, by, p := c.Request().Context(), s.by(c), s.printer(c)
	page := HarvestPage{Page: s.page(c, "harvest.title"), View: v, Form: form}
	page.Crumbs = []Crumb{{pathProgramme, p.T("programme.title")}, {at(pathMeeting, v.Meeting.Meeting.ID), v.Meeting.Meeting.Title}}
	rows := max(harvestRows, min(form.Int("rows"), backpack.MaxHarvest))
	form.Set("rows", strconv.Itoa(rows))
	page.Full = rows >= backpack.MaxHarvest
	if form.Failed() {
		found, err := s.Service.HarvestFindings(ctx, harvestLines(form))
		if err != nil {
			return err
		}
		page.Findings = withBoxes(found)
		for i := range page.Findings { // nothing is declared here
			page.Findings[i].ID = ""
		}
		page.Review = reviewBox(form, page.Findings)
	}
	for n := 1; n <= rows; n++ {
		row := HarvestRow{Number: n, Key: form.Value(lineKeyField(n)), KeyName: lineKeyField(n), Findings: page.Findings.At(lineField(n))}
		if row.Key == "" {
			id, err := s.Service.NewID(ctx, by)
			if err != nil {
				return err
			}
			row.Key = string(id)
		}
		if form.Value(lineKindField(n)) == "" {
			form.Set(lineKindField(n), string(rugzak.KindExperience))
		}
		row.Line = form.Field(lineField(n), p.T("harvest.line", n))
		row.Kind = form.Choices(lineKindField(n), p.T("harvest.kind", n), "select", wordOptions(p, "kind.", backpack.HarvestKinds()))
		page.Rows = append(page.Rows, row)
	}
	return s.render(c, status, page)
}

func harvestLines(f *Form) (out []backpack.HarvestLine) {
	for n := 1; n <= min(f.Int("rows"), backpack.MaxHarvest); n++ {
		text := rugzak.Line(f.Value(lineField(n)))
		out = append(out, backpack.HarvestLine{
			ID: rugzak.EntryID(f.Value(lineKeyField(n))), Kind: rugzak.Kind(f.Value(lineKindField(n))), Title: firstSentence([]string{text}), Text: text,
		})
	}
	return out
}

// doMore asks for more lines; nothing is stored.
const doMore = "more"

func (s *Server) saveHarvest(c echo.Context) error {
	fields := []string{"rows", "reviewed", "do"}
	for n := 1; n <= backpack.MaxHarvest; n++ {
		fields = append(fields, lineField(n), lineKindField(n), lineKeyField(n))
	}
	form, err := s.readForm(c, fields...)
	if err != nil {
		return err
	}
	ctx, by, id := c.Request().Context(), s.by(c), c.Param("id")
	v, err := s.Service.Harvest(ctx, by, id)
	if err != nil {
		return err
	}
	if form.Value("do") == doMore {
		form.Set("rows", strconv.Itoa(form.Int("rows")+harvestRows))
		return s.renderHarvest(c, http.StatusOK, v, form)
	}
	made, err := s.Service.SaveHarvest(ctx, by, id, s.lang(c), harvestLines(form), form.Has("reviewed", "yes"))
	if status := form.Refuse(err); status != 0 {
		return s.renderHarvest(c, status, v, form)
	}
	if err != nil {
		return err
	}
	notice := "notice.harvested"
	if made == 0 {
		notice = "notice.harvested_nothing"
	}
	s.notify(c, notice, "")
	return s.redirect(c, LocalPath(at(pathHarvest, id)))
}
