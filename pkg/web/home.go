// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// HomePage is the first page: the two doors, the search box, what asks
// something of this reader, and what is new for them.
type HomePage struct {
	Page
	View     backpack.HomeView
	Ideas    []backpack.IdeaView // to which the reader's organisation is invited
	CallName string              // by which the page greets
	Nothing  Empty               // shown while there is nothing to read
	News     []NoticeRow
	Tour     *TourStep // nil for who was shown around
	Prompt   string    // the key of the question that asks for a story today
	Answer   string    // the name of the field that answers it
}

func homePages() []pageDef { return []pageDef{{"home/index", HomePage{}}} }

func (s *Server) homeRoutes() []route {
	return []route{{http.MethodGet, pathHome, person, s.showHome}}
}

func (s *Server) showHome(c echo.Context) error {
	by := s.by(c)
	view, err := s.Service.Home(c.Request().Context(), by)
	if err != nil {
		return err
	}
	ideas, err := s.Service.MyIdeas(c.Request().Context(), by)
	if err != nil {
		return err
	}
	page := HomePage{Page: s.page(c, "nav.home"), View: view, Ideas: ideas, CallName: callName(by.Name), Nothing: Empty{
		Icon: "backpack", TitleKey: "home.empty", TextKey: "home.empty.text",
		ActionKey: "home.empty.action", ActionPath: pathShare,
	}}
	page.Tour = s.tourOf(c)
	page.News = s.noticeRows(c, view.News)
	page.Prompt = "home.prompt." + strconv.Itoa(1+s.Clock.Now().YearDay()%homePrompts)
	page.Answer = answerField(rugzak.KindExperience.QuickPrompts()[0])
	if !by.IsMember() {
		page.Nothing.TitleKey, page.Nothing.TextKey = "home.empty_partner", "home.empty_partner.text"
	}
	return s.render(c, http.StatusOK, page)
}

// homePrompts is how many questions ask for a story, another one each day.
const homePrompts = 4

// callName is the first of a person's names. A name written the other way
// round ("Visser, Noor") stays whole.
func callName(name string) string {
	first, _, _ := strings.Cut(name, " ")
	if strings.HasSuffix(first, ",") {
		return name
	}
	return first
}
