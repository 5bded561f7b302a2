// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"fmt"
	"slices"

	"rugzak/pkg/rugzak"
)

// overall is the category of all queries.
const overall = "overall"

// quality ranks the judged queries with every engine and compares Rugzak with
// each of the others, query by query.
func (m *measurement) quality(ctx context.Context) error {
	if len(m.set.Judged) == 0 {
		return nil
	}
	note := ""
	if pg, ok := m.engines[enginePostgres].(*postgresEngine); ok {
		if err := m.choose(ctx, pg); err != nil {
			return err
		}
		note = pg.rank.name
	}
	all := map[string][]rugzak.Measured{}
	for _, name := range m.options.engines {
		scores, err := m.scores(ctx, m.engines[name].ranking)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		all[name] = scores
		said := ""
		if name == enginePostgres {
			said = note
		}
		for _, c := range m.categories() {
			if err := m.add(qualityOf(name, c, said, pick(scores, m.in(c)))); err != nil {
				return err
			}
		}
	}
	for _, other := range m.options.engines {
		if other == engineRugzak || all[engineRugzak] == nil {
			continue
		}
		for _, c := range m.categories() {
			if err := m.add(paired(engineRugzak, other, c, pick(all[engineRugzak], m.in(c)), pick(all[other], m.in(c)))); err != nil {
				return err
			}
		}
	}
	return nil
}

// choose lets PostgreSQL rank in the way that finds best, and notes the others.
func (m *measurement) choose(ctx context.Context, pg *postgresEngine) error {
	best := -1.0
	for _, rank := range pgRanks() {
		scores, err := m.scores(ctx, func(ctx context.Context, q question) ([]string, error) { return pg.rankingBy(ctx, q, rank) })
		if err != nil {
			return err
		}
		if got := rugzak.Mean(scores).MRR; got > best {
			best, pg.rank = got, rank
		}
		r := qualityOf(enginePostgres+": "+rank.name, overall, "tried", scores)
		if err := m.add(r); err != nil {
			return err
		}
	}
	return nil
}

func (m *measurement) scores(ctx context.Context, ranking func(context.Context, question) ([]string, error)) ([]rugzak.Measured, error) {
	out := make([]rugzak.Measured, len(m.set.Judged))
	for i, q := range m.set.Judged {
		ids, err := ranking(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("query %s: %w", q.ID, err)
		}
		out[i] = rugzak.MeasureRanking(ids, q.Relevant)
	}
	return out, nil
}

// categories lists those of the queries, and last all together.
func (m *measurement) categories() []string {
	var out []string
	for _, q := range m.set.Judged {
		if !slices.Contains(out, q.Category) {
			out = append(out, q.Category)
		}
	}
	slices.Sort(out)
	return append(out, overall)
}

// in says which queries are of a category.
func (m *measurement) in(category string) func(int) bool {
	return func(i int) bool { return category == overall || m.set.Judged[i].Category == category }
}

func pick(scores []rugzak.Measured, in func(int) bool) []rugzak.Measured {
	var out []rugzak.Measured
	for i, s := range scores {
		if in(i) {
			out = append(out, s)
		}
	}
	return out
}

func qualityOf(engine, category, note string, scores []rugzak.Measured) record {
	s := rugzak.Mean(scores)
	return record{Kind: kindQuality, Engine: engine, About: category, Note: note, Values: map[string]float64{
		"queries": float64(len(scores)), "mrr10": s.MRR, "success1": s.First, "success10": s.Found, "ndcg10": s.NDCG,
	}}
}

// paired is the first engine less the other on the same queries.
func paired(first, other, category string, a, b []rugzak.Measured) record {
	var reciprocal, ten, gain []float64
	better, worse := 0.0, 0.0
	for i := range a {
		d := a[i].MRR - b[i].MRR
		reciprocal, ten, gain = append(reciprocal, d), append(ten, a[i].Found-b[i].Found), append(gain, a[i].NDCG-b[i].NDCG)
		switch {
		case d > 0:
			better++
		case d < 0:
			worse++
		}
	}
	x, y := rugzak.Mean(a), rugzak.Mean(b)
	return record{Kind: kindPaired, Engine: first, Other: other, About: category, Values: map[string]float64{
		"queries": float64(len(a)), "better": better, "worse": worse,
		"mrr10": x.MRR - y.MRR, "success10": x.Found - y.Found, "ndcg10": x.NDCG - y.NDCG,
		"mrr10_p": signFlip(reciprocal), "success10_p": signFlip(ten), "ndcg10_p": signFlip(gain), "mrr10_wilcoxon_p": wilcoxon(reciprocal),
	}}
}
