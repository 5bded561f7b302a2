// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// LineagePage shows what an entry came from and what came of it: a drawing,
// and the same as a list.
type LineagePage struct {
	Page
	Lineage backpack.Lineage
	Drawing LineageDrawing
}

// LineageDrawing is the drawing, in the units of its view box.
type LineageDrawing struct {
	Width, Height int
	Boxes         []LineageBox
	Lines         []LineageLine
}

// LineageBox is one entry in the drawing.
type LineageBox struct {
	X, Y, Width, Height int
	TextX, WordY        int
	TitleY              int
	Word, Title         string
	Lang                rugzak.Lang
	This                bool
}

// LineageLine leads from one entry to the one it hangs on: down or up along X,
// then aside to the box.
type LineageLine struct{ X, FromY, ToY, ToX int }

// The measures of the drawing. A telephone shows it nearly at full size.
const (
	treeWidth = 360
	treeBox   = 46
	treeGap   = 12
	treeStep  = 20
	treeInset = 10
	treeEdge  = 1 // the room the border of a box takes, on each side
	// The room a letter takes in the small words and in a title, on the wide side:
	// the typeface is the reader's.
	treeWord, treeTitle = 8, 10
)

func lineagePages() []pageDef { return []pageDef{{"entry/lineage", LineagePage{}}} }

func (s *Server) lineageRoutes() []route {
	return []route{{http.MethodGet, pathLineage, person, s.showLineage}}
}

func (s *Server) showLineage(c echo.Context) error {
	l, err := s.Service.Lineage(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")))
	if err != nil {
		return err
	}
	page := LineagePage{Page: s.page(c, "lineage.title"), Lineage: l, Drawing: drawLineage(s.printer(c), l)}
	page.Crumbs = []Crumb{{entryPath(l.Entry.ID), Words{lineageTitle(s.printer(c), l.Entry), l.Entry.Lang}}}
	return s.render(c, http.StatusOK, page)
}

func lineageTitle(p *locale.Printer, n backpack.LineageNode) string {
	if n.Title == "" {
		return p.T("site.untitled")
	}
	return n.Title
}

// treeRow is one entry on its way into the drawing.
type treeRow struct {
	node   backpack.LineageNode
	depth  int
	parent int // row it hangs on
}

// drawLineage puts the entries beneath each other: what the entry came from
// above it, the farthest on top, and what came of it below.
func drawLineage(p *locale.Printer, l backpack.Lineage) LineageDrawing {
	above := treeRows(nil, l.Before, 1, -1)
	middle := len(above)
	rows := make([]treeRow, 0, middle+1)
	for _, row := range slices.Backward(above) { // mirrored
		row.parent = middle - 1 - row.parent // -1 becomes the middle
		rows = append(rows, row)
	}
	rows = append(rows, treeRow{node: l.Entry, parent: -1})
	rows = treeRows(rows, l.After, 1, middle)
	d := LineageDrawing{Width: treeWidth + 2*treeEdge, Height: len(rows)*(treeBox+treeGap) - treeGap + 2*treeEdge}
	for i, row := range rows {
		x, y := row.depth*treeStep, i*(treeBox+treeGap)
		box := LineageBox{
			X: x, Y: y, Width: treeWidth - x, Height: treeBox, TextX: x + treeInset, WordY: y + 18, TitleY: y + 36,
			Word: lineageWord(p, row.node, i == middle), Lang: row.node.Lang, This: i == middle,
		}
		room := box.Width - 2*treeInset
		box.Word, box.Title = cutLine(box.Word, room/treeWord), cutLine(lineageTitle(p, row.node), room/treeTitle)
		d.Boxes = append(d.Boxes, box)
		if row.parent < 0 {
			continue
		}
		line := LineageLine{X: x - treeStep/2, ToY: y + treeBox/2, ToX: x, FromY: row.parent * (treeBox + treeGap)}
		if row.parent < i { // it hangs below
			line.FromY += treeBox
		}
		d.Lines = append(d.Lines, line)
	}
	return d
}

// treeRows adds the rows of a tree, each entry before those that hang on it.
func treeRows(rows []treeRow, nodes []backpack.LineageNode, depth, parent int) []treeRow {
	for _, n := range nodes {
		rows = append(rows, treeRow{node: n, depth: depth, parent: parent})
		rows = treeRows(rows, n.Children, depth+1, len(rows)-1)
	}
	return rows
}

// lineageWord says how an entry is related to the one it hangs on, of whom it
// is and how it went.
func lineageWord(p *locale.Printer, n backpack.LineageNode, this bool) string {
	word := p.T("lineage.this")
	if !this {
		word = relationWord(p, n)
	}
	if n.Outcome != "" {
		word += ": " + p.T("outcome."+string(n.Outcome))
	}
	return word + ", " + n.Organisation
}

// relationWord is the relation in words: what an entry on the way back is
// reached by, or what the one that came of it does.
func relationWord(p *locale.Printer, n backpack.LineageNode) string {
	key := "relation." + string(n.Type)
	if n.Inverse {
		key += ".inverse"
	}
	return p.T(key)
}

// cutLine cuts a text to so many characters.
func cutLine(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most-1]) + "…"
}
