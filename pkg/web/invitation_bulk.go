// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// BulkPage asks for a table of people to invite.
type BulkPage struct {
	Page
	Form  *Form
	Most  int
	Roles []rugzak.Role
}

// BulkReportPage tells what becomes, or became, of each line of a table.
type BulkReportPage struct {
	Page
	Table   string // to send again with the decision; empty once it is done
	Report  backpack.BulkReport
	Lines   []BulkShown
	Preview bool
}

// BulkShown is a line as a reader sees it.
type BulkShown struct {
	backpack.BulkLine
	Why, Link string
}

func bulkPages() []pageDef {
	return []pageDef{{"invitation/bulk", BulkPage{}}, {"invitation/report", BulkReportPage{}}}
}

func (s *Server) bulkRoutes() []route {
	return []route{
		{http.MethodGet, pathBulk, invite, s.showBulk},
		{http.MethodPost, pathBulk, invite, s.bulk},
	}
}

func (s *Server) showBulk(c echo.Context) error { return s.renderBulk(c, http.StatusOK, s.newForm(c)) }

func (s *Server) renderBulk(c echo.Context, status int, form *Form) error {
	_, roles, err := s.Service.InviteChoices(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	return s.render(c, status, BulkPage{Page: s.invitePage(c, "bulk.title"), Form: form, Most: rugzak.MaxInvitationRows, Roles: roles})
}

// bulk shows a preview of a table, and invites at the second step. With
// do=table the report comes as a table with the links, which are told once.
func (s *Server) bulk(c echo.Context) error {
	form, err := s.readForm(c, "table", "do")
	if err != nil {
		return err
	}
	ctx, by, table := c.Request().Context(), s.by(c), []byte(form.Value("table"))
	do := form.Value("do")
	var report backpack.BulkReport
	switch do {
	case "invite", "table":
		report, err = s.Service.InviteAll(ctx, by, table)
	default:
		report, err = s.Service.PreviewInvitations(ctx, by, table)
	}
	if status := form.Refuse(err); status != 0 {
		return s.renderBulk(c, status, form)
	}
	if err != nil {
		return err
	}
	page := BulkReportPage{Report: report, Preview: do != "invite" && do != "table"}
	titleKey := "bulk.done"
	if page.Preview {
		titleKey, page.Table = "bulk.preview", string(table)
	}
	for _, l := range report.Lines {
		page.Lines = append(page.Lines, s.bulkShown(c, l))
	}
	if do == "table" {
		return s.download(c, "uitnodigingen.csv", typeCSV, func(w io.Writer) error { return s.bulkTable(c, w, page.Lines) })
	}
	page.Page = s.invitePage(c, titleKey)
	return s.render(c, http.StatusOK, page)
}

func (s *Server) bulkShown(c echo.Context, l backpack.BulkLine) BulkShown {
	shown := BulkShown{BulkLine: l}
	var why []string
	for _, p := range l.Problems {
		why = append(why, s.printer(c).T(p.Key, p.Args...))
	}
	shown.Why = strings.Join(why, " ")
	if l.Secret != "" {
		shown.Link = s.address(c, at(pathInvitation, l.Secret))
	}
	return shown
}

func (s *Server) bulkTable(c echo.Context, w io.Writer, lines []BulkShown) error {
	p, table := s.printer(c), rugzak.NewCSV(w)
	if err := table.Row(p.T("bulk.line"), p.T("word.email"), p.T("word.name"), p.T("people.belongs"), p.T("bulk.outcome"), p.T("bulk.why"), p.T("person.link.address")); err != nil {
		return err
	}
	for _, l := range lines {
		err := table.Row(strconv.Itoa(l.Row.Number), l.Row.Email, l.Row.Name, l.Organisation.Name, p.T("bulk.outcome."+string(l.Outcome)), l.Why, l.Link)
		if err != nil {
			return err
		}
	}
	return table.Err()
}
