// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"errors"
	"fmt"
	"strconv"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"rugzak/pkg/rugzak"
)

// columns are the properties of the texts of one segment, ready to be counted:
// reading them from the segment takes a microsecond per text. A segment never
// changes, so they stay right as long as it exists. Who may see a text is never
// decided by them.
type columns struct {
	listed []uint64
	facets map[rugzak.Facet]*column
}

// column is one facet: text d has the values numbers[starts[d]:starts[d+1]].
type column struct {
	values  []string
	starts  []uint32
	numbers []uint32
}

// columnStore keeps the columns of the segments of one index. It is safe for
// concurrent use.
type columnStore struct {
	mu   sync.Mutex
	byID map[uint64]*columns
}

// of returns the columns of all segments of a snapshot, in order, and the
// number of the first text of each. What other snapshots needed is let go.
func (c *columnStore) of(reader index.IndexReader) ([]*columns, []uint64, error) {
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, nil, errors.New("reading properties: the index is of another kind")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	segments := snapshot.Segments()
	all, firsts := make([]*columns, len(segments)), make([]uint64, len(segments))
	current := make(map[uint64]*columns, len(segments))
	first := uint64(0)
	for i, s := range segments {
		n := uint64(s.FullSize())
		col := c.byID[s.Id()]
		if col == nil {
			var err error
			if col, err = readColumns(reader, first, n); err != nil {
				return nil, nil, err
			}
		}
		all[i], firsts[i], current[s.Id()] = col, first, col
		first += n
	}
	c.byID = current
	return all, firsts, nil
}

// allFacets lists every facet that can be counted.
func allFacets() []rugzak.Facet { return append(rugzak.Facets(), rugzak.FacetDrive) }

// readColumns reads the properties of n texts from the first on.
func readColumns(reader index.IndexReader, first, n uint64) (*columns, error) {
	cols := &columns{listed: make([]uint64, n), facets: map[rugzak.Facet]*column{}}
	numbers := map[rugzak.Facet]map[string]uint32{}
	fields := []string{fieldListed}
	for _, f := range allFacets() {
		cols.facets[f] = &column{starts: make([]uint32, 1, n+1)}
		numbers[f] = map[string]uint32{}
		fields = append(fields, string(f))
	}
	values, err := reader.DocValueReader(fields)
	if err != nil {
		return nil, fmt.Errorf("reading properties: %w", err)
	}
	text := uint64(0)
	see := func(field string, value []byte) {
		if field == fieldListed {
			cols.listed[text], _ = strconv.ParseUint(string(value), 16, 64) // written by sortable
			return
		}
		col, known := cols.facets[rugzak.Facet(field)], numbers[rugzak.Facet(field)]
		number, ok := known[string(value)]
		if !ok {
			number = uint32(len(col.values))
			known[string(value)] = number
			col.values = append(col.values, string(value))
		}
		col.numbers = append(col.numbers, number)
	}
	id := index.NewIndexInternalID(nil, 0)
	for ; text < n; text++ {
		id.SetValue(first + text)
		if err := values.VisitDocValues(id, see); err != nil {
			return nil, fmt.Errorf("reading properties: %w", err)
		}
		for _, col := range cols.facets {
			col.starts = append(col.starts, uint32(len(col.numbers)))
		}
	}
	return cols, nil
}
