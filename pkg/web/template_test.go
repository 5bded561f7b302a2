// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"html/template"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"text/template/parse"
	"unicode"

	"github.com/jba/templatecheck"

	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
	"rugzak/static"
	"rugzak/templates"
)

func parsed(t *testing.T) (*Server, templateSets) {
	t.Helper()
	catalogue, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	assets, err := loadAssets(static.FS, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Config: Config{Catalogue: catalogue, Templates: templates.FS}, assets: assets}
	sets := templateSets{}
	for _, lang := range rugzak.Languages() {
		sets[lang] = parsedIn(t, s, lang)
	}
	return s, sets
}

func parsedIn(t *testing.T, s *Server, lang rugzak.Lang) map[string]*template.Template {
	t.Helper()
	set := map[string]*template.Template{}
	if err := s.eachPage(lang, func(name string, page *template.Template) error {
		set[name] = page
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return set
}

// Every template fits the struct it shows, in every language; also in branches
// no test reaches.
func TestTemplatesFitTheirPages(t *testing.T) {
	_, sets := parsed(t)
	for _, lang := range rugzak.Languages() {
		for _, d := range pages() {
			if err := templatecheck.CheckHTML(sets[lang][d.name].Lookup("base"), d.page); err != nil {
				t.Errorf("%s, %s: %v", lang, d.name, err)
			}
		}
	}
}

// A template that no page shows is a leftover.
func TestEveryTemplateHasAPage(t *testing.T) {
	_, sets := parsed(t)
	known := map[string]bool{}
	for _, d := range pages() {
		known[d.name] = true
	}
	for name := range sets[rugzak.Dutch] {
		if !known[name] {
			t.Errorf("templates/pages/%s.html has no page", name)
		}
	}
}

var (
	tags     = regexp.MustCompile(`(?s)<!--.*?-->|<[^>]*>`)
	entities = regexp.MustCompile(`&[a-zA-Z]+;|&#[0-9]+;`)
	spoken   = regexp.MustCompile(`(?:aria-label|alt|placeholder|title)="([^"]*)"`)
)

// strayText returns the words a text of a template says to readers outside the
// catalogue. Actions must already be blanked out.
func strayText(html string) []string {
	var stray []string
	add := func(s string) {
		if s = strings.TrimSpace(entities.ReplaceAllString(s, " ")); strings.ContainsFunc(s, unicode.IsLetter) {
			stray = append(stray, s)
		}
	}
	for _, attr := range spoken.FindAllStringSubmatch(html, -1) {
		add(attr[1])
	}
	for _, s := range strings.Split(tags.ReplaceAllString(html, "\x00"), "\x00") {
		add(s)
	}
	return stray
}

var action = regexp.MustCompile(`(?s)\{\{.*?\}\}`)

// Sentences stand in the catalogue and nowhere else.
func TestNoTextInTemplates(t *testing.T) {
	if got := strayText(action.ReplaceAllString(`<p title="Dag">Hallo <b>{{t "x"}}</b> &middot; 12</p>`, "")); len(got) != 2 {
		t.Fatalf("the check itself sees %q", got)
	}
	err := fs.WalkDir(templates.FS, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(templates.FS, file)
		if err != nil {
			return err
		}
		for _, stray := range strayText(action.ReplaceAllString(string(text), "")) {
			t.Errorf("%s says %q outside the catalogue", file, stray)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// template.HTML is made in one file, and what a renderer made stands in fields
// named HTML.
func TestTrustedHTMLComesFromOnePlace(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	trusted := regexp.MustCompile(`template\.(HTML|HTMLAttr|JS|JSStr|CSS|URL|Srcset)\(`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if file != "html.go" && !strings.HasSuffix(file, "_test.go") && trusted.Match(text) {
			t.Errorf("%s makes trusted text; only html.go may", file)
		}
	}
	_, sets := parsed(t)
	for name, set := range sets[rugzak.Dutch] {
		eachNode(set, func(n parse.Node) {
			c, ok := n.(*parse.CommandNode)
			if !ok || len(c.Args) == 0 || c.Args[0].String() != "sanitised" {
				return
			}
			if len(c.Args) != 2 || !strings.HasSuffix(c.Args[1].String(), "HTML") {
				t.Errorf("page %s: %s is not on a field named HTML", name, c)
			}
		})
	}
}

// eachNode visits every node of a template and those it calls.
func eachNode(t *template.Template, visit func(parse.Node)) {
	for _, part := range t.Templates() {
		if part.Tree != nil && part.Tree.Root != nil {
			walk(part.Tree.Root, visit)
		}
	}
}

func walk(n parse.Node, visit func(parse.Node)) {
	visit(n)
	branch := func(b parse.BranchNode) {
		walk(b.Pipe, visit)
		walk(b.List, visit)
		if b.ElseList != nil {
			walk(b.ElseList, visit)
		}
	}
	switch n := n.(type) {
	case *parse.ListNode:
		for _, c := range n.Nodes {
			walk(c, visit)
		}
	case *parse.ActionNode:
		walk(n.Pipe, visit)
	case *parse.TemplateNode:
		if n.Pipe != nil {
			walk(n.Pipe, visit)
		}
	case *parse.IfNode:
		branch(n.BranchNode)
	case *parse.RangeNode:
		branch(n.BranchNode)
	case *parse.WithNode:
		branch(n.BranchNode)
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			walk(c, visit)
		}
	case *parse.CommandNode:
		for _, c := range n.Args {
			walk(c, visit)
		}
	case *parse.ChainNode:
		walk(n.Node, visit)
	}
}
