// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"html/template"
	"strings"

	"rugzak/pkg/rugzak"
)

// This file is the only one that makes template.HTML: everything else is
// escaped by the templates. A test looks for others.

// sanitised passes on what a rugzak.Renderer made. Templates use it on fields
// that hold such a text and are named HTML, and on nothing else.
func sanitised(rendered string) template.HTML {
	return template.HTML(rendered) //nolint:gosec // the renderer sanitises
}

// linkHeadings makes each heading of a rendered text the link to itself, so that
// somebody can copy the address of a part. The heading says what it said: no sign
// or word is added that would be read aloud. One that leads elsewhere stays.
func linkHeadings(rendered string) string {
	var b strings.Builder
	for {
		at := strings.Index(rendered, "<h")
		if at < 0 {
			b.WriteString(rendered)
			return b.String()
		}
		b.WriteString(rendered[:at])
		rendered = rendered[at:]
		level, rest, ok := strings.Cut(rendered, ` id="`)
		id, rest, closed := strings.Cut(rest, `">`)
		if !ok || !closed || len(level) != len("<h2") || level[2] < '2' || level[2] > '6' {
			b.WriteString(rendered[:len("<h")])
			rendered = rendered[len("<h"):]
			continue
		}
		end := "</" + level[1:] + ">"
		inner, rest, closed := strings.Cut(rest, end)
		if !closed || strings.Contains(inner, "<a ") || strings.Contains(id, `"`) {
			b.WriteString(rendered[:len(level)])
			rendered = rendered[len(level):]
			continue
		}
		b.WriteString(level + ` id="` + id + `"><a class="rz-anchor" href="#` + id + `">` + inner + "</a>" + end)
		rendered = rest
	}
}

// marked prints a piece of found text with its marks, escaped.
func marked(f rugzak.Fragment) template.HTML {
	f = onOneLine(f)
	text := markedSpans(f.Text, f.Marks)
	if f.Before {
		text = "… " + text
	}
	if f.After {
		text += " …"
	}
	return text
}

// onOneLine puts a sign where a line of a piece ends without a point: else a
// heading would run into the sentence below it, and one item into the next.
func onOneLine(f rugzak.Fragment) rugzak.Fragment {
	if !strings.Contains(f.Text, "\n") {
		return f
	}
	var b strings.Builder
	at := make([]int, len(f.Text)+1) // where each byte went
	for i := range len(f.Text) {
		at[i] = b.Len()
		if f.Text[i] != '\n' {
			b.WriteByte(f.Text[i])
			continue
		}
		if !strings.HasSuffix(f.Text[:i], "\n") && rugzak.EndsOpen(f.Text[:i]) {
			b.WriteString(" ·")
		}
		b.WriteByte(' ')
	}
	at[len(f.Text)] = b.Len()
	marks := make([]rugzak.Span, len(f.Marks))
	for i, m := range f.Marks {
		if m.Start < 0 || m.End < m.Start || m.End > len(f.Text) {
			continue // is left out when it is printed
		}
		marks[i] = rugzak.Span{Start: at[m.Start], End: at[m.End]}
	}
	f.Text, f.Marks = b.String(), marks
	return f
}

// markedAll prints pieces of one text after each other, with one sign between
// them where text was left out.
func markedAll(fragments []rugzak.Fragment) template.HTML {
	var b strings.Builder
	for i, f := range fragments {
		if i > 0 {
			f.Before = f.Before && !fragments[i-1].After
			b.WriteByte(' ')
		}
		b.WriteString(string(marked(f)))
	}
	return template.HTML(b.String()) //nolint:gosec // marked escapes every part
}

// markedSpans prints a text with marks around stretches of it, escaped.
// Stretches that do not fit are left out.
func markedSpans(text string, spans []rugzak.Span) template.HTML {
	var b strings.Builder
	at := 0
	for _, m := range spans {
		if m.Start < at || m.End <= m.Start || m.End > len(text) {
			continue
		}
		b.WriteString(template.HTMLEscapeString(visible(text[at:m.Start])))
		b.WriteString("<mark>")
		b.WriteString(template.HTMLEscapeString(visible(text[m.Start:m.End])))
		b.WriteString("</mark>")
		at = m.End
	}
	b.WriteString(template.HTMLEscapeString(visible(text[at:])))
	return template.HTML(b.String()) //nolint:gosec // every part is escaped above
}

// visible puts a name in the place of each character that changes the direction
// of the text around it, as rendered texts do: in Markdown as it was typed they
// would make a line read differently from what it says.
func visible(text string) string {
	if !strings.ContainsFunc(text, turns) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if turns(r) {
			fmt.Fprintf(&b, "⟨%U⟩", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func turns(r rune) bool { return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 }
