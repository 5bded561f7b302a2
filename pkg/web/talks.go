// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// TalksPage prepares talks with another organisation.
type TalksPage struct {
	Page
	View  backpack.TalksView
	With  []Option // whom to talk with
	Topic string
	// Number: the topic holds a number that may be a citizen service number, and
	// was not looked for.
	Number      bool
	Kept        []KeptItem
	Lessons     []TalkLine
	About       []TalkLine
	MayWrite    bool // what the own organisation needs
	TakeAll     bool // something among the lessons is not taken along yet
	Nothing     Empty
	Unavailable string
}

// TalkLine is something the other organisation shares, to take along.
type TalkLine struct {
	backpack.TalkCard
	With  rugzak.OrganisationID
	Topic string
}

// talksAddress is the page for an organisation and a topic: it can be linked
// to.
func talksAddress(with rugzak.OrganisationID, topic string) string {
	q := url.Values{}
	if with != "" {
		q.Set("met", string(with))
	}
	if topic != "" {
		q.Set("q", topic)
	}
	if len(q) == 0 {
		return pathTalks
	}
	return pathTalks + "?" + q.Encode()
}

func (s *Server) showTalks(c echo.Context) error {
	with := rugzak.OrganisationID(rugzak.Line(c.QueryParam("met")))
	topic := cutText(rugzak.Line(c.QueryParam("q")), rugzak.MaxQuery)
	page := TalksPage{Topic: topic, Number: s.Service.HoldsNumber(topic)}
	if page.Number {
		topic, page.Topic = "", ""
	}
	view, err := s.Service.Talks(c.Request().Context(), s.by(c), with, topic, s.after(c))
	page.Unavailable = s.unavailable(c, err)
	if err != nil && page.Unavailable == "" {
		return err
	}
	p := s.printer(c)
	page.Page, page.View = s.page(c, "talks.title"), view
	page.Crumbs = []Crumb{{pathMine, p.T("nav.mine")}}
	if page.Number { // nor is it written in the page
		page.Return = LocalPath(talksAddress(with, ""))
	}
	for _, o := range view.Choices {
		page.With = append(page.With, Option{Value: string(o.ID), Label: o.Name, Chosen: o.ID == view.With.ID})
	}
	status := http.StatusOK
	if page.Unavailable != "" {
		status = http.StatusServiceUnavailable
	}
	if view.With.ID != "" {
		page.Title = p.T("talks.with", view.With.Name)
	}
	page.MayWrite = rugzak.CanPost(s.by(c))
	page.Kept = keptItems(page.Page, view.Kept)
	for _, card := range view.Lessons {
		page.Lessons = append(page.Lessons, TalkLine{card, view.With.ID, topic})
		page.TakeAll = page.TakeAll || !card.Kept
	}
	for _, card := range view.About {
		page.About = append(page.About, TalkLine{backpack.TalkCard{Card: card}, view.With.ID, topic})
	}
	page.Nothing = Empty{Icon: "ask", TitleKey: "talks.empty", TextKey: "talks.empty.text", ActionKey: "action.ask_something", ActionPath: pathAsk}
	return s.render(c, status, page)
}

// takeForTalks takes one or all of what was prepared along, with the talks as
// purpose.
func (s *Server) takeForTalks(c echo.Context) error {
	form, err := s.readForm(c, "entry", "with", "q")
	if err != nil {
		return err
	}
	ctx, by := c.Request().Context(), s.by(c)
	with := rugzak.OrganisationID(form.Value("with"))
	if with == "" { // no form of ours
		return malformed(nil)
	}
	names, err := s.Service.Talks(ctx, by, "", "", "")
	if err != nil {
		return err
	}
	for _, o := range names.Choices {
		if o.ID != with {
			continue
		}
		if _, err := s.Service.KeepFor(ctx, by, valuesOf[rugzak.EntryID](form, "entry"), s.printer(c).T("talks.purpose", o.Name)); err != nil {
			return err
		}
		s.notify(c, "notice.talks_kept", "")
		return s.redirect(c, LocalPath(talksAddress(with, form.Value("q"))))
	}
	return rugzak.NotFound()
}
