// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// Page is what every page has. Page structs embed it.
type Page struct {
	Lang  rugzak.Lang
	Other rugzak.Lang // the language to switch to
	Title string      // of the window and usually the h1
	// TitleLang is the language of the title where it is of an entry; else empty.
	TitleLang rugzak.Lang
	Window    string // what the window says before the title; may be empty
	SiteName  string
	Person    *rugzak.Person // nil when nobody is signed in
	Can       Can
	Path      string    // of the address, without query
	Return    LocalPath // where the language switch comes back to
	Notice    *Notice   // what was just done
	News      bool      // there is a notice the person did not see yet
	Sent      bool      // it answers a form, which is not saved then
	ReadOnly  bool      // nothing can be saved for now; the page says so
	Nav       []NavItem
	Crumbs    []Crumb // the pages above this one, below home; may be empty
	// Stage: the page fills the screen by itself, without navigation: it is for
	// a group to look at.
	Stage bool
	// RequestID finds the request in the log.
	RequestID string
}

// Can says which parts of the site the person is shown.
type Can struct{ Post, Room, Curate, Steer, Shape, Invite, Privacy, Audit, Administer bool }

// Crumb is a page above this one. Text is a string, or Words.
type Crumb struct {
	Path string
	Text any
}

// Words are words with the language they are in, which may be another one than
// that of the page.
type Words struct {
	Text string
	Lang rugzak.Lang
}

func (w Words) String() string { return w.Text }

// langOf is the language of what a crumb says; empty for that of the page.
func langOf(p *locale.Printer, text any) string {
	if w, is := text.(Words); is {
		return string(w.Lang)
	}
	return otherLanguage(p, fmt.Sprint(text))
}

// entryWords is the title of an entry, in its language; a draft may have none yet.
func entryWords(p *locale.Printer, e rugzak.Entry) any {
	if e.Title == "" {
		return p.T("site.untitled")
	}
	return Words{e.Title, e.Lang}
}

// NavItem is one link of the main navigation.
type NavItem struct {
	Path, Key, Icon string
	Current         string // for aria-current: "page", "true" or empty
	Phone, Desktop  bool   // where the bar has room for it
	Share           bool
}

// page builds what every page has. The title is the sentence of a key.
func (s *Server) page(c echo.Context, titleKey string, args ...any) Page {
	p := s.printer(c)
	page := Page{
		Lang: rugzak.Lang(p.Lang()), Other: rugzak.English, Title: p.T(titleKey, args...), SiteName: s.SiteName,
		Path: c.Request().URL.Path, RequestID: requestID(c), Sent: c.Request().Method == http.MethodPost,
	}
	if page.Lang == rugzak.English {
		page.Other = rugzak.Dutch
	}
	page.Return, _ = s.returnPath(c)
	if by := s.by(c); by.ID != "" {
		page.Person = &by
		page.Can = Can{
			Post: rugzak.CanPost(by), Room: rugzak.CanAskRoom(by), Curate: rugzak.CanCurate(by), Steer: rugzak.CanSteer(by), Shape: rugzak.CanShape(by), Invite: rugzak.CanInvite(by, by.Organisation),
			Privacy: rugzak.CanHandlePrivacy(by), Audit: rugzak.CanAudit(by), Administer: rugzak.CanAdminister(by),
		}
		page.Nav = navigation(page.Path)
		page.News, _ = c.Get(keyNews).(bool)
	}
	page.Notice = s.takeNotice(c)
	page.ReadOnly = s.Service.ReadOnly()
	return page
}

// navigation is the main navigation as seen from a path.
func navigation(path string) []NavItem {
	items := []NavItem{
		{Path: pathHome, Key: "nav.home", Icon: "home"},
		{Path: pathSearch, Key: "nav.search", Icon: "search", Phone: true, Desktop: true},
		{Path: pathQuestions, Key: "kind.question.plural", Icon: "question", Desktop: true},
		{Path: pathMethods, Key: "kind.method.plural", Icon: "method", Desktop: true},
		{Path: pathThemes, Key: "nav.themes", Icon: "theme", Phone: true, Desktop: true},
		{Path: pathMine, Key: "nav.mine", Icon: "backpack", Phone: true, Desktop: true},
		{Path: pathShare, Key: "nav.share", Icon: "plus", Phone: true, Desktop: true, Share: true},
	}
	for i, item := range items {
		switch {
		case path == item.Path:
			items[i].Current = "page"
		case item.Path != pathHome && strings.HasPrefix(path, item.Path+"/"):
			items[i].Current = "true"
		}
	}
	return items
}
