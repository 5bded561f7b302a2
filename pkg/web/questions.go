// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"cmp"
	"slices"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// QuestionsPart is how questions are chosen by where they are, and what was
// chosen.
type QuestionsPart struct {
	States, Balls, Ticks []Option
	Chosen               bool
	// Params are the chosen ones as an address has them, Rest words and facets.
	Params, Rest []Param
	View         backpack.QuestionPage
	Next         string
	First        bool
	names        map[string]string // of organisations and themes, by id
}

// Param is a name and value of an address.
type Param struct{ Name, Value string }

// The names of the filters in addresses.
const (
	paramState = "stand"
	paramBall  = "bal"
	paramOnly  = "alleen"

	onlyPartner = "samen"
	onlyNoLead  = "zonder-trekker"
	onlyMine    = "mijn"
)

// questionsPart reads the filters of the address and lists what fits: of the
// questions that fit its words and facets, too.
func (s *Server) questionsPart(c echo.Context, a searchAddress) (*QuestionsPart, error) {
	ctx, by, p := c.Request().Context(), s.by(c), s.printer(c)
	query := c.QueryParams()
	f := backpack.QuestionFilter{Ball: rugzak.OrganisationID(query.Get(paramBall))}
	if state := rugzak.QuestionState(query.Get(paramState)); state.Valid() {
		f.State = state
	}
	number := s.Service.HoldsNumber(a.query)
	if number { // nor is it written in the page
		a.query = ""
	}
	part := &QuestionsPart{First: true, Rest: paramsOf(a)}
	part.States = []Option{{Label: p.T("questions.any_state")}}
	for _, state := range rugzak.QuestionStates() {
		part.States = append(part.States, Option{Value: string(state), Label: p.T("questionstate." + string(state)), Chosen: state == f.State})
	}
	choices, err := s.Service.FormChoices(ctx, by)
	if err != nil {
		return nil, err
	}
	part.names = map[string]string{}
	for _, o := range choices.Organisations {
		part.names[string(o.ID)] = o.Name
	}
	for _, t := range choices.Themes {
		part.names[string(t.ID)] = t.Title
	}
	for _, phase := range choices.Phases {
		part.names[string(phase.ID)] = phase.Name(s.lang(c))
	}
	part.Balls = []Option{{Label: p.T("questions.any_ball")}}
	known := false
	for _, o := range choices.Organisations {
		known = known || o.ID == f.Ball
		part.Balls = append(part.Balls, Option{Value: string(o.ID), Label: o.Name, Chosen: o.ID == f.Ball})
	}
	if !known {
		f.Ball = ""
	}
	for _, tick := range []struct {
		value string
		on    *bool
	}{{onlyPartner, &f.WithPartner}, {onlyNoLead, &f.NoLead}, {onlyMine, &f.Mine}} {
		for _, v := range query[paramOnly] {
			*tick.on = *tick.on || v == tick.value
		}
		part.Ticks = append(part.Ticks, Option{Value: tick.value, Label: p.T("questions.only." + tick.value), Chosen: *tick.on})
	}
	for name, options := range map[string][]Option{paramState: part.States, paramBall: part.Balls, paramOnly: part.Ticks} {
		for _, o := range options {
			if o.Chosen && o.Value != "" {
				part.Params = append(part.Params, Param{name, o.Value})
			}
		}
	}
	slices.SortFunc(part.Params, func(a, b Param) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Value, b.Value))
	})
	if part.Chosen = f.Any(); !part.Chosen || number {
		return part, nil
	}
	if !a.bare() {
		f.Like = &backpack.Asked{Query: a.query, Filter: a.filter, WaitFor: s.after(c), Archived: a.archived, Literal: a.literal}
		if a.query == "" || a.newest {
			f.Like.Sort = rugzak.ByNewest
		}
	}
	after := s.placeIn(c)
	if part.View, err = s.Service.Questions(ctx, by, f, after); err != nil {
		return part, err
	}
	part.First = after == ""
	if part.View.Next != "" {
		part.Next = withMore(addressWith(pathQuestions, part.Params), "na", s.sealer.close(sealMark, string(part.View.Next)))
	}
	return part, nil
}

// paramsOf are the words and facets of an address.
func paramsOf(a searchAddress) []Param {
	var out []Param
	if a.query != "" {
		out = append(out, Param{"q", a.query})
	}
	for _, f := range facetParams {
		for _, v := range a.filter[f.facet] {
			out = append(out, Param{f.param, v})
		}
	}
	return out
}

func addressWith(address string, params []Param) string {
	for _, p := range params {
		address = withMore(address, p.Name, p.Value)
	}
	return address
}

// foundAmong is what the list shows when filters of questions are chosen: every
// choice, to take away.
func (s *Server) foundAmong(c echo.Context, a searchAddress, part *QuestionsPart) Found {
	p := s.printer(c)
	f := Found{Query: a.query, Questions: part, Filtered: true, NoFilter: a.noFilter(), First: a.String()}
	f.View.Behind = part.View.Behind
	if s.Service.HoldsNumber(a.query) {
		f = Found{Number: true, Unavailable: p.T("search.number"), Questions: part}
		return f
	}
	for _, fp := range facetParams {
		for _, v := range a.filter[fp.facet] {
			name := facetValueName(p, fp.facet, backpack.FacetValue{Value: v, Name: part.names[v]})
			if name == "" {
				name = v
			}
			f.Chips = append(f.Chips, FacetLink{
				TitleKey: "search.facet." + string(fp.facet), Name: name, Path: addressWith(a.without(fp.facet, v), part.Params), Selected: true,
			})
		}
	}
	titles := map[string]string{paramState: "word.state", paramBall: "term.ball", paramOnly: "questions.only"}
	options := map[string][]Option{paramState: part.States, paramBall: part.Balls, paramOnly: part.Ticks}
	for i, chosen := range part.Params {
		rest := slices.Delete(slices.Clone(part.Params), i, i+1)
		for _, o := range options[chosen.Name] {
			if o.Value == chosen.Value {
				f.Chips = append(f.Chips, FacetLink{TitleKey: titles[chosen.Name], Name: o.Label, Path: addressWith(a.String(), rest), Selected: true})
			}
		}
	}
	return f
}
