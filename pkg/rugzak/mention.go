// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"html"
	"slices"
	"strings"
)

// A mention stands in the text of a response as "@[person:ID]". The text holds
// the id and not the name: the name is read when it is shown, so that it is
// the one of now, and gone when the person is.
const (
	mentionOpen  = "@[person:"
	mentionClose = "]"
)

// Mention is how a text names a person.
func Mention(id PersonID) string { return mentionOpen + string(id) + mentionClose }

// Mentions lists whom a text names, each once, in order.
func Mentions(text string) []PersonID {
	var out []PersonID
	cutMentions(text, func(string) {}, func(id PersonID) {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	})
	return out
}

// NameMentions returns a text with what name says in the place of mentions.
func NameMentions(text string, name func(PersonID) string) string {
	var b strings.Builder
	cutMentions(text, func(s string) { b.WriteString(s) }, func(id PersonID) { b.WriteString(name(id)) })
	return b.String()
}

// cutMentions cuts a text in what is no mention and what is one.
func cutMentions(text string, other func(string), mention func(PersonID)) {
	for {
		start := strings.Index(text, mentionOpen)
		if start < 0 {
			other(text)
			return
		}
		rest := text[start+len(mentionOpen):]
		id, after, closed := strings.Cut(rest, mentionClose)
		if !closed {
			other(text)
			return
		}
		if !ValidSlug(id) { // the next one may begin within
			other(text[:start+len(mentionOpen)])
			text = rest
			continue
		}
		other(text[:start])
		mention(PersonID(id))
		text = after
	}
}

// MentionsInHTML puts names in the place of mentions in sanitised HTML: in what
// is read only, never within a tag, so that no attribute changes. Whoever has
// no name stays as typed: what looks like a mention in HTML need not have been
// one in the text.
func MentionsInHTML(sanitised string, names map[PersonID]string) string {
	if len(names) == 0 || !strings.Contains(sanitised, mentionOpen) {
		return sanitised
	}
	var b strings.Builder
	for rest := sanitised; rest != ""; {
		words, tag, inTag := strings.Cut(rest, "<")
		b.WriteString(NameMentions(words, func(id PersonID) string {
			name, known := names[id]
			if !known {
				return Mention(id)
			}
			return `<strong class="rz-mention">@` + html.EscapeString(name) + `</strong>`
		}))
		if !inTag {
			break
		}
		within, after, closed := strings.Cut(tag, ">")
		b.WriteString("<" + within)
		if !closed {
			break
		}
		b.WriteString(">")
		rest = after
	}
	return b.String()
}
