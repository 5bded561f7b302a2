// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"bytes"
	"context"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

var guardKey = parser.NewContextKey()

// guard counts the work of one parse and stops it when it is too much, or when
// the context ends. One parse uses it, so it needs no lock.
type guard struct {
	ctx       context.Context
	calls     int
	work      int
	lineDepth int
	cells     int

	// The block whose running text is being parsed now.
	block      ast.Node
	events     int // places where a mark may start or end: bounds the nodes so far
	delimiters int // runs of *, _ and ~ so far
}

// spend counts steps the parser is about to take.
func (g *guard) spend(steps int) {
	if g.calls++; g.calls%1024 == 0 {
		if err := g.ctx.Err(); err != nil {
			abort(err)
		}
	}
	if g.work += steps; g.work > maxWork {
		abort(refuse(keyTooCostly))
	}
}

// guardedReader is the reader of block structure. It sees every line as often
// as the parser looks at it.
type guardedReader struct {
	text.Reader
	guard *guard
	pc    parser.Context
}

func (r *guardedReader) PeekLine() ([]byte, text.Segment) {
	if len(r.pc.OpenedBlocks()) > maxOpenBlocks {
		abort(refuse(keyTooDeep))
	}
	r.guard.spend(1)
	return r.Reader.PeekLine()
}

// AdvanceLine counts the blocks open on each line: empty lines in deep lists
// cost time and memory for each of them.
func (r *guardedReader) AdvanceLine() {
	if r.guard.lineDepth += len(r.pc.OpenedBlocks()); r.guard.lineDepth > maxLineDepth {
		abort(refuse(keyTooDeep))
	}
	r.Reader.AdvanceLine()
}

// inlineGuard is asked before all other inline parsers, parses nothing, and
// counts what the others may search for at this place.
type inlineGuard struct{}

func (inlineGuard) Trigger() []byte { return []byte("[]*_~`") }

func (inlineGuard) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	g, ok := pc.Get(guardKey).(*guard)
	if !ok {
		return nil
	}
	if g.block != parent {
		g.block, g.events, g.delimiters = parent, 0, 0
	}
	g.events++
	line, segment := block.PeekLine()
	lines := parent.Lines()
	switch line[0] {
	case '*', '_', '~':
		// Each run may be compared with all runs before it.
		g.delimiters++
		g.spend(g.delimiters)
	case '[':
		g.spend(lines.Len())
	case ']':
		// Looks through the nodes since the bracket opened, through the lines
		// for the label, and ahead for an address.
		g.spend(2*g.events + 2*lines.Len() + destinationLength(line[1:]))
	case '`':
		// An opener without closer is searched for to the end of the block.
		at, _ := block.Position()
		rest := lines.At(lines.Len()-1).Stop - segment.Start
		g.spend(50*(lines.Len()-at) + rest/4)
	}
	return nil
}

// destinationLength is how far the parser reads for the address of a link.
func destinationLength(line []byte) int {
	if len(line) < 2 || line[0] != '(' {
		return 1
	}
	end := -1
	if line = bytes.TrimLeft(line[1:], " \t"); bytes.HasPrefix(line, []byte("<")) {
		end = bytes.IndexByte(line, '>')
	} else {
		end = bytes.IndexAny(line, " \t\n")
	}
	if end < 0 {
		end = len(line)
	}
	return end
}
