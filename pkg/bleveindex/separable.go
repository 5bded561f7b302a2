// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"bytes"

	"rugzak/pkg/dutch"
)

// mostBetween is how many words may stand between the parts of a verb that falls
// apart.
const mostBetween = 8

// together is a verb that stands in two parts: its base form, and the token that
// is its first part.
type together struct {
	base string
	verb int
}

// fallenApart finds the verbs of a text that stand in two parts of one sentence:
// "zij meldt zich vandaag aan" has aanmelden.
func (a analysers) fallenApart(text []byte, tokens []token) []together {
	var out []together
	for i, t := range tokens {
		particle := string(t.folded)
		if t.acronym || !dutch.IsParticle(particle) {
			continue
		}
		for j := i - 1; j >= 0 && j >= i-1-mostBetween; j-- {
			// A short name and its parts overlap (W&I).
			if from, to := tokens[j].end, tokens[j+1].start; from < to && bytes.ContainsAny(text[from:to], ".!?;:\n") {
				break
			}
			if tokens[j].acronym {
				continue
			}
			verb := a.baseOf(string(tokens[j].folded))
			if !dutch.Known(particle + verb) { // most words; a base form takes longer
				continue
			}
			whole := a.baseOf(particle + verb)
			if p, v, ok := dutch.Separable(whole); ok && p == particle && v == verb {
				out = append(out, together{base: whole, verb: j})
				break
			}
		}
	}
	return out
}
