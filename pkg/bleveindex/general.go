// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	_ "embed"
	"strings"
	"sync"

	"rugzak/pkg/rugzak"
)

//go:embed words/general_nl.txt
var generalDutch string

//go:embed words/general_en.txt
var generalEnglish string

// generalWords are, per language, the terms of words that stand in texts about
// anything. Rare in a small collection, they would pass for telling. Forms that do
// not lead to one base form stand in the list by themselves.
type generalWords struct {
	once  sync.Once
	terms map[rugzak.Lang]map[string]bool
}

// of gives the words of a language, by their terms.
func (g *generalWords) of(lang rugzak.Lang, a analysers) map[string]bool {
	g.once.Do(func() {
		g.terms = map[rugzak.Lang]map[string]bool{}
		for l, text := range map[rugzak.Lang]string{rugzak.Dutch: generalDutch, rugzak.English: generalEnglish} {
			terms := map[string]bool{}
			for line := range strings.Lines(text) {
				if strings.HasPrefix(line, "#") {
					continue
				}
				for _, t := range queryTokens(line) {
					terms[a.of(l).term(t)] = true
				}
			}
			g.terms[l] = terms
		}
	})
	return g.terms[lang.Or(rugzak.Dutch)]
}
