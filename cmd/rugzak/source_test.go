// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// sourceRule is something that may be written in a few places only.
type sourceRule struct {
	// what is an import path; an import path with a name ("time.Now"); the name
	// of any method with a dot before it (".Redirect"); or a text between quotes,
	// compared without regard to capitals.
	what string
	// in are the files and folders where it may stand; none means nowhere.
	in  []string
	why string
}

// sourceRules are the rules of safety that the compiler does not know.
func sourceRules() []sourceRule {
	const clock = "the time comes from rugzak.Clock"
	const leads = "redirects go through Server.redirect, which takes a LocalPath; a page on another site needs a row here, with how its address is made safe"
	const away = "nothing here fetches from elsewhere; who must, makes a client of its own that checks the address it dials, and has a row here"
	const trusted = "only html.go and dossier_html.go make text that templates do not escape"
	rules := []sourceRule{
		{"time.Now", []string{"cmd/rugzak", "pkg/boltstore/backup.go", rugzaktest}, clock},
		{"time.Since", []string{"cmd/rugzak", rugzaktest}, clock},
		{"time.Until", nil, clock},
		{".Redirect", nil, leads},
		{"net/http.Redirect", nil, leads},
		{"net/http.RedirectHandler", nil, leads},
		{"github.com/labstack/echo/v4.HeaderLocation", []string{"pkg/web/session.go", "pkg/web/signin_via.go"}, leads},
		{`"location"`, nil, leads},
		{"net/http.Client", []string{"pkg/control/client.go", "cmd/rugzak/health.go", "pkg/oidc", "pkg/meaning"}, away},
		{"net/http.Transport", []string{"pkg/control/client.go", "cmd/rugzak/health.go", "pkg/oidc", "pkg/meaning"}, away},
		{"net.Dialer", []string{"pkg/control/socket.go", "pkg/oidc/client.go", "pkg/mail/mail.go", "pkg/meaning/dial.go"}, away},
		{"net.DialUnix", []string{"cmd/rugzak/notify.go"}, away},
		{"net/http/pprof", nil, "figures of the process are not for the public port"},
		{"expvar", nil, "figures of the process are not for the public port"},
		{"github.com/blevesearch/bleve/v2/http", nil, "it knows no access control"},
		{"text/template", nil, "pages escape by html/template"},
		{"html/template", []string{"pkg/web", "pkg/exchange/bag.go", "pkg/exchange/dossier_sheet.go", "pkg/exchange/dossier_html.go", "cmd/rugzak/post.go"}, "pages are made in package web, beside the index of one's own files, the dossier and a mail"},
		{"os/exec", []string{"pkg/media/outside.go", "cmd/rugzak/demo_making.go"}, "the program starts no other program than itself, to read a document or to make the example set"},
		{"plugin", nil, "one static binary"},
		{"unsafe", nil, "memory is what the compiler says it is"},
		{"math/rand", nil, "secrets come from crypto/rand"},
		{"math/rand/v2", []string{rugzaktest}, "secrets come from crypto/rand"},
		{"crypto/md5", nil, "broken"},
		{"crypto/sha1", nil, "broken"},
		{"crypto/des", nil, "broken"},
		{"crypto/rc4", nil, "broken"},
		{"encoding/csv.NewWriter", nil, "tables go through rugzak.CSV, in which no cell can compute"},
	}
	for _, name := range []string{"DefaultClient", "DefaultTransport", "Get", "Head", "Post", "PostForm", "ListenAndServe", "ListenAndServeTLS"} {
		rules = append(rules, sourceRule{"net/http." + name, nil, away})
	}
	for _, name := range []string{"Dial", "DialTimeout", "DialTCP", "DialUDP"} {
		rules = append(rules, sourceRule{"net." + name, nil, away})
	}
	for _, name := range []string{"HTML", "HTMLAttr", "JS", "JSStr", "CSS", "URL", "Srcset"} {
		rules = append(rules, sourceRule{"html/template." + name, []string{"pkg/web/html.go", "pkg/exchange/dossier_html.go"}, trusted})
	}
	return rules
}

// breaches are the rules that a file breaks, by what stands where.
func breaches(t *testing.T, file string, text []byte) []string {
	t.Helper()
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, file, text, 0)
	if err != nil {
		t.Fatal(err)
	}
	rules := sourceRules()
	var out []string
	check := func(what string, pos token.Pos) {
		for _, r := range rules {
			if r.what == what && !slices.ContainsFunc(r.in, func(place string) bool { return within(file, place) }) {
				out = append(out, set.Position(pos).String()+": "+what+": "+r.why)
			}
		}
	}
	names := map[string]string{}
	for _, spec := range tree.Imports {
		imported := strings.Trim(spec.Path.Value, `"`)
		name := path.Base(imported)
		if strings.HasPrefix(name, "v") && strings.Trim(name[1:], "0123456789") == "" {
			name = path.Base(path.Dir(imported))
		}
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = imported
		check(imported, spec.Pos())
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if id, ok := n.X.(*ast.Ident); ok && names[id.Name] != "" {
				check(names[id.Name]+"."+n.Sel.Name, n.Pos())
				break
			}
			check("."+n.Sel.Name, n.Pos())
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				check(strings.ToLower(n.Value), n.Pos())
			}
		}
		return true
	})
	return out
}

func TestEverySourceFileKeepsTheRules(t *testing.T) {
	eachGoFile(t, func(file string) {
		if strings.HasSuffix(file, "_test.go") {
			return
		}
		text, err := os.ReadFile(filepath.Join("../..", file))
		if err != nil {
			t.Fatal(err)
		}
		for _, breach := range breaches(t, file, text) {
			t.Error(breach)
		}
	})
}

// The test would see a breach, and sees none where something is permitted.
func TestSourceRules(t *testing.T) {
	const text = `package x
import (
	"time"
	web "net/http"
	"html/template"
	"math/rand/v2"
	"github.com/labstack/echo/v4"
)
func f(c echo.Context) error {
	_ = time.Now()
	_, _ = web.Get("https://elders.example")
	_ = template.HTML("<b>")
	_ = rand.Int()
	c.Response().Header().Set("location", "x")
	c.Response().Header().Set(echo.HeaderLocation, "x")
	return c.Redirect(303, "https://elders.example")
}`
	if got := breaches(t, "pkg/backpack/x.go", []byte(text)); len(got) != 8 {
		t.Errorf("%d breaches:\n%s", len(got), strings.Join(got, "\n"))
	}
	if got := breaches(t, "cmd/rugzak/x.go", []byte("package x\nimport \"time\"\nvar a = time.Now()\n")); len(got) != 0 {
		t.Errorf("permitted, and found: %q", got)
	}
}
