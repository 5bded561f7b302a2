// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"context"
	"maps"
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// Found is what the search page and the lists show of what was found.
type Found struct {
	Query    string
	View     backpack.SearchView
	Bare     bool // nothing was asked: everything, newest first
	Facets   []FacetGroup
	Chips    []FacetLink // the chosen filters; each link takes one away
	NoFilter string      // the address without filters
	Filtered bool        // something beside the words is chosen
	// Ranked and Newest lead to the two orders; empty where it makes no difference.
	Ranked, Newest string
	IsNewest       bool
	First          string // the first page, for who came past the last
	Pager          Pager
	// Unavailable says why searching does not work right now; empty otherwise.
	Unavailable string
	// Number: the question holds a number that may be a citizen service number,
	// and was not asked.
	Number bool
	// Literal leads to the words as they were typed, Meant to those that were
	// probably meant; empty where there is nothing to lead to.
	Literal, Meant string
	// Save leads to saving what was asked; empty where there is nothing to save.
	Save string
	// Questions are the filters that only the list of questions has; else nil.
	Questions *QuestionsPart
	// Wider is what may help where nothing was found; else nil.
	Wider *Wider
}

// FacetGroup is a facet with the values to choose from; Rest are those that
// fewer entries have, shown on request.
type FacetGroup struct {
	TitleKey string
	Open     bool
	Values   []FacetLink
	Rest     []FacetLink
}

// FacetLink is a value of a facet: its link chooses it, or takes it away.
type FacetLink struct {
	TitleKey, Name, Path string
	Count                int
	Selected             bool
}

const (
	facetsShown = 8 // values per facet before "more"
	facetsOpen  = 3 // groups that are open at first
)

// find asks the question of an address, and looks around when nothing is found.
func (s *Server) find(c echo.Context, a searchAddress) (Found, error) {
	f, asked, err := s.ask(c, a)
	if err != nil || f.Unavailable != "" {
		return f, err
	}
	return f, s.addWider(c, s.by(c), a, asked, &f)
}

// ask asks the question of an address. While searching cannot be trusted it says
// so instead of failing: the page stays, with what was typed.
func (s *Server) ask(c echo.Context, a searchAddress) (f Found, asked backpack.Asked, err error) {
	f = Found{Query: a.query, Bare: a.bare(), NoFilter: a.noFilter(), Filtered: a.choices() > 0, First: a.String()}
	if s.Service.HoldsNumber(a.query) {
		return Found{Number: true, Unavailable: s.printer(c).T("search.number")}, asked, nil
	}
	by := s.by(c)
	by.Language = s.lang(c) // in which phases are named
	asked = backpack.Asked{
		Query: a.query, Filter: a.chosen(), WaitFor: s.after(c),
		After: s.cursor(a.after), Before: s.cursor(a.before), Archived: a.archived, Literal: a.literal,
	}
	if a.fixed != "" {
		asked.Uncounted = []rugzak.Facet{rugzak.FacetKind}
	}
	if a.fixed == rugzak.KindMethod {
		asked.Counted = libraryFacets()
	}
	if a.newest || a.fixed != "" && a.query == "" {
		asked.Sort = rugzak.ByNewest
	}
	ctx := c.Request().Context()
	view, err := s.Service.Search(ctx, by, asked)
	if rugzak.CodeOf(err) == rugzak.CodeUnavailable {
		c.Response().Header().Set("Retry-After", retryAfter)
		e := asError(err)
		f.Unavailable = s.printer(c).T(e.Key, e.Args...)
		return f, asked, nil
	}
	if err != nil {
		return f, asked, err
	}
	f.View = view
	if len(a.filter[rugzak.FacetTheme]) > 0 {
		a.filter = maps.Clone(a.filter)
		a.filter[rugzak.FacetTheme] = view.Filter[rugzak.FacetTheme]
		f.First = a.String()
	}
	s.noteGap(c, by, a, view)
	if !view.Query.IsZero() {
		f.Ranked, f.Newest, f.IsNewest = a.sorted(false), a.sorted(true), a.newest
	}
	if view.Next != "" {
		f.Pager.Next = withMore(f.First, "na", s.sealer.close(sealCursor, string(view.Next)))
	}
	if view.Previous != "" {
		f.Pager.Previous = withMore(f.First, "voor", s.sealer.close(sealCursor, string(view.Previous)))
	}
	f.addFacets(s.printer(c), a, view.Facets)
	if err := s.addDrives(ctx, by, a, &f); err != nil {
		return f, asked, err
	}
	f.addMethodChoices(s.printer(c), a)
	f.addChoices(s.printer(c), a)
	if f.Save = a.saveAddress(""); view.Corrected {
		f.Save = a.saveAddress(view.Meant)
	}
	return f, asked, nil
}

// addFacets makes the links: of what can be chosen and of what is.
func (f *Found) addFacets(p *locale.Printer, a searchAddress, facets []backpack.FacetView) {
	for _, view := range facets {
		if a.fixed != "" && view.Facet == rugzak.FacetKind {
			continue
		}
		param := ""
		for _, fp := range facetParams {
			if fp.facet == view.Facet {
				param = fp.param
			}
		}
		group := FacetGroup{TitleKey: "search.facet." + string(view.Facet), Open: len(f.Facets) < facetsOpen}
		for _, v := range view.Values {
			link := FacetLink{TitleKey: group.TitleKey, Name: facetValueName(p, view.Facet, v), Count: v.Count, Selected: v.Selected}
			if v.Selected {
				link.Path = a.without(view.Facet, v.Value)
				group.Open = true
				f.Chips = append(f.Chips, link)
			} else {
				link.Path = withMore(a.but(view.Facet), param, v.Value)
			}
			if len(group.Values) < facetsShown || v.Selected {
				group.Values = append(group.Values, link)
			} else {
				group.Rest = append(group.Rest, link)
			}
		}
		f.Facets = append(f.Facets, group)
	}
}

// addDrives names the drives that are chosen. There is no facet to choose them
// from: the compass leads here.
func (s *Server) addDrives(ctx context.Context, by rugzak.Person, a searchAddress, f *Found) error {
	chosen := a.filter[rugzak.FacetDrive]
	if len(chosen) == 0 {
		return nil
	}
	movement, err := s.Service.Movement(ctx, by)
	if err != nil {
		return err
	}
	for _, id := range chosen {
		link := FacetLink{TitleKey: "search.facet.drive", Name: id, Path: a.without(rugzak.FacetDrive, id), Selected: true}
		if d, ok := movement.Compass.Drive(rugzak.DriveID(id)); ok {
			link.Name = d.Name
		}
		f.Chips = append(f.Chips, link)
	}
	return nil
}

// facetValueName is a value in words.
func facetValueName(p *locale.Printer, f rugzak.Facet, v backpack.FacetValue) string {
	switch {
	case f == rugzak.FacetKind && rugzak.Kind(v.Value).Valid():
		return p.T("kind." + v.Value)
	case f == rugzak.FacetLang && rugzak.Lang(v.Value).Valid():
		return p.T("language." + v.Value)
	case v.Name == "":
		return methodValueName(p, f, v.Value)
	}
	return v.Name
}

// status is the answer to send with it.
func (f Found) status() int {
	if f.Unavailable != "" && !f.Number {
		return status(rugzak.CodeUnavailable)
	}
	return http.StatusOK
}
