// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"text/template/parse"

	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// usedKey is a key of the catalogue and where it is used. With a prefix it is
// the beginning of a family of keys.
type usedKey struct {
	where, key string
	prefix     bool
}

// Every sentence a template asks for is there, in both languages.
func TestKeysInTemplates(t *testing.T) {
	s, sets := parsed(t)
	seen := map[usedKey]bool{}
	for name, set := range sets[rugzak.Dutch] {
		eachNode(set, func(n parse.Node) {
			k, ok := keyOf(n)
			if !ok || seen[k] { // a partial is part of every page
				return
			}
			seen[k] = true
			k.where = "page " + name
			checkKey(t, s.Catalogue, k)
		})
	}
	if len(seen) == 0 {
		t.Error("no template asks for a sentence: the check sees nothing")
	}
}

// keyOf reads the key of a call of t or n. One that is computed counts by how
// it begins: (print "kind." .Kind).
func keyOf(n parse.Node) (usedKey, bool) {
	c, ok := n.(*parse.CommandNode)
	if !ok || len(c.Args) < 2 {
		return usedKey{}, false
	}
	if f, ok := c.Args[0].(*parse.IdentifierNode); !ok || f.Ident != "t" && f.Ident != "n" {
		return usedKey{}, false
	}
	switch arg := c.Args[1].(type) {
	case *parse.StringNode:
		return usedKey{key: arg.Text}, true
	case *parse.PipeNode:
		if len(arg.Cmds) == 1 && len(arg.Cmds[0].Args) > 1 {
			if begin, ok := arg.Cmds[0].Args[1].(*parse.StringNode); ok {
				return usedKey{key: begin.Text, prefix: true}, true
			}
		}
	}
	return usedKey{}, false
}

func checkKey(t *testing.T, c *locale.Catalogue, k usedKey) {
	t.Helper()
	for _, lang := range locale.Languages() {
		found := c.Has(lang, k.key)
		if k.prefix {
			for _, key := range c.Keys(lang) {
				found = found || strings.HasPrefix(key, k.key)
			}
		}
		if !found {
			t.Errorf("%s: %q is not in the catalogue of %s", k.where, k.key, lang)
		}
	}
}

// How keys stand in Go: as a Key, as an argument of what makes errors and
// pages, and any literal of the families that are for readers.
var keysInGo = []*regexp.Regexp{
	regexp.MustCompile(`\b\w*Key:\s*"([a-z][a-z0-9_.-]*\.[a-z0-9_.-]*)"`),
	regexp.MustCompile(`\b(?:Forbidden|T|N)\("([a-z][a-z0-9_.-]*\.[a-z0-9_.-]*)"`),
	regexp.MustCompile(`\bAdd\([^,()]+, "([a-z][a-z0-9_.-]*\.[a-z0-9_.-]*)"`),
	regexp.MustCompile(`\b(?:page|notify)\(c, "([a-z][a-z0-9_.-]*\.[a-z0-9_.-]*)"`),
	regexp.MustCompile(`"((?:error|privacy|notice|exchange|markdown)\.[a-z0-9_.-]+)"`),
}

// notKeys are literals of those families that name something else: verbs of the
// change log.
var notKeys = map[string]bool{string(rugzak.VerbNoticeMade): true}

// Every sentence Go code asks for is there too.
func TestKeysInGo(t *testing.T) {
	catalogue, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, root := range []string{"../../pkg", "../../cmd"} {
		err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
				return err
			}
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			for _, k := range keysIn(string(text)) {
				k.where = strings.TrimPrefix(filepath.ToSlash(file), "../../")
				if id := k.where + k.key; !seen[id] && !notKeys[k.key] {
					seen[id] = true
					checkKey(t, catalogue, k)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(seen) < 50 {
		t.Errorf("only %d keys seen: the check has gone blind", len(seen))
	}
}

// keysIn finds the keys in a Go file. A literal that goes on with + is how a
// family begins; comments do not count.
func keysIn(text string) []usedKey {
	var found []usedKey
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), "//") {
			continue
		}
		for _, pattern := range keysInGo {
			for _, at := range pattern.FindAllStringSubmatchIndex(line, -1) {
				key := line[at[2]:at[3]]
				// A family is known by its last dot or by the + behind it.
				prefix := strings.HasSuffix(key, ".") || strings.HasPrefix(strings.TrimSpace(line[at[3]+1:]), "+")
				found = append(found, usedKey{key: key, prefix: prefix})
			}
		}
	}
	return found
}

func TestKeysIn(t *testing.T) {
	got := keysIn(`
		// Key: "error.in_a_comment"
		x := &Error{Key: "error.one"}
		p.Add("field", "error.two", 3)
		page := s.page(c, "error.page."+code)
		s.printer(c).N("count.things", 2)
	`)
	want := map[string]bool{"error.one": false, "error.two": false, "error.page.": true, "count.things": false}
	keys := map[string]bool{}
	for _, k := range got {
		keys[k.key] = k.prefix
	}
	if len(keys) != len(want) {
		t.Errorf("got %v", got)
	}
	for key, prefix := range want {
		if p, ok := keys[key]; !ok || p != prefix {
			t.Errorf("%s: found %v, family %v", key, ok, p)
		}
	}
}
