// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"

	index "github.com/blevesearch/bleve_index_api"

	"rugzak/pkg/rugzak"
)

// columns are the properties of the texts of one segment, ready to be counted:
// reading them from the segment takes a microsecond per text. A segment never
// changes, so they stay right as long as it exists. Who may see a text is never
// decided by them.
//
// They take 8 bytes per text for the time, 1 for the usefulness and 1 per facet,
// or 4 for a facet of which the texts have more than 255 different sets of values.
type columns struct {
	listed []uint64
	useful []uint8
	facets []column // in the order of rugzak.AllFacets
	titles *titles
}

// column is one facet. Texts with the same values share one set of values, and
// a text only has the number of its set; set 0 has no values.
type column struct {
	narrow []uint8
	wide   []uint32 // instead of narrow when there are more sets than that can name
	sets   [][]string
}

// set is the number of the set of values of a text.
func (c *column) set(text uint64) uint32 {
	if c.wide != nil {
		return c.wide[text]
	}
	return uint32(c.narrow[text])
}

// readColumns reads the properties of n texts from the first on.
func readColumns(reader index.IndexReader, first, n uint64, stop <-chan struct{}) (*columns, error) {
	p, err := newProperties(reader)
	if err != nil {
		return nil, err
	}
	cols := &columns{listed: make([]uint64, n), useful: make([]uint8, n), facets: make([]column, len(p.facets))}
	makers := make([]columnMaker, len(p.facets))
	for i := range makers {
		makers[i] = newColumnMaker(&cols.facets[i], n)
	}
	for text := range n {
		if text%1024 == 0 && isClosed(stop) {
			return nil, errStopped
		}
		if err := p.read(first + text); err != nil {
			return nil, err
		}
		cols.listed[text], cols.useful[text] = p.listed, p.useful
		for i := range makers {
			makers[i].add(text, p.facets[i])
		}
	}
	return cols, nil
}

// columnMaker fills a column.
type columnMaker struct {
	*column
	known map[string]uint32 // the number of a set, by its values in a row
	key   []byte
}

func newColumnMaker(c *column, n uint64) columnMaker {
	c.narrow, c.sets = make([]uint8, n), [][]string{nil}
	return columnMaker{column: c, known: map[string]uint32{"": 0}}
}

// add notes the values of a text, which come in order.
func (m *columnMaker) add(text uint64, values []string) {
	m.key = m.key[:0]
	for _, v := range values {
		m.key = append(binary.AppendUvarint(m.key, uint64(len(v))), v...)
	}
	number, ok := m.known[string(m.key)]
	if !ok {
		number = uint32(len(m.sets))
		m.known[string(m.key)] = number
		m.sets = append(m.sets, slices.Clone(values))
	}
	if m.wide == nil && number > 255 {
		m.wide = make([]uint32, len(m.narrow))
		for i, n := range m.narrow[:text] {
			m.wide[i] = uint32(n)
		}
		m.narrow = nil
	}
	if m.wide != nil {
		m.wide[text] = number
	} else {
		m.narrow[text] = uint8(number)
	}
}

// properties reads what the index keeps of one text after another, in ascending
// order.
type properties struct {
	listed uint64
	useful uint8
	facets [][]string // in the order of rugzak.AllFacets

	values index.DocValueReader
	names  []rugzak.Facet
	id     index.IndexInternalID
}

func newProperties(reader index.IndexReader) (*properties, error) {
	p := &properties{names: rugzak.AllFacets()}
	p.facets = make([][]string, len(p.names))
	fields := []string{fieldListed, fieldUseful}
	for _, f := range p.names {
		fields = append(fields, string(f))
	}
	var err error
	if p.values, err = reader.DocValueReader(fields); err != nil {
		return nil, fmt.Errorf("reading properties: %w", err)
	}
	return p, nil
}

// read looks up a text; the values hold until the next one.
func (p *properties) read(doc uint64) error {
	p.listed, p.useful = 0, 0
	for i := range p.facets {
		p.facets[i] = p.facets[i][:0]
	}
	p.id = index.NewIndexInternalID(p.id, doc)
	if err := p.values.VisitDocValues(p.id, p.see); err != nil {
		return fmt.Errorf("reading properties: %w", err)
	}
	return nil
}

func (p *properties) see(field string, value []byte) {
	switch field {
	case fieldListed:
		p.listed, _ = strconv.ParseUint(string(value), 16, 64) // written by sortable
	case fieldUseful:
		n, _ := strconv.ParseUint(string(value), 10, 8)
		p.useful = uint8(n)
	default:
		if i := slices.Index(p.names, rugzak.Facet(field)); i >= 0 {
			p.facets[i] = append(p.facets[i], string(value))
		}
	}
}
