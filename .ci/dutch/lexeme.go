// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"slices"
	"strings"
)

// role says what a form is to the word it belongs to; the lower, the stronger
// its claim on a spelling that belongs to several words.
type role int

const (
	forced role = iota
	head
	plural
	infinitive
	adjectival // adjective with e
	participle
	finite
	inflected
	small
	stem
	listed // stands in the list without anything else known of it
)

// claim is one word's claim on a spelling.
type claim struct {
	word string
	role role
}

// lexicon is what is known of all words while the table is being made.
type lexicon struct {
	kinds  map[string]map[string]bool // spelling -> flags of its entries
	claims map[string][]claim         // spelling -> words it may be a form of
	parts  map[string]uint64          // spelling -> what it can do in a compound
	sep    map[string]string          // separable infinitive -> its prefix
	leads  []string                   // prefixes of verbs, longest first
	parent map[string]string          // union of words
	past   map[string]bool            // forms of strong verbs
	own    map[string]bool            // spellings that apart.txt takes from a verb
	cuts   map[string]int             // compound -> bytes of its last part

	lead, linked map[string]float64 // spelling -> in how many words of the list it is a first part, without and with s
	end          map[string]float64 // word -> in how many words of the list it is the last part
}

func (l *lexicon) claim(form, word string, r role) {
	for i, c := range l.claims[form] {
		if c.word == word {
			l.claims[form][i].role = min(r, c.role)
			return
		}
	}
	l.claims[form] = append(l.claims[form], claim{word, r})
}

func (l *lexicon) find(word string) string {
	for l.parent[word] != "" {
		word = l.parent[word]
	}
	return word
}

// unite makes two words one; the first gives the name.
func (l *lexicon) unite(a, b string) {
	a, b = l.find(a), l.find(b)
	if a != b {
		l.parent[b] = a
	}
}

func (l *lexicon) is(word string, flags ...string) bool {
	for _, f := range flags {
		if l.kinds[word][f] {
			return true
		}
	}
	return false
}

func (l *lexicon) listed(word string) bool { return l.kinds[word] != nil }

// kind reports whether a spelling has an entry with a flag of these classes.
func (l *lexicon) kind(word, classes string) bool {
	for f := range l.kinds[word] {
		if strings.ContainsRune(classes, rune(f[0])) {
			return true
		}
	}
	return false
}

// claimed reports whether a word claims a spelling in this role.
func (l *lexicon) claimed(form string, r role) bool {
	return slices.ContainsFunc(l.claims[form], func(c claim) bool { return c.role == r })
}

const vowels = "aeiouy"

func isVowel(c byte) bool { return strings.IndexByte(vowels, c) >= 0 }

// stems gives the stems an infinitive can have: werken werk, lessen les, lopen
// loop, leven leef, lezen lees, vergaderen vergader.
func stems(inf string) []string {
	root, ok := strings.CutSuffix(inf, "en")
	if !ok || len(root) < 2 {
		return nil
	}
	var out []string
	add := func(s string) {
		switch s[len(s)-1] {
		case 'v':
			s = s[:len(s)-1] + "f"
		case 'z':
			s = s[:len(s)-1] + "s"
		}
		out = append(out, s)
	}
	n := len(root)
	last := root[n-1]
	if root[n-2] == last && !isVowel(last) {
		add(root[:n-1])
		return out
	}
	open := !isVowel(last) && last != 'w' && last != 'x' && isVowel(root[n-2]) && (n < 3 || !isVowel(root[n-3]) || strings.HasSuffix(root, "er") ||
		!slices.Contains(pairs, root[n-3:n-1]))
	if open {
		add(root[:n-1] + root[n-2:])
		if !strings.ContainsAny(root[:n-2], vowels) || !toneless(root) {
			return out // lezen and verstreken are never of "les" and "verstrek"
		}
	}
	add(root)
	return out
}

// pairs are the vowels that are written with two letters: the o of beogen is
// none of them.
var pairs = []string{"aa", "ee", "oo", "uu", "ie", "oe", "eu", "ou", "au", "ui", "ei", "ij", "ai", "oi"}

// toneless reports whether a root can end in a syllable without stress, so that
// its vowel is not doubled in the stem: vergader, wandel, reken, monitor.
func toneless(root string) bool {
	for _, end := range []string{"el", "er", "en", "em", "ig", "or", "ar", "ik", "it", "on", "et", "ip"} {
		if strings.HasSuffix(root, end) {
			return true
		}
	}
	return false
}

// plurals gives the forms a noun without classes can have in the plural.
func plurals(noun string) []string {
	out := []string{noun + "s", noun + "'s", noun + "en", noun + "n"}
	n := len(noun)
	if n < 3 || isVowel(noun[n-1]) {
		return out
	}
	last := noun[n-1:]
	soft := last
	switch last {
	case "f":
		soft = "v"
	case "s":
		soft = "z"
	}
	out = append(out, noun[:n-1]+soft+"en", noun+last+"en")
	if noun[n-2] == noun[n-3] && isVowel(noun[n-2]) {
		out = append(out, noun[:n-2]+soft+"en", noun[:n-2]+last+"en")
	}
	if s, ok := strings.CutSuffix(noun, "heid"); ok {
		out = append(out, s+"heden")
	}
	return out
}

// participles gives the forms the past participle of a regular verb can have.
func (l *lexicon) participles(stem string) []string {
	ends := []string{"d", "t"}
	if c := stem[len(stem)-1]; c == 'd' || c == 't' {
		ends = []string{""}
	}
	var out []string
	for _, end := range ends {
		out = append(out, "ge"+stem+end)
		for _, lead := range l.leads {
			if rest, ok := strings.CutPrefix(stem, lead); ok && len(rest) > 2 {
				out = append(out, lead+"ge"+rest+end)
			}
		}
		if l.bare(stem) {
			out = append(out, stem+end)
		}
	}
	return out
}

// bare reports whether the participle of a verb is made without "ge": betaald,
// meebetaald.
func (l *lexicon) bare(stem string) bool {
	starts := func(s string) bool {
		return slices.ContainsFunc(inseparable, func(p string) bool { return strings.HasPrefix(s, p) })
	}
	return starts(stem) || slices.ContainsFunc(l.leads, func(p string) bool {
		rest, ok := strings.CutPrefix(stem, p)
		return ok && starts(rest)
	})
}

// withE gives a participle with its ending: gewerkte, bestede.
func withE(participle string) string {
	n := len(participle)
	if n > 3 && participle[n-2] == participle[n-3] && isVowel(participle[n-2]) {
		return participle[:n-2] + participle[n-1:] + "e"
	}
	return participle + "e"
}
