// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

func (s *Server) suggestRoutes() []route {
	return []route{{http.MethodGet, pathSuggest, person, s.suggest}}
}

// suggestions are the answer to the script of the search box, which only puts
// it on the page.
type suggestions struct {
	Said   string            `json:"said"` // for who listens to the page
	Groups []suggestionGroup `json:"groups"`
}

type suggestionGroup struct {
	Name    string             `json:"name"`
	Options []suggestionOption `json:"options"`
}

// suggestionOption is a link: Parts make its text.
type suggestionOption struct {
	Path  string           `json:"path"`
	Parts []suggestionPart `json:"parts"`
	Note  string           `json:"note,omitempty"`
	Lang  rugzak.Lang      `json:"lang,omitempty"`
}

type suggestionPart struct {
	Text   string `json:"text"`
	Marked bool   `json:"marked,omitempty"`
}

// What is suggested can be narrowed to what a text can link to, or to entries.
const (
	onlyLinks   = "links"
	onlyEntries = "bijdragen"
)

// suggest answers what somebody has typed so far.
func (s *Server) suggest(c echo.Context) error {
	p := s.printer(c)
	kinds := map[rugzak.Kind]string{}
	for _, k := range rugzak.Kinds() {
		kinds[k] = p.T("kind." + string(k) + ".plural")
	}
	found, err := s.Service.Suggest(c.Request().Context(), s.by(c), c.QueryParam("q"), kinds)
	if err != nil {
		return err
	}
	if only := c.QueryParam(paramOnly); only == onlyLinks || only == onlyEntries {
		found = slices.DeleteFunc(found, func(g backpack.Suggestion) bool {
			return g.Is != backpack.SuggestsEntry && (only == onlyEntries || g.Is != backpack.SuggestsTheme)
		})
	}
	answer := suggestions{Said: p.N("suggest.said", len(found)), Groups: []suggestionGroup{}}
	if len(found) == 0 {
		answer.Said = p.T("suggest.none")
	}
	for i, g := range found {
		if i == 0 || found[i-1].Is != g.Is {
			answer.Groups = append(answer.Groups, suggestionGroup{Name: p.T("suggest.group." + string(g.Is))})
		}
		last := &answer.Groups[len(answer.Groups)-1]
		last.Options = append(last.Options, suggestionOptionOf(p, g))
	}
	return c.JSON(http.StatusOK, answer)
}

// suggestionOptionOf says where a suggestion leads, and how it is shown.
func suggestionOptionOf(p *locale.Printer, g backpack.Suggestion) suggestionOption {
	o := suggestionOption{}
	marks := g.Marks
	if g.By != "" {
		marks, o.Note = nil, p.T("suggest.also", visible(g.By))
	}
	o.Parts = suggestionParts(g.Text, marks)
	a := searchAddress{path: pathSearch}
	switch g.Is {
	case backpack.SuggestsEntry:
		o.Lang, o.Note, o.Path = g.Lang, p.T("kind."+string(g.Kind)), entryPath(g.Entry)
		return o
	case backpack.SuggestsTheme:
		o.Path = themePath(g.Theme)
		return o
	case backpack.SuggestsOrganisation:
		a.filter = rugzak.Filter{rugzak.FacetOrganisation: {string(g.Organisation)}}
	case backpack.SuggestsKind:
		a.filter = rugzak.Filter{rugzak.FacetKind: {string(g.Kind)}}
	case backpack.SuggestsWords, backpack.SuggestsTerm:
		a.query = g.Text
	}
	o.Path = a.String()
	return o
}

// suggestionParts cuts a text at its marks.
func suggestionParts(text string, marks []rugzak.Span) []suggestionPart {
	parts := []suggestionPart{}
	add := func(s string, marked bool) {
		if s != "" {
			parts = append(parts, suggestionPart{Text: visible(s), Marked: marked})
		}
	}
	at := 0
	for _, m := range marks {
		if m.Start < at || m.End <= m.Start || m.End > len(text) {
			continue
		}
		add(text[at:m.Start], false)
		add(text[m.Start:m.End], true)
		at = m.End
	}
	add(text[at:], false)
	return parts
}
