// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"cmp"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"rugzak/pkg/rugzak"
)

// values looks up the properties of texts as they pass by, in ascending order:
// it counts the facets, and tells the time a text is listed by and how often it
// was of use.
//
// A counted facet of which values are chosen is decided here too, because its
// own counts are those of the texts that would be hits without that choice: a
// text that misses exactly one choice counts for that facet only.
type values struct {
	reader  index.IndexReader
	columns []*columns // per segment; nil when not made yet
	firsts  []uint64
	segment int
	direct  *properties // reads what has no columns
	known   uint64      // what direct has read; noDoc for nothing
	facets  []counter
}

// counter counts one facet.
type counter struct {
	facet  rugzak.Facet
	place  int      // in rugzak.AllFacets
	chosen []string // nil when all will do
	sets   []setCounter
	sums   map[string]int
}

// setCounter counts the sets of values of one segment.
type setCounter struct {
	counts []int
	chosen []bool // which sets have a chosen value
}

// isCounted reports whether a facet is decided and counted by values, rather
// than by the conditions.
func isCounted(s rugzak.Search, f rugzak.Facet) bool {
	return f.Valid() && slices.Contains(s.Facets, f)
}

// newValues begins with what is ready of the columns.
func newValues(store *columnStore, snapshot *scorch.IndexSnapshot, s rugzak.Search) *values {
	v := &values{reader: snapshot, known: noDoc}
	v.columns, v.firsts = store.of(snapshot)
	for place, f := range rugzak.AllFacets() {
		if !isCounted(s, f) {
			continue
		}
		c := counter{facet: f, place: place, sets: make([]setCounter, len(v.columns)), sums: map[string]int{}}
		if len(s.Filter[f]) > 0 {
			c.chosen = s.Filter[f]
		}
		for i, cols := range v.columns {
			if cols != nil {
				c.sets[i] = newSetCounter(&cols.facets[place], c.chosen)
			}
		}
		v.facets = append(v.facets, c)
	}
	return v
}

func newSetCounter(c *column, chosen []string) setCounter {
	s := setCounter{counts: make([]int, len(c.sets))}
	if chosen != nil {
		s.chosen = make([]bool, len(c.sets))
		for i, set := range c.sets {
			s.chosen[i] = anyIn(set, chosen)
		}
	}
	return s
}

func anyIn(values, among []string) bool {
	return slices.ContainsFunc(values, func(v string) bool { return slices.Contains(among, v) })
}

// visit counts a text that fulfils all conditions and reports whether it is a
// hit: whether it has the chosen values of the counted facets too.
func (v *values) visit(doc uint64) (bool, error) {
	for v.segment+1 < len(v.firsts) && doc >= v.firsts[v.segment+1] {
		v.segment++
	}
	cols := v.columns[v.segment]
	if cols == nil {
		return v.visitDirect(doc)
	}
	text := doc - v.firsts[v.segment]
	missed := -1
	for i := range v.facets {
		c := &v.facets[i]
		if c.chosen == nil || c.sets[v.segment].chosen[cols.facets[c.place].set(text)] {
			continue
		}
		if missed >= 0 {
			return false, nil
		}
		missed = i
	}
	for i := range v.facets {
		if missed < 0 || missed == i {
			c := &v.facets[i]
			c.sets[v.segment].counts[cols.facets[c.place].set(text)]++
		}
	}
	return missed < 0, nil
}

// told tells of the text that was just visited by which time it is listed and
// how often it was of use.
func (v *values) told(doc uint64) (listed uint64, useful uint8, err error) {
	if cols := v.columns[v.segment]; cols != nil {
		text := doc - v.firsts[v.segment]
		return cols.listed[text], cols.useful[text], nil
	}
	if err := v.read(doc); err != nil {
		return 0, 0, err
	}
	return v.direct.listed, v.direct.useful, nil
}

// read looks up a text of a segment without columns.
func (v *values) read(doc uint64) (err error) {
	if v.direct == nil {
		if v.direct, err = newProperties(v.reader); err != nil {
			return err
		}
	}
	if v.known != doc {
		v.known = doc
		err = v.direct.read(doc)
	}
	return err
}

// visitDirect is visit for a text of a segment without columns.
func (v *values) visitDirect(doc uint64) (bool, error) {
	if len(v.facets) == 0 {
		return true, nil
	}
	if err := v.read(doc); err != nil {
		return false, err
	}
	missed := -1
	for i, c := range v.facets {
		if c.chosen == nil || anyIn(v.direct.facets[c.place], c.chosen) {
			continue
		}
		if missed >= 0 {
			return false, nil
		}
		missed = i
	}
	for i, c := range v.facets {
		if missed < 0 || missed == i {
			for _, value := range v.direct.facets[c.place] {
				c.sums[value]++
			}
		}
	}
	return missed < 0, nil
}

// counts lists the values of each facet, those with the most hits first.
func (v *values) counts() map[rugzak.Facet][]rugzak.FacetCount {
	out := make(map[rugzak.Facet][]rugzak.FacetCount, len(v.facets))
	for _, c := range v.facets {
		for i, cols := range v.columns {
			for set, n := range c.sets[i].counts {
				for _, value := range cols.facets[c.place].sets[set] {
					c.sums[value] += n
				}
			}
		}
		list := make([]rugzak.FacetCount, 0, len(c.sums))
		for value, n := range c.sums {
			if n > 0 {
				list = append(list, rugzak.FacetCount{Value: value, Count: n})
			}
		}
		slices.SortFunc(list, func(a, b rugzak.FacetCount) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
		})
		out[c.facet] = list
	}
	return out
}

func emptyFacets(facets []rugzak.Facet) map[rugzak.Facet][]rugzak.FacetCount {
	out := make(map[rugzak.Facet][]rugzak.FacetCount, len(facets))
	for _, f := range facets {
		if f.Valid() {
			out[f] = []rugzak.FacetCount{}
		}
	}
	return out
}
