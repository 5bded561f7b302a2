// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	_ "embed"
	"math"
	"math/rand/v2"
	"strings"
	"sync"
)

//go:embed words.txt
var seedWords string

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

// dutch builds the vocabulary of the generated texts once: function words, then
// the forms of verbs, adjectives and nouns, then compounds of nouns in both
// numbers, each group in an order that is always the same.
var dutch = sync.OnceValue(func() *vocabulary {
	r := rand.New(rand.NewPCG(1, 2))
	var function, plain, nouns []string
	var plurals []string
	for line := range strings.Lines(seedWords) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		switch f[0] {
		case "f":
			function = append(function, f[1:]...)
		case "v", "a":
			plain = append(plain, f[1:]...)
		case "n":
			plain = append(plain, f[1:]...)
			nouns, plurals = append(nouns, f[1]), append(plurals, f[2])
		}
	}
	plain = distinct(plain)
	shuffle(r, plain)
	compounds := make([]string, 0, 2*len(nouns)*len(nouns))
	for i, first := range nouns {
		for j := range nouns {
			if i == j {
				continue
			}
			link := linking(first, nouns[j])
			compounds = append(compounds, first+link+nouns[j], first+link+plurals[j])
		}
	}
	// Long compounds fill up what is left.
	for range vocabularySize / 2 {
		a, b, c := nouns[r.IntN(len(nouns))], nouns[r.IntN(len(nouns))], nouns[r.IntN(len(nouns))]
		compounds = append(compounds, a+linking(a, b)+b+linking(b, c)+c)
	}
	shuffle(r, compounds)
	words := distinct(append(append(function, plain...), compounds...))
	v := &vocabulary{words: words[:min(vocabularySize, len(words))], content: len(distinct(function))}
	v.weigh()
	return v
})

// linking is what stands between the parts of a compound.
func linking(first, second string) string {
	switch {
	case strings.HasSuffix(first, "ing"), strings.HasSuffix(first, "heid"), strings.HasSuffix(first, "teit"):
		return "s"
	case strings.ContainsRune("aeiou", rune(first[len(first)-1])) && strings.ContainsRune("aeiou", rune(second[0])):
		return "-"
	}
	return ""
}

func shuffle(r *rand.Rand, words []string) {
	r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
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
