// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// DrawPage is one card that fills the screen, for a meeting to talk about.
type DrawPage struct {
	Page
	Card    *backpack.Card
	From    []Option // what to draw from
	Another string   // the next card
	Here    LocalPath
	Trek    string
	// Unavailable says why nothing can be drawn now; empty otherwise.
	Unavailable string
}

func drawPages() []pageDef { return []pageDef{{"mine/draw", DrawPage{}}} }

func (s *Server) drawRoutes() []route {
	return []route{{http.MethodGet, pathDraw, person, s.showDraw}}
}

// The names in the address of a card, and what to draw from.
const (
	paramDraw     = "trek"
	paramDrawFrom = "uit"
	drawKept      = "mijn-rugzak"
	drawTheme     = "thema:"
	drawOrg       = "organisatie:"
)

// drawForm is a turn in an address: the day and how many cards came before.
var drawForm = regexp.MustCompile(`^(\d{8})-(\d{1,4})$`)

// drawOf reads a turn. Without one it is the first of the day, the same for
// everybody.
func (s *Server) drawOf(c echo.Context) rugzak.Draw {
	if m := drawForm.FindStringSubmatch(c.QueryParam(paramDraw)); m != nil {
		turn, _ := strconv.Atoi(m[2]) // four digits fit
		return rugzak.Draw{Day: m[1], Turn: turn}
	}
	return rugzak.Draw{Day: s.Clock.Now().UTC().Format("20060102")}
}

func (s *Server) showDraw(c echo.Context) error {
	draw, from := s.drawOf(c), cutText(rugzak.Line(c.QueryParam(paramDrawFrom)), maxFacetValue)
	asked := backpack.DrawAsked{Draw: draw, Kept: from == drawKept, WaitFor: s.after(c)}
	if id, ok := strings.CutPrefix(from, drawTheme); ok {
		asked.Theme = rugzak.ThemeID(id)
	}
	if id, ok := strings.CutPrefix(from, drawOrg); ok {
		asked.Organisation = rugzak.OrganisationID(id)
	}
	page := DrawPage{Page: s.page(c, "draw.title")}
	page.Stage = true
	status := http.StatusOK
	v, err := s.Service.DrawOne(c.Request().Context(), s.by(c), asked)
	if rugzak.CodeOf(err) == rugzak.CodeUnavailable {
		c.Response().Header().Set("Retry-After", retryAfter)
		e := asError(err)
		page.Unavailable, status = s.printer(c).T(e.Key, e.Args...), http.StatusServiceUnavailable
	} else if err != nil {
		return err
	}
	page.Card = v.Card
	address := func(turn int) string {
		a := withMore(pathDraw, paramDraw, draw.Day+"-"+strconv.Itoa(turn))
		if from != "" {
			a = withMore(a, paramDrawFrom, from)
		}
		return a
	}
	page.Here, page.Another = LocalPath(address(draw.Turn)), address((draw.Turn+1)%(rugzak.MaxTurn+1))
	page.Trek = draw.Day + "-" + strconv.Itoa(draw.Turn)
	page.From = s.drawOptions(c, v, from)
	return s.render(c, status, page)
}

// drawOptions are what a card can be drawn from, as far as the reader knows it.
func (s *Server) drawOptions(c echo.Context, v backpack.DrawView, from string) []Option {
	p := s.printer(c)
	out := []Option{{Value: "", Label: p.T("draw.from.all")}, {Value: drawKept, Label: p.T("draw.from.kept")}}
	for _, t := range v.Themes {
		out = append(out, Option{Value: drawTheme + string(t.ID), Label: p.T("draw.from.theme", t.Title)})
	}
	for _, o := range v.Organisations {
		out = append(out, Option{Value: drawOrg + string(o.ID), Label: p.T("draw.from.organisation", o.Name)})
	}
	for i := range out {
		out[i].Chosen = out[i].Value == from
	}
	return out
}
