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

// BallsPage shows the balls that lie still ("Ballen die stilliggen").
type BallsPage struct {
	Page
	View backpack.StillBalls
	// Pairs are the pairs of organisations with the address of their balls.
	Pairs  []PairLine
	Chosen *PairLine
	Next   string
	First  bool
	Days   int // from when a ball lies still
	Empty  Empty
}

// PairLine is a pair of organisations.
type PairLine struct {
	backpack.BallPair
	Path    string
	Current bool
}

func (s *Server) showBalls(c echo.Context) error {
	from, with := rugzak.OrganisationID(c.QueryParam("van")), rugzak.OrganisationID(c.QueryParam("bij"))
	after := s.placeIn(c)
	view, err := s.Service.StillBalls(c.Request().Context(), s.by(c), from, with, after)
	if err != nil {
		return err
	}
	page := BallsPage{Page: s.page(c, "balls.title"), View: view, First: after == "", Days: int(rugzak.StillAfter.Hours() / 24)}
	page.Crumbs = []Crumb{{pathQuestions, s.printer(c).T("kind.question.plural")}}
	page.Empty = Empty{Icon: "question", TitleKey: "balls.empty", TextKey: "balls.empty.text", ActionKey: "empty.questions", ActionPath: pathQuestions}
	for _, pair := range view.Pairs {
		line := PairLine{BallPair: pair, Path: ballsAddress(pair.From.ID, pair.With.ID, "")}
		if pair.From.ID == from && pair.With.ID == with {
			line.Current = true
			page.Chosen = &line
		}
		page.Pairs = append(page.Pairs, line)
	}
	if view.Next != "" {
		page.Next = ballsAddress(from, with, s.sealer.close(sealMark, string(view.Next)))
	}
	return s.render(c, http.StatusOK, page)
}

func ballsAddress(from, with rugzak.OrganisationID, after string) string {
	values := url.Values{}
	for name, value := range map[string]string{"van": string(from), "bij": string(with), "na": after} {
		if value != "" {
			values.Set(name, value)
		}
	}
	if len(values) == 0 {
		return pathBalls
	}
	return pathBalls + "?" + values.Encode()
}
