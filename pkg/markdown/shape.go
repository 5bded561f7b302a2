// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"rugzak/pkg/rugzak"
)

// headingsKey holds the []rugzak.Heading of a parsed text.
var headingsKey = parser.NewContextKey()

// shape turns the tree that was parsed into the one that is shown.
type shape struct{ words words }

func (s *shape) Transform(document *ast.Document, reader text.Reader, pc parser.Context) {
	checkDepth(document)
	dropEmptyHeadings(document)
	replaceCallouts(document)

	ids, top := newSlugs(), highestHeading(document)
	var headings []rugzak.Heading
	var fragments []*ast.Link
	tables := 0
	_ = ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			h := dressHeading(n, top, reader.Source(), ids)
			if n.Parent() == document && h.Text != "" {
				headings = append(headings, h)
			}
		case *ast.Link:
			if len(n.Destination) > 1 && n.Destination[0] == '#' {
				fragments = append(fragments, n)
			}
		case *extast.Table:
			tables++
			dressTable(n, s.words.table(tables))
		case *extast.TaskCheckBox:
			if item := n.Parent().Parent(); item != nil && item.Kind() == ast.KindListItem {
				item.SetAttributeString("class", "rz-task")
			}
		}
		return ast.WalkContinue, nil
	})
	for _, link := range fragments {
		fragment := string(link.Destination[1:])
		if plain, err := url.PathUnescape(fragment); err == nil {
			fragment = plain
		}
		link.Destination = []byte("#" + ids.target(fragment))
	}
	pc.Set(headingsKey, headings)
}

// highestHeading is the level of the highest heading of a text. A text with
// more headings than anybody reads is refused.
func highestHeading(document ast.Node) int {
	top, count := 6, 0
	_ = ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering {
			top = min(top, h.Level)
			if count++; count > maxHeadings {
				abort(refuse(keyHeadings, maxHeadings))
			}
		}
		return ast.WalkContinue, nil
	})
	return top
}

// dressHeading moves a heading to its level under the title of the page, where
// the highest of the text becomes level two, and gives it an id.
func dressHeading(h *ast.Heading, top int, source []byte, ids *slugs) rugzak.Heading {
	h.Level = min(h.Level-top+2, 6)
	title := strings.Join(strings.Fields(hideControls(textOf(h, source))), " ")
	id := ids.id(title)
	h.SetAttributeString("id", id)
	return rugzak.Heading{Level: h.Level, ID: id, Text: title}
}

// dropEmptyHeadings takes out headings without words, and the headings of a
// template that nobody wrote anything under.
func dropEmptyHeadings(document ast.Node) {
	for n := document.FirstChild(); n != nil; {
		next := n.NextSibling()
		if h, ok := n.(*ast.Heading); ok && (!h.HasChildren() || h.Level == 2 && nothingUnder(h)) {
			document.RemoveChild(document, h)
		}
		n = next
	}
}

func nothingUnder(h *ast.Heading) bool {
	for n := h.NextSibling(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *comment, *ast.LinkReferenceDefinition, *extast.FootnoteList:
			continue
		case *ast.Heading:
			return n.Level <= h.Level
		}
		return false
	}
	return true
}

// checkDepth refuses what browsers would not nest and recursion should not
// follow.
func checkDepth(document ast.Node) {
	depth := 0
	_ = ast.Walk(document, func(_ ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			depth--
			return ast.WalkContinue, nil
		}
		if depth++; depth > maxNodeDepth {
			abort(refuse(keyTooDeep))
		}
		return ast.WalkContinue, nil
	})
}
