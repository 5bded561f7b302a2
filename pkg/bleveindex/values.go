// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"cmp"
	"slices"

	index "github.com/blevesearch/bleve_index_api"

	"rugzak/pkg/rugzak"
)

// values looks up the properties of hits as they pass by, in ascending order:
// it counts the facets and tells the time a text is listed by.
type values struct {
	columns []*columns
	firsts  []uint64
	segment int
	facets  []rugzak.Facet
	counted [][][]int // per segment, facet and number of the value
}

func newValues(store *columnStore, reader index.IndexReader, facets []rugzak.Facet) (*values, error) {
	v := &values{}
	for _, f := range facets {
		if isFacet(f) && !slices.Contains(v.facets, f) {
			v.facets = append(v.facets, f)
		}
	}
	var err error
	if v.columns, v.firsts, err = store.of(reader); err != nil {
		return nil, err
	}
	v.counted = make([][][]int, len(v.columns))
	for i, cols := range v.columns {
		v.counted[i] = make([][]int, len(v.facets))
		for j, f := range v.facets {
			v.counted[i][j] = make([]int, len(cols.facets[f].values))
		}
	}
	return v, nil
}

// visit counts a hit and returns the time it is listed by.
func (v *values) visit(doc uint64) uint64 {
	for v.segment+1 < len(v.firsts) && doc >= v.firsts[v.segment+1] {
		v.segment++
	}
	cols, text := v.columns[v.segment], doc-v.firsts[v.segment]
	for j, f := range v.facets {
		col, counts := cols.facets[f], v.counted[v.segment][j]
		for _, number := range col.numbers[col.starts[text]:col.starts[text+1]] {
			counts[number]++
		}
	}
	return cols.listed[text]
}

// counts lists the values of each facet, those with the most hits first.
func (v *values) counts() map[rugzak.Facet][]rugzak.FacetCount {
	out := emptyFacets(v.facets)
	for j, f := range v.facets {
		sums := map[string]int{}
		for i, cols := range v.columns {
			for number, n := range v.counted[i][j] {
				if n > 0 {
					sums[cols.facets[f].values[number]] += n
				}
			}
		}
		for value, n := range sums {
			out[f] = append(out[f], rugzak.FacetCount{Value: value, Count: n})
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
