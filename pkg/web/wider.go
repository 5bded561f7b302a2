// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// Wider is what the page says and offers where nothing was found.
type Wider struct {
	// Tried are sentences about how was looked.
	Tried []string
	// Links ask for something else that does find something.
	Links  []WiderLink
	Themes []backpack.WiderTheme
	// Repaired asks the same with typing errors repaired; empty when that was
	// done already.
	Repaired string
	// Ask leads to a question with the words in it; empty for who may not post.
	Ask string
}

// WiderLink is another search and how much it finds.
type WiderLink struct {
	Text, Path string
	Count      int
}

// addChoices names the choices that are no facet, each with a link that takes
// it back, and leads to other spellings.
func (f *Found) addChoices(p *locale.Printer, a searchAddress) {
	if a.archived {
		f.Chips = append(f.Chips, FacetLink{TitleKey: "wider.scope", Name: p.T("wider.scope.archive"), Path: a.inArchive(false), Selected: true})
	}
	if a.literal {
		f.Chips = append(f.Chips, FacetLink{TitleKey: "wider.spelling", Name: p.T("wider.spelling.literal"), Path: a.spelled(false), Selected: true})
	}
	if f.View.Corrected {
		f.Literal = a.spelled(true)
	} else if f.View.Meant != "" && f.View.Total > 0 {
		f.Meant = a.with(f.View.Meant)
	}
}

// addWider looks around a search that found nothing.
func (s *Server) addWider(c echo.Context, by rugzak.Person, a searchAddress, asked backpack.Asked, f *Found) error {
	if f.View.Total > 0 || f.Bare {
		return nil
	}
	v, err := s.Service.Wider(c.Request().Context(), by, asked, f.View.Meant)
	if rugzak.CodeOf(err) == rugzak.CodeUnavailable {
		return nil // the page stands without it
	}
	if err != nil {
		return err
	}
	p := s.printer(c)
	words := a.query
	if f.View.Corrected { // those were looked for
		words = f.View.Meant
	}
	w := &Wider{Themes: v.Themes, Tried: tried(p, a, words, v)}
	if rugzak.CanPost(by) {
		w.Ask = askAddress(words)
	}
	if a.literal {
		w.Repaired = a.spelled(false)
	}
	add := func(text, path string, n int) {
		if n > 0 {
			w.Links = append(w.Links, WiderLink{text, path, n})
		}
	}
	add(p.T("wider.meant", v.Meant.Query), a.with(v.Meant.Query), v.Meant.Count)
	without := a
	without.filter = nil
	if a.fixed == "" {
		add(p.T("wider.no_filter"), without.String(), v.NoFilter)
	} else {
		without.path, without.fixed = pathSearch, ""
		add(p.T("wider.all_kinds"), without.String(), v.NoFilter)
	}
	fewer, key := a, "wider.fewer"
	if v.Unfiltered {
		fewer, key = without, "wider.fewer_unfiltered"
	}
	for _, q := range v.Fewer {
		add(p.T(key, q.Query), fewer.with(q.Query), q.Count)
	}
	add(p.T("wider.archive"), a.inArchive(true), v.Archived)
	f.Wider = w
	return nil
}

// tried says how was looked.
func tried(p *locale.Printer, a searchAddress, words string, v backpack.WiderView) []string {
	var out []string
	switch {
	case words == "":
	case a.literal:
		out = append(out, p.T("wider.tried.literal", words))
	default:
		out = append(out, p.T("wider.tried.words", words))
	}
	if len(v.Same) > 0 {
		out = append(out, p.T("wider.tried.same", wordList(p, v.Same)))
	}
	if a.fixed != "" {
		out = append(out, p.T("wider.tried."+string(a.fixed)))
	}
	if n := a.choices(); n > 0 {
		out = append(out, p.N("wider.tried.filters", n))
	}
	return out
}
