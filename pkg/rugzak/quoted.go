// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"strings"
)

// So many words of an entry in a row make a repetition of it: in a text that
// leads to the entry, and in any other.
const (
	runBeside = 4
	runApart  = 8
	wholeLine = 5 // a title or a lesson of so many words, wherever it stands
)

// LeftOut stands where a line was that repeated what is gone.
const LeftOut = "(…)"

// Gone is an entry that is purged, as what others wrote may repeat it: texts
// that lead to it, and those in which its words stand.
type Gone struct {
	entry                       EntryID
	past                        bool // what it says now stays
	beside, apart               map[string]bool
	besideLengths, apartLengths []int
}

// NewGone knows what an entry said. What stays is said still, and no reason to
// take anything away; nothing stays of one that is gone whole.
func NewGone(id EntryID, said, stays []Entry) Gone {
	g := Gone{entry: id, past: len(stays) > 0, beside: map[string]bool{}, apart: map[string]bool{}}
	for _, e := range said {
		for _, line := range []string{e.Title, e.Lesson} {
			words := strings.Fields(spoken(line))
			if len(words) > 1 {
				g.beside[strings.Join(words, " ")] = true
			}
			if len(words) >= wholeLine {
				g.apart[strings.Join(words, " ")] = true
			}
		}
		for _, text := range []string{e.Title, e.Lesson, e.Body} {
			words := strings.Fields(spoken(text))
			eachRun(words, runBeside, func(run string) { g.beside[run] = true })
			eachRun(words, runApart, func(run string) { g.apart[run] = true })
		}
	}
	g.besideLengths, g.apartLengths = runLengths(g.beside), runLengths(g.apart)
	for _, e := range stays {
		for _, text := range []string{e.Title, e.Lesson, e.Body} {
			words := strings.Fields(spoken(text))
			for _, n := range g.besideLengths {
				eachRun(words, n, func(run string) { delete(g.beside, run) })
			}
			for _, n := range g.apartLengths {
				eachRun(words, n, func(run string) { delete(g.apart, run) })
			}
		}
	}
	return g
}

func eachRun(words []string, length int, yield func(string)) {
	for i := 0; i+length <= len(words); i++ {
		yield(strings.Join(words[i:i+length], " "))
	}
}

func runLengths(runs map[string]bool) (out []int) {
	for run := range runs {
		if n := strings.Count(run, " ") + 1; !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// repeats reports whether a text says what is gone; beside, that it stands with
// something that leads there.
func (g Gone) repeats(text string, beside bool) bool {
	runs, lengths := g.apart, g.apartLengths
	if beside {
		runs, lengths = g.beside, g.besideLengths
	}
	words, found := strings.Fields(spoken(text)), false
	for _, n := range lengths {
		eachRun(words, n, func(run string) { found = found || runs[run] })
	}
	return found
}

// Whole reports whether nothing of the entry stays.
func (g Gone) Whole() bool { return !g.past }

// Leads reports whether a text leads to the entry.
func (g Gone) Leads(text string) bool { return slices.Contains(Quotes(text), g.entry) }

// Line takes what is gone out of a line, which goes whole then. beside says that
// it stands with something that leads to the entry.
func (g Gone) Line(text *string, beside bool) bool {
	leads := g.Leads(*text)
	if *text == "" || *text == LeftOut || !(leads && !g.past) && !g.repeats(*text, beside || leads) {
		return false
	}
	*text = LeftOut
	return true
}

// Text takes out of a text of several lines, as Markdown, the paragraphs, quotes
// and lines of lists that lead to the entry, and those that repeat it.
func (g Gone) Text(text *string, beside bool) bool {
	beside = beside || g.Leads(*text)
	parts := proseParts(*text)
	// What is quoted stands above or below the line that says of whom.
	says := func(n int) bool {
		return !g.past && n >= 0 && n < len(parts) && g.Leads(parts[n]) && !quotes(parts[n])
	}
	var out strings.Builder
	for i, p := range parts {
		quote := quotes(p) && len(Quotes(p)) == 0 && (says(i-1) || says(i+1))
		if !quote && !(g.Leads(p) && !g.past) && !g.repeats(p, beside) {
			out.WriteString(p)
		}
	}
	if out.Len() == len(*text) {
		return false
	}
	*text = strings.Trim(out.String(), "\n")
	return true
}

func quotes(part string) bool { return strings.HasPrefix(strings.TrimSpace(part), ">") }

// proseParts cuts a text into paragraphs, quotes and lines of lists; together
// they are the text.
func proseParts(text string) (out []string) {
	ended := true // by an empty line
	for line := range strings.Lines(text) {
		bare := strings.TrimSpace(line)
		if bare == "" {
			ended = true
		}
		quoted := len(out) > 0 && quotes(out[len(out)-1])
		begins := bare != "" && (ended || startsItem(bare) || strings.HasPrefix(bare, ">") && !quoted)
		if len(out) == 0 || begins {
			out = append(out, line)
		} else {
			out[len(out)-1] += line
		}
		if bare != "" {
			ended = false
		}
	}
	return out
}

// startsItem reports whether a line begins an item of a list, a heading or a row
// of a table.
func startsItem(line string) bool {
	for _, mark := range []string{"- ", "* ", "+ ", "#", "|"} {
		if strings.HasPrefix(line, mark) {
			return true
		}
	}
	number := strings.TrimLeft(line, "0123456789")
	return number != line && (strings.HasPrefix(number, ". ") || strings.HasPrefix(number, ") "))
}
