// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

var (
	commentOpen  = []byte("<!--")
	commentClose = []byte("-->")
)

var kindComment = ast.NewNodeKind("Comment")

// comment is an HTML comment on lines of its own. It is not shown.
type comment struct {
	ast.BaseBlock
	closed bool // on the line it was opened on
}

func (*comment) Kind() ast.NodeKind { return kindComment }
func (*comment) IsRaw() bool        { return true }

func (c *comment) Dump(source []byte, level int) {
	ast.DumpHelper(c, source, level, nil, nil)
}

// commentBlock parses comments that start a line. A comment that is never
// closed is text: it must not hide the rest of the entry.
type commentBlock struct{}

func (commentBlock) Trigger() []byte             { return []byte{'<'} }
func (commentBlock) CanInterruptParagraph() bool { return true }
func (commentBlock) CanAcceptIndentedLine() bool { return false }

// unclosedKey holds the first position after which no comment is closed.
var unclosedKey = parser.NewContextKey()

func (commentBlock) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 || !bytes.HasPrefix(line[at:], commentOpen) {
		return nil, parser.NoChildren
	}
	body := line[at+len(commentOpen):]
	if end := bytes.Index(body, commentClose); end >= 0 {
		if len(bytes.TrimSpace(body[end+len(commentClose):])) > 0 {
			return nil, parser.NoChildren // text follows: the inline parser's case
		}
		reader.AdvanceToEOL()
		return &comment{closed: true}, parser.NoChildren
	}
	if from, ok := pc.Get(unclosedKey).(int); ok && segment.Start >= from {
		return nil, parser.NoChildren
	}
	if !bytes.Contains(reader.Source()[segment.Stop:], commentClose) {
		pc.Set(unclosedKey, segment.Start)
		return nil, parser.NoChildren
	}
	reader.AdvanceToEOL()
	return &comment{}, parser.NoChildren
}

func (commentBlock) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	if c, ok := node.(*comment); ok && c.closed {
		return parser.Close
	}
	line, _ := reader.PeekLine()
	end := bytes.Index(line, commentClose)
	if end < 0 {
		reader.AdvanceToEOL()
		return parser.Continue | parser.NoChildren
	}
	reader.Advance(end + len(commentClose)) // what follows is text again
	return parser.Close
}

func (commentBlock) Close(ast.Node, text.Reader, parser.Context) {}

var lineBreakTag = regexp.MustCompile(`^<[bB][rR][ \t]*/?>`)

// tagInline parses the two things of HTML that mean something in running text:
// a line break and a comment.
type tagInline struct{}

func (tagInline) Trigger() []byte { return []byte{'<'} }

// uncommentedKey holds the block in which no further comment is closed.
var uncommentedKey = parser.NewContextKey()

func (tagInline) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if tag := lineBreakTag.Find(line); tag != nil {
		block.Advance(len(tag))
		br := ast.NewTextSegment(segment.WithStop(segment.Start))
		br.SetHardLineBreak(true)
		return br
	}
	if !bytes.HasPrefix(line, commentOpen) || pc.Get(uncommentedKey) == parent {
		return nil
	}
	block.Advance(len(commentOpen))
	for {
		line, _ := block.PeekLine()
		if line == nil {
			pc.Set(uncommentedKey, parent)
			return nil
		}
		if end := bytes.Index(line, commentClose); end >= 0 {
			block.Advance(end + len(commentClose))
			return ast.NewTextSegment(segment.WithStop(segment.Start))
		}
		block.AdvanceLine()
	}
}
