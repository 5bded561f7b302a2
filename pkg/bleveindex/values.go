// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"cmp"
	"fmt"
	"slices"

	index "github.com/blevesearch/bleve_index_api"

	"rugzak/pkg/rugzak"
)

// values reads the properties of hits as they pass by: it counts the facets and
// looks up the time they are listed by.
type values struct {
	reader  index.DocValueReader // nil when nothing is asked
	facets  []rugzak.Facet
	counted map[string]map[string]*int
	listed  string
	see     index.DocValueVisitor
}

func newValues(reader index.IndexReader, facets []rugzak.Facet, listed bool) (*values, error) {
	v := &values{counted: map[string]map[string]*int{}}
	var fields []string
	for _, f := range facets {
		if isFacet(f) && v.counted[string(f)] == nil {
			v.counted[string(f)] = map[string]*int{}
			v.facets = append(v.facets, f)
			fields = append(fields, string(f))
		}
	}
	if listed {
		fields = append(fields, fieldListed)
	}
	if len(fields) == 0 {
		return v, nil
	}
	var err error
	if v.reader, err = reader.DocValueReader(fields); err != nil {
		return nil, fmt.Errorf("reading properties: %w", err)
	}
	v.see = func(field string, term []byte) {
		if field == fieldListed {
			v.listed = string(term)
			return
		}
		counts := v.counted[field]
		if n := counts[string(term)]; n != nil {
			*n++
		} else if counts != nil {
			one := 1
			counts[string(term)] = &one
		}
	}
	return v, nil
}

// visit counts a hit and returns the time it is listed by, if that was asked.
func (v *values) visit(id index.IndexInternalID) (string, error) {
	if v.reader == nil {
		return "", nil
	}
	if err := v.reader.VisitDocValues(id, v.see); err != nil {
		return "", fmt.Errorf("reading properties: %w", err)
	}
	return v.listed, nil
}

// counts lists the values of each facet, those with the most hits first.
func (v *values) counts() map[rugzak.Facet][]rugzak.FacetCount {
	out := emptyFacets(v.facets)
	for _, f := range v.facets {
		for value, n := range v.counted[string(f)] {
			out[f] = append(out[f], rugzak.FacetCount{Value: value, Count: *n})
		}
		slices.SortFunc(out[f], func(a, b rugzak.FacetCount) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
		})
	}
	return out
}

func emptyFacets(facets []rugzak.Facet) map[rugzak.Facet][]rugzak.FacetCount {
	out := make(map[rugzak.Facet][]rugzak.FacetCount, len(facets))
	for _, f := range facets {
		if isFacet(f) {
			out[f] = []rugzak.FacetCount{}
		}
	}
	return out
}
