// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

import (
	"slices"
	"sort"
	"unicode"
)

// nearby is how many characters, as the reader sees them, a word may reach away
// from a number to speak about it: on either side, whatever stands between.
const nearby = 60

// wordIndex knows where in a text the words stand that call a number a BSN. It
// looks for them when it is first asked.
type wordIndex struct {
	text    string
	built   bool
	offsets []int  // of every visible character, where it begins in the text
	words   []span // in visible characters, in order
}

// any says whether there is such a word at all.
func (x *wordIndex) any() bool {
	if !x.built {
		x.build()
	}
	return len(x.words) > 0
}

// near says whether such a word stands near text[start:end].
func (x *wordIndex) near(start, end int) bool {
	if !x.built {
		x.build()
	}
	if len(x.words) == 0 {
		return false
	}
	from, _ := slices.BinarySearch(x.offsets, start)
	to, _ := slices.BinarySearch(x.offsets, end)
	i := sort.Search(len(x.words), func(i int) bool { return x.words[i].from >= from-nearby })
	return i < len(x.words) && x.words[i].to <= to+nearby
}

// build reads the text as its page shows it.
func (x *wordIndex) build() {
	x.built = true
	var runes []rune
	for i := 0; i < len(x.text); {
		g := reading{rendered: true}.glyphAt(x.text[i:])
		if r, ok := plainRune(g); ok {
			runes = append(runes, r)
			x.offsets = append(x.offsets, i)
		}
		i += g.width
	}
	for i := range runes {
		if length := wordAt(runes, i); length > 0 {
			x.words = append(x.words, span{i, i + length})
		}
	}
}

// plainRune makes letters and separators comparable; ok is false for what the
// reader does not see.
func plainRune(g glyph) (r rune, ok bool) {
	switch {
	case g.r == '_' || g.kind == space:
		return ' ', true // as in client_bsn
	case g.kind == hyphen:
		return '-', true
	case g.r >= '\uff01' && g.r <= '\uff5e':
		return g.r - '\uff01' + '!', true // full width
	}
	return g.r, g.kind != invisible
}

// bsnWords are the words that call a number a BSN. A hyphen in them stands for
// a hyphen, a dot, a space or nothing. Some go on freely ("...nummers"), some
// only with the endings of wordEndings, because names begin the same way.
var bsnWords = []struct {
	word []rune
	free bool
}{
	{[]rune("b-s-n"), false},
	{[]rune("sofi"), false},
	{[]rune("burger-service-n"), true},
	{[]rune("citizen-service-n"), true},
}

var wordEndings = [][]rune{[]rune("nummers"), []rune("nummer"), []rune("nrs"), []rune("nr"), []rune("s")}

// longestEnding bounds the letters that count as the end of a word.
const longestEnding = 8

// wordAt returns the length of the word that begins at i with its ending, 0 for
// none.
func wordAt(runes []rune, i int) int {
	for _, w := range bsnWords {
		length := matchWord(runes[i:], w.word)
		if length > 0 && (w.free || beginsAt(runes, i) && endsAt(runes, i+length)) {
			ending := 0
			for ending < longestEnding && i+length+ending < len(runes) && unicode.IsLetter(runes[i+length+ending]) {
				ending++
			}
			return length + ending
		}
	}
	return 0
}

// matchWord returns how many characters of runes the word takes, 0 for none.
func matchWord(runes, word []rune) int {
	at := 0
	for _, want := range word {
		if want == '-' {
			if at < len(runes) && (runes[at] == '-' || runes[at] == '.' || runes[at] == ' ') {
				at++
			}
			continue
		}
		if at >= len(runes) || unicode.ToLower(runes[at]) != want {
			return 0
		}
		at++
	}
	return at
}

// beginsAt says that a word can begin at i: no letter before it, or a capital
// after a small letter as in inpBsn.
func beginsAt(runes []rune, i int) bool {
	return i == 0 || !unicode.IsLetter(runes[i-1]) || unicode.IsLower(runes[i-1]) && unicode.IsUpper(runes[i])
}

// endsAt says that a word can end before i, if need be with a usual ending.
func endsAt(runes []rune, i int) bool {
	if i == len(runes) || !unicode.IsLetter(runes[i]) || unicode.IsLower(runes[i-1]) && unicode.IsUpper(runes[i]) {
		return true
	}
	for _, ending := range wordEndings {
		if n := matchWord(runes[i:], ending); n > 0 && (i+n == len(runes) || !unicode.IsLetter(runes[i+n])) {
			return true
		}
	}
	return false
}
