// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import "slices"

// ranking lets the texts that a search may find pass by once: each is counted
// and, when it is a hit, offered to the page.
type ranking struct {
	hits   *hits
	values *values
	boost  booster
	page   *page
}

// each calls do for each hit.
func (r *ranking) each(do func(doc uint64) error) error {
	for {
		doc, err := r.hits.next()
		if err != nil || doc == noDoc {
			return err
		}
		isHit, err := r.values.visit(doc)
		if err != nil {
			return err
		}
		if isHit {
			if err := do(doc); err != nil {
				return err
			}
		}
	}
}

func (r *ranking) byNewest() error {
	return r.each(func(doc uint64) error {
		listed, _, err := r.values.told(doc)
		if err != nil {
			return err
		}
		return r.page.add(hit{doc: doc, place: place{listed: listed}})
	})
}

// byRelevance scores the hits. On a first page, a hit that stays below as many
// others as matter, however new and useful it is, is counted only.
func (r *ranking) byRelevance() error {
	var found []hit
	best := top{size: max(nearTexts, r.page.size)}
	err := r.each(func(doc uint64) error {
		words, whole := r.hits.scorer.score(doc)
		if r.page.from == nil && words*mostBoost+whole < best.least() {
			r.page.pass()
			return nil
		}
		listed, useful, err := r.values.told(doc)
		if err != nil {
			return err
		}
		h := hit{doc: doc, place: place{listed: listed, score: words*r.boost.of(useful, listed) + whole}}
		best.add(h.score)
		found = append(found, h)
		return nil
	})
	if err != nil {
		return err
	}
	if err := r.hits.scorer.near(found, r.page.above); err != nil {
		return err
	}
	for _, h := range found {
		if err := r.page.add(h); err != nil {
			return err
		}
	}
	return nil
}

// top keeps the highest scores, the lowest of them first.
type top struct {
	size   int
	scores []float64
}

// least is the score below which nothing is among the highest.
func (t *top) least() float64 {
	if len(t.scores) < t.size {
		return 0
	}
	return t.scores[0]
}

func (t *top) add(score float64) {
	at, _ := slices.BinarySearch(t.scores, score)
	if len(t.scores) < t.size {
		t.scores = slices.Insert(t.scores, at, score)
	} else if at > 0 {
		copy(t.scores, t.scores[1:at])
		t.scores[at-1] = score
	}
}
