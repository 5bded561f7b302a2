// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	rhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// writer writes the nodes that the library does not write the way we want.
type writer struct {
	words  words
	origin string
}

func (h *writer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindLink, h.link)
	r.Register(ast.KindAutoLink, h.autoLink)
	r.Register(ast.KindImage, h.image)
	r.Register(kindCallout, h.callout)
	r.Register(kindComment, nothing)
	r.Register(extast.KindTable, h.table)
	r.Register(extast.KindTaskCheckBox, h.task)
	r.Register(extast.KindFootnoteList, h.footnotes)
}

func nothing(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkSkipChildren, nil
}

func (h *writer) callout(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	c, ok := node.(*callout)
	if !ok {
		return ast.WalkContinue, nil
	}
	if !entering {
		_, _ = w.WriteString("</aside>\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString(`<aside class="rz-callout rz-callout--` + string(c.kind) + `" role="note">` + "\n")
	_, _ = w.WriteString(`<p class="rz-callout__title">`)
	_, _ = w.Write(util.EscapeHTML([]byte(h.words.callouts[c.kind])))
	_, _ = w.WriteString("</p>\n")
	return ast.WalkContinue, nil
}

// table puts a table in a box that scrolls by itself, also by keyboard.
func (h *writer) table(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</table>\n</div>\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString(`<div class="rz-table" tabindex="0" role="region"`)
	rhtml.RenderAttributes(w, node, ariaLabel)
	_, _ = w.WriteString(">\n<table>\n")
	return ast.WalkContinue, nil
}

func (h *writer) task(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n, ok := node.(*extast.TaskCheckBox)
	if !ok || !entering {
		return ast.WalkContinue, nil
	}
	label, checked := h.words.taskOpen, ""
	if n.IsChecked {
		label, checked = h.words.taskDone, ` checked=""`
	}
	_, _ = w.WriteString(`<input type="checkbox" disabled=""` + checked + ` aria-label="`)
	_, _ = w.Write(util.EscapeHTML([]byte(label)))
	_, _ = w.WriteString(`"> `)
	return ast.WalkContinue, nil
}

func (h *writer) footnotes(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</ol>\n</div>\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString(`<div class="footnotes" role="doc-endnotes" aria-label="`)
	_, _ = w.Write(util.EscapeHTML([]byte(h.words.footnotes)))
	_, _ = w.WriteString("\">\n<hr>\n<ol>\n")
	return ast.WalkContinue, nil
}

var ariaLabel = util.NewBytesFilterString("aria-label")
