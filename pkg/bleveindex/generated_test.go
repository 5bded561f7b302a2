// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// generator makes texts in which, as in any language, few words are frequent
// and most are rare. Most of the rare ones are compounds of others, so that
// taking them apart has work to do.
type generator struct {
	r     *rand.Rand
	zipf  *rand.Zipf
	words []string
}

// Beginnings of a vocabulary: words that only hold a sentence together, and
// words that compounds are made of.
const (
	generatedSmall = "de het een en van in op te dat die voor met is niet zijn er aan om ook als bij maar we naar uit dan nog wel kan door over wat was werd hebben had je dit tot of zo na moet meer veel geen deze hoe heeft worden wordt"
	generatedWhole = "wijk team zorg jeugd school huis gesprek werk plan overleg budget regie kind ouder schuld wonen hulp aanvraag gezin buurt netwerk dossier besluit beleid toezicht melding bezoek afspraak opvang vervoer inkomen uitkering traject indicatie crisis veiligheid privacy scholing begeleiding behandeling inkoop contract kosten termijn wachttijd overdracht samenwerking taal cultuur vertrouwen kennis ervaring evaluatie doel uitkomst gemeente partner"
)

// generatedWords is the size of the vocabulary.
const generatedWords = 200_000

func newGenerator(seed uint64) *generator {
	r := rand.New(rand.NewPCG(seed, 5))
	g := &generator{r: r, zipf: rand.NewZipf(r, 1.15, 4, generatedWords-1)}
	small, whole := strings.Fields(generatedSmall), strings.Fields(generatedWhole)
	syllables := []string{"ba", "kel", "mo", "rin", "ta", "vo", "sche", "lin", "dra", "gen", "wij", "ker", "pu", "nol", "fie", "zam", "staat", "heid", "ver", "op"}
	seen := map[string]bool{}
	add := func(w string) {
		if !seen[w] && len(g.words) < generatedWords {
			seen[w] = true
			g.words = append(g.words, w)
		}
	}
	for _, w := range small {
		add(w)
	}
	for _, w := range whole {
		add(w)
	}
	for len(g.words) < generatedWords/10 {
		var b strings.Builder
		for range 2 + r.IntN(2) {
			b.WriteString(syllables[r.IntN(len(syllables))])
		}
		w := b.String()
		add(w)
		add(w + []string{"en", "t", "s", "de"}[r.IntN(4)])
	}
	stems := g.words[len(small) : generatedWords/10]
	for len(g.words) < generatedWords {
		// The earlier a word, the more compounds it is part of.
		first, second := stems[int(float64(len(stems))*r.Float64()*r.Float64()*r.Float64())], stems[int(float64(len(stems))*r.Float64()*r.Float64()*r.Float64())]
		add(first + []string{"", "s"}[r.IntN(2)] + second)
	}
	return g
}

func (g *generator) text(words int) string {
	var b strings.Builder
	for i := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(g.words[g.zipf.Uint64()])
		if i%13 == 12 {
			b.WriteByte('.')
		}
	}
	return b.String()
}

// texts makes n documents, the oldest first.
func (g *generator) texts(n int) []rugzak.Document {
	docs := make([]rugzak.Document, n)
	for i := range docs {
		at := time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC).Add(-time.Duration(n-i) * 10 * time.Minute)
		docs[i] = rugzak.Document{
			ID: rugzak.EntryID(rugzak.NewID(at)), Kind: rugzak.Kinds()[i%7], State: rugzak.StateShared, Lang: rugzak.Dutch,
			Title: g.text(5), Text: g.text(120 + g.r.IntN(161)), Tokens: []string{rugzak.InternalToken, fmt.Sprint("org:", i%12)},
			Organisation: rugzak.OrganisationID(fmt.Sprint("org", i%12)), Themes: []rugzak.ThemeID{rugzak.ThemeID(fmt.Sprint("thema", i%20))},
			Phase: rugzak.PhaseID(fmt.Sprint("fase", i%5)), Year: at.Year(), ListedAt: at,
		}
		if i%3 == 0 {
			docs[i].Tokens = docs[i].Tokens[1:]
		}
		if i%5 == 0 {
			docs[i].Themes = append(docs[i].Themes, rugzak.ThemeID(fmt.Sprint("thema", g.r.IntN(20))))
		}
	}
	return docs
}

// queries takes two or three words each from the texts.
func (g *generator) queries(docs []rugzak.Document, n int) []string {
	queries := make([]string, n)
	for i := range queries {
		words := strings.Fields(strings.ReplaceAll(docs[g.r.IntN(len(docs))].Text, ".", ""))
		var q []string
		for range 2 + i%2 {
			q = append(q, words[g.r.IntN(len(words))])
		}
		queries[i] = strings.Join(q, " ")
	}
	return queries
}

// rawBytes is what people typed.
func rawBytes(docs []rugzak.Document) (n int) {
	for _, d := range docs {
		n += len(d.Title) + len(d.Lesson) + len(d.Text)
	}
	return n
}
