// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// seed makes every run write the same texts.
const seed = 20261125

// generated is a set of made-up texts. They have the statistics of a language
// (few words are frequent, most are rare, a text repeats what it is about), not
// its sense: nothing about the quality of ranking follows from them.
func generated(size int) dataset {
	return dataset{Name: fmt.Sprintf("generated-%d", size), Size: size, At: generate, Ask: func(round, n int) []question {
		return ask(size, round, n)
	}}
}

// generate writes text number i: 120 to 280 words in paragraphs.
func generate(i int) document {
	v := words()
	r := rand.New(rand.NewPCG(seed, uint64(i)))
	topic := make([]string, 6)
	for t := range topic {
		topic[t] = contentWord(v, r)
	}
	word := func() string {
		if r.IntN(12) == 0 {
			return topic[r.IntN(len(topic))]
		}
		return v.words[v.draw(r)]
	}
	var title []string
	for range 3 + r.IntN(5) {
		if r.IntN(3) == 0 {
			title = append(title, topic[r.IntN(len(topic))])
		} else {
			title = append(title, word())
		}
	}
	var b strings.Builder
	for words, inParagraph := 120+r.IntN(161), 0; words > 0; {
		n := min(words, 6+r.IntN(14))
		sentence := make([]string, n)
		for k := range sentence {
			sentence[k] = word()
		}
		b.WriteString(capital(strings.Join(sentence, " ")))
		b.WriteString(".")
		words -= n
		if inParagraph++; inParagraph >= 3+r.IntN(3) && words > 0 {
			b.WriteString("\n\n")
			inParagraph = 0
		} else if words > 0 {
			b.WriteString(" ")
		}
	}
	d := document{Number: i, ID: fmt.Sprintf("g%07d", i), Lang: rugzak.Dutch, Title: capital(strings.Join(title, " ")), Body: b.String()}
	return d.label()
}

// contentWord draws a word that is no function word.
func contentWord(v *vocabulary, r *rand.Rand) string {
	for {
		if n := v.draw(r); n >= v.content {
			return v.words[n]
		}
	}
}

// ask draws queries of two or three words, without function words, each from
// one of the texts.
func ask(size, round, n int) []question {
	r := rand.New(rand.NewPCG(seed+1, uint64(round)))
	v := words()
	function := map[string]bool{}
	for _, w := range v.words[:v.content] {
		function[w] = true
	}
	out := make([]question, 0, n)
	for len(out) < n {
		words := strings.FieldsFunc(strings.ToLower(generate(r.IntN(size)).Body), func(c rune) bool { return unicode.IsSpace(c) || c == '.' })
		var q []string
		for range 100 {
			if w := words[r.IntN(len(words))]; !function[w] {
				q = append(q, w)
			}
			if len(q) == 2+len(out)%2 {
				break
			}
		}
		text := strings.Join(q, " ")
		out = append(out, question{ID: fmt.Sprintf("r%d-%d", round, len(out)), Text: text, Begin: firstLetters(text)})
	}
	return out
}

// firstLetters is how a query begins: what has been typed when suggestions are
// first of use.
func firstLetters(text string) string {
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
		if utf8.RuneCountInString(w) >= 4 {
			return string([]rune(w)[:4])
		}
	}
	return "over"
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
