// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"cmp"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Glossary (begrippenlijst) finds the words of groups that have an explanation
// in texts that are shown.
type Glossary struct {
	terms []Term
	words map[string][]glossaryWord // by their first part, in lower case
}

type glossaryWord struct {
	text  string // as HTML has it
	exact bool   // an acronym: "ZIN" is not "zin"
	term  int
}

// MaxExplained is how many words of one text are explained.
const MaxExplained = 12

// NewGlossary takes the groups that have an explanation.
func NewGlossary(all []Term) *Glossary {
	g := &Glossary{words: map[string][]glossaryWord{}}
	for _, t := range all {
		if t.Meaning == "" {
			continue
		}
		for _, w := range t.Words() {
			if first := firstPart(w); first != "" {
				g.words[first] = append(g.words[first], glossaryWord{html.EscapeString(w), isAcronym(w), len(g.terms)})
			}
		}
		g.terms = append(g.terms, t)
	}
	for _, words := range g.words { // the longest is meant first
		slices.SortStableFunc(words, func(a, b glossaryWord) int { return cmp.Compare(len(b.text), len(a.text)) })
	}
	return g
}

// firstPart are the letters and digits a word begins with; empty when it begins
// with something else.
func firstPart(w string) string {
	end := strings.IndexFunc(w, func(r rune) bool { return !isWordRune(r) })
	if end < 0 {
		end = len(w)
	}
	return strings.ToLower(w[:end])
}

// isAcronym reports whether a word is one only as it is written.
func isAcronym(w string) bool {
	capitals := 0
	for _, r := range w {
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return utf8.RuneCountInString(w) < 4 || capitals > 1 && !strings.ContainsRune(w, ' ')
}

// is reports whether a text begins with the word, and with no more of a word.
func (w glossaryWord) is(text string) bool {
	if len(text) < len(w.text) {
		return false
	}
	part := text[:len(w.text)]
	if w.exact && part != w.text && part != strings.ToUpper(w.text) || !w.exact && !strings.EqualFold(part, w.text) {
		return false
	}
	after, _ := utf8.DecodeRuneInString(text[len(w.text):])
	last, _ := utf8.DecodeLastRuneInString(part)
	return !isWordRune(after) || !isWordRune(last)
}

// unexplained are the elements in which no word is explained: links, headings,
// and what is meant to be read letter by letter.
var unexplained = []string{"a", "code", "pre", "h2", "h3", "h4", "h5", "h6", "sup"}

// Explain leads from the first place of each word, in HTML that a Renderer made,
// to its explanation at "#" + GlossaryMark + id. It returns the groups it found.
func (g *Glossary) Explain(page string) (string, []Term) {
	if g == nil || len(g.words) == 0 {
		return page, nil
	}
	var out strings.Builder
	var found []Term
	seen := map[int]bool{}
	shut := 0 // how deep in elements in which nothing is explained
	for at := 0; at < len(page); {
		switch rest := page[at:]; {
		case rest[0] == '<':
			end := strings.IndexByte(rest, '>')
			if end < 0 {
				end = len(rest) - 1
			}
			name, closes := strings.CutPrefix(rest[1:end], "/")
			name, _, _ = strings.Cut(name, " ")
			if slices.Contains(unexplained, name) {
				if closes {
					shut = max(0, shut-1)
				} else {
					shut++
				}
			}
			out.WriteString(rest[:end+1])
			at += end + 1
		case rest[0] == '&': // a character in words of its own
			end := strings.IndexByte(rest, ';') + 1
			out.WriteString(rest[:max(1, end)])
			at += max(1, end)
		default:
			part := firstPart(rest)
			if part == "" {
				_, size := utf8.DecodeRuneInString(rest)
				out.WriteString(rest[:size])
				at += size
				continue
			}
			length := strings.IndexFunc(rest, func(r rune) bool { return !isWordRune(r) })
			if length < 0 {
				length = len(rest)
			}
			if i := slices.IndexFunc(g.words[part], func(w glossaryWord) bool { return w.is(rest) }); shut == 0 && i >= 0 {
				w := g.words[part][i]
				if !seen[w.term] && len(found) < MaxExplained {
					seen[w.term] = true
					found = append(found, g.terms[w.term])
					out.WriteString(`<a class="rz-term" href="#` + GlossaryMark + string(g.terms[w.term].ID) + `">` + rest[:len(w.text)] + "</a>")
					at += len(w.text)
					continue
				}
				length = max(length, len(w.text))
			}
			out.WriteString(rest[:length])
			at += length
		}
	}
	return out.String(), found
}

// GlossaryMark is before the id of a group in the place where it is explained.
const GlossaryMark = "begrip-"
