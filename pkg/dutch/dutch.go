// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package dutch

import (
	"iter"
	"slices"
	"strings"
)

// Known reports whether a word is a form of a Dutch word, or a name.
func Known(word string) bool {
	l := words()
	r := l.reader()
	defer l.release(r)
	_, known := r.get(word)
	return known
}

// All gives every spelling of the list that is not known as a name only, in the
// order of their bytes: for who needs Dutch words in number.
func All() iter.Seq[string] {
	return func(yield func(string) bool) {
		for word, v := range words().all() {
			if !v.name() && !yield(word) {
				return
			}
		}
	}
}

// Base gives the base form of a word. Forms of one word have the same base
// form, and the base form of a base form is itself. It is a form of the word,
// but not always the one a dictionary has: werken, werkt and werk are "werk".
//
// The base form of a compound that is not in the list is that of its last part
// (schuldhulptrajecten: schuldhulptraject). What is not Dutch loses the endings
// that words from elsewhere get in Dutch (chatbots: chatbot).
func Base(word string) string {
	l := words()
	r := l.reader()
	defer l.release(r)
	// What a rule leaves over can have an ending itself (foo'tjes, footje, foo).
	for range maxSteps {
		base := l.baseOf(r, word)
		if base == word {
			break
		}
		word = base
	}
	return word
}

// maxSteps bounds how often a rule is applied to what a rule left over.
const maxSteps = 8

// baseOf is one step of Base.
func (l *lexicon) baseOf(r *reader, word string) string {
	if v, known := r.get(word); known {
		return l.base(word, v)
	}
	if len(word) < 4 || len(word) > maxWord {
		return word
	}
	if at := strings.LastIndexByte(word, '-'); at > 0 && at+1 < len(word) {
		return word[:at+1] + l.baseOf(r, word[at+1:])
	}
	if base := l.ending(r, word); base != "" {
		return base
	}
	if parts := l.split(r, word); parts != nil {
		last := parts[len(parts)-1]
		return word[:last.start] + l.base(word[last.start:], last.value)
	}
	if bare, ok := strings.CutSuffix(word, "en"); ok && hasVowel(bare) {
		for _, noun := range singulars(bare) { // basaltlagen: lagen alone is of liggen
			if l.split(r, noun) != nil {
				return noun
			}
		}
	}
	return trim(word)
}

// Separable takes a verb that falls apart in a sentence in its two parts, by
// its base form: aanmelden is "aan" and the base form of melden.
func Separable(base string) (particle, verb string, ok bool) {
	l := words()
	r := l.reader()
	defer l.release(r)
	v, known := r.get(base)
	if !known || !v.separable() {
		return "", "", false
	}
	for _, p := range particles {
		rest, found := strings.CutPrefix(base, p)
		if !found || len(rest) < 3 {
			continue
		}
		for _, verb := range []string{rest, rest + "n"} { // bijdrage is of bijdragen
			if v, known := r.get(verb); known {
				return p, l.verb(r, verb, v), true
			}
		}
	}
	return "", "", false
}

// verb gives the base form of an infinitive as a verb, also where the spelling
// is the plural of a noun: wegen is of weg, but weegt is not.
func (l *lexicon) verb(r *reader, infinitive string, v value) string {
	if root, ok := strings.CutSuffix(infinitive, "en"); ok && len(root) > 1 && !isVowel(root[len(root)-1]) {
		for _, stem := range singulars(root) {
			if v, known := r.get(stem + "t"); known {
				return l.base(stem+"t", v)
			}
		}
	}
	return l.base(infinitive, v)
}

// IsParticle reports whether a word can be the part of a separable verb that
// stands apart (aan, op, mee).
func IsParticle(word string) bool { return slices.Contains(particles, word) }
