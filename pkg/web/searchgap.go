// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// SearchGapsPage shows facilitators what people searched in vain.
type SearchGapsPage struct {
	Page
	Open, Done []GapLine
	Off        bool
}

// GapLine is something people searched in vain, with what can be done about it.
type GapLine struct {
	rugzak.SearchGap
	// Search, Ask and Synonym lead to searching it, asking it and making it a word
	// that means the same as others.
	Search, Ask, Synonym string
}

// SearchSettingsPart is the form about searching.
type SearchSettingsPart struct {
	Form  *Form
	Count []Option
}

func searchGapPages() []pageDef { return []pageDef{{"search/gaps", SearchGapsPage{}}} }

func (s *Server) searchGapRoutes() []route {
	return []route{
		{http.MethodGet, pathGaps, curate, s.showSearchGaps},
		{http.MethodPost, pathGaps, curate, s.markSearchGap},
		{http.MethodPost, pathGapRemove, curate, s.removeSearchGap},
		{http.MethodPost, pathSettingsSearch, administer, s.saveSearchSettings},
	}
}

func gapLines(gaps []rugzak.SearchGap) []GapLine {
	out := make([]GapLine, len(gaps))
	for i, g := range gaps {
		out[i] = GapLine{
			SearchGap: g, Search: searchAddress{path: pathSearch, query: g.Term}.String(),
			Ask: askAddress(g.Term), Synonym: withMore(pathTermNew, "woord", g.Term),
		}
	}
	return out
}

func (s *Server) showSearchGaps(c echo.Context) error {
	all, err := s.Service.SearchGaps(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, SearchGapsPage{
		Page: s.page(c, "gaps.title"), Open: gapLines(all.Open), Done: gapLines(all.Done), Off: all.Off,
	})
}

func (s *Server) markSearchGap(c echo.Context) error {
	form, err := s.readForm(c, "term", "state")
	if err != nil {
		return err
	}
	err = s.Service.MarkSearchGap(c.Request().Context(), s.by(c), form.Value("term"), rugzak.GapState(form.Value("state")))
	return s.gapDone(c, "notice.gap_marked", err)
}

// gapDone leads back to the list, also when a colleague was first.
func (s *Server) gapDone(c echo.Context, notice string, err error) error {
	if err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound {
		return err
	}
	if err == nil {
		s.notify(c, notice, "")
	}
	return s.redirect(c, pathGaps)
}

func (s *Server) removeSearchGap(c echo.Context) error {
	form, err := s.readForm(c, "term")
	if err != nil {
		return err
	}
	err = s.Service.RemoveSearchGap(c.Request().Context(), s.by(c), form.Value("term"))
	return s.gapDone(c, "notice.gap_removed", err)
}

const fieldCountGaps = "count_gaps"

func (s *Server) searchSettingsPart(c echo.Context, part *SearchSettingsPart) error {
	p := s.printer(c)
	part.Count = []Option{{Value: "on", Label: p.T("gaps.count"), Hint: p.T("gaps.count.hint")}}
	if part.Form != nil {
		return nil
	}
	form, all, err := s.settingsForm(c)
	if err != nil {
		return err
	}
	part.Form = form
	if all.Search.CountGaps {
		part.Form.Set(fieldCountGaps, "on")
	}
	return nil
}

func (s *Server) saveSearchSettings(c echo.Context) error {
	form, err := s.readForm(c, fieldCountGaps, "base")
	if err != nil {
		return err
	}
	rules := rugzak.SearchSettings{CountGaps: form.Has(fieldCountGaps, "on")}
	err = s.Service.SaveSearchSettings(c.Request().Context(), s.by(c), form.Int("base"), rules)
	if status := form.Refuse(err); status != 0 {
		return s.renderSettings(c, status, SettingsPage{Search: SearchSettingsPart{Form: form}})
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.saved", "")
	return s.redirect(c, pathSettings)
}

// noteGap has a search counted that found nothing: one of a person who typed
// words on the search page, without choices, and is looking at the answer.
func (s *Server) noteGap(c echo.Context, by rugzak.Person, a searchAddress, view backpack.SearchView) {
	r := c.Request()
	ahead := strings.Contains(r.Header.Get("Sec-Purpose")+r.Header.Get("Purpose"), "prefetch")
	if view.Total > 0 || view.Behind || r.Method != http.MethodGet || ahead || c.Path() != pathSearch ||
		a.query == "" || len(a.filter) > 0 || a.literal || a.after != "" || a.before != "" {
		return
	}
	s.Service.NoteSearchGap(by, a.query)
}
