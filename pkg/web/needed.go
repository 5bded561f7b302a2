// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"html/template"
	"text/template/parse"
)

// needed is a page with what it uses of the layout and no more: with more than a
// hundred pages in two languages, a copy of every partial in each of them would
// be most of what the program holds in memory, and making those copies most of
// what it does at start. What the page itself defines goes before the layout's.
func needed(own, layout *template.Template, funcs template.FuncMap) (*template.Template, error) {
	page := template.New("base").Funcs(funcs)
	done := map[string]bool{}
	var add func(name string) error
	add = func(name string) error {
		if done[name] {
			return nil
		}
		t := own.Lookup(name)
		if t == nil {
			t = layout.Lookup(name)
		}
		if t == nil || t.Tree == nil {
			return nil // one that is missing is told by whoever uses it
		}
		done[name] = true
		tree := t.Tree.Copy() // a page changes its own
		if _, err := page.AddParseTree(name, tree); err != nil {
			return err
		}
		for _, used := range usedBy(tree.Root) {
			if err := add(used); err != nil {
				return err
			}
		}
		return nil
	}
	return page, add("base")
}

// usedBy names the templates that a list of nodes uses.
func usedBy(list *parse.ListNode) (names []string) {
	if list == nil {
		return nil
	}
	branch := func(b parse.BranchNode) { names = append(append(names, usedBy(b.List)...), usedBy(b.ElseList)...) }
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.TemplateNode:
			names = append(names, n.Name)
		case *parse.IfNode:
			branch(n.BranchNode)
		case *parse.RangeNode:
			branch(n.BranchNode)
		case *parse.WithNode:
			branch(n.BranchNode)
		}
	}
	return names
}
