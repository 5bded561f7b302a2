// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// tables writes results as Markdown.
func tables(all []record) string {
	var b strings.Builder
	for _, set := range setsOf(all) {
		of := func(kind string) []record {
			return filter(all, func(r record) bool { return r.Set == set && r.Kind == kind })
		}
		head := of(kindSet)[0]
		fmt.Fprintf(&b, "## %s: %s texts, %.1f MB\n\n", set, thousands(head.Size), head.Values["raw_mb"])
		fmt.Fprintf(&b, "%.0f processors, %.1f GB of memory; medians of %.0f rounds.\n\n", head.Values["cpus"], head.Values["memory_mb"]/1024, head.Values["rounds"])
		qualityTable(&b, of(kindQuality), of(kindPaired))
		latencyTable(&b, of(kindLatency), of(kindRatio))
		foundTable(&b, of(kindFound), of(kindRatio))
		roomTable(&b, of(kindBuild), of(kindSize), of(kindMemory))
	}
	return b.String()
}

func setsOf(all []record) []string {
	var out []string
	for _, r := range all {
		if r.Kind == kindSet && !slices.Contains(out, r.Set) {
			out = append(out, r.Set)
		}
	}
	return out
}

func filter(all []record, keep func(record) bool) []record {
	var out []record
	for _, r := range all {
		if keep(r) {
			out = append(out, r)
		}
	}
	return out
}

// first finds a result; without one its values are missing.
func first(all []record, keep func(record) bool) record {
	if i := slices.IndexFunc(all, keep); i >= 0 {
		return all[i]
	}
	return record{}
}

// distinctOf lists the values of a property in the order in which they come.
func distinctOf[T comparable](all []record, of func(record) T) []T {
	var out []T
	for _, r := range all {
		if v := of(r); !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

func row(b *strings.Builder, cells ...string) {
	b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

func header(b *strings.Builder, cells ...string) {
	row(b, cells...)
	b.WriteString(strings.Repeat("|---", len(cells)) + "|\n")
}

// value writes a number with three digits that say something; a dash when there
// is none.
func (r record) value(name string) string {
	v, ok := r.Values[name]
	if !ok {
		return "-"
	}
	return short(v)
}

func short(v float64) string {
	switch a := math.Abs(v); {
	case a == 0:
		return "0"
	case a >= 100:
		return thousands(int(math.Round(v)))
	case a >= 10:
		return fmt.Sprintf("%.1f", v)
	case a >= 1:
		return fmt.Sprintf("%.2f", v)
	case a >= 0.01:
		return fmt.Sprintf("%.3f", v)
	}
	return fmt.Sprintf("%.2g", v)
}

func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// share writes a value between nothing and one.
func (r record) share(name string) string {
	v, ok := r.Values[name]
	if !ok {
		return "-"
	}
	return strings.Replace(fmt.Sprintf("%.3f", v), "0.", ".", 1)
}

func qualityTable(b *strings.Builder, quality, pairs []record) {
	if len(quality) == 0 {
		return
	}
	categories := distinctOf(filter(quality, func(r record) bool { return r.Note != "tried" }), func(r record) string { return r.About })
	b.WriteString("### Finding known texts\n\nMRR@10 / success@1 / success@10 / nDCG@10.\n\n")
	head := []string{"engine"}
	for _, c := range categories {
		n := first(quality, func(r record) bool { return r.About == c && r.Note != "tried" })
		head = append(head, fmt.Sprintf("%s (%.0f)", c, n.Values["queries"]))
	}
	header(b, head...)
	for _, e := range distinctOf(quality, func(r record) string { return r.Engine }) {
		name := e
		cells := []string{}
		for _, c := range categories {
			r := first(quality, func(r record) bool { return r.Engine == e && r.About == c })
			if r.Note != "" && r.Note != "tried" {
				name = e + " (" + r.Note + ")"
			}
			if r.Values == nil {
				cells = append(cells, "")
				continue
			}
			cells = append(cells, fmt.Sprintf("%s / %s / %s / %s", r.share("mrr10"), r.share("success1"), r.share("success10"), r.share("ndcg10")))
		}
		row(b, append([]string{name}, cells...)...)
	}
	if len(pairs) == 0 {
		b.WriteString("\n")
		return
	}
	fmt.Fprintf(b, "\nOne less the other, query by query. p: two-sided sign-flip test on the differences, %s throws; W: Wilcoxon signed-rank.\n\n", thousands(permutations))
	header(b, "difference", "queries", "better / worse", "MRR@10", "p", "W", "success@10", "p", "nDCG@10", "p")
	for _, r := range pairs {
		row(b, fmt.Sprintf("%s - %s, %s", r.Engine, r.Other, r.About), r.value("queries"), r.value("better")+" / "+r.value("worse"),
			fmt.Sprintf("%+.3f", r.Values["mrr10"]), r.value("mrr10_p"), r.value("mrr10_wilcoxon_p"),
			fmt.Sprintf("%+.3f", r.Values["success10"]), r.value("success10_p"), fmt.Sprintf("%+.3f", r.Values["ndcg10"]), r.value("ndcg10_p"))
	}
	b.WriteString("\n")
}

func latencyTable(b *strings.Builder, latency, ratios []record) {
	if len(latency) == 0 {
		return
	}
	engines := distinctOf(latency, func(r record) string { return r.Engine })
	b.WriteString("### Time of queries\n\nMilliseconds, p50 / p95. In brackets rugzak to that engine, p50 / p95, from the same rounds.\n\n")
	header(b, append(append([]string{"task", "clients"}, engines...), "hits in rugzak")...)
	for _, clients := range distinctOf(latency, func(r record) int { return r.Clients }) {
		for _, t := range distinctOf(latency, func(r record) task { return r.Task }) {
			cells := []string{string(t), fmt.Sprint(clients)}
			hits := "-"
			for _, e := range engines {
				r := first(latency, func(r record) bool { return r.Engine == e && r.Task == t && r.Clients == clients })
				cell := r.value("p50_ms") + " / " + r.value("p95_ms")
				q := first(ratios, func(q record) bool {
					return q.Other == e && q.Engine != e && q.Task == t && q.Clients == clients && q.To == ""
				})
				if q.Values != nil {
					cell += " (" + q.value("p50") + " / " + q.value("p95") + ")"
				}
				if e == engineRugzak {
					hits = r.value("hits")
				}
				cells = append(cells, cell)
			}
			row(b, append(cells, hits)...)
		}
	}
	b.WriteString("\nWhat a task costs beside another one of the same engine, p50 / p95:\n\n")
	header(b, append([]string{"tasks", "clients"}, engines...)...)
	inner := filter(ratios, func(r record) bool { return r.To != "" })
	for _, clients := range distinctOf(inner, func(r record) int { return r.Clients }) {
		for _, t := range distinctOf(inner, func(r record) task { return r.Task }) {
			cells := []string{string(t) + " to " + string(taskRanked), fmt.Sprint(clients)}
			for _, e := range engines {
				r := first(inner, func(r record) bool { return r.Engine == e && r.Task == t && r.Clients == clients })
				cells = append(cells, r.value("p50")+" / "+r.value("p95"))
			}
			row(b, cells...)
		}
	}
	b.WriteString("\n")
}

func foundTable(b *strings.Builder, found, ratios []record) {
	if len(found) == 0 {
		return
	}
	b.WriteString("### From posting to finding, while two clients search\n\nMilliseconds, p50 / p95.\n\n")
	header(b, "engine", "posted, durable", "from then until found", "both", "rugzak to it, both")
	for _, r := range found {
		q := first(ratios, func(q record) bool { return q.Other == r.Engine && q.About != "" })
		row(b, r.Engine, r.value("stored_p50_ms")+" / "+r.value("stored_p95_ms"), r.value("found_p50_ms")+" / "+r.value("found_p95_ms"),
			r.value("both_p50_ms")+" / "+r.value("both_p95_ms"), q.value("p50")+" / "+q.value("p95"))
	}
	b.WriteString("\n")
}

func roomTable(b *strings.Builder, built, sizes, memory []record) {
	if len(built) == 0 {
		return
	}
	b.WriteString("### Building, room and memory\n\n")
	header(b, "engine", "texts/s", "index to raw text", "all to raw text", "index to raw text, after everything was written anew", "growth by that", "resident MB", "peak MB while building")
	for _, r := range built {
		of := func(e string, about string) func(record) bool {
			return func(s record) bool { return s.Engine == e && s.About == about }
		}
		size, anew, mem := first(sizes, of(r.Engine, "")), first(sizes, of(r.Engine, "rewritten")), first(memory, of(r.Engine, ""))
		peak := r.value("peak_mb")
		if r.Engine == enginePostgres {
			peak = "-" // of the client only
		}
		row(b, r.Engine, r.value("texts_per_s"), size.value("index_to_raw"), size.value("all_to_raw"), anew.value("index_to_raw"), anew.value("growth"), mem.value("resident_mb"), peak)
	}
	b.WriteString("\n")
}
