// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// CSV writes a table for a spreadsheet program in which no cell can become a
// formula (ASVS 1.2.10). Every CSV the product makes goes through it.
//
// Cells stand in double quotes with semicolons between them and CRLF behind
// each row, after a byte order mark: that is how spreadsheets on machines set
// to Dutch open a file with the columns and the accents right. Where a formula
// could begin, an apostrophe goes before it, also behind a separator or a line
// end within a cell: a program that takes another character for the separator
// must not find one either.
//
// The first error stays, and Row and Err return it.
type CSV struct {
	to      io.Writer
	err     error
	started bool
}

const (
	csvMark      = "\ufeff"
	csvSeparator = ';'
)

// NewCSV writes a table to w. The caller closes w.
func NewCSV(w io.Writer) *CSV { return &CSV{to: w} }

// Row writes one row.
func (c *CSV) Row(cells ...string) error {
	if c.err != nil {
		return c.err
	}
	var b strings.Builder
	if !c.started {
		b.WriteString(csvMark)
		c.started = true
	}
	for i, cell := range cells {
		if i > 0 {
			b.WriteByte(csvSeparator)
		}
		b.WriteByte('"')
		b.WriteString(strings.ReplaceAll(CSVCell(cell), `"`, `""`))
		b.WriteByte('"')
	}
	b.WriteString("\r\n")
	if _, err := io.WriteString(c.to, b.String()); err != nil {
		c.err = fmt.Errorf("csv: %w", err)
	}
	return c.err
}

// Err is the first error of writing.
func (c *CSV) Err() error { return c.err }

// CSVCell is a text as it may stand in a cell, before quoting: with an
// apostrophe before each character that could begin a formula where it stands.
func CSVCell(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	var b strings.Builder
	b.Grow(len(s) + 2)
	begins := true // only what a program may skip stands between here and where a cell begins
	for i, r := range s {
		if begins && startsFormula(r) || i == 0 && unicode.IsControl(r) {
			b.WriteByte('\'')
		}
		b.WriteRune(r)
		begins = separatesCells(r) || begins && (unicode.IsSpace(r) || unicode.IsControl(r) || isInvisible(' ', r))
	}
	return b.String()
}

// startsFormula holds for what makes a spreadsheet compute: also in the wide
// forms that some programs take for the narrow ones.
func startsFormula(r rune) bool { return strings.ContainsRune("=+-@＝＋－＠", r) }

// separatesCells holds for what could begin a new cell in a program that reads
// the file in another way than it was written.
func separatesCells(r rune) bool { return strings.ContainsRune(",;\t\n\r\"'|", r) }
