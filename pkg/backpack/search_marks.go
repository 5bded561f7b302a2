// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// marks shows in hits what the query is about.
type marks struct {
	index  rugzak.Index
	asked  rugzak.Marker
	longer rugzak.Marker // takes the last word as the beginning of one; made when it is needed
	query  rugzak.Query  // of longer; without clauses where the last word is taken as it is
}

func (s *Service) newMarks(q rugzak.Query, literal bool) *marks {
	m := &marks{index: s.Index, asked: s.Index.Marker(q)}
	if last := len(q.Clauses) - 1; last >= 0 && !literal && q.Clauses[last].IsPlain() {
		m.query.Clauses = slices.Clone(q.Clauses)
		m.query.Clauses[last].Prefix = true
	}
	return m
}

// textWith is what is shown of an entry in a search: its lesson, and its text
// behind it.
func (c rawCard) textWith(text string) string {
	if c.Lesson == "" {
		return text
	}
	return c.Lesson + "\n" + text
}

// show marks a hit. Where none of the words stand in it, the search took the
// last one as unfinished.
func (m *marks) show(hit *HitCard, c rawCard, text string) {
	if markHit(hit, m.asked, c, text) || len(m.query.Clauses) == 0 {
		return
	}
	if m.longer == nil {
		m.longer = m.index.Marker(m.query)
	}
	markHit(hit, m.longer, c, text)
}

// markHit reports whether there was anything to mark.
func markHit(hit *HitCard, marker rugzak.Marker, c rawCard, text string) bool {
	hit.Fragments = marker.Fragments(c.Lang, text, fragmentsOfHit, fragmentLength)
	if t := marker.Fragments(c.Lang, c.Title, 1, 2*rugzak.MaxTitle); len(t) == 1 && t[0].Text == c.Title {
		hit.TitleMarks = t[0].Marks
	}
	if marked(hit.Fragments) || len(hit.TitleMarks) > 0 {
		return true
	}
	tags := strings.Join(c.entry.Tags, ", ")
	if t := marker.Fragments(c.Lang, tags, 1, len(tags)); marked(t) {
		hit.Tags = t
	}
	return len(hit.Tags) > 0
}

func marked(fragments []rugzak.Fragment) bool {
	return slices.ContainsFunc(fragments, func(f rugzak.Fragment) bool { return len(f.Marks) > 0 })
}
