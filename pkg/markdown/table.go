// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// tableGuard runs before the parser of tables, which fills every row up to the
// number of columns: a short text can ask for millions of cells.
type tableGuard struct{}

func (tableGuard) Transform(paragraph *ast.Paragraph, reader text.Reader, pc parser.Context) {
	g, ok := pc.Get(guardKey).(*guard)
	if !ok {
		return
	}
	lines := paragraph.Lines()
	for i := 1; i < lines.Len(); i++ {
		segment := lines.At(i)
		line := segment.Value(reader.Source())
		if !isDelimiterRow(line) {
			continue
		}
		columns := bytes.Count(line, []byte{'|'}) + 1
		if g.cells += columns * (lines.Len() - i); g.cells > maxCells {
			abort(refuse(keyTable, maxCells))
		}
		return
	}
}

func isDelimiterRow(line []byte) bool {
	return len(bytes.Trim(line, "-|: \t\n")) == 0 && bytes.IndexByte(line, '-') >= 0
}

// dressTable numbers the table for its label and moves the alignment of cells
// from style, which the page does not allow, to classes.
func dressTable(table ast.Node, label string) {
	table.SetAttributeString("aria-label", label)
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		_, header := row.(*extast.TableHeader)
		for child := row.FirstChild(); child != nil; child = child.NextSibling() {
			cell, ok := child.(*extast.TableCell)
			if !ok {
				continue
			}
			if header {
				cell.SetAttributeString("scope", "col")
			}
			if cell.Alignment != extast.AlignNone {
				cell.SetAttributeString("class", "rz-align-"+cell.Alignment.String())
			}
		}
	}
}
