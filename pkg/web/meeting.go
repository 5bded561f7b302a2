// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// MeetingsPart are the meetings about what a page shows.
type MeetingsPart struct {
	backpack.MeetingList
	New string // where to plan one; empty for who cannot
}

// Any reports whether there is anything to show.
func (p MeetingsPart) Any() bool { return p.New != "" || len(p.Upcoming)+len(p.Past) > 0 }

// MeetingPage is a meeting, with the button to come.
type MeetingPage struct {
	Page
	View backpack.MeetingView
}

// MeetingFormPage makes or changes a meeting.
type MeetingFormPage struct {
	Page
	Form     *Form
	ID       string // empty for a new one
	About    *backpack.Card
	Theme    *rugzak.Theme
	Invite   []Option
	Methods  []Option
	Themes   []Option // where it is about nothing yet
	Findings Findings
	Review   ReviewBox
	Cancel   string
}

func meetingPages() []pageDef {
	return []pageDef{{"meeting/show", MeetingPage{}}, {"meeting/edit", MeetingFormPage{}}}
}

func (s *Server) meetingRoutes() []route {
	return []route{
		{http.MethodGet, pathMeetingNew, person, s.showNewMeeting},
		{http.MethodPost, pathMeetingNew, person, s.saveMeeting},
		{http.MethodGet, pathMeeting, person, s.showMeeting},
		{http.MethodGet, pathMeetingEdit, person, s.showMeetingForm},
		{http.MethodPost, pathMeetingEdit, person, s.saveMeeting},
		{http.MethodPost, pathMeetingCancel, person, s.cancelMeeting},
		{http.MethodPost, pathMeetingCome, person, s.signUp},
		{http.MethodPost, pathMeetingLeave, person, s.signOff},
		{http.MethodGet, pathMeetingReport, person, s.showReportMeeting},
		{http.MethodPost, pathMeetingReport, person, s.reportMeeting},
	}
}

// meetingsAbout is the part of the page of an entry or a theme.
func (s *Server) meetingsAbout(c echo.Context, entry rugzak.EntryID, theme rugzak.ThemeID) (MeetingsPart, error) {
	list, err := s.Service.MeetingsAbout(c.Request().Context(), s.by(c), entry, theme)
	part := MeetingsPart{MeetingList: list}
	if list.CanMake {
		part.New = newMeetingPath(entry, theme)
	}
	return part, err
}

// addMeetings fills in the meetings about a question.
func (s *Server) addMeetings(c echo.Context, page *EntryPage) (err error) {
	if e := page.View.Entry; e.Kind == rugzak.KindQuestion && e.State.Public() {
		page.Meetings, err = s.meetingsAbout(c, e.ID, "")
	}
	return err
}

func newMeetingPath(entry rugzak.EntryID, theme rugzak.ThemeID) string {
	q := url.Values{}
	if entry != "" {
		q.Set("over", string(entry))
	}
	if theme != "" {
		q.Set("thema", string(theme))
	}
	if len(q) == 0 {
		return pathMeetingNew
	}
	return pathMeetingNew + "?" + q.Encode()
}

func (s *Server) showMeeting(c echo.Context) error {
	v, err := s.Service.Meeting(c.Request().Context(), s.by(c), c.Param("id"))
	if err != nil {
		return err
	}
	page := MeetingPage{Page: s.page(c, "meeting.title"), View: v}
	page.Title = v.Meeting.Title
	page.Crumbs = []Crumb{{pathProgramme, s.printer(c).T("programme.title")}}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) showNewMeeting(c echo.Context) error {
	ctx, by := c.Request().Context(), s.by(c)
	entry, theme := rugzak.EntryID(c.QueryParam("over")), rugzak.ThemeID(c.QueryParam("thema"))
	choices, err := s.Service.MeetingChoices(ctx, by, entry, theme)
	if mayNotMeet(err) {
		return s.redirect(c, pathProgramme)
	}
	if err != nil {
		return err
	}
	key, err := s.Service.NewID(ctx, by)
	if err != nil {
		return err
	}
	form := s.newForm(c).Set("entry", string(entry)).Set("theme", string(theme)).Set("key", string(key)).Set("organisations", string(by.Organisation))
	if choices.Whole && by.IsMember() {
		form.Set("organisations", string(rugzak.WholeMunicipality))
	}
	return s.renderMeetingForm(c, http.StatusOK, form, choices)
}

// mayNotMeet reports whether somebody cannot plan a meeting about something,
// because it is not there for them or not theirs to plan.
func mayNotMeet(err error) bool {
	code := rugzak.CodeOf(err)
	return err != nil && (code == rugzak.CodeForbidden || code == rugzak.CodeNotFound)
}

func (s *Server) showMeetingForm(c echo.Context) error {
	ctx, by := c.Request().Context(), s.by(c)
	v, err := s.Service.Meeting(ctx, by, c.Param("id"))
	if err != nil {
		return err
	}
	if !v.CanChange {
		return rugzak.Forbidden("error.meeting_makers")
	}
	m := v.Meeting
	form := s.newForm(c).Set("title", m.Title).Set("day", m.Day).Set("start", m.Start).Set("end", m.End).Set("place", m.Place).Set("method", string(m.Method)).Set("base", strconv.Itoa(m.Version))
	for _, o := range m.Organisations {
		form.values.Add("organisations", string(o))
	}
	return s.renderMeetingForm(c, http.StatusOK, form, s.choicesFor(v))
}

// choicesFor are the choices for a meeting that is there: what it has now.
func (s *Server) choicesFor(v backpack.MeetingView) backpack.MeetingChoices {
	c := backpack.MeetingChoices{About: v.About, Theme: v.Theme}
	if v.Method != nil {
		c.Methods = append(c.Methods, backpack.LetterChoice{ID: v.Method.ID, Title: v.Method.Title})
	}
	for _, o := range v.Organisations {
		if o.Kind == rugzak.Partner {
			c.Partners = append(c.Partners, o)
		} else {
			c.Departments = append(c.Departments, o)
		}
	}
	return c
}

// withChoices adds the organisations of more that are not among some.
func withChoices(some, more []rugzak.Organisation) []rugzak.Organisation {
	for _, o := range more {
		if !slices.ContainsFunc(some, func(have rugzak.Organisation) bool { return have.ID == o.ID }) {
			some = append(some, o)
		}
	}
	return some
}

func (s *Server) renderMeetingForm(c echo.Context, status int, form *Form, choices backpack.MeetingChoices) error {
	ctx, by, p, id := c.Request().Context(), s.by(c), s.printer(c), c.Param("id")
	page := MeetingFormPage{Page: s.page(c, "meeting.new"), Form: form, ID: id, About: choices.About, Theme: choices.Theme, Cancel: pathProgramme}
	page.Crumbs = []Crumb{{pathProgramme, p.T("programme.title")}}
	if id != "" {
		page.Title, page.Cancel = p.T("meeting.change"), at(pathMeeting, id)
		page.Crumbs = append(page.Crumbs, Crumb{page.Cancel, form.Value("title")})
		entry, theme := rugzak.EntryID(""), rugzak.ThemeID("")
		if choices.About != nil {
			entry = choices.About.ID
		}
		if choices.Theme != nil {
			theme = choices.Theme.ID
		}
		more, err := s.Service.MeetingChoices(ctx, by, entry, theme)
		if err != nil && !mayNotMeet(err) {
			return err
		}
		choices.Whole = more.Whole
		for _, m := range more.Methods {
			if !slices.ContainsFunc(choices.Methods, func(have backpack.LetterChoice) bool { return have.ID == m.ID }) {
				choices.Methods = append(choices.Methods, m)
			}
		}
		choices.Departments = withChoices(more.Departments, choices.Departments)
		choices.Partners = withChoices(more.Partners, choices.Partners)
	}
	if choices.Whole || form.Has("organisations", string(rugzak.WholeMunicipality)) {
		page.Invite = append(page.Invite, Option{Value: string(rugzak.WholeMunicipality), Label: p.T("audience.internal"), Hint: p.T("write.level.all_departments")})
	}
	for _, o := range choices.Departments {
		page.Invite = append(page.Invite, Option{Value: string(o.ID), Label: o.Name})
	}
	for _, o := range choices.Partners {
		page.Invite = append(page.Invite, Option{Value: string(o.ID), Label: o.Name, Hint: p.T("organisationkind.partner")})
	}
	page.Methods = []Option{{Label: p.T("meeting.method.none")}}
	for _, m := range choices.Methods {
		page.Methods = append(page.Methods, Option{Value: string(m.ID), Label: m.Title, Lang: m.Lang})
	}
	if id == "" && len(choices.Themes) > 0 {
		page.Themes = []Option{{Label: p.T("meeting.theme.none")}}
		for _, t := range choices.Themes {
			page.Themes = append(page.Themes, Option{Value: string(t.ID), Label: t.Title})
		}
	}
	found, err := s.Service.CheckLine(ctx, by, "title", form.Value("title"))
	if err != nil {
		return err
	}
	if form.Failed() {
		page.Findings = withBoxes(found)
		page.Review = reviewBox(form, page.Findings)
	}
	return s.render(c, status, page)
}

func (s *Server) saveMeeting(c echo.Context) error {
	form, err := s.readForm(c, "title", "day", "start", "end", "place", "organisations", "entry", "theme", "about", "method", "reviewed", "base", "key")
	if err != nil {
		return err
	}
	ctx, by, id := c.Request().Context(), s.by(c), c.Param("id")
	in := backpack.MeetingInput{
		Title: form.Value("title"), Day: form.Value("day"), Start: form.Value("start"), End: form.Value("end"), Place: form.Value("place"),
		Entry: rugzak.EntryID(form.Value("entry")), Theme: rugzak.ThemeID(form.Value("theme")), Method: rugzak.EntryID(form.Value("method")), Reviewed: form.Has("reviewed", "yes"), Key: form.Value("key"),
	}
	if in.Theme == "" && in.Entry == "" {
		in.Theme = rugzak.ThemeID(form.Value("about")) // chosen in the form
	}
	for _, o := range form.All("organisations") {
		in.Organisations = append(in.Organisations, rugzak.OrganisationID(o))
	}
	m, err := s.Service.SaveMeeting(ctx, by, id, form.Int("base"), in)
	if status := form.Refuse(err); status != 0 {
		var choices backpack.MeetingChoices
		if id == "" {
			theme := in.Theme
			if form.Value("theme") == "" {
				theme = "" // it can still be chosen
			}
			if choices, err = s.Service.MeetingChoices(ctx, by, in.Entry, theme); err != nil && !mayNotMeet(err) {
				return err
			}
		} else {
			v, err := s.Service.Meeting(ctx, by, id)
			if err != nil {
				return err
			}
			choices = s.choicesFor(v)
			form.Set("base", strconv.Itoa(v.Meeting.Version))
		}
		return s.renderMeetingForm(c, status, form, choices)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.meeting_saved", "")
	return s.redirect(c, LocalPath(at(pathMeeting, m.ID)))
}

func (s *Server) cancelMeeting(c echo.Context) error {
	id := c.Param("id")
	if err := s.Service.CancelMeeting(c.Request().Context(), s.by(c), id); err != nil {
		return err
	}
	s.notify(c, "notice.meeting_cancelled", "")
	return s.redirect(c, LocalPath(at(pathMeeting, id)))
}

func (s *Server) signUp(c echo.Context) error {
	form, err := s.readForm(c, "name", "return")
	if err != nil {
		return err
	}
	id := c.Param("id")
	if err := s.Service.SignUp(c.Request().Context(), s.by(c), id, form.Has("name", "show")); err != nil {
		return err
	}
	s.notify(c, "notice.meeting_coming", "")
	return s.redirect(c, localPathOr(form.Value("return"), LocalPath(at(pathMeeting, id))))
}

func (s *Server) signOff(c echo.Context) error {
	form, err := s.readForm(c, "return")
	if err != nil {
		return err
	}
	if err := s.Service.SignOff(c.Request().Context(), s.by(c), c.Param("id")); err != nil {
		return err
	}
	s.notify(c, "notice.meeting_not_coming", "")
	return s.redirect(c, localPathOr(form.Value("return"), pathProgramme))
}
