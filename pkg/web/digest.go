// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// DigestPage is the message of the week of its reader.
type DigestPage struct {
	Page
	View  backpack.DigestView
	Lines []DigestLine
	Sends string
	Desk  bool // the reader may choose for everybody
	Empty Empty
}

// DigestLine is one thing in it.
type DigestLine struct {
	Item   backpack.DigestItem
	Reason string
}

// DigestMailPage shows the mail as it would go out now.
type DigestMailPage struct {
	Page
	Text string // empty when there would be none
}

// DigestDeskPage is where the next message of the week is chosen.
type DigestDeskPage struct {
	Page
	Form  *Form
	Desk  backpack.DigestDesk
	Rows  []DigestPickRow
	Sends string
}

// DigestPickRow is one of the places.
type DigestPickRow struct{ Entry, Reason Field }

func digestPages() []pageDef {
	return []pageDef{{"digest/index", DigestPage{}}, {"digest/mail", DigestMailPage{}}, {"digest/desk", DigestDeskPage{}}}
}

func (s *Server) digestRoutes() []route {
	return []route{
		{http.MethodGet, pathDigest, person, s.showDigest},
		{http.MethodGet, pathDigestMail, person, s.showDigestMail},
		{http.MethodPost, pathDigestWant, person, s.wantDigest},
		{http.MethodGet, pathDigestDesk, curate, s.showDigestDesk},
		{http.MethodPost, pathDigestDesk, curate, s.saveDigest},
	}
}

// reasonOf says why something is in the message of the week.
func reasonOf(p *locale.Printer, item backpack.DigestItem) string {
	switch {
	case item.Chosen:
		return p.T("digest.reason.chosen", item.Reason)
	case item.Times > 0:
		return p.N(item.Key, item.Times, item.Args...)
	}
	return p.T(item.Key, item.Args...)
}

func (s *Server) showDigest(c echo.Context) error {
	view, err := s.Service.WeekMessage(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	p := s.printer(c)
	page := DigestPage{
		Page: s.page(c, "digest.title"), View: view, Sends: sendsAt(p.T, view.Settings), Desk: rugzak.CanCurate(s.by(c)),
		Empty: Empty{Icon: "info", TitleKey: "digest.none", TextKey: "digest.none.text", ActionKey: "empty.look", ActionPath: pathSearch},
	}
	for _, item := range view.Items {
		page.Lines = append(page.Lines, DigestLine{item, reasonOf(p, item)})
	}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) showDigestMail(c echo.Context) error {
	text, err := s.Service.PreviewDigest(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	page := DigestMailPage{Page: s.page(c, "digest.preview"), Text: text}
	page.Crumbs = []Crumb{{pathDigest, s.printer(c).T("digest.title")}}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) wantDigest(c echo.Context) error {
	form, err := s.readForm(c, "on")
	if err != nil {
		return err
	}
	if err := s.Service.WantDigest(c.Request().Context(), s.by(c), form.Value("on") == "on"); err != nil {
		return err
	}
	s.notify(c, "notice.saved", "")
	return s.redirect(c, pathDigest)
}

func (s *Server) showDigestDesk(c echo.Context) error {
	desk, err := s.Service.DigestDesk(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	form := s.newForm(c).Set("week", string(desk.Week)).Set("base", fmt.Sprint(desk.Version))
	for i, pick := range desk.Picks {
		form.Set(fmt.Sprintf("entry_%d", i+1), string(pick.Entry)).Set(fmt.Sprintf("reason_%d", i+1), pick.Reason)
	}
	if add := c.QueryParam(paramAdd); add != "" {
		chooseEntry(form, add)
	}
	return s.renderDigestDesk(c, http.StatusOK, desk, form)
}

// paramAdd is the entry from whose page somebody came to choose it.
const paramAdd = "bijdrage"

// chooseEntry puts an entry in the first free place, unless it has one.
func chooseEntry(form *Form, id string) {
	free := ""
	for i := range rugzak.MaxDigestItems {
		name := fmt.Sprintf("entry_%d", i+1)
		switch value := form.Value(name); {
		case value == id:
			return
		case value == "" && free == "":
			free = name
		}
	}
	if free != "" {
		form.Set(free, id)
	}
}

// digestOptions are the entries that can be chosen, and those that are, as far
// as the reader may see them.
func (s *Server) digestOptions(c echo.Context, desk backpack.DigestDesk, form *Form) ([]Option, error) {
	options := []Option{{Label: s.printer(c).T("digest.desk.none")}}
	seen := map[string]bool{"": true}
	add := func(id rugzak.EntryID, title string, lang rugzak.Lang) {
		if !seen[string(id)] {
			seen[string(id)] = true
			options = append(options, Option{Value: string(id), Label: title, Lang: lang})
		}
	}
	for _, item := range slices.Concat(desk.Picks, desk.Choices) {
		add(item.Entry, item.Title, item.Lang)
	}
	for i := range rugzak.MaxDigestItems {
		id := form.Value(fmt.Sprintf("entry_%d", i+1))
		if seen[id] {
			continue
		}
		view, err := s.Service.Read(c.Request().Context(), s.by(c), rugzak.EntryID(id))
		switch {
		case err == nil && view.Entry.State.Public() && view.Entry.State != rugzak.StateArchived:
			add(view.Entry.ID, view.Entry.Title, view.Entry.Lang)
		case err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound:
			return nil, err
		}
	}
	return options, nil
}

func (s *Server) renderDigestDesk(c echo.Context, status int, desk backpack.DigestDesk, form *Form) error {
	p := s.printer(c)
	page := DigestDeskPage{Page: s.page(c, "digest.desk"), Form: form, Desk: desk, Sends: p.DateTime(desk.Sends)}
	page.Crumbs = []Crumb{{pathDigest, p.T("digest.title")}}
	options, err := s.digestOptions(c, desk, form)
	if err != nil {
		return err
	}
	for i := range rugzak.MaxDigestItems {
		page.Rows = append(page.Rows, DigestPickRow{
			Entry:  form.Choices(fmt.Sprintf("entry_%d", i+1), p.T("digest.desk.entry", i+1), "select", options),
			Reason: form.Field(fmt.Sprintf("reason_%d", i+1), p.T("digest.desk.reason")),
		})
	}
	return s.render(c, status, page)
}

func (s *Server) saveDigest(c echo.Context) error {
	names := []string{"week", "base"}
	for i := range rugzak.MaxDigestItems {
		names = append(names, fmt.Sprintf("entry_%d", i+1), fmt.Sprintf("reason_%d", i+1))
	}
	form, err := s.readForm(c, names...)
	if err != nil {
		return err
	}
	var picks []rugzak.DigestPick
	var rows []int // of the form, for each pick
	for i := range rugzak.MaxDigestItems {
		if id := form.Value(fmt.Sprintf("entry_%d", i+1)); id != "" {
			picks = append(picks, rugzak.DigestPick{Entry: rugzak.EntryID(id), Reason: form.Value(fmt.Sprintf("reason_%d", i+1))})
			rows = append(rows, i+1)
		}
	}
	ctx, by := c.Request().Context(), s.by(c)
	err = s.Service.SaveDigest(ctx, by, rugzak.Week(form.Value("week")), form.Int("base"), picks)
	if status := form.Refuse(err); status != 0 {
		for i, e := range form.Errors { // empty rows do not count: say it at the right one
			var n int
			for _, name := range []string{"entry_", "reason_"} {
				if _, err := fmt.Sscanf(e.Field, name+"%d", &n); err == nil && n >= 1 && n <= len(rows) {
					form.Errors[i].Field = fmt.Sprint(name, rows[n-1])
				}
			}
		}
		desk, err := s.Service.DigestDesk(ctx, by)
		if err != nil {
			return err
		}
		return s.renderDigestDesk(c, status, desk, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.digest_saved", "")
	return s.redirect(c, pathDigestDesk)
}
