// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"slices"

	"rugzak/pkg/rugzak"
)

// facets names the values and leaves out what the reader may not know of.
func (n *names) facets(by rugzak.Person, offered []rugzak.Facet, counts map[rugzak.Facet][]rugzak.FacetCount, chosen rugzak.Filter) []FacetView {
	var out []FacetView
	for _, f := range offered {
		view := FacetView{Facet: f}
		for _, c := range counts[f] {
			if name, ok := n.facetName(by, f, c.Value); ok {
				view.Values = append(view.Values, FacetValue{Value: c.Value, Name: name, Count: c.Count, Selected: slices.Contains(chosen[f], c.Value)})
			}
		}
		for _, value := range chosen[f] {
			known := slices.ContainsFunc(view.Values, func(v FacetValue) bool { return v.Value == value })
			if !known { // nothing has it: shown all the same, so that it can be taken off
				view.Values = append(view.Values, FacetValue{Value: value, Name: n.chosenName(by, f, value), Selected: true})
			}
		}
		if order := rugzak.FacetOrder(f); order != nil {
			slices.SortStableFunc(view.Values, func(x, y FacetValue) int {
				return cmp.Compare(slices.Index(order, x.Value), slices.Index(order, y.Value))
			})
		}
		if len(view.Values) > 0 {
			out = append(out, view)
		}
	}
	return out
}

// chosenName names a chosen value that no hit has. What the reader may not know
// of, or what is not there, is shown as it stands in the address.
func (n *names) chosenName(by rugzak.Person, f rugzak.Facet, value string) string {
	if f == rugzak.FacetOrganisation {
		if o, ok := n.organisations[rugzak.OrganisationID(value)]; !ok || !rugzak.CanKnowOrganisation(by, o) {
			return value
		}
	}
	if name, ok := n.facetName(by, f, value); ok && name != "" {
		return name
	}
	return value
}

// facetName names a value; phases in the language of the person.
func (n *names) facetName(by rugzak.Person, f rugzak.Facet, value string) (string, bool) {
	switch f {
	case rugzak.FacetOrganisation:
		return n.organisation(rugzak.OrganisationID(value)).Name, true
	case rugzak.FacetTheme:
		t, ok := n.themes[rugzak.ThemeID(value)]
		return t.Title, ok
	case rugzak.FacetPhase:
		p, ok := n.movement.Phase(rugzak.PhaseID(value))
		return p.Name(by.Language), ok
	case rugzak.FacetYear:
		return value, true
	}
	return "", true // kind and language: the catalogue
}
