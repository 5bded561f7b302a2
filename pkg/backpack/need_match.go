// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"maps"
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

// topics are the words of a text, and the parts of its compounds with the
// compound they stand in.
type topics struct{ words, parts aboutWords }

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
func (w needWords) about(text string) topics {
	out, parts := aboutWords{}, aboutWords{}
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
		if said == 1 {
			for _, part := range w.keys.TermParts(words[i]) {
				if parts[part] == "" && utf8.RuneCountInString(part) >= shortestWord {
					parts[part] = words[i]
				}
			}
		}
		i += said
	}
	return topics{out, parts}
}

// common names the words of one text that the other is about as well: words that
// both have, and a compound of one that has a word of the other in it, such as
// "mantelzorgondersteuning" beside "ondersteuning". Two compounds with the same
// part, such as "huisarts" and "huisbezoek", have nothing in common.
func (t topics) common(other topics) aboutWords {
	out := aboutWords{}
	for key, word := range t.words {
		if other.words[key] != "" || other.parts[key] != "" {
			out[key] = word
		}
	}
	for key, word := range t.parts {
		if out[key] == "" && other.words[key] != "" {
			out[key] = word
		}
	}
	return out
}

// needMatches puts each need beside what other organisations offer that is about
// the same, those with most in common first.
func (s *Service) needMatches(cards []NeedCard, same [][]string) []NeedMatch {
	w := newNeedWords(s.Index, same)
	needs, offers := make([]topics, len(cards)), make([]topics, len(cards))
	in := map[string]int{} // in how many cards a word stands
	for i, c := range cards {
		needs[i], offers[i] = w.about(c.Need.Needs), w.about(c.Need.Offers)
		both := w.about(c.Need.Needs + ". " + c.Need.Offers)
		maps.Copy(both.parts, both.words)
		for key := range both.parts {
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
			for key, word := range needs[i].common(offers[j]) {
				if in[key] > most {
					continue
				}
				if !slices.Contains(m.Words, word) { // a compound may match by more than one part
					m.Words = append(m.Words, word)
				}
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
