// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"html"
	"html/template"
	"strconv"
	"strings"
	"text/template/parse"

	"rugzak/pkg/rugzak"
)

// Most of what a template calls is the same on every page of its language: a
// sentence without figures, a path, an icon. folder writes these into the
// template once, before it is used, so that a page costs only what is its own.
//
// A folded value is escaped for text and for quoted attributes, the only two
// places where templates of the site put one: scripts and styles are never
// inside a page.
type folder struct {
	funcs template.FuncMap
	icons string // address of the file of icons
}

// folder returns what writes into the templates of a language.
func (s *Server) folder(lang rugzak.Lang) (folder, error) {
	icons, err := s.assets.path("img/icons.svg")
	return folder{funcs: s.funcs(s.Catalogue.Printer(string(lang))), icons: icons}, err
}

// page writes what never changes into the templates of a page.
func (f folder) page(name string, page *template.Template) error {
	for _, t := range page.Templates() {
		if t.Tree == nil {
			continue
		}
		if err := f.fold(t.Tree.Root); err != nil {
			return fmt.Errorf("page %s: %w", name, err)
		}
	}
	return nil
}

// foldable are the functions whose value depends on nothing but fixed words.
func foldable(name string) bool {
	return name == "t" || name == "asset" || strings.HasSuffix(name, "Path")
}

// fold folds everything in a list of nodes, and in the lists inside it.
func (f folder) fold(list *parse.ListNode) error {
	if list == nil {
		return nil
	}
	for i, n := range list.Nodes {
		var err error
		switch n := n.(type) {
		case *parse.ActionNode:
			if text, ok, e := f.pipe(n.Pipe); e != nil {
				return e
			} else if ok {
				list.Nodes[i] = textNode(n.Pos, html.EscapeString(text))
			} else {
				err = f.arguments(n.Pipe)
			}
		case *parse.TemplateNode:
			if name, ok := fixedWord(n.Pipe); ok && n.Name == "icon" {
				list.Nodes[i] = textNode(n.Pos, fmt.Sprintf(iconMarkup, f.icons, html.EscapeString(name)))
			} else if n.Pipe != nil {
				err = f.arguments(n.Pipe)
			}
		case *parse.IfNode:
			err = f.branch(n.BranchNode)
		case *parse.RangeNode:
			err = f.branch(n.BranchNode)
		case *parse.WithNode:
			err = f.branch(n.BranchNode)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// iconMarkup is what the partial "icon" says.
const iconMarkup = `<svg class="rz-icon" aria-hidden="true" focusable="false"><use href="%s#%s"></use></svg>`

func textNode(pos parse.Pos, text string) *parse.TextNode {
	return &parse.TextNode{NodeType: parse.NodeText, Pos: pos, Text: []byte(text)}
}

func (f folder) branch(b parse.BranchNode) error {
	if err := f.arguments(b.Pipe); err != nil {
		return err
	}
	if err := f.fold(b.List); err != nil {
		return err
	}
	return f.fold(b.ElseList)
}

// arguments folds what stands between brackets in a pipeline.
func (f folder) arguments(p *parse.PipeNode) error {
	for _, c := range p.Cmds {
		for i, arg := range c.Args {
			chain, chained := arg.(*parse.ChainNode)
			if chained {
				arg = chain.Node
			}
			inner, ok := arg.(*parse.PipeNode)
			if !ok {
				continue
			}
			if text, ok, err := f.pipe(inner); err != nil {
				return err
			} else if ok && !chained {
				c.Args[i] = &parse.StringNode{NodeType: parse.NodeString, Pos: inner.Pos, Quoted: strconv.Quote(text), Text: text}
			} else if err := f.arguments(inner); err != nil {
				return err
			}
		}
	}
	return nil
}

// pipe is the value of a pipeline that is one call with fixed words.
func (f folder) pipe(p *parse.PipeNode) (text string, ok bool, err error) {
	if len(p.Cmds) != 1 || len(p.Decl) > 0 {
		return "", false, nil
	}
	args := p.Cmds[0].Args
	ident, ok := args[0].(*parse.IdentifierNode)
	if !ok || !foldable(ident.Ident) {
		return "", false, nil
	}
	words := make([]any, 0, len(args)-1)
	for _, a := range args[1:] {
		word, ok := a.(*parse.StringNode)
		if !ok {
			return "", false, nil
		}
		words = append(words, word.Text)
	}
	switch fn := f.funcs[ident.Ident].(type) {
	case func(any, ...any) string: // t
		if len(words) != 1 {
			return "", false, nil
		}
		return fn(words[0]), true, nil
	case func(string) (string, error): // asset
		text, err = fn(fmt.Sprint(words...))
		return text, true, err
	case func(...any) (string, error): // a path
		text, err = fn(words...)
		return text, true, err
	}
	return "", false, nil
}

// fixedWord is the value of a pipeline that is one word.
func fixedWord(p *parse.PipeNode) (string, bool) {
	if p == nil || len(p.Cmds) != 1 || len(p.Cmds[0].Args) != 1 {
		return "", false
	}
	word, ok := p.Cmds[0].Args[0].(*parse.StringNode)
	if !ok {
		return "", false
	}
	return word.Text, true
}
