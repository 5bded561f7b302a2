// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// libraryFacets are the filters of the library of methods: what a method is for
// and where it fits, and the few others that help to choose one.
func libraryFacets() []rugzak.Facet {
	return append(rugzak.MethodFacets(), rugzak.FacetOrganisation, rugzak.FacetTheme, rugzak.FacetLang)
}

// showMethods is the library of methods.
func (s *Server) showMethods(c echo.Context) error {
	write := withMore(pathEntryNew, "soort", string(rugzak.KindMethod))
	return s.showList(c, pathMethods, ListPage{
		Page: s.page(c, "kind.method.plural"), Kind: rugzak.KindMethod, NewPath: write,
		Nothing: Empty{
			Icon: "method", TitleKey: "list.method.empty", TextKey: "list.method.empty.text",
			ActionKey: "list.method.new", ActionPath: write,
		},
	}, nil)
}

// but is the address in which another value of a facet can be chosen. Somebody
// has one amount of time: another takes its place.
func (a searchAddress) but(f rugzak.Facet) string {
	if f == rugzak.FacetTime {
		rest := rugzak.Filter{}
		for facet, values := range a.filter {
			if facet != f {
				rest[facet] = values
			}
		}
		a.filter = rest
	}
	return a.String()
}

// addMethodChoices names what was chosen of methods where it is not offered:
// outside the library.
func (f *Found) addMethodChoices(p *locale.Printer, a searchAddress) {
	if a.fixed == rugzak.KindMethod {
		return
	}
	for _, facet := range rugzak.MethodFacets() {
		for _, value := range a.filter[facet] {
			f.Chips = append(f.Chips, FacetLink{
				TitleKey: "search.facet." + string(facet), Name: methodValueName(p, facet, value), Path: a.without(facet, value), Selected: true,
			})
		}
	}
}

// methodValueName is a value of a facet of methods in words; any other value as
// it stands.
func methodValueName(p *locale.Printer, f rugzak.Facet, value string) string {
	if !slices.Contains(rugzak.FacetOrder(f), value) {
		return value
	}
	switch f {
	case rugzak.FacetTime:
		minutes, _ := strconv.Atoi(value) // one of MethodTimes
		return p.N("count.minutes", minutes)
	case rugzak.FacetGroup:
		return p.T("methodgroup." + value)
	}
	return p.T("method" + string(f) + "." + value)
}
