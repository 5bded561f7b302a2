// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// noticeKinds are the kinds of notices the source names, by their constants.
func noticeKinds(t *testing.T) map[rugzak.NoticeKind]string {
	t.Helper()
	kinds := map[rugzak.NoticeKind]string{}
	for _, dir := range []string{"../../pkg/rugzak", "../../pkg/backpack"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range parsed.Decls {
				if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.CONST {
					addKinds(t, kinds, g)
				}
			}
		}
	}
	return kinds
}

func addKinds(t *testing.T, kinds map[rugzak.NoticeKind]string, g *ast.GenDecl) {
	t.Helper()
	for _, s := range g.Specs {
		v, ok := s.(*ast.ValueSpec)
		if !ok || !isNoticeKind(v.Type) || len(v.Values) != len(v.Names) {
			continue
		}
		for i, name := range v.Names {
			literal, ok := v.Values[i].(*ast.BasicLit)
			if !ok {
				t.Errorf("%s is no plain word", name.Name)
				continue
			}
			kind, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			kinds[rugzak.NoticeKind(kind)] = name.Name
		}
	}
}

func isNoticeKind(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name == "NoticeKind"
	case *ast.SelectorExpr:
		return e.Sel.Name == "NoticeKind"
	}
	return false
}

// Every kind of notice has a row in the table and a sentence in both languages;
// every group has a name.
func TestEveryNoticeKindHasARuleAndSentences(t *testing.T) {
	catalogue, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	kinds := noticeKinds(t)
	if len(kinds) < 20 || kinds["saved_search"] != "NoticeSavedSearch" {
		t.Fatalf("the source names %d kinds: %v", len(kinds), kinds)
	}
	has := func(key, what string) {
		for _, lang := range rugzak.Languages() {
			if !catalogue.Has(string(lang), key) {
				t.Errorf("%s has no sentence %q in %s", what, key, lang)
			}
		}
	}
	seen := map[rugzak.NoticeKind]bool{}
	for kind, constant := range kinds {
		if _, ok := kind.Rule(); !ok {
			t.Errorf("%s (%q) has no row in NoticeRules", constant, kind)
		}
		has("notice_item."+string(kind), constant)
	}
	for _, r := range rugzak.NoticeRules() {
		if seen[r.Kind] {
			t.Errorf("%q stands in the table twice", r.Kind)
		}
		seen[r.Kind] = true
	}
	for _, g := range rugzak.NoticeGroups() {
		has("notice_group."+string(g.Group), string(g.Group))
		if !slices.Contains(g.Ways(), g.Mail) || g.Mail == rugzak.MailNow && !g.ToMe {
			t.Errorf("group %s is mailed as nobody could choose: %+v", g.Group, g)
		}
		for _, r := range rugzak.NoticeRules() {
			if r.Group == g.Group && (r.ToMe != g.ToMe || r.Mail != g.Mail || r.Fixed != g.Fixed) {
				t.Errorf("%q differs from its group %s", r.Kind, r.Group)
			}
		}
	}
}
