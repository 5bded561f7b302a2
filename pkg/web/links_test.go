// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// The links in help pages lead to pages of the site.
func TestLinksInHelpPages(t *testing.T) {
	s := newSite(t)
	me := s.as(participant)
	known := map[string]bool{}
	for _, r := range s.Server.routes() {
		known[r.path] = true
	}
	page := me.get(pathHelp)
	links := page.find("main .rz-list a")
	for i := range links.Length() {
		help := me.get(links.Eq(i).AttrOr("href", ""))
		inside := help.find(".rz-prose").Find("a[href^='/']")
		for j := range inside.Length() {
			href, _, _ := strings.Cut(inside.Eq(j).AttrOr("href", ""), "#")
			if strings.HasPrefix(href, pathHelp) {
				me.get(href).want(http.StatusOK)
			} else if !known[href] {
				t.Errorf("%s links to %s, which is no page", help.Path, href)
			}
		}
	}
}

// Every path that paths.go names leads somewhere.
func TestEveryPathHasARoute(t *testing.T) {
	s := newEmptySite(t)
	known := map[string]bool{}
	for _, r := range s.Server.routes() {
		known[r.path] = true
	}
	file, err := parser.ParseFile(token.NewFileSet(), "paths.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Names) != 1 || len(spec.Values) != 1 || !strings.HasPrefix(spec.Names[0].Name, "path") {
			return true
		}
		if literal, ok := spec.Values[0].(*ast.BasicLit); ok {
			path, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			seen++
			if !known[path] {
				t.Errorf("%s = %s leads nowhere", spec.Names[0].Name, path)
			}
		}
		return true
	})
	if seen < 30 {
		t.Errorf("only %d paths seen: the check has gone blind", seen)
	}
}
