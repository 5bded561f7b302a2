// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

import (
	"strings"
	"unicode"
)

// view is a text as its page shows it, cut into tokens.
type view struct {
	runes  []rune
	starts []int32 // of every rune: where it begins in the text
	ends   []int32
	tokens []token
}

// tokenKind is a word, a row of digits or a single other character.
type tokenKind byte

const (
	mark tokenKind = iota
	word
	digits
)

// gapKind is the white space before a token.
type gapKind byte

const (
	attached  gapKind = iota // none
	spaced                   // on the same line
	wrapped                  // a line end
	paragraph                // an empty line, or a new item of a list
)

type token struct {
	kind     tokenKind
	gap      gapKind
	capital  bool // begins with a capital
	caps     bool // consists of capitals
	mark     rune
	means    meaning
	from, to int32 // runes
	sentence int32 // number of the sentence it is in
}

func (t token) size() int { return int(t.to - t.from) }

// newView reads the text as newView's tokens need it: marks of Markdown, tags
// without attributes and invisible characters left out, entities and escapes
// as the characters they stand for.
func newView(text string) *view {
	v := &view{runes: make([]rune, 0, len(text)), starts: make([]int32, 0, len(text)), ends: make([]int32, 0, len(text))}
	rd := reading{rendered: true}
	lineStart := true
	for i := 0; i < len(text); {
		g := rd.glyphAt(text[i:])
		r, seen := g.r, g.kind != invisible
		switch {
		case g.kind == invisible && g.r == '<' && !plainTag(text[i:i+g.width]):
			g.width, seen = 1, true // an address in angle brackets, or attributes
		case g.r == '*' && lineStart && strings.HasPrefix(text[i+g.width:], " "):
			r, seen = '-', true // an item of a list
		case g.r == '`' && strings.HasPrefix(text[i:], "```"):
			r, seen = '|', true
		case g.kind == number:
			r = rune('0' + g.value)
		case g.kind == hyphen:
			r = '-'
		case g.kind == space && r != '+':
			r = ' '
		case r >= '\uff01' && r <= '\uff5e':
			r += '!' - '\uff01' // full width
		}
		if seen {
			v.runes = append(v.runes, r)
			v.starts = append(v.starts, int32(i))
			v.ends = append(v.ends, int32(i+g.width))
		}
		lineStart = r == '\n' || lineStart && r == ' '
		i += g.width
	}
	v.cut()
	return v
}

// plainTag reports whether a tag or comment holds nothing a reader would want
// to have screened.
func plainTag(tag string) bool {
	if strings.HasPrefix(tag, "<!--") {
		return !strings.ContainsAny(tag, "@0123456789")
	}
	return !strings.ContainsAny(tag, "@ :=")
}

// cut makes the tokens.
func (v *view) cut() {
	v.tokens = make([]token, 0, len(v.runes)/4)
	var low [maxWord]byte
	gap := paragraph
	for i := 0; i < len(v.runes); {
		r := v.runes[i]
		if unicode.IsSpace(r) {
			switch {
			case r == '\n' && gap >= wrapped:
				gap = paragraph
			case r == '\n':
				gap = wrapped
			case gap < spaced:
				gap = spaced
			}
			i++
			continue
		}
		t := token{gap: gap, from: int32(i), mark: r}
		j := i + 1
		switch {
		case unicode.IsLetter(r):
			t.kind = word
			t.capital, t.caps = unicode.IsUpper(r), unicode.IsUpper(r)
			for j < len(v.runes) && (unicode.IsLetter(v.runes[j]) || unicode.Is(unicode.Mn, v.runes[j])) {
				t.caps = t.caps && unicode.IsUpper(v.runes[j])
				j++
			}
			t.means = meaningOf(v.runes[i:j], low[:0])
		case r >= '0' && r <= '9':
			t.kind = digits
			for j < len(v.runes) && v.runes[j] >= '0' && v.runes[j] <= '9' {
				j++
			}
		}
		if t.gap == wrapped && t.kind == mark && strings.ContainsRune("-#|>+", r) {
			t.gap = paragraph
		}
		t.to = int32(j)
		v.tokens = append(v.tokens, t)
		i, gap = j, attached
	}
	v.sentences()
}

// sentences numbers the sentences.
func (v *view) sentences() {
	number := int32(0)
	for i := range v.tokens {
		if i > 0 && (v.tokens[i].gap == paragraph || v.endsSentence(i-1)) {
			number++
		}
		v.tokens[i].sentence = number
	}
}

// endsSentence holds for a full stop, question or exclamation mark with a new
// sentence behind it.
func (v *view) endsSentence(i int) bool {
	t := v.tokens[i]
	if t.kind != mark || t.mark != '.' && t.mark != '!' && t.mark != '?' || i+1 == len(v.tokens) {
		return false
	}
	next := v.tokens[i+1]
	if next.gap == attached || next.kind == word && !next.capital {
		return false
	}
	if t.mark != '.' || i == 0 {
		return true
	}
	before := v.tokens[i-1]
	return before.kind != word || before.means&abbreviation == 0 && (before.size() > 1 || !before.capital)
}

// firstOfSentence reports whether token i begins a sentence, marks left out.
func (v *view) firstOfSentence(i int) bool {
	for j := i - 1; j >= 0 && v.tokens[j].sentence == v.tokens[i].sentence; j-- {
		if v.tokens[j].kind != mark {
			return false
		}
		if v.tokens[j].mark == ':' || i-j > 8 {
			return true
		}
	}
	return true
}

// at returns the token at i, a mark of no meaning beyond the ends.
func (v *view) at(i int) token {
	if i < 0 || i >= len(v.tokens) {
		return token{gap: paragraph, sentence: -1}
	}
	return v.tokens[i]
}

// span gives the bytes of the runes from up to but not to.
func (v *view) span(from, to int32) (start, end int) {
	return int(v.starts[from]), int(v.ends[to-1])
}

func (v *view) text(t token) string { return string(v.runes[t.from:t.to]) }

// value reads a short row of digits as a number; -1 when it is long.
func (v *view) value(t token) int {
	if t.kind != digits || t.size() > 4 {
		return -1
	}
	n := 0
	for _, r := range v.runes[t.from:t.to] {
		n = 10*n + int(r-'0')
	}
	return n
}
