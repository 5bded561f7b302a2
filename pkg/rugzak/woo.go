// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"strings"
	"unicode"
)

// WooSelection says which entries a request under the Woo (Wet open overheid)
// is about. Months are such as "2026-03"; the last one counts whole. Without
// themes it is about all of them.
type WooSelection struct {
	Themes   []ThemeID
	From, To string
}

// Validate checks the form of a selection.
func (s WooSelection) Validate() error {
	var p Problems
	for _, m := range []struct{ field, month string }{{"from", s.From}, {"to", s.To}} {
		if m.month == "" || !validMonth(m.month) {
			p.Add(m.field, "error.month")
		}
	}
	if len(p) == 0 && s.To < s.From {
		p.Add("to", "error.woo_period")
	}
	return p.Err()
}

// WooEntry is an entry of a selection, as far as whoever selects may read it.
type WooEntry struct {
	Number       int // in the selection, from 1
	Entry        Entry
	Organisation string
	// Authors are the names under it; none for one without name or for a team.
	Authors []string
	// MonthOnly says that the day of its sharing is not told.
	MonthOnly bool
	// Municipality says that all departments could read it, Readers which team
	// and organisations could.
	Municipality bool
	Readers      []string
	// Responses are what was said about it, by thread, the oldest first.
	Responses []WooResponse
	// Attachments with their bytes, for as long as the entry is handed over.
	Attachments []AttachedFile
	Marks       []WooMark
}

// WooResponse is a response to an entry of a selection.
type WooResponse struct {
	Response     Response
	Author       string // empty for who left
	Organisation string
	Body         string // with names for whom it names
}

// WooMark is a place that whoever judges a request must look at. It says where,
// never what stands there.
type WooMark struct {
	Class string // a class of finding, WooAuthor or WooReflection
	Field string
	// Response is which of the responses it is in, from 1; 0 for the entry.
	Response int
	// Attachment is which of the attachments it is in, from 1; 0 for the entry.
	Attachment int
	Line       int // 1 is the first line of the field; 0 for the field as a whole
	At         int // characters before it in the line
}

// The marks that are no findings in the text.
const (
	WooAuthor     = "author"     // a name as personal data: art. 5.1, second paragraph, e
	WooReflection = "reflection" // possibly a personal view on policy: art. 5.2
)

// WooWords are the words of the files, in the language of whoever selects.
type WooWords struct {
	Inventory, Redactions []string // the names of the columns
	Classes               map[string]string
	Grounds               map[string]string // what to look at first, by class
	Fields                map[string]string
	Kinds                 map[Kind]string
	ResponseKinds         map[ResponseKind]string
	Former                string // for the name of who left
	States                map[State]string
	Municipality          string // all departments
	Apart                 string // in the text, where a part of it stands in another file
	Readme                string
	Attachment            string // before its title in the inventory
	AttachmentKinds       map[AttachmentKind]string
}

// reflective are the beginnings of words, and the phrases, by which a heading
// tells that what follows is somebody's view rather than what happened.
var reflective = []string{
	"reflect", "leer", "leren", "les", "lesson", "learn", "inzicht", "insight", "patroon", "pattern", "mening", "opinion", "meegeven",
	"anders doen", "doen anders", "do differently", "weten we nu", "know now", "letten we", "watch for", "maandag", "monday",
}

// IsReflective reports whether a heading announces a view.
func IsReflective(heading string) bool {
	words := " " + strings.Join(strings.FieldsFunc(strings.ToLower(heading), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ") + " "
	for _, w := range reflective {
		if strings.Contains(words, " "+w) {
			return true
		}
	}
	return false
}

// WooPart is a run of lines of a text, by number from 1.
type WooPart struct {
	First, Last int
	Text        string
}

// SplitReflection takes the parts of a Markdown text out that stand under a
// reflective heading: first what is left, with a line in place of each part,
// then the parts.
func SplitReflection(body, instead string) (facts string, parts []WooPart) {
	var left strings.Builder
	var part WooPart
	level, fence := 0, ""
	end := func() {
		if level > 0 {
			parts = append(parts, part)
		}
		level, part = 0, WooPart{}
	}
	n := 0
	for line := range strings.Lines(body) {
		n++
		depth, title := heading(line)
		switch mark := fenceOf(line); {
		case fence == "" && mark != "":
			fence, depth = mark, 0
		case fence != "":
			depth = 0
			if strings.HasPrefix(mark, fence) {
				fence = ""
			}
		}
		if depth > 0 && level > 0 && depth <= level {
			end()
		}
		if depth > 0 && level == 0 && IsReflective(title) {
			level, part.First = depth, n
			left.WriteString(instead + "\n\n")
		}
		if level == 0 {
			left.WriteString(line)
			continue
		}
		part.Text += line
		part.Last = n
	}
	end()
	return left.String(), parts
}

// heading is the depth and the text of a heading line; depth 0 for another.
func heading(line string) (depth int, text string) {
	line = strings.TrimRight(line, "\n")
	depth = len(line) - len(strings.TrimLeft(line, "#"))
	if depth < 1 || depth > 6 || len(line) > depth && line[depth] != ' ' {
		return 0, ""
	}
	return depth, strings.TrimSpace(line[depth:])
}

// fenceOf is the mark by which a block of code begins or ends.
func fenceOf(line string) string {
	line = strings.TrimLeft(line, " ")
	for _, c := range []string{"`", "~"} {
		if rest := strings.TrimLeft(line, c); len(line)-len(rest) >= 3 {
			return line[:len(line)-len(rest)]
		}
	}
	return ""
}
