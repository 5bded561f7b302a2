// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package auth

import (
	_ "embed" // the list of words
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"rugzak/pkg/rugzak"
)

// words/NOTICE says where the list comes from.
//
//go:embed words/common.txt
var commonText string

// Common knows the passwords that are guessed first. The zero value is ready,
// and safe for concurrent use.
type Common struct{}

var _ rugzak.CommonPasswords = Common{}

// commonWords is the list, sorted; it is taken apart when first asked for.
var commonWords = sync.OnceValue(func() []string { return strings.Fields(commonText) })

const (
	// mostUnit is the longest stretch that counts as repeated.
	mostUnit = 6
	// ownWord is how long a word about the person or the place must be to count.
	ownWord = 4
	// remains is how much must be left of a password without those words.
	remains = 8
)

// Common reports whether a guesser tries the password early: it stands in the
// list, it is a word of the list or of the given ones with digits and signs
// around it, one short stretch again and again, or a run of the alphabet, the
// digits or the keyboard. No kind of character is ever asked for.
func (Common) Common(password string, words ...string) bool {
	p := strings.ToLower(norm.NFKC.String(password))
	return guessed(p) || guessed(plain(p)) || ofOwnWords(p, words)
}

func guessed(p string) bool {
	_, listed := slices.BinarySearch(commonWords(), p)
	if listed || repeats(p) || runs(p) {
		return true
	}
	core := strings.TrimFunc(p, func(r rune) bool { return !unicode.IsLetter(r) })
	if core == "" { // digits and signs only
		return true
	}
	_, listed = slices.BinarySearch(commonWords(), core)
	return core != p && listed || utf8.RuneCountInString(core) >= ownWord && core != p && (repeats(core) || runs(core))
}

// plain undoes the signs people put in place of letters.
var signs = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

// plain is the password with letters in place of those signs, apart from what
// stands behind the last letter: there, a 1 is a 1.
func plain(p string) string {
	end := strings.LastIndexFunc(p, unicode.IsLetter)
	if end < 0 {
		return p
	}
	_, size := utf8.DecodeRuneInString(p[end:])
	return signs.Replace(p[:end+size]) + p[end+size:]
}

// repeats reports whether one short stretch, or one word of the list, makes up
// the whole.
func repeats(p string) bool {
	for unit := 1; unit <= len(p)/2; unit++ {
		if len(p)%unit != 0 || strings.Repeat(p[:unit], len(p)/unit) != p {
			continue
		}
		_, listed := slices.BinarySearch(commonWords(), p[:unit])
		return unit <= mostUnit || listed
	}
	return false
}

// rows are what fingers run along.
var rows = []string{
	"abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm", "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
	"1234567890-=qwertyuiop", "azertyuiopqsdfghjklmwxcvbn", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
}

// runs reports whether the whole is a run along a row, or back.
func runs(p string) bool {
	if len(p) < ownWord {
		return false
	}
	back := []rune(p)
	slices.Reverse(back)
	for _, row := range rows {
		if strings.Contains(row, p) || strings.Contains(row, string(back)) {
			return true
		}
	}
	return false
}

// ofOwnWords reports whether too little is left without what everybody knows
// about the person and the place.
func ofOwnWords(p string, words []string) bool {
	var own []string
	for _, w := range words {
		w = strings.ToLower(norm.NFKC.String(w))
		local, _, _ := strings.Cut(w, "@")
		for _, part := range append(strings.FieldsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), local, w) {
			if utf8.RuneCountInString(part) >= ownWord {
				own = append(own, part)
			}
		}
	}
	slices.SortFunc(own, func(a, b string) int { return len(b) - len(a) })
	rest := p
	for _, w := range own {
		rest = strings.ReplaceAll(rest, w, "")
	}
	return rest != p && (utf8.RuneCountInString(rest) < remains || guessed(rest))
}
