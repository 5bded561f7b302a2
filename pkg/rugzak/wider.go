// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"strings"
)

// fieldNames are the words of fields by which a query is written again.
var fieldNames = map[QueryField]string{FieldTitle: "titel:", FieldTheme: "thema:", FieldFrom: "van:"}

// String is a clause as somebody could have typed it.
func (c Clause) String() string {
	var b strings.Builder
	if c.Exclude {
		b.WriteByte('-')
	}
	b.WriteString(fieldNames[c.Field])
	if c.Phrase {
		b.WriteString(`"` + c.Text + `"`)
	} else {
		b.WriteString(c.Text)
	}
	if c.Prefix {
		b.WriteByte('*')
	}
	return b.String()
}

// String is a query as somebody could have typed it.
func (q Query) String() string {
	parts := make([]string, len(q.Clauses))
	for i, c := range q.Clauses {
		parts[i] = c.String()
	}
	return strings.Join(parts, " ")
}

// Wider lists at most that many queries that ask a little less than this one:
// without one of its words or conditions, or with the words of a phrase apart.
// Each still asks for something.
func (q Query) Wider(most int) []Query {
	var out []Query
	seen := map[string]bool{q.String(): true}
	add := func(clauses []Clause) {
		asks := slices.ContainsFunc(clauses, func(c Clause) bool { return !c.Exclude })
		wider := Query{Clauses: clauses}
		if key := wider.String(); asks && len(out) < most && !seen[key] {
			seen[key] = true
			out = append(out, wider)
		}
	}
	for i, c := range q.Clauses {
		if c.Phrase && !c.Exclude && c.Field == FieldAny {
			loose := slices.Clone(q.Clauses[:i])
			for word := range strings.SplitSeq(c.Text, " ") {
				if hasWord(word) {
					loose = append(loose, Clause{Text: word})
				}
			}
			add(append(loose, q.Clauses[i+1:]...))
		}
	}
	for i := range slices.Backward(q.Clauses) { // what was typed last matters least
		add(slices.Delete(slices.Clone(q.Clauses), i, i+1))
	}
	return out
}
