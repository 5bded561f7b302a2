// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"html/template"
	"text/template/parse"
)

// needed is a page with the partials it uses and no others: with more than a
// hundred pages in two languages, a copy of every partial in each of them would
// be most of what the program holds in memory.
func needed(all *template.Template, funcs template.FuncMap) (*template.Template, error) {
	page := template.New("base").Funcs(funcs)
	done := map[string]bool{}
	var add func(name string) error
	add = func(name string) error {
		t := all.Lookup(name)
		if done[name] || t == nil || t.Tree == nil {
			return nil // one that is missing is told by whoever uses it
		}
		done[name] = true
		if _, err := page.AddParseTree(name, t.Tree); err != nil {
			return err
		}
		for _, used := range usedBy(t.Tree.Root) {
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
