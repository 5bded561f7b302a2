// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	rhtml "github.com/yuin/goldmark/renderer/html"
)

// plainWriter collects the text of nodes.
type plainWriter struct {
	source []byte
	b      strings.Builder
}

// textOf returns the text of a node in one piece, for headings and alt texts.
func textOf(n ast.Node, source []byte) string {
	w := plainWriter{source: source}
	w.children(n)
	return w.b.String()
}

// plainOf returns the text of a whole tree, a line per block.
func plainOf(document ast.Node, source []byte) string {
	w := plainWriter{source: source}
	w.children(document)
	return strings.TrimSpace(w.b.String())
}

func (w *plainWriter) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.node(c)
	}
}

func (w *plainWriter) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		if n.IsRaw() {
			w.b.Write(n.Segment.Value(w.source))
		} else {
			w.b.WriteString(resolve(n.Segment.Value(w.source)))
		}
		switch {
		case n.HardLineBreak():
			w.b.WriteByte('\n')
		case n.SoftLineBreak(): // where the writer's line was full
			w.b.WriteByte(' ')
		}
		return
	case *ast.String:
		w.b.WriteString(resolve(n.Value))
		return
	case *ast.AutoLink:
		w.b.Write(n.Label(w.source))
		return
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		for i := range n.Lines().Len() {
			segment := n.Lines().At(i)
			w.b.Write(segment.Value(w.source))
		}
		w.newline()
		return
	case *comment, *ast.LinkReferenceDefinition, *extast.FootnoteLink, *extast.FootnoteBacklink, *extast.TaskCheckBox:
		return
	}
	w.children(n)
	switch {
	case n.Kind() == extast.KindTableCell && n.NextSibling() != nil:
		w.b.WriteByte(' ')
	case n.Type() == ast.TypeBlock:
		w.newline()
	}
}

func (w *plainWriter) newline() {
	if s := w.b.String(); s != "" && s[len(s)-1] != '\n' {
		w.b.WriteByte('\n')
	}
}

// resolve turns backslash escapes and entities into the characters they stand
// for, by the same code that renders them.
func resolve(raw []byte) string {
	out := newOutput(maxOutput)
	rhtml.DefaultWriter.Write(out, raw)
	return html.UnescapeString(out.String())
}
