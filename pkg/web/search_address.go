// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// facetParams are the names of the facets in addresses, in the order in which
// an address has them.
var facetParams = []struct {
	facet rugzak.Facet
	param string
}{
	{rugzak.FacetKind, "soort"},
	{rugzak.FacetOrganisation, "organisatie"},
	{rugzak.FacetTheme, "thema"},
	{rugzak.FacetPhase, "fase"},
	{rugzak.FacetYear, "jaar"},
	{rugzak.FacetLang, "taal"},
	{rugzak.FacetDrive, "drijfveer"},
	{rugzak.FacetGoal, "doel"},
	{rugzak.FacetTime, "tijd"},
	{rugzak.FacetGroup, "groep"},
	{rugzak.FacetTrust, "vertrouwen"},
	{rugzak.FacetGuidance, "begeleiding"},
}

// The choices that are no facet, and what they say when they are made.
const (
	paramArchive = "archief"
	paramLiteral = "letterlijk"
	paramOn      = "1"
)

// What an address may carry. More is left out, never an error.
const (
	maxFacetValues = 10
	maxFacetValue  = 100 // bytes; ids are shorter
)

// searchAddress is what the address of the search page, or of a list, asks.
// The same question always has the same address, so that links, bookmarks and
// the back button work.
type searchAddress struct {
	path          string
	fixed         rugzak.Kind // the kind of a list; empty on the search page
	query         string
	filter        rugzak.Filter
	newest        bool
	archived      bool   // also in the archive
	literal       bool   // the words as they were typed
	after, before string // sealed places among the hits
}

// parseSearchAddress reads an address. Whatever stands in it, it can be asked: what
// is not seen, or turns the direction of text around, is left out.
func parseSearchAddress(path string, fixed rugzak.Kind, values url.Values) searchAddress {
	a := searchAddress{
		path: path, fixed: fixed, query: cutText(rugzak.Line(values.Get("q")), rugzak.MaxQuery),
		filter: rugzak.Filter{}, newest: values.Get("volgorde") == "nieuwste",
		archived: values.Get(paramArchive) == paramOn, literal: values.Get(paramLiteral) == paramOn, after: values.Get("na"),
	}
	if a.after == "" {
		a.before = values.Get("voor")
	}
	for _, f := range facetParams {
		if fixed != "" && f.facet == rugzak.FacetKind {
			continue
		}
		for _, v := range values[f.param] {
			valid := utf8.ValidString(v)
			v = rugzak.Line(v)
			if v == "" || len(v) > maxFacetValue || !valid || slices.Contains(a.filter[f.facet], v) || len(a.filter[f.facet]) == maxFacetValues {
				continue
			}
			a.filter[f.facet] = append(a.filter[f.facet], v)
		}
	}
	return a
}

// cutText keeps whole characters up to a number of bytes.
func cutText(s string, most int) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// bare reports whether nothing is asked: neither words nor a filter.
func (a searchAddress) bare() bool { return a.query == "" && len(a.filter) == 0 }

// choices counts what was chosen beside the words: values and the archive.
func (a searchAddress) choices() int {
	n := 0
	for _, values := range a.filter {
		n += len(values)
	}
	if a.archived {
		n++
	}
	return n
}

// chosen is the filter with the list's own kind.
func (a searchAddress) chosen() rugzak.Filter {
	if a.fixed == "" {
		return a.filter
	}
	all := rugzak.Filter{rugzak.FacetKind: {string(a.fixed)}}
	for facet, values := range a.filter {
		all[facet] = values
	}
	return all
}

// String is the address of the first page.
func (a searchAddress) String() string { return a.without("", "") }

// without is the address with one value of a facet less.
func (a searchAddress) without(facet rugzak.Facet, value string) string {
	var b strings.Builder
	b.WriteString(a.path)
	sep := byte('?')
	add := func(name, value string) {
		b.WriteByte(sep)
		b.WriteString(name + "=" + url.QueryEscape(value))
		sep = '&'
	}
	if a.query != "" {
		add("q", a.query)
	}
	for _, f := range facetParams {
		for _, v := range a.filter[f.facet] {
			if f.facet != facet || v != value {
				add(f.param, v)
			}
		}
	}
	if a.newest {
		add("volgorde", "nieuwste")
	}
	if a.archived {
		add(paramArchive, paramOn)
	}
	if a.literal {
		add(paramLiteral, paramOn)
	}
	return b.String()
}

// withMore is an address with one more question in it.
func withMore(address, name, value string) string {
	sep := "?"
	if strings.Contains(address, "?") {
		sep = "&"
	}
	return address + sep + name + "=" + url.QueryEscape(value)
}

// sorted is the address in the other order.
func (a searchAddress) sorted(newest bool) string {
	a.newest = newest
	return a.String()
}

// inArchive is the address that looks in the archive too, or not.
func (a searchAddress) inArchive(on bool) string {
	a.archived = on
	return a.String()
}

// spelled is the address that takes the words as they were typed, or not.
func (a searchAddress) spelled(literal bool) string {
	a.literal = literal
	return a.String()
}

// with is the address with other words.
func (a searchAddress) with(query string) string {
	a.query = query
	return a.String()
}

// noFilter is the address with the words only.
func (a searchAddress) noFilter() string {
	a.filter, a.archived, a.literal = nil, false, false
	return a.String()
}
