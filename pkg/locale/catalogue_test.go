// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package locale

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func mustLoad(t *testing.T) *Catalogue {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The two catalogues are one catalogue in two languages.
func TestLanguagesAgree(t *testing.T) {
	c := mustLoad(t)
	for _, key := range c.Keys(Dutch) {
		nl := c.messages[Dutch][key]
		en, ok := c.messages[English][key]
		switch {
		case !ok:
			t.Errorf("%s: not in English", key)
		case nl.plural != en.plural:
			t.Errorf("%s: has forms for one and other in one language only", key)
		case (nl.zero == "") != (en.zero == ""):
			t.Errorf("%s: has a form for none in one language only", key)
		case !bytes.Equal(nl.verbs, en.verbs):
			t.Errorf("%s: prints %q in Dutch and %q in English", key, nl.verbs, en.verbs)
		}
	}
	for _, key := range c.Keys(English) {
		if !c.Has(Dutch, key) {
			t.Errorf("%s: not in Dutch", key)
		}
	}
	if len(c.Keys(Dutch)) < 100 {
		t.Errorf("only %d keys: the parts were not read", len(c.Keys(Dutch)))
	}
}

func TestValuesAreSentences(t *testing.T) {
	c := mustLoad(t)
	for _, lang := range Languages() {
		for key, m := range c.messages[lang] {
			forms := []string{m.other}
			if m.plural {
				forms = append(forms, m.one)
			}
			if m.zero != "" {
				forms = append(forms, m.zero)
			}
			for _, form := range forms {
				if strings.TrimSpace(form) == "" || form != strings.TrimSpace(form) {
					t.Errorf("%s: %s: empty, or space at an end: %q", lang, key, form)
				}
			}
			if m.plural && (len(m.verbs) == 0 || m.verbs[0] != 'd') {
				t.Errorf("%s: %s: a counted sentence must print its count first, with %%d", lang, key)
			}
			if strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789._-") != "" {
				t.Errorf("%s: %q: a key has lower-case letters, digits and . _ - only", lang, key)
			}
		}
	}
}

// The Dutch is written to "je"; "u" stands nowhere.
func TestDutchSaysJe(t *testing.T) {
	c := mustLoad(t)
	formal := []string{"u", "uw", "uzelf"}
	for key, m := range c.messages[Dutch] {
		for _, word := range strings.FieldsFunc(strings.ToLower(m.zero+" "+m.one+" "+m.other), func(r rune) bool {
			return r < 'a' || r > 'z'
		}) {
			if slices.Contains(formal, word) {
				t.Errorf("%s: says %q", key, word)
			}
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	const good = `{"a": "b"}`
	tests := map[string]struct{ common, entry, want string }{
		"no JSON":           {good, `{"a"`, "entry.json"},
		"not an object":     {good, `["a"]`, "not a JSON object"},
		"text behind":       {good, `{"c": "d"} {}`, "after the JSON object"},
		"twice in a part":   {good, `{"c": "d", "c": "e"}`, `"c" already stands in entry.json`},
		"twice in parts":    {good, `{"a": "d"}`, `"a" already stands in common.json`},
		"other verb":        {good, `{"c": "%v"}`, "verb other than"},
		"verb at the end":   {good, `{"c": "100%"}`, "verb other than"},
		"skipped argument":  {good, `{"c": "%[2]s"}`, "skips an argument"},
		"two verbs":         {good, `{"c": "%[1]s %[1]d"}`, "two verbs"},
		"forms disagree":    {good, `{"c": {"one": "een", "other": "%d"}}`, "different verbs"},
		"none disagrees":    {good, `{"c": {"zero": "%s", "one": "%d", "other": "%d"}}`, "form for none"},
		"unknown form":      {good, `{"c": {"one": "a", "two": "b"}}`, "neither a text"},
		"neither text":      {good, `{"c": 3}`, "neither a text"},
		"nothing after all": {good, ``, "entry.json"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			fsys := fstest.MapFS{
				"t/nl/common.json": {Data: []byte(test.common)},
				"t/nl/entry.json":  {Data: []byte(test.entry)},
				"t/en/common.json": {Data: []byte(test.common)},
			}
			_, err := load(fsys, "t")
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want one with %q", err, test.want)
			}
		})
	}
	t.Run("stray file", func(t *testing.T) {
		if _, err := load(fstest.MapFS{"t/nl/notes.txt": {}}, "t"); err == nil {
			t.Error("a file that is not JSON was accepted")
		}
	})
	t.Run("no folder", func(t *testing.T) {
		if _, err := load(fstest.MapFS{}, "t"); err == nil {
			t.Error("a missing language was accepted")
		}
	})
}

// What an organisation replaced is printed at once, by printers that were there
// already; a sentence with figures, or one that is not there, cannot be replaced.
func TestReplace(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	p, figures := c.Printer(Dutch), ""
	for key, m := range c.messages[Dutch] {
		if !m.plural && len(m.verbs) == 1 {
			figures = key
		}
	}
	before := p.T("nav.mine")
	c.Replace(map[string]map[string]string{Dutch: {"nav.mine": "100% tas", figures: "Zonder getal", "is.er.niet": "Niets", "nav.themes": ""}})
	if got := p.T("nav.mine"); got != "100% tas" {
		t.Errorf("it prints %q", got)
	}
	if got := c.Printer(English).T("nav.mine"); got == "100% tas" {
		t.Error("in the other language too")
	}
	if got := c.Product(Dutch, "nav.mine"); got != before {
		t.Errorf("the product says %q, was %q", got, before)
	}
	if got := p.T(figures, 1); got == "Zonder getal" {
		t.Errorf("%s can be replaced", figures)
	}
	if got := p.T("nav.themes"); got == "" {
		t.Error("an empty sentence replaces one")
	}
	c.Replace(nil)
	if got := p.T("nav.mine"); got != before {
		t.Errorf("after taking it back it prints %q", got)
	}
}
