// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
)

// rule is one line of a suffix class: what comes off, what comes on, and what
// the word must end in.
type rule struct {
	strip, add, flags string
	cond              *regexp.Regexp
}

// entry is a line of the word list.
type entry struct {
	word  string
	flags map[string]bool
	name  bool // written with a capital
	lead  string
}

func (e entry) any(starts string) bool {
	for f := range e.flags {
		if strings.ContainsRune(starts, rune(f[0])) {
			return true
		}
	}
	return false
}

func (e entry) has(flags ...string) bool {
	for _, f := range flags {
		if e.flags[f] {
			return true
		}
	}
	return false
}

var plain = strings.NewReplacer(
	"ĳ", "ij", "á", "a", "à", "a", "â", "a", "ä", "a", "å", "a", "ã", "a", "é", "e", "è", "e", "ê", "e", "ë", "e",
	"í", "i", "ì", "i", "î", "i", "ï", "i", "ó", "o", "ò", "o", "ô", "o", "ö", "o", "õ", "o", "ú", "u", "ù", "u",
	"û", "u", "ü", "u", "ç", "c", "ñ", "n", "š", "s", "ž", "z", "č", "c", "ø", "o", "æ", "ae", "œ", "oe", "ß", "ss", "’", "'",
)

func fold(word string) string { return plain.Replace(strings.ToLower(word)) }

var isWord = regexp.MustCompile(`^[a-z][a-z'-]*[a-z]$`)

// affixes reads the suffix classes and the prefixes of verbs.
func affixes(dir string) (suffixes map[string][]rule, prefixes map[string]string) {
	suffixes, prefixes = map[string][]rule{}, map[string]string{}
	data, err := os.ReadFile(filepath.Join(dir, "index.aff"))
	must(err)
	for line := range strings.Lines(string(data)) {
		f := strings.Fields(line)
		if len(f) < 4 || f[0] != "SFX" && f[0] != "PFX" || f[2] == "Y" || f[2] == "N" {
			continue
		}
		add, flags, _ := strings.Cut(f[3], "/")
		if f[0] == "PFX" {
			if f[1][0] == 'P' {
				prefixes[f[1]] = fold(add)
			}
			continue
		}
		strip := f[2]
		if strip == "0" {
			strip = ""
		}
		if strings.HasSuffix(add, "-") {
			continue
		}
		cond := "."
		if len(f) > 4 {
			cond = f[4]
		}
		suffixes[f[1]] = append(suffixes[f[1]], rule{strip, add, flags, regexp.MustCompile(cond + "$")})
	}
	return suffixes, prefixes
}

// words reads the word list, with the verbs that its prefix flags make.
func words(dir string, prefixes map[string]string) []entry {
	data, err := os.ReadFile(filepath.Join(dir, "index.dic"))
	must(err)
	var out []entry
	for line := range strings.Lines(string(data)) {
		word, list, _ := strings.Cut(strings.TrimSpace(line), "/")
		e := entry{word: word, flags: map[string]bool{}}
		for i := 0; i+2 <= len(list); i += 2 {
			e.flags[list[i:i+2]] = true
		}
		if e.flags["Fw"] || !isWord.MatchString(fold(word)) {
			continue
		}
		for _, r := range word {
			e.name = e.name || unicode.IsUpper(r)
		}
		out = append(out, e)
		for _, f := range sorted(e.flags) {
			if lead, ok := prefixes[f]; ok {
				with := entry{word: lead + word, flags: map[string]bool{}, lead: lead}
				for g := range e.flags {
					if g[0] == 'V' || g[0] == 'A' {
						with.flags[g] = true
					}
				}
				with.flags["sp"] = true
				out = append(out, with)
			}
		}
	}
	return out
}

// forms gives what the suffix classes make of an entry, by class.
func (e entry) forms(suffixes map[string][]rule, each func(class, form, flags string)) {
	for _, f := range sorted(e.flags) {
		for _, r := range suffixes[f] {
			if !strings.HasSuffix(e.word, r.strip) || !r.cond.MatchString(e.word) {
				continue
			}
			form := fold(strings.TrimSuffix(e.word, r.strip) + r.add)
			if isWord.MatchString(form) {
				each(f, form, r.flags)
			}
		}
	}
}
