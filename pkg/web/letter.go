// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// LettersPage lists the letters of a theme.
type LettersPage struct {
	Page
	View  backpack.LetterList
	Empty Empty
}

// LetterPage is a theme letter.
type LetterPage struct {
	Page
	View backpack.LetterView
	// When is the day of its date in words; empty when there is none of its own.
	When     string
	Meetings []backpack.MeetingLine
	// Draft and Send are of a letter that can be sent from here: Send is what its
	// form holds.
	Draft *backpack.LetterDraft
	Send  []Hidden
}

// Hidden is a field of a form that is not shown.
type Hidden struct{ Name, Value string }

// LetterFormPage makes a letter.
type LetterFormPage struct {
	Page
	Form   *Form
	Draft  backpack.LetterDraft
	ID     string // empty for a new one
	Action string
	Picks  []LetterPickRow
	// Fields of what else stands in it.
	Lead, Question, Method, Meeting, Day, What Field
	Now                                        []NowLine
	conflict                                   bool // somebody else saved it meanwhile
}

// LetterPickRow is one of the three places.
type LetterPickRow struct{ Entry, Why Field }

func letterPages() []pageDef {
	return []pageDef{{"letter/index", LettersPage{}}, {"letter/show", LetterPage{}}, {"letter/edit", LetterFormPage{}}}
}

func (s *Server) letterRoutes() []route {
	return []route{
		{http.MethodGet, pathLetters, person, s.showLetters},
		{http.MethodGet, pathLetterNew, curate, s.showLetterForm},
		{http.MethodPost, pathLetterNew, curate, s.keepLetter},
		{http.MethodGet, pathLetterEdit, curate, s.showLetterForm},
		{http.MethodPost, pathLetterEdit, curate, s.keepLetter},
		{http.MethodGet, pathLetter, person, s.showLetter},
		{http.MethodPost, pathLetterRemove, curate, s.removeLetter},
	}
}

func letterFields() []string {
	names := []string{"lead", "question", "method", "meeting", "day", "what", "base", "do"}
	for i := range rugzak.MaxLetterEntries {
		names = append(names, fmt.Sprintf("entry_%d", i+1), fmt.Sprintf("why_%d", i+1))
	}
	return names
}

func (s *Server) showLetters(c echo.Context) error {
	view, err := s.Service.ThemeLetters(c.Request().Context(), s.by(c), rugzak.ThemeID(c.Param("id")))
	if err != nil {
		return err
	}
	page := LettersPage{Page: s.page(c, "letters.title"), View: view, Empty: Empty{Icon: "theme", TitleKey: "letters.none", TextKey: "letters.none.text", ActionKey: "empty.themes", ActionPath: pathThemes}}
	page.Crumbs = []Crumb{{pathThemes, s.printer(c).T("themes.title")}, {themePath(view.Theme.ID), view.Theme.Title}}
	if view.CanCurate && !view.Theme.Closed {
		page.Empty.ActionKey, page.Empty.ActionPath = "letter.new", at(pathLetterNew, string(view.Theme.ID))
	}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) showLetter(c echo.Context) error {
	view, err := s.Service.ThemeLetter(c.Request().Context(), s.by(c), c.Param("letter"))
	if err != nil {
		return err
	}
	p := s.printer(c)
	page := LetterPage{Page: s.page(c, "letter.title", view.Theme.Title), View: view}
	page.Crumbs = []Crumb{{themePath(view.Theme.ID), view.Theme.Title}, {at(pathLetters, string(view.Theme.ID)), p.T("letters.title")}}
	page.When = printDay(p, view.Letter.Day)
	if view.Meeting != nil {
		page.Meetings = []backpack.MeetingLine{*view.Meeting}
	}
	if view.CanCurate && !view.Letter.Sent() {
		d, err := s.Service.LetterToWrite(c.Request().Context(), s.by(c), view.Theme.ID, view.Letter.ID)
		if err != nil && rugzak.CodeOf(err) != rugzak.CodeForbidden { // as where the thread is reported
			return err
		}
		if err == nil && d.Thread && !d.Wait {
			page.Draft, page.Send = &d, hiddenLetter(s.letterForm(c, d.Letter))
		}
	}
	return s.render(c, http.StatusOK, page)
}

// hiddenLetter is the form of a letter as it is kept, to send it from the page
// that shows it.
func hiddenLetter(f *Form) (out []Hidden) {
	for _, name := range letterFields() {
		if value := f.Value(name); value != "" {
			out = append(out, Hidden{name, value})
		}
	}
	return out
}

func (s *Server) showLetterForm(c echo.Context) error {
	id := c.Param("letter")
	d, err := s.Service.LetterToWrite(c.Request().Context(), s.by(c), rugzak.ThemeID(c.Param("id")), id)
	if err != nil {
		return err
	}
	return s.renderLetterForm(c, http.StatusOK, LetterFormPage{Form: s.letterForm(c, d.Letter), Draft: d, ID: id})
}

// letterForm is the form with what a letter holds.
func (s *Server) letterForm(c echo.Context, l rugzak.ThemeLetter) *Form {
	form := s.newForm(c)
	form.Set("lead", l.Lead).Set("question", string(l.Question)).Set("method", string(l.Method)).Set("meeting", l.Meeting).
		Set("day", l.Day).Set("what", l.What).Set("base", strconv.Itoa(l.Version))
	for i, p := range l.Picks {
		form.Set(fmt.Sprintf("entry_%d", i+1), string(p.Entry)).Set(fmt.Sprintf("why_%d", i+1), p.Why)
	}
	return form
}

func letterInput(f *Form) backpack.LetterInput {
	in := backpack.LetterInput{
		Lead: f.Value("lead"), Question: rugzak.EntryID(f.Value("question")), Method: rugzak.EntryID(f.Value("method")),
		Meeting: f.Value("meeting"), Day: f.Value("day"), What: f.Value("what"),
	}
	for i := range rugzak.MaxLetterEntries {
		in.Picks = append(in.Picks, rugzak.LetterPick{Entry: rugzak.EntryID(f.Value(fmt.Sprintf("entry_%d", i+1))), Why: f.Value(fmt.Sprintf("why_%d", i+1))})
	}
	return in
}

// closePicks puts the chosen entries together, so that what is wrong with one stands
// beside it.
func closePicks(f *Form) {
	next := 1
	for i := 1; i <= rugzak.MaxLetterEntries; i++ {
		entry, why := fmt.Sprintf("entry_%d", i), fmt.Sprintf("why_%d", i)
		if id, reason := f.Value(entry), f.Value(why); id != "" {
			f.Set(entry, "").Set(why, "")
			f.Set(fmt.Sprintf("entry_%d", next), id).Set(fmt.Sprintf("why_%d", next), reason)
			next++
		}
	}
}

// keepLetter saves a letter, and sends it when that was asked for.
func (s *Server) keepLetter(c echo.Context) error {
	form, err := s.readForm(c, letterFields()...)
	if err != nil {
		return err
	}
	closePicks(form)
	ctx, by, theme, id := c.Request().Context(), s.by(c), rugzak.ThemeID(c.Param("id")), c.Param("letter")
	send := form.Value("do") == "send"
	l, err := s.Service.SaveLetter(ctx, by, theme, id, form.Int("base"), letterInput(form), send)
	if status := form.Refuse(err); status != 0 {
		d, err := s.Service.LetterToWrite(ctx, by, theme, id)
		if err != nil {
			return err
		}
		if status == http.StatusConflict {
			form.Set("base", strconv.Itoa(d.Letter.Version))
		}
		return s.renderLetterForm(c, status, LetterFormPage{Form: form, Draft: d, ID: id, conflict: status == http.StatusConflict})
	}
	if err != nil {
		return err
	}
	notice := "notice.letter_saved"
	if send {
		notice = "notice.letter_sent"
	}
	s.notify(c, notice, "")
	return s.redirect(c, LocalPath(at(pathLetter, l.ID)))
}

func (s *Server) renderLetterForm(c echo.Context, status int, page LetterFormPage) error {
	p, t := s.printer(c), page.Draft.Theme
	title := "letter.new"
	page.Action = at(pathLetterNew, string(t.ID))
	if page.ID != "" {
		title, page.Action = "letter.edit", at(pathLetterEdit, string(t.ID), page.ID)
	}
	page.Page = s.page(c, title)
	page.Crumbs = []Crumb{{themePath(t.ID), t.Title}, {at(pathLetters, string(t.ID)), p.T("letters.title")}}
	page.fill(p, page.Form)
	if page.conflict {
		page.Now = page.now(p, s.letterForm(c, page.Draft.Letter))
	}
	return s.render(c, status, page)
}

// fill describes the fields of a form that holds a letter.
func (page *LetterFormPage) fill(p *locale.Printer, f *Form) {
	page.Picks = nil
	choices := func(all []backpack.LetterChoice) []Option {
		out := []Option{{Label: p.T("letter.none")}}
		for _, e := range all {
			out = append(out, Option{Value: string(e.ID), Label: e.Title + " · " + e.Organisation, Lang: e.Lang})
		}
		return out
	}
	for i := range rugzak.MaxLetterEntries {
		page.Picks = append(page.Picks, LetterPickRow{
			Entry: f.Choices(fmt.Sprintf("entry_%d", i+1), p.T("letter.entry", i+1), "select", choices(page.Draft.Entries)),
			Why:   f.Field(fmt.Sprintf("why_%d", i+1), p.T("letter.why")).MayBeEmpty(),
		})
	}
	meetings := []Option{{Label: p.T("letter.none")}}
	for _, m := range page.Draft.Meetings {
		meetings = append(meetings, Option{Value: m.Meeting.ID, Label: m.Meeting.Title + " · " + printDay(p, m.Meeting.Day)})
	}
	page.Lead = f.Field("lead", p.T("letter.lead")).WithHint(p.T("letter.lead.hint")).MayBeEmpty().Lines(3)
	page.Question = f.Choices("question", p.T("letter.question"), "select", choices(page.Draft.Questions)).WithHint(p.T("letter.question.hint"))
	page.Method = f.Choices("method", p.T("letter.method"), "select", choices(page.Draft.Methods))
	page.Meeting = f.Choices("meeting", p.T("letter.meeting"), "select", meetings)
	page.Day = f.Field("day", p.T("letter.day")).MayBeEmpty().As("date")
	page.What = f.Field("what", p.T("letter.what")).MayBeEmpty()
}

// now is a letter that somebody else saved meanwhile.
func (page LetterFormPage) now(p *locale.Printer, f *Form) []NowLine {
	page.fill(p, f)
	fields := []Field{page.Lead}
	for _, pick := range page.Picks {
		if pick.Entry.Value != "" {
			fields = append(fields, pick.Entry, pick.Why)
		}
	}
	return nowLines(p, append(fields, page.Question, page.Method, page.Meeting, page.Day, page.What)...)
}

func (s *Server) removeLetter(c echo.Context) error {
	theme, err := s.Service.RemoveLetter(c.Request().Context(), s.by(c), c.Param("letter"))
	if err != nil {
		return err
	}
	s.notify(c, "notice.letter_removed", "")
	return s.redirect(c, LocalPath(at(pathLetters, string(theme))))
}
