// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// titleFrom is a title for a text whose writer gave none: its first
// sentence, or its lesson. Headings are the questions of a form, not its words.
func titleFrom(body, lesson string) string {
	var prose strings.Builder
	fence := ""
	for line := range strings.Lines(body) {
		start := strings.TrimSpace(line)
		switch {
		case fence != "":
			if strings.HasPrefix(start, fence) {
				fence = ""
			}
		case strings.HasPrefix(start, "```"), strings.HasPrefix(start, "~~~"):
			fence = start[:3]
		case !apart.MatchString(start):
			prose.WriteString(line)
		}
	}
	return firstSentence([]string{prose.String(), lesson})
}

var (
	// apart are lines that are no prose: headings, tables, footnotes, the first
	// line of a callout, comments, pictures.
	apart = regexp.MustCompile(`^(#|\||\[\^|>\s*\[!|<!--|!\[)`)
	// What marks words in Markdown: links and pictures, code and emphasis.
	linked  = regexp.MustCompile(`!?\[([^\]]*)\]\([^)]*\)`)
	doubled = regexp.MustCompile("\\*\\*|__|~~|`")
	leaning = regexp.MustCompile(`(^|[\s("'])[*_]([^\s*_][^*_]*)[*_]($|[^\pL\pN])`)
	escaped = regexp.MustCompile(`\\([!-/:-@\[-` + "`" + `{-~])`)
)

// unmarked is a line without the marks of Markdown.
func unmarked(line string) string {
	line = linked.ReplaceAllString(line, "$1")
	line = leaning.ReplaceAllString(doubled.ReplaceAllString(line, ""), "$1$2$3")
	return escaped.ReplaceAllString(line, "$1")
}

// longestProposal is the longest title that is proposed, in characters.
const longestProposal = 90

// firstSentence proposes a title: the first sentence somebody wrote, without
// the marks of Markdown before it, cut at a word when it is long.
func firstSentence(answers []string) string {
	for _, text := range answers {
		for line := range strings.Lines(text) {
			line = rugzak.Line(unmarked(strings.TrimLeft(strings.TrimSpace(line), "#>-+ \t")))
			line = strings.TrimLeft(line, "* ")
			if strings.ContainsFunc(line, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
				return shortened(sentence(line))
			}
		}
	}
	return ""
}

// sentence cuts a line after its first sentence. A full stop goes, a question
// mark and an exclamation mark stay.
func sentence(line string) string { return strings.TrimSuffix(line[:rugzak.SentenceEnd(line)], ".") }

func shortened(s string) string {
	if utf8.RuneCountInString(s) <= longestProposal {
		return s
	}
	cut := 0
	count := 0
	for i, r := range s {
		if count++; count > longestProposal {
			break
		}
		if r == ' ' {
			cut = i
		}
		if cut == 0 && count == longestProposal {
			cut = i // one endless word
		}
	}
	return strings.TrimRight(s[:cut], " ,;:-") + "…"
}
