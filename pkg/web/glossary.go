// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// GlossaryPage explains the words of the organisation.
type GlossaryPage struct {
	Page
	Filter  string
	Letters []GlossaryLetter
	All     int // without the filter
	Found   int
}

// GlossaryLetter are the words that begin with a letter.
type GlossaryLetter struct {
	Letter string
	Terms  []rugzak.Term
}

func glossaryPages() []pageDef { return []pageDef{{"term/glossary", GlossaryPage{}}} }

func (s *Server) glossaryRoutes() []route {
	return []route{{http.MethodGet, pathGlossary, person, s.showGlossary}}
}

func (s *Server) showGlossary(c echo.Context) error {
	all, err := s.Service.Glossary(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	page := GlossaryPage{Page: s.page(c, "glossary.title"), Filter: rugzak.Line(c.QueryParam("q")), All: len(all)}
	all = filterTerms(all, page.Filter)
	page.Found = len(all)
	for _, t := range all {
		letter := firstLetter(t.Preferred)
		if n := len(page.Letters); n == 0 || page.Letters[n-1].Letter != letter {
			page.Letters = append(page.Letters, GlossaryLetter{Letter: letter})
		}
		last := &page.Letters[len(page.Letters)-1]
		last.Terms = append(last.Terms, t)
	}
	return s.render(c, http.StatusOK, page)
}

// filterTerms keeps the groups in which a word holds what was typed.
func filterTerms(all []rugzak.Term, typed string) []rugzak.Term {
	wanted := strings.ToLower(typed)
	if wanted == "" {
		return all
	}
	return slices.DeleteFunc(all, func(t rugzak.Term) bool {
		return !slices.ContainsFunc(t.Words(), func(w string) bool { return strings.Contains(strings.ToLower(w), wanted) })
	})
}

// firstLetter is what a word stands under in a list; "#" for what begins with no
// letter. Those with accents stand under the plain one.
func firstLetter(word string) string {
	r, _ := utf8.DecodeRuneInString(word)
	if !unicode.IsLetter(r) {
		return "#"
	}
	return strings.ToUpper(string(rugzak.PlainLetter(unicode.ToLower(r))))
}
