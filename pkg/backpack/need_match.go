// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

const (
	// shortestWord is how many characters a word has at least that makes a match:
	// shorter ones count as part of a group of words only.
	shortestWord = 4
	// commonWord is in which part of all cards a word may stand: one that nearly
	// everybody writes says nothing. A few cards always may.
	commonWord = 0.4
	fewCards   = 3
	// maxReasons is how many words a match names.
	maxReasons = 5
)

// aboutWords are the words a text is about: by the form in which a search
// compares them, with how they are written first. Words of one group count as
// one.
type aboutWords map[string]string

// needWords knows in which form words of needs are compared.
type needWords struct {
	keys   rugzak.TermKeys
	groups map[string]string // key of a word or phrase -> key of its group
	most   int               // words of the longest phrase
}

func newNeedWords(keys rugzak.TermKeys, same [][]string) needWords {
	w := needWords{keys: keys, groups: map[string]string{}, most: 1}
	for _, group := range same {
		for _, word := range group {
			key := keys.TermKey(word)
			if _, there := w.groups[key]; key == "" || there {
				continue
			}
			w.groups[key] = "=" + group[0]
			w.most = max(w.most, min(len(strings.Fields(word)), rugzak.MaxTermPhrase))
		}
	}
	return w
}

// about finds the words a text is about, the longest phrases first.
func (w needWords) about(text string) aboutWords {
	out := aboutWords{}
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("&+-'", r)
	})
	for i := 0; i < len(words); {
		key, said := "", 1
		for length := min(w.most, len(words)-i); length > 0 && key == ""; length-- {
			phrase := strings.Join(words[i:i+length], " ")
			if group, ok := w.groups[w.keys.TermKey(phrase)]; ok {
				key, said = group, length
			}
		}
		if key == "" && utf8.RuneCountInString(words[i]) >= shortestWord {
			key = w.keys.TermKey(words[i])
		}
		if phrase := strings.Join(words[i:i+said], " "); key != "" && out[key] == "" {
			out[key] = phrase
		}
		i += said
	}
	return out
}

// needMatches puts each need beside what other organisations offer that is about
// the same, those with most in common first.
func (s *Service) needMatches(cards []NeedCard, same [][]string) []NeedMatch {
	w := newNeedWords(s.Index, same)
	needs, offers := make([]aboutWords, len(cards)), make([]aboutWords, len(cards))
	in := map[string]int{} // in how many cards a word stands
	for i, c := range cards {
		needs[i], offers[i] = w.about(c.Need.Needs), w.about(c.Need.Offers)
		for key := range w.about(c.Need.Needs + ". " + c.Need.Offers) {
			in[key]++
		}
	}
	most := max(int(commonWord*float64(len(cards))), fewCards)
	var out []NeedMatch
	for i, a := range cards {
		for j, b := range cards {
			if a.Organisation.ID == b.Organisation.ID {
				continue
			}
			m := NeedMatch{Needs: a, Offers: b}
			for key, word := range needs[i] {
				if offers[j][key] == "" || in[key] > most {
					continue
				}
				m.Words = append(m.Words, word)
				m.weight += 1 / math.Sqrt(float64(in[key]))
			}
			if len(m.Words) == 0 {
				continue
			}
			slices.SortFunc(m.Words, func(x, y string) int {
				return cmp.Or(strings.Index(a.Need.Needs, x)-strings.Index(a.Need.Needs, y), cmp.Compare(x, y))
			})
			m.Words = m.Words[:min(len(m.Words), maxReasons)]
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b NeedMatch) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), byName(a.Needs.Name(), b.Needs.Name()), byName(a.Offers.Name(), b.Offers.Name()))
	})
	return out
}
