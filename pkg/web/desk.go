// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// DeskPage is the desk of those who bundle entries into themes ("Begeleiding").
// What needs more than a card gets a field and a partial of its own.
type DeskPage struct {
	Page
	Cards  []DeskCard
	Themes []rugzak.Theme // open ones, to look for what belongs in them
	// Threads are the common threads that ask for care.
	Threads []backpack.DeskThread
}

// DeskCard leads to one kind of work, with how much of it waits.
type DeskCard struct {
	Path, Icon string
	TitleKey   string
	TextKey    string
	// CountKey is the sentence with the count; empty where nothing is counted.
	CountKey string
	Count    int
	// More says that there are more than were counted.
	More bool
}

// deskCards are the kinds of work of a desk, in the order of the page. Each
// feature adds a row.
func deskCards(d backpack.Desk) []DeskCard {
	return []DeskCard{
		{Path: pathInbox, Icon: "backpack", TitleKey: "inbox.title", TextKey: "inbox.card", CountKey: "inbox.count", Count: d.Unthemed, More: d.MoreUnthemed},
		{Path: pathRising, Icon: "compass", TitleKey: "rising.title", TextKey: "rising.card"},
		{Path: pathThemes, Icon: "theme", TitleKey: "themes.title", TextKey: "desk.themes.text", CountKey: "desk.themes", Count: len(d.Open)},
		{Path: pathGaps, Icon: "question", TitleKey: "gaps.title", TextKey: "desk.gaps.text", CountKey: "desk.gaps", Count: d.Gaps},
		{Path: pathDoubles, Icon: "theme", TitleKey: "doubles.title", TextKey: "desk.doubles.text"},
		{Path: pathReviewQueue, Icon: "history", TitleKey: "reviewqueue.title", TextKey: "desk.review.text", CountKey: "desk.review", Count: d.Review, More: d.MoreReview},
		{Path: pathTerms, Icon: "search", TitleKey: "terms.title", TextKey: "desk.terms.text"},
		{Path: pathDigestDesk, Icon: "calendar", TitleKey: "digest.desk", TextKey: "desk.digest.text"},
	}
}

func deskPages() []pageDef { return []pageDef{{"desk/index", DeskPage{}}} }

func (s *Server) deskRoutes() []route {
	return []route{{http.MethodGet, pathDesk, curate, s.showDesk}}
}

// deskPage is the base of a page below the desk.
func (s *Server) deskPage(c echo.Context, titleKey string, args ...any) Page {
	page := s.page(c, titleKey, args...)
	page.Crumbs = []Crumb{{pathDesk, s.printer(c).T("desk.title")}}
	return page
}

func (s *Server) showDesk(c echo.Context) error {
	desk, err := s.Service.Desk(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, DeskPage{Page: s.page(c, "desk.title"), Cards: deskCards(desk), Themes: desk.Open, Threads: desk.Threads})
}
