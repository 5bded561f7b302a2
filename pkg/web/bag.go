// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// BagFile writes the file of somebody's own backpack.
type BagFile interface {
	backpack.BagSink
	Close() error
}

// BagPage is the backpack of a team or an organisation.
type BagPage struct {
	Page
	View backpack.BagView
	// Own says that it is the reader's own organisation.
	Own   bool
	Later bool
	Pager Pager
	// MayWrite: the reader may say what their organisation needs.
	MayWrite bool
	// Talks leads to preparing talks with the organisation, All to searching
	// what it shares; empty where there is no such thing.
	Talks, All  string
	Nothing     Empty
	Unavailable string
}

func bagPages() []pageDef {
	return []pageDef{{"bag/show", BagPage{}}, {"bag/talks", TalksPage{}}, {"bag/need", NeedPage{}}}
}

func (s *Server) bagRoutes() []route {
	return []route{
		{http.MethodGet, pathTeamBag, person, s.showTeamBag},
		{http.MethodGet, pathOwnBag, person, s.showOrganisationBag},
		{http.MethodGet, pathOrganisationBag, person, s.showOrganisationBag},
		{http.MethodGet, pathNeed, person, s.showNeed},
		{http.MethodPost, pathNeed, person, s.saveNeed},
		{http.MethodGet, pathTeamNeed, person, s.showTeamNeed},
		{http.MethodPost, pathTeamNeed, person, s.saveTeamNeed},
		{http.MethodGet, pathNeeds, person, s.showNeeds},
		{http.MethodGet, pathTalks, person, s.showTalks},
		{http.MethodPost, pathTalksTake, person, s.takeForTalks},
		{http.MethodPost, pathBagTake, person, s.takeBag},
	}
}

func (s *Server) showTeamBag(c echo.Context) error {
	after := s.placeIn(c)
	view, err := s.Service.TeamBag(c.Request().Context(), s.by(c), after)
	if err != nil {
		return err
	}
	page := BagPage{Page: s.page(c, "bag.of", view.Team.Name), View: view, Own: true, Later: after != "", Nothing: Empty{
		Icon: "team", TitleKey: "bag.team.none", TextKey: "bag.team.none.text", ActionKey: "action.share_something", ActionPath: pathShare,
	}}
	if view.Team.ID == "" {
		page.Title = s.printer(c).T("bag.team")
		page.Nothing = Empty{
			Icon: "team", TitleKey: "bag.no_team", TextKey: "bag.no_team.text", ActionKey: "bag.organisation", ActionPath: pathOwnBag,
		}
	}
	page.MayWrite = view.Team.ID != "" && rugzak.CanPost(s.by(c))
	page.Crumbs = []Crumb{{pathMine, s.printer(c).T("nav.mine")}}
	if view.Next != "" {
		page.Pager.Next = pathTeamBag + "?na=" + s.sealer.close(sealMark, string(view.Next))
	}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) showOrganisationBag(c echo.Context) error {
	by, id := s.by(c), rugzak.OrganisationID(c.Param("id"))
	after := s.cursor(c.QueryParam("na"))
	view, err := s.Service.OrganisationBag(c.Request().Context(), by, id, after, s.after(c))
	unavailable := s.unavailable(c, err)
	if err != nil && unavailable == "" {
		return err
	}
	page := BagPage{Page: s.page(c, "bag.of", view.Organisation.Name), View: view, Own: view.Organisation.ID == by.Organisation, Later: after != "", Unavailable: unavailable}
	if page.Crumbs = []Crumb{{pathMine, s.printer(c).T("nav.mine")}}; unavailable != "" {
		page.Title = s.printer(c).T("bag.organisation")
		return s.render(c, http.StatusServiceUnavailable, page)
	}
	page.Nothing = Empty{Icon: "building", TitleKey: "bag.organisation.none", TextKey: "bag.organisation.none.text", ActionKey: "empty.look", ActionPath: pathSearch}
	if page.Own {
		page.MayWrite = rugzak.CanPost(by)
		page.Nothing = Empty{
			Icon: "building", TitleKey: "bag.own.none", TextKey: "bag.own.none.text", ActionKey: "action.share_something", ActionPath: pathShare,
		}
	} else {
		page.Talks = pathTalks + "?met=" + url.QueryEscape(string(view.Organisation.ID))
	}
	if len(view.Entries) > 0 {
		page.All = pathSearch + "?organisatie=" + url.QueryEscape(string(view.Organisation.ID))
	}
	if view.After != "" {
		page.Pager.Next = page.Path + "?na=" + s.sealer.close(sealCursor, string(view.After))
	}
	return s.render(c, http.StatusOK, page)
}

// unavailable says why what was asked does not work right now; empty for any
// other error.
func (s *Server) unavailable(c echo.Context, err error) string {
	if rugzak.CodeOf(err) != rugzak.CodeUnavailable {
		return ""
	}
	c.Response().Header().Set("Retry-After", retryAfter)
	e := asError(err)
	return s.printer(c).T(e.Key, e.Args...)
}

// takeBag hands somebody their own backpack as readable files.
func (s *Server) takeBag(c echo.Context) error {
	ctx, by, words := c.Request().Context(), s.by(c), s.bagWords(c)
	return s.download(c, "mijn-rugzak.zip", typeZip, func(w io.Writer) error {
		file := s.Bag(w, words)
		if err := s.Service.TakeBackpack(ctx, by, file); err != nil {
			return err
		}
		return file.Close()
	})
}

func (s *Server) bagWords(c echo.Context) rugzak.BagWords {
	p := s.printer(c)
	w := BagWords(p)
	w.Lead = p.T("bag.file.lead", s.by(c).Name, p.Date(s.Clock.Now()))
	w.Link = func(id rugzak.EntryID) string { return s.address(c, entryPath(id)) }
	return w
}

// BagWords are the words of the files of a backpack in the language of a
// printer.
func BagWords(p *locale.Printer) rugzak.BagWords {
	w := rugzak.BagWords{
		Lang: rugzak.Lang(p.Lang()), Title: p.T("nav.mine"), Steps: p.T("bag.promises"), Parts: map[rugzak.BagPart]string{},
		Kinds: map[rugzak.Kind]string{}, Outcomes: map[rugzak.Outcome]string{}, Purpose: p.T("bag.file.purpose"), Note: p.T("bag.file.note"),
		TakenOn: p.T("bag.file.kept_on"), Online: p.T("bag.file.online"), Untitled: p.T("site.untitled"), Empty: p.T("bag.file.empty"),
		Day: func(day string) string {
			t, err := time.Parse(time.DateOnly, day)
			if err != nil {
				return day
			}
			return p.Date(t)
		},
	}
	for part, key := range map[rugzak.BagPart]string{
		rugzak.BagKept: "mine.kept", rugzak.BagOwn: "mine.entries", rugzak.BagApplied: "bag.applied", rugzak.BagDrafts: "mine.drafts",
	} {
		w.Parts[part] = p.T(key)
	}
	for _, k := range rugzak.Kinds() {
		w.Kinds[k] = p.T("kind." + string(k))
	}
	for _, o := range rugzak.Outcomes() {
		w.Outcomes[o] = p.T("outcome." + string(o))
	}
	return w
}
