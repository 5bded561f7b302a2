// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// maxFragments bounds the pieces of one text.
const maxFragments = 10

// Marker understands a query once for all texts.
func (x *Index) Marker(q rugzak.Query) rugzak.Marker {
	return &queryMarker{query: q, index: x, of: map[rugzak.Lang]*marker{}}
}

// queryMarker has a marker for each language of the texts.
type queryMarker struct {
	query rugzak.Query
	index *Index
	of    map[rugzak.Lang]*marker
}

// Fragments reads the text again with the analyser of its language, so that
// inflected words are marked too, and gives the pieces with the most different
// words of the query, in the order of the text. They are cut between words.
func (m *queryMarker) Fragments(lang rugzak.Lang, text string, most, length int) []rugzak.Fragment {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if most <= 0 || length <= 0 || strings.TrimSpace(text) == "" {
		return nil
	}
	if m.of[lang] == nil {
		x := m.index
		m.of[lang] = newMarker(m.query, lang, x.analysers, x.thesaurus().alternatives(m.query, x.analysers))
	}
	marks := m.of[lang].marks(text)
	if len(marks) == 0 {
		f, _ := cut(text, rugzak.Span{End: min(len(text), length)}, nil)
		return []rugzak.Fragment{f}
	}
	windows := best(marks, min(most, maxFragments), length)
	fragments := make([]rugzak.Fragment, 0, len(windows))
	floor := 0
	for i, w := range windows {
		ceiling := len(text)
		if i+1 < len(windows) {
			ceiling = marks[windows[i+1].first].Start
		}
		span := around(text, rugzak.Span{Start: marks[w.first].Start, End: marks[w.last].End}, length, floor, ceiling)
		f, end := cut(text, span, marks[w.first:])
		if between := text[floor : end-len(f.Text)]; i > 0 && strings.TrimSpace(between) == "" {
			fragments[i-1].After, f.Before = false, false
		}
		fragments = append(fragments, f)
		floor = end
	}
	return fragments
}

// window is a run of marks that fit in one piece.
type window struct {
	first, last int // marks
	worth       int
}

// best picks the windows with the most different terms, then the most marks,
// then the first. It returns them in the order of the text.
func best(marks []mark, most, length int) []window {
	windows := make([]window, 0, len(marks))
	inside := map[string]int{}
	last := -1
	for first := range marks {
		if last < first {
			last = first
			inside[marks[first].term]++
		}
		for last+1 < len(marks) && marks[last+1].End-marks[first].Start <= length {
			last++
			inside[marks[last].term]++
		}
		windows = append(windows, window{first: first, last: last, worth: len(inside)*len(marks) + last - first})
		if term := marks[first].term; inside[term] == 1 {
			delete(inside, term)
		} else {
			inside[term]--
		}
	}
	slices.SortStableFunc(windows, func(a, b window) int { return cmp.Compare(b.worth, a.worth) })
	var chosen []window
	for _, w := range windows {
		if len(chosen) == most {
			break
		}
		if !slices.ContainsFunc(chosen, func(c window) bool { return w.first <= c.last && c.first <= w.last }) {
			chosen = append(chosen, w)
		}
	}
	slices.SortFunc(chosen, func(a, b window) int { return cmp.Compare(a.first, b.first) })
	return chosen
}

// around widens a span to the length asked for, between floor and ceiling: it
// starts with a sentence where one begins nearby, else with a word.
func around(text string, inner rugzak.Span, length, floor, ceiling int) rugzak.Span {
	room := length - (inner.End - inner.Start)
	if room <= 0 {
		return rugzak.Span{Start: inner.Start, End: inner.Start + length}
	}
	start := max(floor, inner.Start-room/2)
	for start < inner.Start && !utf8.RuneStart(text[start]) {
		start++
	}
	if start > floor {
		start = beginning(text, start, inner.Start)
	}
	end := min(ceiling, start+length)
	if end == ceiling { // there is room left at the front
		start = max(floor, min(start, end-length))
		for start < inner.Start && !utf8.RuneStart(text[start]) {
			start++
		}
		if start > floor {
			start = beginning(text, start, inner.Start)
		}
	}
	return rugzak.Span{Start: start, End: max(end, inner.End)}
}

// beginning finds where to begin between two places of a text.
func beginning(text string, from, to int) int {
	lead := text[from:to]
	if i := strings.IndexAny(lead, ".!?\n"); i >= 0 {
		if after := strings.TrimLeftFunc(lead[i+1:], unicode.IsSpace); len(after) < len(lead[i+1:]) || lead[i] == '\n' {
			return to - len(after)
		}
	}
	if i := strings.IndexFunc(lead, unicode.IsSpace); i >= 0 {
		return to - len(strings.TrimLeftFunc(lead[i:], unicode.IsSpace))
	}
	return to
}

// cut takes a span out of a text, ending between words, with its marks. It also
// says where in the text it ends.
func cut(text string, span rugzak.Span, marks []mark) (rugzak.Fragment, int) {
	end := span.End
	for end > span.Start && end < len(text) && !utf8.RuneStart(text[end]) {
		end--
	}
	if end < len(text) && !startsWithSpace(text[end:]) {
		// Go back to the last space, but not into a word that is to be marked.
		least := span.Start
		for _, m := range marks {
			if m.End <= end {
				least = max(least, m.End)
			} else {
				break
			}
		}
		if i := strings.LastIndexFunc(text[least:end], unicode.IsSpace); i >= 0 && least+i > span.Start {
			end = least + i
		} else if least > span.Start {
			end = least
		}
	}
	piece := text[span.Start:end]
	start := end - len(strings.TrimLeftFunc(piece, unicode.IsSpace))
	piece = strings.TrimSpace(piece)
	f := rugzak.Fragment{
		Text:   piece,
		Before: strings.TrimSpace(text[:start]) != "",
		After:  strings.TrimSpace(text[start+len(piece):]) != "",
	}
	for _, m := range marks {
		if m.Start >= start+len(piece) {
			break
		}
		at := rugzak.Span{Start: max(m.Start, start) - start, End: min(m.End, start+len(piece)) - start}
		if at.Start < at.End {
			f.Marks = append(f.Marks, at)
		}
	}
	return f, start + len(piece)
}

func startsWithSpace(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(r)
}
