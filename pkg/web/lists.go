// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// ListPage is the list of all entries of one kind, newest first.
type ListPage struct {
	Page
	Kind    rugzak.Kind
	Found   Found
	Nothing Empty
	NewPath string // where one more is written
}

func listPages() []pageDef { return []pageDef{{"list/index", ListPage{}}} }

func (s *Server) listRoutes() []route {
	return []route{
		{http.MethodGet, pathQuestions, person, s.showQuestions},
		{http.MethodGet, pathMethods, person, s.showMethods},
	}
}

func (s *Server) showQuestions(c echo.Context) error {
	a := parseSearchAddress(pathQuestions, rugzak.KindQuestion, c.QueryParams())
	part, err := s.questionsPart(c, a)
	unavailable := s.unavailable(c, err)
	if err != nil && (unavailable == "" || part == nil) {
		return err
	}
	page := ListPage{
		Page: s.page(c, "kind.question.plural"), Kind: rugzak.KindQuestion, NewPath: pathAsk,
		Nothing: Empty{
			Icon: "question", TitleKey: "list.question.empty", TextKey: "list.question.empty.text",
			ActionKey: "action.ask_something", ActionPath: pathAsk,
		},
	}
	if !part.Chosen {
		return s.showList(c, pathQuestions, page, part)
	}
	page.Found = s.foundAmong(c, a, part)
	if unavailable != "" {
		page.Found.Unavailable = unavailable
	}
	page.Window = page.Found.Query
	return s.render(c, page.Found.status(), page)
}

// showList searches among one kind; questions are the filters that only the
// list of questions has, else nil.
func (s *Server) showList(c echo.Context, path string, page ListPage, questions *QuestionsPart) error {
	var err error
	page.Found, err = s.find(c, parseSearchAddress(path, page.Kind, c.QueryParams()))
	if err != nil {
		return err
	}
	page.Found.Questions = questions
	page.Window = page.Found.Query
	return s.render(c, page.Found.status(), page)
}
