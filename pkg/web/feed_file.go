// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/feed"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// feedPrinter speaks the language of the person whose feed it is.
func (s *Server) feedPrinter(view backpack.FeedView) *locale.Printer {
	return s.Catalogue.Printer(string(view.Person.Language.Or(rugzak.Dutch)))
}

// tag is an id (RFC 4151) that never changes as long as the site keeps its name.
func (s *Server) tag(c echo.Context, what string) string {
	u, err := url.Parse(s.address(c, "/"))
	if err != nil {
		return "tag:rugzak,2026:" + what
	}
	return "tag:" + u.Hostname() + ",2026:" + what
}

// atomFile writes an Atom feed. It names no person.
func (s *Server) atomFile(c echo.Context, view backpack.FeedView) ([]byte, string, error) {
	p := s.feedPrinter(view)
	out := feed.Atom{
		ID: s.tag(c, "feed/"+view.Token.ID), Lang: p.Lang(), Title: s.feedTitle(p, view.Token.Feed, view.About) + " - " + s.SiteName,
		Author: s.SiteName, Link: s.address(c, feedPage(view.Token.Feed)), Updated: view.Token.At,
	}
	for _, item := range view.Items {
		a := feed.Article{Lang: string(item.Lang.Or(rugzak.Lang(p.Lang())))}
		if item.Notice != nil {
			n := item.Notice.Notice
			if !s.Catalogue.Has(p.Lang(), item.Notice.Key()) {
				continue // another version wrote it
			}
			a.Lang, a.ID, a.At, a.Link = p.Lang(), s.tag(c, "notice/"+n.ID), n.At, s.address(c, pathNotices)
			a.Title = p.T(item.Notice.Key(), item.Notice.Args...)
			if rule, known := n.Kind.Rule(); view.Bare && known {
				a.Title = p.T("notice_group." + string(rule.Group))
			}
			if item.Title != "" {
				a.Title += ": " + item.Title
			}
			if n.Entry != "" {
				a.Link = s.address(c, entryPath(n.Entry))
			}
		} else {
			a.ID, a.At, a.Title, a.Summary = s.address(c, entryPath(item.ID)), item.Card.At, item.Title, item.Lesson
			a.Link = a.ID
			if a.Title == "" {
				a.Lang, a.Title = p.Lang(), p.T("feeds.untold."+string(item.Kind))
			}
		}
		if a.At.After(out.Updated) {
			out.Updated = a.At
		}
		out.Articles = append(out.Articles, a)
	}
	body, err := out.Bytes()
	return body, feed.MimeAtom, err
}

// feedPage is the page that shows what a feed shows.
func feedPage(f rugzak.Feed) string {
	switch f.Kind {
	case rugzak.FeedTheme:
		return themePath(rugzak.ThemeID(f.About))
	case rugzak.FeedSearch:
		return pathSaved
	case rugzak.FeedBackpack:
		return pathNotices
	}
	return pathSearch
}

// calendarFile writes a calendar. It names no person but its owner's own words.
func (s *Server) calendarFile(c echo.Context, view backpack.FeedView) ([]byte, string, error) {
	p := s.feedPrinter(view)
	out := feed.Calendar{Name: p.T("feeds.calendar_name", s.SiteName)}
	host := "rugzak"
	if u, err := url.Parse(s.address(c, "/")); err == nil {
		host = u.Hostname()
	}
	for _, o := range view.Occasions {
		e := feed.Event{
			UID: string(o.Kind) + "-" + o.UID + "@" + host, Title: p.T("feeds.occasion." + string(o.Kind)), Place: o.Place,
			Start: o.Start, End: o.End, Changed: o.Changed, Cancelled: o.Cancelled, Link: s.address(c, occasionPage(o)),
		}
		if o.Text != "" {
			e.Title += ": " + o.Text
		}
		if e.Changed.IsZero() {
			e.Changed = view.Token.At
		}
		out.Events = append(out.Events, e)
	}
	body, err := out.Bytes()
	return body, feed.MimeCalendar, err
}

// occasionPage is where a date of a calendar leads.
func occasionPage(o backpack.Occasion) string {
	switch {
	case o.Entry != "":
		return entryPath(o.Entry)
	case o.Kind == backpack.OccasionStep:
		return pathMine
	}
	return pathProgramme
}

// etagOf names a content.
func etagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + hex.EncodeToString(sum[:12]) + `"`
}

// matchesETag reports whether a client has this content already.
func matchesETag(header, etag string) bool {
	for one := range strings.SplitSeq(header, ",") {
		if one = strings.TrimSpace(one); one == "*" || strings.TrimPrefix(one, "W/") == etag {
			return true
		}
	}
	return false
}
