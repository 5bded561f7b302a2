// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// floor is a package on the floor plan: what it may import of ours, and which
// libraries from outside are its own.
type floor struct {
	ours    []string
	outside []string
}

// floorPlan lists every package. A package imports only floors below it, and a
// library shows on one place only.
func floorPlan() map[string]floor {
	const (
		words  = "pkg/rugzak"
		locale = "pkg/locale"
		dutch  = "pkg/dutch"
	)
	return map[string]floor{
		// Floor 0
		words:    {},
		locale:   {outside: []string{"golang.org/x/text"}},
		dutch:    {outside: []string{"github.com/blevesearch/vellum"}},
		"static": {}, "templates": {}, "content": {},
		// Floor 1: one library, one package
		"pkg/boltstore":  {ours: []string{words}, outside: []string{"go.etcd.io/bbolt"}},
		"pkg/bleveindex": {ours: []string{words, dutch}, outside: []string{"github.com/blevesearch", "github.com/RoaringBitmap/roaring/v2", "golang.org/x/text", "golang.org/x/sys"}},
		"pkg/markdown":   {ours: []string{words}, outside: []string{"github.com/yuin/goldmark", "github.com/microcosm-cc/bluemonday", "golang.org/x/net"}},
		"pkg/auth": {ours: []string{words}, outside: []string{
			"golang.org/x/crypto", "golang.org/x/text", "github.com/go-webauthn/webauthn", "github.com/pquerna/otp", "github.com/boombuler/barcode",
		}},
		"pkg/oidc":       {ours: []string{words}, outside: []string{"github.com/coreos/go-oidc/v3", "golang.org/x/oauth2"}},
		"pkg/blob":       {ours: []string{words}},
		"pkg/housestyle": {},
		"pkg/media": {ours: []string{words}, outside: []string{
			"golang.org/x/image", "github.com/bep/imagemeta", "github.com/gabriel-vasile/mimetype", "github.com/ledongthuc/pdf",
		}},
		"pkg/mail":     {ours: []string{words}, outside: []string{"github.com/wneessen/go-mail"}},
		"pkg/privacy":  {ours: []string{words}},
		"pkg/exchange": {ours: []string{words}, outside: []string{"go.yaml.in/yaml/v4"}},
		"pkg/config":   {ours: []string{words}, outside: []string{"go.yaml.in/yaml/v4"}},
		"pkg/worddiff": {ours: []string{words}},
		"pkg/meaning":  {ours: []string{words}},
		"pkg/feed":     {outside: []string{"github.com/arran4/golang-ical"}},
		// Floor 2: the use cases know the words only
		"pkg/backpack": {ours: []string{words}},
		// Floor 3: doors to the use cases
		"pkg/web":     {ours: []string{words, locale, "pkg/feed", "pkg/backpack"}, outside: []string{"github.com/labstack/echo/v4"}},
		"pkg/control": {ours: []string{words, "pkg/backpack", "pkg/exchange"}},
		// Floor 4: puts everything together
		"cmd/rugzak": {
			ours: []string{
				words, locale, "static", "templates", "content", "pkg/housestyle", "pkg/boltstore", "pkg/bleveindex", "pkg/markdown", "pkg/auth",
				"pkg/oidc", "pkg/mail", "pkg/privacy", "pkg/exchange", "pkg/config", "pkg/worddiff", "pkg/meaning", "pkg/blob", "pkg/media", "pkg/backpack", "pkg/web", "pkg/control",
			},
			outside: []string{"github.com/spf13/cobra", "github.com/schollz/progressbar/v3", "golang.org/x/term", "golang.org/x/net/netutil"},
		},
		// Beside the floors: for tests of the other packages
		rugzaktest: {ours: []string{words}, outside: []string{"github.com/google/go-cmp", "pgregory.net/rapid"}},
	}
}

const (
	module     = "rugzak/"
	rugzaktest = "pkg/rugzaktest"
)

func TestFloorPlan(t *testing.T) {
	plan := floorPlan()
	seen := map[string]bool{}
	eachGoFile(t, func(file string) {
		pkg := path.Dir(file)
		own, listed := plan[pkg]
		seen[pkg] = true
		if !listed {
			t.Errorf("%s: package %s is not on the floor plan", file, pkg)
			return
		}
		test := strings.HasSuffix(file, "_test.go")
		for _, imported := range importsOf(t, file) {
			ours, isOurs := strings.CutPrefix(imported, module)
			switch {
			case isOurs && test: // tests wire what they need
				if _, known := plan[ours]; !known {
					t.Errorf("%s imports %s, which is not on the floor plan", file, ours)
				}
			case isOurs && ours == rugzaktest:
				t.Errorf("%s imports %s outside a test", file, ours)
			case isOurs && !slices.Contains(own.ours, ours):
				t.Errorf("%s: %s may not import %s", file, pkg, ours)
			case !isOurs && !test && isOutside(imported) && !slices.ContainsFunc(own.outside, func(lib string) bool { return within(imported, lib) }):
				t.Errorf("%s: the library %s does not belong in %s", file, imported, pkg)
			}
		}
	})
	for pkg := range plan {
		if !seen[pkg] {
			t.Errorf("the floor plan lists %s, which is not there", pkg)
		}
	}
}

// eachGoFile visits the Go files of the module, apart from nested modules.
func eachGoFile(t *testing.T, visit func(file string)) {
	t.Helper()
	const root = "../.."
	count := 0
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		if d.IsDir() {
			if base := d.Name(); rel != "." && (strings.HasPrefix(base, ".") || base == "testdata" || base == "node_modules") {
				return fs.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(rel, ".go") {
			count++
			visit(filepath.ToSlash(rel))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if count < 100 {
		t.Fatalf("only %d files: the tree was not read", count)
	}
}

func importsOf(t *testing.T, file string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join("../..", file), nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, spec := range f.Imports {
		out = append(out, strings.Trim(spec.Path.Value, `"`))
	}
	return out
}

// isOutside reports whether a path is outside the standard library.
func isOutside(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return strings.Contains(first, ".")
}

func within(imported, library string) bool {
	return imported == library || strings.HasPrefix(imported, library+"/")
}

// The test would see a breach.
func TestFloorPlanRules(t *testing.T) {
	if !isOutside("go.etcd.io/bbolt") || isOutside("net/http") || within("github.com/spf13/cobrax", "github.com/spf13/cobra") {
		t.Error("libraries are told apart wrongly")
	}
	plan := floorPlan()
	for _, lower := range []string{"pkg/rugzak", "pkg/backpack"} {
		if slices.Contains(plan[lower].ours, "pkg/boltstore") || slices.Contains(plan[lower].ours, "pkg/web") {
			t.Errorf("%s may import what is above it", lower)
		}
	}
}
