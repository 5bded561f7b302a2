// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/blevesearch/vellum"
)

// What stands in the value of a spelling, from the lowest bit; the same numbers
// stand in pkg/dutch.
const (
	leadBits   = 2 // how well it is known as the first or middle part of a compound
	linkedBits = 2 // the same with a linking s
	endBits    = 2 // the same as the last part
	cutBits    = 5 // bytes of its own last part, 0: no compound
	nameBit    = 1 // known as a name only
	sepBit     = 1 // a verb that falls apart

	linkedAt = leadBits
	endAt    = linkedAt + linkedBits
	cutAt    = endAt + endBits
	nameAt   = cutAt + cutBits
	sepAt    = nameAt + nameBit
	editAt   = sepAt + sepBit
)

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// winner chooses the word a spelling belongs to.
func (l *lexicon) winner(form string) string {
	claims := l.claims[form]
	best := slices.MinFunc(claims, func(a, b claim) int {
		return cmp.Or(cmp.Compare(a.role, b.role), cmp.Compare(far(a, form), far(b, form)), cmp.Compare(len(a.word), len(b.word)), cmp.Compare(a.word, b.word))
	})
	return l.find(best.word)
}

// write makes the table: the transducer from spelling to the number of an edit
// that gives the base form, and what the spelling can do.
func (l *lexicon) write(target string) {
	word := map[string]string{}
	for form := range l.claims {
		word[form] = l.winner(form)
	}
	// The base form of a word is a spelling that belongs to it: its own name if
	// it can, otherwise the first of its forms.
	base := map[string]string{}
	for _, form := range sorted(word) {
		w := word[form]
		if word[w] == w {
			base[w] = w
		} else if base[w] == "" || base[w] != w && len(form) < len(base[w]) {
			base[w] = form
		}
	}
	for w, lead := range l.sep {
		if b := base[l.find(w)]; b != "" && strings.HasPrefix(b, lead) && word[w] == l.find(w) {
			l.parts[b] |= 1 << sepAt
		}
	}
	for form, cut := range l.cuts {
		l.parts[form] |= uint64(cut) << cutAt
	}
	counts := map[string]int{}
	edits := map[string]string{}
	for form, w := range word {
		e := edit(form, base[w])
		if got := apply(form, e); got != base[w] {
			must(fmt.Errorf("edit %s of %s gives %s, not %s", e, form, got, base[w]))
		}
		edits[form] = e
		counts[e]++
	}
	order := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	number := map[string]uint64{}
	for i, e := range order {
		number[e] = uint64(i)
	}
	var table bytes.Buffer
	b, err := vellum.New(&table, nil)
	must(err)
	for _, form := range sorted(edits) {
		must(b.Insert([]byte(form), number[edits[form]]<<editAt|l.parts[form]))
	}
	must(b.Close())
	must(os.WriteFile(filepath.Join(target, "words.fst"), table.Bytes(), 0o644))
	must(os.WriteFile(filepath.Join(target, "edits.txt"), []byte(strings.Join(order, "\n")+"\n"), 0o644))
	fmt.Printf("%d spellings, %d words, %d edits, %d bytes\n", len(word), len(base), len(order), table.Len())
}

// far tells whether a form is not the one the rules of spelling make of its
// word: betrokkene is of betrokken rather than of betrekken, rozen of roos rather
// than of ros, hele of heel rather than of hel.
func far(c claim, form string) int {
	usual := form
	switch c.role {
	case inflected, adjectival:
		usual = form + "n"
	case plural:
	case small:
		return -len(c.word) // lijstje is of lijst, not of lijs
	default:
		return 0
	}
	if s := stems(usual); len(s) > 0 && s[0] == c.word {
		return 0
	}
	if c.word+"e" == form {
		return 1
	}
	return 2
}

// common counts the bytes at the start that two words share.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// edit describes how to get from a form to its base: "at,n,new" takes the "ge"
// at an offset out (at -1: none), cuts n bytes off the end and adds new.
func edit(form, base string) string {
	best := ""
	try := func(at int, from string) {
		n := common(from, base)
		if n < at {
			return // the end that goes off would reach over the "ge"
		}
		e := fmt.Sprintf("%d,%d,%s", at, len(from)-n, base[n:])
		if best == "" || len(from)-n+len(base)-n+2 < cost(best) {
			best = e
		}
	}
	try(-1, form)
	for at := 0; at+2 < len(form); at++ {
		if form[at:at+2] == "ge" {
			try(at, form[:at]+form[at+2:])
		}
	}
	return best
}

// apply is what pkg/dutch does with an edit.
func apply(form, e string) string {
	f := strings.SplitN(e, ",", 3)
	at, cut := 0, 0
	fmt.Sscan(f[0], &at)
	fmt.Sscan(f[1], &cut)
	if at >= 0 {
		form = form[:at] + form[at+2:]
	}
	return form[:len(form)-cut] + f[2]
}

func cost(e string) int {
	f := strings.SplitN(e, ",", 3)
	n := 0
	fmt.Sscan(f[1], &n)
	extra := 2
	if f[0] != "-1" {
		extra = 4
	}
	return n + len(f[2]) + extra
}
