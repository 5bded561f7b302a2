// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// promptSlugs are how headings of the questions begin, in both languages: by
// them a thread that was written as one text is read as answers.
var promptSlugs = map[ThreadPrompt][]string{
	PromptSee:     {"wat-zien-we", "what-do-we-see"},
	PromptDiffer:  {"waar-verschillen-we", "where-do-we-differ"},
	PromptWorks:   {"wat-werkt", "what-works"},
	PromptUnknown: {"wat-weten-we-nog-niet", "what-do-we-not-know-yet"},
	PromptAsk:     {"wat-vragen-we-van-wie", "what-do-we-ask-of-whom"},
}

// promptOf tells which question a line of Markdown puts as its heading.
func promptOf(line string) (ThreadPrompt, bool) {
	title, ok := strings.CutPrefix(strings.TrimSpace(line), "## ")
	slug := Slug(title)
	if !ok || slug == "" {
		return "", false
	}
	for _, p := range ThreadPrompts() {
		if slices.ContainsFunc(promptSlugs[p], func(begin string) bool { return strings.HasPrefix(slug, begin) }) {
			return p, true
		}
	}
	return "", false
}

// ThreadOf reads the one text that was the thread of a theme before threads had
// questions and versions. What stands under the heading of a question is the
// answer to it, when the questions come once and in order; else all of it is
// the introduction. No word is lost or moved.
func ThreadOf(t Theme) Thread {
	out := Thread{Theme: t.ID, NotBSN: slices.Clone(t.NotBSN), At: t.UpdatedAt}
	plain := out
	plain.Intro = t.Thread
	at, fence := -1, ""
	var text *string = &out.Intro
	for line := range strings.Lines(t.Thread) {
		if mark := fenceMark(line); mark != "" && fence == "" {
			fence = mark
		} else if mark == fence {
			fence = ""
		}
		if p, ok := promptOf(line); ok && fence == "" {
			place := slices.Index(ThreadPrompts(), p)
			if place <= at {
				return plain
			}
			at = place
			out.Sections = append(out.Sections, ThreadSection{Prompt: p})
			text = &out.Sections[len(out.Sections)-1].Text
			continue
		}
		*text += line
	}
	out.Intro = strings.Trim(out.Intro, "\n")
	for i := range out.Sections {
		out.Sections[i].Text = strings.Trim(out.Sections[i].Text, "\n")
	}
	out.Sections = slices.DeleteFunc(out.Sections, ThreadSection.Empty)
	return out
}

// fenceMark is what opens or closes a block of code, or nothing.
func fenceMark(line string) string {
	line = strings.TrimSpace(line)
	for _, mark := range []string{"```", "~~~"} {
		if strings.HasPrefix(line, mark) {
			return mark
		}
	}
	return ""
}

// Stands reports whether a quote stands in a source, word for word. Marks of
// Markdown, white space, the form of quotation marks and dashes and the case of
// letters do not count, and what stands on either side of "(…)" may have words
// in between.
func Stands(quote string, source Entry) bool {
	parts := 0
	for _, in := range []string{source.Title, source.Lesson, source.Body} {
		rest, fits := " "+spoken(in)+" ", true
		parts = 0
		for part := range strings.SplitSeq(leftOut.Replace(quote), "\x00") {
			if part = spoken(part); part == "" {
				continue
			}
			parts++
			i := strings.Index(rest, " "+part+" ")
			if i < 0 {
				fits = false
				break
			}
			rest = rest[i+1+len(part):]
		}
		if fits && parts > 0 {
			return true
		}
	}
	return false
}

// linkTarget is where a link of Markdown leads: it is no word of the text.
var linkTarget = regexp.MustCompile(`\]\([^)\s]*\)`)

var leftOut = strings.NewReplacer("(...)", "\x00", "(…)", "\x00", "[...]", "\x00", "[…]", "\x00", "...", "\x00", "…", "\x00")

// spoken is a text as it sounds: its words, in small letters.
func spoken(text string) string {
	text = linkTarget.ReplaceAllString(text, "] ")
	return strings.Join(strings.FieldsFunc(strings.ToLower(compose(text)), func(r rune) bool {
		return !isWordRune(r) && !unicode.Is(unicode.Mn, r)
	}), " ")
}

// Say is what a quote shows of who says it: their function, or nothing for one
// without name, whose writer nobody may guess at.
func (q Quote) Say(source Entry) string {
	if source.Mode == Anonymous {
		return ""
	}
	return q.Function
}
