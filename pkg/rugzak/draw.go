// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strconv"
)

// FacetCard divides the entries that make a card to talk about over a fixed
// number of heaps, so that one can be drawn without looking at all of them.
const FacetCard Facet = "card"

// CardHeaps is the number of heaps.
const CardHeaps = 64

// cardKinds are the kinds that make a card: those that tell what was learned.
func cardKinds() []Kind {
	return []Kind{KindExperience, KindSuccess, KindFailure, KindInsight, KindApplication}
}

// CardHeap is the heap of an entry; empty for one that makes no card.
func CardHeap(e Entry) string {
	if e.Lesson == "" || !slices.Contains(cardKinds(), e.Kind) {
		return ""
	}
	return strconv.FormatUint(lot("heap", string(e.ID))%CardHeaps, 10)
}

// CardHeapNames lists the heaps.
func CardHeapNames() []string {
	out := make([]string, CardHeaps)
	for i := range out {
		out[i] = strconv.Itoa(i)
	}
	return out
}

// Choices are the values of the facets that only some entries have.
func (e Entry) Choices() map[Facet][]string {
	out := e.Method.Choices()
	if heap := CardHeap(e); heap != "" {
		if out == nil {
			out = map[Facet][]string{}
		}
		out[FacetCard] = []string{heap}
	}
	return out
}

// Draw names one turn of drawing: a day, on which everybody draws the same, and
// how many cards were drawn before.
type Draw struct {
	Day  string // such as "20261126"
	Turn int
}

// MaxTurn is the last turn of a day; after it the first comes again.
const MaxTurn = 9999

// drawRound is how many turns remember what was taken before them.
const drawRound = 24

// Order puts texts in the order in which this turn takes them. Each has its
// place by itself: where two people see not the same ones, they still mostly
// come upon the same card as long as both may see it. What was taken lately
// comes last.
func (d Draw) Order(texts []string) []string {
	out := slices.Clone(texts)
	if len(out) == 0 {
		return out
	}
	var taken []string
	apart := min(len(texts)/2, drawRound/2)
	for turn := d.Turn - d.Turn%drawRound; ; turn++ {
		lately := taken[max(0, len(taken)-apart):]
		seed := d.Day + "/" + strconv.Itoa(turn)
		places := make(map[string]uint64, len(texts))
		for _, t := range texts {
			places[t] = lot(seed, t)
		}
		slices.SortFunc(out, func(a, b string) int {
			return cmp.Or(cmp.Compare(slices.Index(lately, a), slices.Index(lately, b)), cmp.Compare(places[a], places[b]), cmp.Compare(a, b))
		})
		if turn == d.Turn {
			return out
		}
		taken = append(taken, out[0])
	}
}

// lot is a number that says nothing about what it is drawn for.
func lot(seed, text string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(seed + "\x00" + text)) // a hash takes everything
	n := h.Sum64()
	n ^= n >> 33
	n *= 0xff51afd7ed558ccd
	return n ^ n>>33
}
