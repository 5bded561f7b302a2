// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// RoomPage lists what room the reader's own team needs.
type RoomPage struct {
	Page
	View  backpack.RoomView
	Empty Empty
}

// RoomFormPage says that a team needs room.
type RoomFormPage struct {
	Page
	Form     *Form
	Team     rugzak.Team
	Kinds    []Option
	Modes    []Option
	About    *backpack.Card
	Findings Findings
	Review   ReviewBox
}

// RoomNeedPage is one need, with what was said about it.
type RoomNeedPage struct {
	Page
	View backpack.RoomNeedView
	Form *Form
}

// The fields in which people say something about a need.
const (
	fieldMade, fieldQuestion, fieldThanks, fieldAnswer = "made", "question", "thanks", "answer"
	forTeam, forMe                                     = "team", "name"
)

func roomPages() []pageDef {
	return []pageDef{{"room/index", RoomPage{}}, {"room/new", RoomFormPage{}}, {"room/show", RoomNeedPage{}}}
}

func (s *Server) roomRoutes() []route {
	return []route{
		{http.MethodGet, pathRoom, person, s.showRoom},
		{http.MethodGet, pathRoomNew, person, s.showRoomForm},
		{http.MethodPost, pathRoomNew, person, s.askRoom},
		{http.MethodGet, pathRoomNeed, person, s.showRoomNeed},
		{http.MethodPost, pathRoomMake, person, s.sayOfRoom(fieldMade, "notice.room_made", s.Service.MakeRoom)},
		{http.MethodPost, pathRoomAsk, person, s.sayOfRoom(fieldQuestion, "notice.room_asked", s.Service.AskAboutRoom)},
		{http.MethodPost, pathRoomThank, person, s.sayOfRoom(fieldThanks, "notice.room_thanked", s.Service.ThankForRoom)},
		{http.MethodPost, pathRoomAnswer, person, s.sayOfRoom(fieldAnswer, "notice.room_answered", s.Service.AnswerRoom)},
		{http.MethodPost, pathRoomClose, person, s.closeRoom},
		{http.MethodPost, pathRoomWithdraw, person, s.withdrawRoom},
		{http.MethodGet, pathRoomReport, person, s.showReportRoom},
		{http.MethodPost, pathRoomReport, person, s.reportRoom},
	}
}

func (s *Server) showRoom(c echo.Context) error {
	v, err := s.Service.Room(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	page := RoomPage{Page: s.page(c, "room.title"), View: v, Empty: Empty{Icon: "team", TitleKey: "room.none", TextKey: "room.none.text"}}
	switch {
	case v.Team.ID == "":
		page.Empty.TitleKey, page.Empty.TextKey = "room.no_team", "room.no_team.text"
	case v.CanAsk:
		page.Empty.ActionKey, page.Empty.ActionPath = "room.ask", pathRoomNew
	}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) showRoomForm(c echo.Context) error {
	key, err := s.Service.NewID(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	form := s.newForm(c).Set("key", string(key)).Set("mode", forTeam).Set("entry", c.QueryParam("over"))
	return s.renderRoomForm(c, http.StatusOK, form)
}

func (s *Server) renderRoomForm(c echo.Context, status int, form *Form) error {
	ctx, by, p := c.Request().Context(), s.by(c), s.printer(c)
	v, err := s.Service.Room(ctx, by)
	if err != nil {
		return err
	}
	if !v.CanAsk {
		return s.redirect(c, pathRoom)
	}
	page := RoomFormPage{Page: s.page(c, "room.ask"), Form: form, Team: v.Team}
	page.Crumbs = []Crumb{{pathRoom, p.T("room.title")}}
	for _, k := range rugzak.RoomKinds() {
		page.Kinds = append(page.Kinds, Option{Value: string(k), Label: p.T("roomkind." + string(k)), Hint: p.T("roomkind." + string(k) + ".hint")})
	}
	page.Modes = []Option{
		{Value: forTeam, Label: p.T("room.for_team"), Hint: p.T("room.for_team.hint")},
		{Value: forMe, Label: p.T("room.by_name"), Hint: p.T("room.by_name.hint")},
	}
	if entry := rugzak.EntryID(form.Value("entry")); entry != "" {
		if view, err := s.Service.Read(ctx, by, entry); err == nil {
			page.About = &backpack.Card{ID: view.Entry.ID, Title: view.Entry.Title, Lang: view.Entry.Lang}
		} else if rugzak.CodeOf(err) != rugzak.CodeNotFound {
			return err
		} else if status == http.StatusOK {
			form.Set("entry")
		}
	}
	found, err := s.Service.CheckLine(ctx, by, "text", form.Value("text"))
	if err != nil {
		return err
	}
	page.Findings = withBoxes(found)
	page.Review = reviewBox(form, page.Findings)
	return s.render(c, status, page)
}

func (s *Server) askRoom(c echo.Context) error {
	form, err := s.readForm(c, "kind", "text", "mode", "entry", "reviewed", "key")
	if err != nil {
		return err
	}
	_, err = s.Service.AskRoom(c.Request().Context(), s.by(c), backpack.RoomInput{
		Kind: rugzak.RoomKind(form.Value("kind")), Text: form.Value("text"), Entry: rugzak.EntryID(form.Value("entry")),
		ForTeam: form.Value("mode") != forMe, Reviewed: form.Has("reviewed", "yes"), Key: form.Value("key"),
	})
	if status := form.Refuse(err); status != 0 {
		return s.renderRoomForm(c, status, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.room_needed", "")
	return s.redirect(c, pathRoom)
}

func (s *Server) showRoomNeed(c echo.Context) error {
	return s.renderRoomNeed(c, http.StatusOK, s.newForm(c))
}

func (s *Server) renderRoomNeed(c echo.Context, status int, form *Form) error {
	v, err := s.Service.RoomNeed(c.Request().Context(), s.by(c), c.Param("id"))
	if err != nil {
		return err
	}
	page := RoomNeedPage{Page: s.page(c, "room.need"), View: v, Form: form}
	page.Title = v.Need.Text
	page.Crumbs = []Crumb{{pathRoom, s.printer(c).T("room.title")}}
	return s.render(c, status, page)
}

// sayOfRoom handles a line about a need, which stands in a field of its own.
func (s *Server) sayOfRoom(name, done string, say func(context.Context, rugzak.Person, string, string) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		form, err := s.readForm(c, name)
		if err != nil {
			return err
		}
		id := c.Param("id")
		err = say(c.Request().Context(), s.by(c), id, form.Value(name))
		if status := form.Refuse(err); status != 0 {
			for i := range form.Errors {
				form.Errors[i].Field = name
			}
			return s.renderRoomNeed(c, status, form)
		}
		if err != nil {
			return err
		}
		s.notify(c, done, "")
		return s.redirect(c, LocalPath(at(pathRoomNeed, id)))
	}
}

func (s *Server) closeRoom(c echo.Context) error {
	if err := s.Service.CloseRoom(c.Request().Context(), s.by(c), c.Param("id")); err != nil {
		return err
	}
	s.notify(c, "notice.room_closed", "")
	return s.redirect(c, pathRoom)
}

func (s *Server) withdrawRoom(c echo.Context) error {
	if err := s.Service.WithdrawRoom(c.Request().Context(), s.by(c), c.Param("id")); err != nil {
		return err
	}
	s.notify(c, "notice.room_withdrawn", "")
	return s.redirect(c, pathRoom)
}
