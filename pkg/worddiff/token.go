// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package worddiff

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// lines cuts a text behind each line feed.
func lines(s string) []string {
	if s == "" {
		return nil
	}
	cut := strings.SplitAfter(s, "\n")
	if cut[len(cut)-1] == "" {
		cut = cut[:len(cut)-1]
	}
	return cut
}

// class is what sort of token a character belongs to.
type class int

const (
	single class = iota // a token of its own: punctuation, line feeds
	letter
	space
)

func classOf(r rune) class {
	switch {
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
		return letter
	case r == ' ' || r == '\t':
		return space
	}
	return single
}

// words cuts a text into words, stretches of spaces, and single characters.
// Together the tokens are the text, byte for byte.
func words(s string) []string {
	var out []string
	start, last := 0, single
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		c := classOf(r)
		if i > start && (c == single || c != last) {
			out = append(out, s[start:i])
			start = i
		}
		last = c
		i += size
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

// number gives equal tokens equal numbers, so that comparing is cheap.
func number(a, b []string) (x, y []int) {
	known := make(map[string]int, len(a))
	numbers := func(tokens []string) []int {
		out := make([]int, len(tokens))
		for i, t := range tokens {
			n, ok := known[t]
			if !ok {
				n = len(known)
				known[t] = n
			}
			out[i] = n
		}
		return out
	}
	return numbers(a), numbers(b)
}
