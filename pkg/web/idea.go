// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// The paths of ideas. Those below the desk are the core team's.
const (
	pathIdeas        = "/kernteam/ideeen"
	pathIdeaNew      = "/kernteam/ideeen/nieuw"
	pathIdeaEdit     = "/kernteam/ideeen/:id/bewerken"
	pathIdeaQuestion = "/kernteam/ideeen/:id/vraagstuk"
	pathIdeaAgenda   = "/kernteam/ideeen/:id/agenda"
	pathIdeaClose    = "/kernteam/ideeen/:id/stoppen"
	pathIdeaReopen   = "/kernteam/ideeen/:id/heropenen"
	pathIdeaRemove   = "/kernteam/ideeen/:id/verwijderen"
	pathIdea         = "/ideeen/:id"
	pathIdeaAnswer   = "/ideeen/:id/antwoord"
)

func ideaPaths() map[string]string {
	return map[string]string{
		"ideas": pathIdeas, "ideaNew": pathIdeaNew, "ideaEdit": pathIdeaEdit, "ideaQuestion": pathIdeaQuestion, "ideaAgenda": pathIdeaAgenda,
		"ideaClose": pathIdeaClose, "ideaReopen": pathIdeaReopen, "ideaRemove": pathIdeaRemove, "idea": pathIdea, "ideaAnswer": pathIdeaAnswer,
	}
}

// IdeasPage lists the ideas of the core team.
type IdeasPage struct {
	Page
	Ideas []backpack.IdeaView
	Empty Empty
}

// IdeaPage is one idea, with the buttons to answer.
type IdeaPage struct {
	Page
	View    backpack.IdeaView
	Form    *Form
	Replies []Option
	Now     []NowLine // what a colleague answered meanwhile
}

// IdeaFormPage starts or changes an idea.
type IdeaFormPage struct {
	Page
	Form   *Form
	ID     string // empty for a new one
	Invite []Option
	Cancel string
	Now    []NowLine
}

func ideaPages() []pageDef {
	return []pageDef{{"idea/index", IdeasPage{}}, {"idea/show", IdeaPage{}}, {"idea/edit", IdeaFormPage{}}}
}

func (s *Server) ideaRoutes() []route {
	return []route{
		{http.MethodGet, pathIdeas, steer, s.showIdeas},
		{http.MethodGet, pathIdeaNew, steer, s.showNewIdea},
		{http.MethodPost, pathIdeaNew, steer, s.saveIdea},
		{http.MethodGet, pathIdeaEdit, steer, s.showIdeaForm},
		{http.MethodPost, pathIdeaEdit, steer, s.saveIdea},
		{http.MethodPost, pathIdeaQuestion, steer, s.ideaToQuestion},
		{http.MethodPost, pathIdeaAgenda, steer, s.ideaToAgenda},
		{http.MethodPost, pathIdeaClose, steer, s.closeIdea},
		{http.MethodPost, pathIdeaReopen, steer, s.reopenIdea},
		{http.MethodPost, pathIdeaRemove, steer, s.removeIdea},
		{http.MethodGet, pathIdea, person, s.showIdea},
		{http.MethodPost, pathIdeaAnswer, person, s.answerIdea},
	}
}

// steerPage is the base of a page below the desk of the core team.
func (s *Server) steerPage(c echo.Context, titleKey string, args ...any) Page {
	page := s.page(c, titleKey, args...)
	page.Crumbs = []Crumb{{pathCoreTeam, s.printer(c).T("coreteam.title")}}
	return page
}

func (s *Server) showIdeas(c echo.Context) error {
	ideas, err := s.Service.Ideas(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, IdeasPage{Page: s.steerPage(c, "idea.list"), Ideas: ideas, Empty: Empty{
		Icon: "insight", TitleKey: "idea.none", TextKey: "idea.none.text", ActionKey: "idea.new", ActionPath: pathIdeaNew,
	}})
}

func (s *Server) showIdea(c echo.Context) error { return s.renderIdea(c, http.StatusOK, nil) }

// renderIdea shows an idea; form is nil unless an answer was refused.
func (s *Server) renderIdea(c echo.Context, status int, form *Form) error {
	v, err := s.Service.Idea(c.Request().Context(), s.by(c), c.Param("id"))
	if err != nil {
		return err
	}
	page := IdeaPage{Page: s.page(c, "idea.one"), View: v, Form: form, Replies: wordOptions(s.printer(c), "idea.reply.", rugzak.IdeaReplies())}
	page.Title = v.Idea.Title
	if v.MaySteer {
		page.Crumbs = []Crumb{{pathCoreTeam, s.printer(c).T("coreteam.title")}, {pathIdeas, s.printer(c).T("idea.list")}}
	}
	stored := s.newForm(c)
	if v.Mine != nil {
		reply, note := string(v.Mine.Reply), v.Mine.Note
		stored.Set("reply", reply).Set("note", note).Set("was_reply", reply).Set("was_note", note)
	}
	if form == nil {
		page.Form = stored
	}
	if status == http.StatusConflict {
		form.Set("was_reply", stored.Value("was_reply")).Set("was_note", stored.Value("was_note"))
		p := s.printer(c)
		page.Now = nowLines(p, stored.Choices("reply", p.T("idea.answer"), "radio", page.Replies), stored.Field("note", p.T("idea.note")))
	}
	return s.render(c, status, page)
}

func (s *Server) answerIdea(c echo.Context) error {
	form, err := s.readForm(c, "reply", "note", "was_reply", "was_note")
	if err != nil {
		return err
	}
	id := c.Param("id")
	answer := func(reply, note string) rugzak.IdeaAnswer {
		return rugzak.IdeaAnswer{Reply: rugzak.IdeaReply(form.Value(reply)), Note: form.Value(note)}
	}
	err = s.Service.AnswerIdea(c.Request().Context(), s.by(c), id, answer("was_reply", "was_note"), answer("reply", "note"))
	if status := form.Refuse(err); status != 0 {
		return s.renderIdea(c, status, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.idea_answered", "")
	return s.redirect(c, LocalPath(at(pathIdea, id)))
}

func (s *Server) showNewIdea(c echo.Context) error {
	key, err := s.Service.NewID(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	return s.renderIdeaForm(c, http.StatusOK, s.newForm(c).Set("key", string(key)).Set("title", rugzak.Line(c.QueryParam("titel"))), nil)
}

func (s *Server) showIdeaForm(c echo.Context) error {
	i, err := s.Service.IdeaToEdit(c.Request().Context(), s.by(c), c.Param("id"))
	if err != nil {
		return err
	}
	return s.renderIdeaForm(c, http.StatusOK, s.ideaForm(c, i), nil)
}

func (s *Server) ideaForm(c echo.Context, i rugzak.Idea) *Form {
	return s.newForm(c).Set("title", i.Title).Set("text", i.Text).Set("step", i.Step).Set("organisations", texts(i.Organisations)...).Set("base", strconv.Itoa(i.Version))
}

// renderIdeaForm shows the form; now is the idea as somebody else saved it
// meanwhile, nil when nobody did.
func (s *Server) renderIdeaForm(c echo.Context, status int, form, now *Form) error {
	choices, err := s.Service.IdeaChoices(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	p, id := s.printer(c), c.Param("id")
	page := IdeaFormPage{Page: s.steerPage(c, "idea.new"), Form: form, ID: id, Cancel: pathIdeas}
	page.Crumbs = append(page.Crumbs, Crumb{pathIdeas, p.T("idea.list")})
	if id != "" {
		page.Title, page.Cancel = p.T("idea.change"), at(pathIdea, id)
	}
	for _, o := range choices {
		option := Option{Value: string(o.ID), Label: o.Name}
		if o.Kind == rugzak.Partner {
			option.Hint = p.T("organisationkind.partner")
		}
		page.Invite = append(page.Invite, option)
	}
	if now != nil {
		page.Now = nowLines(p, now.Field("title", p.T("word.title")), now.Field("text", p.T("idea.text")), now.Field("step", p.T("idea.step")),
			now.Choices("organisations", p.T("idea.invite"), "checkbox", page.Invite))
	}
	return s.render(c, status, page)
}

func (s *Server) saveIdea(c echo.Context) error {
	form, err := s.readForm(c, "title", "text", "step", "organisations", "base", "key")
	if err != nil {
		return err
	}
	ctx, by, id := c.Request().Context(), s.by(c), c.Param("id")
	in := backpack.IdeaInput{
		Title: form.Value("title"), Text: form.Value("text"), Step: form.Value("step"),
		Organisations: valuesOf[rugzak.OrganisationID](form, "organisations"), Key: form.Value("key"),
	}
	i, err := s.Service.SaveIdea(ctx, by, id, form.Int("base"), in)
	if status := form.Refuse(err); status != 0 {
		var now *Form
		if status == http.StatusConflict {
			i, err := s.Service.IdeaToEdit(ctx, by, id)
			if err != nil {
				return err
			}
			now = s.ideaForm(c, i)
			form.Set("base", now.Value("base"))
		}
		return s.renderIdeaForm(c, status, form, now)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.idea_saved", "")
	return s.redirect(c, LocalPath(at(pathIdea, i.ID)))
}

// ideaToQuestion makes a draft of a question of an idea and lets its maker go on
// with it: nothing is shared by a button.
func (s *Server) ideaToQuestion(c echo.Context) error {
	ctx, by, id := c.Request().Context(), s.by(c), c.Param("id")
	saved, err := s.Service.IdeaToQuestion(ctx, by, id)
	if err != nil {
		return err
	}
	s.wrote(c, saved.Position)
	s.notify(c, "notice.idea_question", "")
	return s.redirect(c, LocalPath(at(pathEntryEdit, string(saved.Entry.ID))))
}

func (s *Server) ideaToAgenda(c echo.Context) error {
	item, err := s.Service.IdeaToAgenda(c.Request().Context(), s.by(c), c.Param("id"))
	if err != nil {
		return err
	}
	s.notify(c, "notice.idea_agenda", "")
	return s.redirect(c, LocalPath(at(pathAgendaItem, item.ID)))
}

func (s *Server) closeIdea(c echo.Context) error {
	return s.ideaDone(c, s.Service.CloseIdea(c.Request().Context(), s.by(c), c.Param("id")), "notice.idea_closed", at(pathIdea, c.Param("id")))
}

func (s *Server) reopenIdea(c echo.Context) error {
	return s.ideaDone(c, s.Service.ReopenIdea(c.Request().Context(), s.by(c), c.Param("id")), "notice.idea_saved", at(pathIdea, c.Param("id")))
}

func (s *Server) removeIdea(c echo.Context) error {
	return s.ideaDone(c, s.Service.RemoveIdea(c.Request().Context(), s.by(c), c.Param("id")), "notice.idea_removed", pathIdeas)
}

func (s *Server) ideaDone(c echo.Context, err error, notice, to string) error {
	if err != nil {
		return err
	}
	s.notify(c, notice, "")
	return s.redirect(c, LocalPath(to))
}
