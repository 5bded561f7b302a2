// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
)

// MinePage is a person's own backpack. Only they see it.
type MinePage struct {
	Page
	View backpack.MineView
	// Asked are the requests to widen the audience of the person's entries.
	Asked []backpack.AskedWidening
	// Later says that this is a page of older entries, which holds nothing else.
	Later   bool
	Pager   Pager
	NoKept  Empty
	NoWrote Empty
}

func minePages() []pageDef { return []pageDef{{"mine/index", MinePage{}}} }

func (s *Server) mineRoutes() []route {
	return []route{{http.MethodGet, pathMine, person, s.showMine}}
}

func (s *Server) showMine(c echo.Context) error {
	after := s.placeIn(c)
	view, err := s.Service.Mine(c.Request().Context(), s.by(c), after)
	if err != nil {
		return err
	}
	page := MinePage{
		Page: s.page(c, "nav.mine"), View: view, Later: after != "",
		NoKept: Empty{
			Icon: "keep", TitleKey: "mine.no_kept", TextKey: "mine.no_kept.text",
			ActionKey: "mine.no_kept.action", ActionPath: pathSearch,
		},
		NoWrote: Empty{
			Icon: "share", TitleKey: "mine.no_entries", TextKey: "mine.no_entries.text",
			ActionKey: "action.share_something", ActionPath: pathShare,
		},
	}
	if !page.Later {
		if page.Asked, err = s.Service.WideningsForMe(c.Request().Context(), s.by(c)); err != nil {
			return err
		}
	}
	if view.Next != "" {
		page.Pager.Next = pathMine + "?na=" + s.sealer.close(sealMark, string(view.Next))
	}
	return s.render(c, http.StatusOK, page)
}
