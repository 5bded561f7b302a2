// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"

	"rugzak/pkg/dutch"
)

// functionWords hold sentences together.
const functionWords = `
de het een en van in op te met voor dat die is niet aan er om maar ook als bij nog dan naar wel door uit over zij hij we ze ik je hun ons onze
dit deze zo nu al of wie wat waar hoe waarom omdat toen tot tegen onder tussen na zonder veel meer geen heeft hebben was waren wordt worden werd kan kunnen
moet moeten wil willen zal zullen zou mag mogen steeds vaak soms altijd samen weer eerst daarna toch heel erg goed iets iemand iedereen niemand`

// vocabularySize is how many different words generated texts are made of.
const vocabularySize = 200_000

// vocabulary is a list of words, the most frequent first.
type vocabulary struct {
	words []string
	// content is where the words begin that say something: before it stand the
	// function words.
	content int
	// keep and other say how to draw a word: see weigh.
	keep  []float64
	other []uint32
}

// frequency is the share, unscaled, of the word at a place in the list: the law
// of Zipf as Mandelbrot mended it.
func frequency(place int) float64 { return math.Pow(float64(place)+2.7, -1.07) }

// weigh prepares drawing by the alias method: every place in the list stands
// for itself or for one other place, so that a draw costs the same for each.
func (v *vocabulary) weigh() {
	n := len(v.words)
	v.keep, v.other = make([]float64, n), make([]uint32, n)
	sum := 0.0
	for i := range n {
		sum += frequency(i)
	}
	var poor, rich []int
	sort := func(i int) {
		if v.keep[i] < 1 {
			poor = append(poor, i)
		} else {
			rich = append(rich, i)
		}
	}
	for i := range n {
		v.keep[i], v.other[i] = frequency(i)*float64(n)/sum, uint32(i)
		sort(i)
	}
	for len(poor) > 0 && len(rich) > 0 {
		p, r := poor[len(poor)-1], rich[len(rich)-1]
		poor, rich = poor[:len(poor)-1], rich[:len(rich)-1]
		v.other[p] = uint32(r)
		v.keep[r] -= 1 - v.keep[p]
		sort(r)
	}
	for _, i := range append(poor, rich...) { // what rounding left over
		v.keep[i] = 1
	}
}

// draw is the place of a word, drawn by its frequency.
func (v *vocabulary) draw(r *rand.Rand) int {
	i := r.IntN(len(v.words))
	if r.Float64() < v.keep[i] {
		return i
	}
	return int(v.other[i])
}

// words builds the vocabulary of the generated texts once: function words, then
// spellings of the list of Dutch words, so that as many words share a stem or a
// part as in real texts. Which are frequent is drawn, always in the same way,
// and short ones more often are.
var words = sync.OnceValue(func() *vocabulary {
	r := rand.New(rand.NewPCG(1, 2))
	function := distinct(strings.Fields(functionWords))
	rank := map[string]float64{}
	var plain []string
	for w := range dutch.All() {
		if len(w) >= 3 && isPlain(w) {
			rank[w] = r.Float64() * math.Pow(2, float64(len(w))/lettersToHalve)
			plain = append(plain, w)
		}
	}
	slices.SortFunc(plain, func(a, b string) int { return cmp.Or(cmp.Compare(rank[a], rank[b]), cmp.Compare(a, b)) })
	all := distinct(append(slices.Clone(function), plain...))
	v := &vocabulary{words: all[:min(vocabularySize, len(all))], content: len(function)}
	v.weigh()
	return v
})

// lettersToHalve is how many letters more make it half as likely for a word to
// be among the frequent ones.
const lettersToHalve = 3

// isPlain reports whether a word is small letters only.
func isPlain(w string) bool {
	return strings.IndexFunc(w, func(c rune) bool { return c < 'a' || c > 'z' }) < 0
}

// distinct drops words that came before.
func distinct(words []string) []string {
	seen := make(map[string]bool, len(words))
	out := make([]string, 0, len(words))
	for _, w := range words {
		if !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}
