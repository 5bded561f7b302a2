// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// FeedsPage lists a person's own private addresses and makes new ones. Only
// they see it.
type FeedsPage struct {
	Page
	Form    *Form
	Choices []Option // what can be followed
	Lines   []FeedRow
	// Made is the address that was made just now: it is shown this once.
	Made     string
	Calendar bool
}

// FeedRow is an address in the list: nothing of the address itself.
type FeedRow struct {
	ID, Name, What string
	Gone           bool // what it is about is gone, or out of sight
	At, UsedAt     time.Time
}

func feedPages() []pageDef { return []pageDef{{"account/feeds", FeedsPage{}}} }

func (s *Server) feedRoutes() []route {
	return []route{
		{http.MethodGet, pathFeeds, person, s.showFeeds},
		{http.MethodPost, pathFeeds, person, s.makeFeed},
		{http.MethodPost, pathFeedRevoke, person, s.revokeFeed},
		{http.MethodGet, pathFeed, public, s.sendFeed},
		{http.MethodGet, pathFeedCalendar, public, s.sendCalendar},
	}
}

// paramFollow names in an address what somebody wants to follow.
const paramFollow = "volg"

// feedValue is a feed as one value of a form, and feedOf the way back.
func feedValue(f rugzak.Feed) string {
	if f.About == "" {
		return string(f.Kind)
	}
	return string(f.Kind) + ":" + f.About
}

func feedOf(value string) rugzak.Feed {
	kind, about, _ := strings.Cut(value, ":")
	return rugzak.Feed{Kind: rugzak.FeedKind(kind), About: about}
}

func (s *Server) showFeeds(c echo.Context) error {
	form := s.newForm(c).Set("feed", string(rugzak.FeedNew))
	if wanted := c.QueryParam(paramFollow); wanted != "" {
		form.Set("feed", wanted)
	}
	return s.renderFeeds(c, http.StatusOK, FeedsPage{Form: form})
}

func (s *Server) renderFeeds(c echo.Context, status int, page FeedsPage) error {
	ctx, by, p := c.Request().Context(), s.by(c), s.printer(c)
	page.Page = s.page(c, "feeds.title")
	page.Crumbs = []Crumb{{pathAccount, p.T("account.title")}}
	lines, err := s.Service.FeedTokens(ctx, by)
	if err != nil {
		return err
	}
	for _, l := range lines {
		row := FeedRow{ID: l.Token.ID, Name: l.Token.Name, What: s.feedTitle(p, l.Token.Feed, l.About), Gone: l.Gone, At: l.Token.At, UsedAt: l.Token.UsedAt}
		page.Lines = append(page.Lines, row)
	}
	for _, kind := range []rugzak.FeedKind{rugzak.FeedNew, rugzak.FeedBackpack, rugzak.FeedCalendar} {
		page.Choices = append(page.Choices, Option{Value: string(kind), Label: p.T("feeds.kind." + string(kind)), Hint: p.T("feeds.kind." + string(kind) + ".hint")})
	}
	themes, err := s.Service.Themes(ctx, by)
	if err != nil {
		return err
	}
	for _, t := range themes {
		f := rugzak.Feed{Kind: rugzak.FeedTheme, About: string(t.Theme.ID)}
		page.Choices = append(page.Choices, Option{Value: feedValue(f), Label: s.feedTitle(p, f, t.Theme.Title)})
	}
	saved, err := s.Service.SavedSearches(ctx, by)
	if err != nil {
		return err
	}
	for _, q := range saved {
		f := rugzak.Feed{Kind: rugzak.FeedSearch, About: q.ID}
		page.Choices = append(page.Choices, Option{Value: feedValue(f), Label: s.feedTitle(p, f, q.Name)})
	}
	return s.render(c, status, page)
}

// makeFeed makes an address and shows it. It is in no redirect, so that it
// stands in no history and no log.
func (s *Server) makeFeed(c echo.Context) error {
	form, err := s.readForm(c, "feed", "name")
	if err != nil {
		return err
	}
	feed := feedOf(form.Value("feed"))
	secret, made, err := s.Service.MakeFeedToken(c.Request().Context(), s.by(c), feed, form.Value("name"))
	if status := form.Refuse(err); status != 0 {
		return s.renderFeeds(c, status, FeedsPage{Form: form})
	}
	if err != nil {
		return err
	}
	path := pathFeed
	calendar := made.Feed.Kind == rugzak.FeedCalendar
	if calendar {
		path = pathFeedCalendar
	}
	return s.renderFeeds(c, http.StatusOK, FeedsPage{
		Form: s.newForm(c).Set("feed", string(rugzak.FeedNew)), Made: s.address(c, at(path, secret)), Calendar: calendar,
	})
}

func (s *Server) revokeFeed(c echo.Context) error {
	if err := s.Service.RevokeFeedToken(c.Request().Context(), s.by(c), c.Param("id")); err != nil {
		return err
	}
	s.notify(c, "notice.feed_revoked", "")
	return s.redirect(c, pathFeeds)
}

// feedTitle is a feed in words.
func (s *Server) feedTitle(p interface{ T(string, ...any) string }, f rugzak.Feed, about string) string {
	switch f.Kind {
	case rugzak.FeedTheme, rugzak.FeedSearch:
		if about == "" {
			return p.T("feeds.kind." + string(f.Kind) + ".gone")
		}
		return p.T("feeds.kind."+string(f.Kind), about)
	}
	return p.T("feeds.kind." + string(f.Kind))
}

func (s *Server) sendFeed(c echo.Context) error { return s.sendPrivate(c, false) }

func (s *Server) sendCalendar(c echo.Context) error { return s.sendPrivate(c, true) }

// sendPrivate answers a program that holds a private address. Whether anything
// changed is told by the content alone, made anew with the rights of now: by a
// date it would seem that nothing did when an entry went out of sight.
func (s *Server) sendPrivate(c echo.Context, calendar bool) error {
	view, err := s.Service.ReadFeed(c.Request().Context(), c.Param("secret"), calendar)
	if err != nil {
		return err
	}
	body, mime, err := s.feedFile(c, view, calendar)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "private, no-cache")
	etag := etagOf(body)
	h.Set("ETag", etag)
	if matchesETag(c.Request().Header.Get("If-None-Match"), etag) {
		return c.NoContent(http.StatusNotModified)
	}
	return c.Blob(http.StatusOK, mime, body)
}

func (s *Server) feedFile(c echo.Context, view backpack.FeedView, calendar bool) ([]byte, string, error) {
	if calendar {
		return s.calendarFile(c, view)
	}
	return s.atomFile(c, view)
}
