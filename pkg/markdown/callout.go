// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// calloutKind is the sort of a callout, as used in class names and keys.
type calloutKind string

const (
	note      calloutKind = "note"
	tip       calloutKind = "tip"
	important calloutKind = "important"
	warning   calloutKind = "warning"
	caution   calloutKind = "caution"
)

// kindOfCallout finds the kind by the name between the brackets, which may be
// English or Dutch in a text of either language.
func kindOfCallout(name string) (calloutKind, bool) {
	switch strings.ToUpper(name) {
	case "NOTE", "OPMERKING":
		return note, true
	case "TIP":
		return tip, true
	case "IMPORTANT", "BELANGRIJK":
		return important, true
	case "WARNING", "WAARSCHUWING":
		return warning, true
	case "CAUTION", "LET OP":
		return caution, true
	}
	return "", false
}

var kindCallout = ast.NewNodeKind("Callout")

// callout is a quote that starts with a mark such as [!TIP].
type callout struct {
	ast.BaseBlock
	kind calloutKind
}

func (*callout) Kind() ast.NodeKind { return kindCallout }

func (c *callout) Dump(source []byte, level int) {
	ast.DumpHelper(c, source, level, map[string]string{"Kind": string(c.kind)}, nil)
}

var calloutAttribute = []byte("callout")

// calloutMark takes the mark off the first paragraph of a quote and notes the
// kind on the quote. It works on the source of the paragraph, because inline
// parsing would already have taken the brackets apart.
type calloutMark struct{}

func (calloutMark) Transform(paragraph *ast.Paragraph, reader text.Reader, _ parser.Context) {
	quote, ok := paragraph.Parent().(*ast.Blockquote)
	if !ok || quote.FirstChild() != paragraph {
		return
	}
	if _, marked := quote.Attribute(calloutAttribute); marked {
		return
	}
	lines := paragraph.Lines()
	first := lines.At(0)
	line := first.Value(reader.Source())
	end := bytes.IndexByte(line, ']')
	if end < 0 || !bytes.HasPrefix(line, []byte("[!")) {
		return
	}
	kind, ok := kindOfCallout(string(line[2:end]))
	if !ok {
		return
	}
	quote.SetAttribute(calloutAttribute, kind)
	rest := first.WithStart(first.Start + end + 1)
	rest = rest.TrimLeftSpace(reader.Source())
	switch {
	case !rest.IsEmpty():
		lines.Set(0, rest)
	case lines.Len() == 1:
		quote.RemoveChild(quote, paragraph)
	default:
		lines.SetSliced(1, lines.Len())
	}
}

// replaceCallouts makes callouts of the marked quotes.
func replaceCallouts(document ast.Node) {
	var quotes []ast.Node
	_ = ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && n.Kind() == ast.KindBlockquote {
			if _, marked := n.Attribute(calloutAttribute); marked {
				quotes = append(quotes, n)
			}
		}
		return ast.WalkContinue, nil
	})
	for _, quote := range quotes {
		value, _ := quote.Attribute(calloutAttribute)
		kind, _ := value.(calloutKind)
		c := &callout{kind: kind}
		for child := quote.FirstChild(); child != nil; {
			next := child.NextSibling()
			c.AppendChild(c, child)
			child = next
		}
		quote.Parent().ReplaceChild(quote.Parent(), quote, c)
	}
}
