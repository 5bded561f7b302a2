// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// FoundIn is a place in which an entry holds what was asked.
type FoundIn string

// The places, in the order in which they are told.
const (
	FoundInTitle  FoundIn = "title"
	FoundInLesson FoundIn = "lesson"
	FoundInText   FoundIn = "text"
	FoundInTags   FoundIn = "tags"
	FoundInTheme  FoundIn = "theme"
	FoundInWriter FoundIn = "writer"
)

// Why says why an entry was found, as far as its texts show it.
type Why struct {
	In []FoundIn
	// Words are other words than those of the query that led to it: a part of a
	// compound, or what means the same (Same). They are empty where a word of the
	// query itself stands in it.
	Words []string
	Same  bool
}

// wordsOfWhy is how many other words are told.
const wordsOfWhy = 3

// whys tells of hits why they were found.
type whys struct {
	key        func(string) string
	own, also  map[string]bool // by key
	words      []string        // of the query
	beginnings []string        // of an unfinished word
	clauses    []FoundIn       // of clauses whose words stand in no text
}

// newWhys understands what was asked: q has the words that were looked for, and
// also those that mean the same.
func (s *Service) newWhys(q rugzak.Query, also []string) *whys {
	w := &whys{key: s.Index.TermKey, own: map[string]bool{}, also: map[string]bool{}}
	for _, c := range q.Clauses {
		switch {
		case c.Exclude:
		case c.Field == rugzak.FieldTheme:
			w.clauses = append(w.clauses, FoundInTheme)
		case c.Field == rugzak.FieldFrom:
			w.clauses = append(w.clauses, FoundInWriter)
		default:
			for word := range strings.FieldsSeq(strings.ToLower(c.Text)) {
				w.own[w.key(word)], w.words = true, append(w.words, word)
				if c.Prefix {
					w.beginnings = append(w.beginnings, word)
				}
			}
		}
	}
	if last := len(q.Clauses) - 1; last >= 0 && q.Clauses[last].IsPlain() { // it may be unfinished
		w.beginnings = append(w.beginnings, strings.ToLower(q.Clauses[last].Text))
	}
	for _, words := range also {
		for word := range strings.FieldsSeq(words) {
			w.also[w.key(word)] = true
		}
	}
	return w
}

// why reads what was marked in a hit. The lesson stands before the text in the
// fragments, on a line of its own.
func (w *whys) why(hit *HitCard, text string) Why {
	var out Why
	var marks []string
	take := func(text string, spans []rugzak.Span) {
		for _, m := range spans {
			marks = append(marks, strings.ToLower(text[m.Start:m.End]))
		}
	}
	in := map[FoundIn]bool{}
	if len(hit.TitleMarks) > 0 {
		in[FoundInTitle] = true
		take(hit.Title, hit.TitleMarks)
	}
	for _, f := range hit.Fragments {
		take(f.Text, f.Marks)
		at := strings.Index(text, f.Text)
		for _, m := range f.Marks {
			in[placeOf(at+m.Start, len(hit.Lesson))] = true
		}
	}
	for _, f := range hit.Tags {
		take(f.Text, f.Marks)
		in[FoundInTags] = in[FoundInTags] || len(f.Marks) > 0
	}
	for _, place := range w.clauses {
		in[place] = true
	}
	for _, place := range []FoundIn{FoundInTitle, FoundInLesson, FoundInText, FoundInTags, FoundInTheme, FoundInWriter} {
		if in[place] {
			out.In = append(out.In, place)
		}
	}
	out.Words, out.Same = w.others(marks)
	return out
}

// placeOf tells the lesson from the text behind it.
func placeOf(at, lesson int) FoundIn {
	if at < lesson {
		return FoundInLesson
	}
	return FoundInText
}

// others are the marked words, when none of them is one of the query: those that
// mean the same, if there are any.
func (w *whys) others(marks []string) (words []string, same bool) {
	var equal []string
	told := map[string]bool{}
	for _, mark := range marks {
		key := w.key(mark)
		switch {
		case w.asked(mark, key):
			return nil, false
		case told[key]:
			continue
		case w.also[key]:
			equal = append(equal, mark)
		}
		words, told[key] = append(words, mark), true
	}
	if same = len(equal) > 0; same {
		words = equal
	}
	return words[:min(len(words), wordsOfWhy)], same
}

// asked reports whether a marked word is one of the query.
func (w *whys) asked(mark, key string) bool {
	return w.own[key] || slices.ContainsFunc(w.words, func(word string) bool { return anotherForm(word, mark) }) ||
		slices.ContainsFunc(w.beginnings, func(b string) bool { return strings.HasPrefix(mark, b) })
}

// What two forms of a word share at least at their beginning, and by how much each
// goes on at most, in bytes.
const (
	formShares = 5
	formEnds   = 4
)

// anotherForm reports whether two words look like forms of one, such as "afspraak"
// and "afspraken": telling that would tell nothing.
func anotherForm(a, b string) bool {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n >= formShares && len(a)-n <= formEnds && len(b)-n <= formEnds
}
