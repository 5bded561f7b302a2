// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// AuditPage is the audit log, for administrators and privacy officers.
type AuditPage struct {
	Page
	Form     *Form // the filter, with GET
	Verbs    []Option
	Rows     []AuditRow
	Filtered bool
	More     bool // older records are still to be looked at
	Head     rugzak.AuditSum
	Cut      uint64 // the records up to and with this one were removed after their term
	Pager    Pager
	Empty    Empty
}

// AuditRow is a line of the log in words.
type AuditRow struct {
	Number           uint64
	At               time.Time
	Act, By, Subject string
	Detail           string
}

// auditFields are the fields of the filter.
var auditFields = []string{"soort", "wie", "van", "tot"}

func auditPages() []pageDef { return []pageDef{{"admin/audit", AuditPage{}}} }

func (s *Server) auditRoutes() []route {
	return []route{
		{http.MethodGet, pathAudit, audit, s.showAudit},
		{http.MethodPost, pathAuditTable, audit, s.exportAuditTable},
		{http.MethodPost, pathAuditChain, audit, s.exportAuditChain},
	}
}

// trustPage is the base of a page that administrators and privacy officers
// share. Only the first have a page above it.
func (s *Server) trustPage(c echo.Context, titleKey string) Page {
	if rugzak.CanAdminister(s.by(c)) {
		return s.adminPage(c, titleKey)
	}
	return s.page(c, titleKey)
}

func (s *Server) showAudit(c echo.Context) error {
	form := s.newForm(c)
	for _, name := range auditFields {
		form.Set(name, c.QueryParam(name))
	}
	p := s.printer(c)
	page := AuditPage{
		Page: s.trustPage(c, "audit.title"), Form: form, Verbs: auditVerbOptions(p),
		Filtered: slices.ContainsFunc(auditFields, func(name string) bool { return form.Value(name) != "" }),
		Empty:    Empty{Icon: "lock", TitleKey: "audit.none", TextKey: "audit.none.text"},
	}
	status := http.StatusOK
	ask, err := auditAsk(form)
	if code := form.Refuse(err); code != 0 {
		status = code
		return s.render(c, status, page)
	}
	before := c.QueryParam("voor")
	if ask.Before, err = strconv.ParseUint(before, 10, 64); err != nil {
		ask.Before = 0
	}
	view, err := s.Service.AuditLog(c.Request().Context(), s.by(c), ask)
	if err != nil {
		return err
	}
	page.Head, page.Cut = view.Head, view.Start.Number
	for _, l := range view.Lines {
		page.Rows = append(page.Rows, auditRow(p, l))
	}
	if view.Next > 0 {
		page.More = true
		page.Pager.Next = auditAddress(form, view.Next)
	}
	if ask.Before > 0 {
		page.Pager.Previous = auditAddress(form, 0)
	}
	return s.render(c, status, page)
}

// auditAddress is the address of a part of the log; 0 is its newest part.
func auditAddress(f *Form, before uint64) string {
	values := url.Values{}
	for _, name := range auditFields {
		if v := f.Value(name); v != "" {
			values.Set(name, v)
		}
	}
	if before > 0 {
		values.Set("voor", strconv.FormatUint(before, 10))
	}
	if len(values) == 0 {
		return pathAudit
	}
	return pathAudit + "?" + values.Encode()
}

// auditAsk reads the filter. Days are those of the reader's calendar; the last
// one counts whole.
func auditAsk(f *Form) (backpack.AuditAsk, error) {
	ask := backpack.AuditAsk{Verb: rugzak.AuditVerb(f.Value("soort")), Person: f.Value("wie")}
	var p rugzak.Problems
	day := func(field string, plus int) time.Time {
		text := strings.TrimSpace(f.Value(field))
		if text == "" {
			return time.Time{}
		}
		at, err := f.printer.ParseDay(text)
		if err != nil {
			p.Add(field, "error.day")
			return time.Time{}
		}
		return at.AddDate(0, 0, plus)
	}
	ask.From, ask.Until = day("van", 0), day("tot", 1)
	if ask.Verb != "" && !slices.Contains(rugzak.AuditVerbs(), ask.Verb) {
		p.Add("soort", "error.choose")
	}
	return ask, p.Err()
}

func auditVerbOptions(p *locale.Printer) []Option {
	options := []Option{{Label: p.T("audit.all")}}
	for _, v := range rugzak.AuditVerbs() {
		options = append(options, Option{Value: string(v), Label: p.T("audit_act." + string(v))})
	}
	return options
}

// auditRow says a line of the log in words.
func auditRow(p *locale.Printer, l backpack.AuditLine) AuditRow {
	return AuditRow{
		Number: l.Number, At: l.At, Act: auditAct(p, l.Verb), By: auditParty(p, l.By), Subject: auditParty(p, l.Subject),
		Detail: auditDetail(p, l),
	}
}

// auditAct is the sentence of an act; a word that is no longer used stands as
// it is.
func auditAct(p *locale.Printer, verb rugzak.AuditVerb) string {
	if !slices.Contains(rugzak.AuditVerbs(), verb) {
		return string(verb)
	}
	return p.T("audit_act." + string(verb))
}

// auditParty says who did something, or what it was done to.
func auditParty(p *locale.Printer, who backpack.AuditParty) string {
	switch who.Kind {
	case "":
		return ""
	case "person", "organisation":
		return who.Name
	case "author", "entry":
		return p.T("audit.party."+who.Kind, who.ID)
	case "theme":
		if who.Name != "" {
			return p.T("audit.party.theme", who.Name)
		}
		return p.T("audit.party.theme", who.ID)
	case "gone", "operator", "system", "nobody", "settings":
		return p.T("audit.party." + who.Kind)
	}
	return strings.TrimSuffix(who.Kind+":"+who.ID, ":")
}

// auditDetail says the code beside an act in words where there are any.
func auditDetail(p *locale.Printer, l backpack.AuditLine) string {
	var words []string
	for code := range strings.FieldsFuncSeq(l.Detail, func(r rune) bool { return r == ',' || r == ' ' }) {
		switch {
		case slices.Contains(rugzak.Roles(), rugzak.Role(code)):
			code = p.T("role." + code)
		case p.Has("audit_detail." + code):
			code = p.T("audit_detail." + code)
		}
		words = append(words, code)
	}
	return wordList(p, append(words, l.Names...))
}

func (s *Server) exportAuditTable(c echo.Context) error {
	form, err := s.readForm(c, auditFields...)
	if err != nil {
		return err
	}
	ask, err := auditAsk(form)
	if err != nil {
		return malformed(err)
	}
	ctx, by, p := c.Request().Context(), s.by(c), s.printer(c)
	return s.download(c, "logboek.csv", typeCSV, func(w io.Writer) error {
		table := rugzak.NewCSV(w)
		begun := false
		err := s.Service.AuditTable(ctx, by, ask, func(l backpack.AuditLine) error {
			if !begun {
				begun = true
				if err := table.Row(auditHead(p)...); err != nil {
					return err
				}
			}
			row := auditRow(p, l)
			return table.Row(
				strconv.FormatUint(row.Number, 10), row.At.UTC().Format(time.RFC3339), row.Act, row.By, row.Subject, row.Detail,
				string(l.Verb), l.By.ID, l.Subject.ID, l.Hash,
			)
		})
		if err != nil || begun {
			return err
		}
		return table.Row(auditHead(p)...)
	})
}

// auditHead are the names of the columns of the table.
func auditHead(p *locale.Printer) []string {
	return []string{
		p.T("audit.column.number"), p.T("audit.column.at"), p.T("audit.column.act"), p.T("audit.column.by"),
		p.T("audit.column.subject"), p.T("audit.column.detail"), p.T("audit.column.code"), p.T("audit.column.by_id"),
		p.T("audit.column.subject_id"), p.T("audit.column.hash"),
	}
}

func (s *Server) exportAuditChain(c echo.Context) error {
	ctx, by := c.Request().Context(), s.by(c)
	return s.download(c, "logboek.jsonl", typeJSONLines, func(w io.Writer) error {
		enc := json.NewEncoder(w)
		return s.Service.AuditChain(ctx, by, time.Time{}, func(l rugzak.AuditLine) error { return enc.Encode(l) })
	})
}
