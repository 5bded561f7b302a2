// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"fmt"
	"html"
	"regexp"
	"strings"

	"rugzak/pkg/rugzak"
)

// smallSide is the longest side of the smaller file of a picture, in pixels.
const smallSide = 640

// pictured gives the pictures of a rendered text their size, so that nothing
// jumps when they come in, the smaller file for small screens, and what they
// show where the text does not say. It returns which it met.
func pictured(page string, all []rugzak.Attachment) (string, map[rugzak.AttachmentID]bool) {
	const begin = `<img src="` + rugzak.AttachmentAddress
	met := map[rugzak.AttachmentID]bool{}
	if len(all) == 0 || !strings.Contains(page, begin) {
		return page, met
	}
	byID := map[rugzak.AttachmentID]rugzak.Attachment{}
	for _, a := range all {
		byID[a.ID] = a
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(page, begin)
		b.WriteString(before)
		if !found {
			return b.String(), met
		}
		id, attributes, whole := strings.Cut(rest, `"`)
		a, ours := byID[rugzak.AttachmentID(id)]
		b.WriteString(begin)
		if page = rest; !whole || !ours || a.Kind != rugzak.AttachedImage {
			continue
		}
		met[a.ID] = true
		fmt.Fprintf(&b, `%s" width="%d" height="%d"`, id, a.Width, a.Height)
		if a.Small != "" {
			address := a.Address()
			fmt.Fprintf(&b, ` srcset="%s/klein %dw, %s %dw" sizes="(min-width: 48rem) 44rem, 92vw"`, address, max(1, a.Width*smallSide/max(a.Width, a.Height)), address, a.Width)
		}
		if unsaid, ok := strings.CutPrefix(attributes, ` alt=""`); ok {
			attributes = ` alt="` + html.EscapeString(a.Alt) + `"` + unsaid
		}
		page = attributes
	}
}

// show puts what is attached into the view of an entry.
func (v *EntryView) show() {
	var met map[rugzak.AttachmentID]bool
	v.HTML, met = pictured(v.HTML, v.Attachments)
	for _, a := range v.Attachments {
		if !met[a.ID] {
			v.Beside = append(v.Beside, a)
		}
	}
}

// pictureInText finds the pictures of a text with what it says they show.
var pictureInText = regexp.MustCompile(`!\[((?:\\.|[^\]\\])+)\]\(` + rugzak.AttachmentAddress + `([0-9a-v]{26})[ )]`)

// unescaped undoes what Attachment.Markdown does to words.
var unescaped = regexp.MustCompile(`\\([!-/:-@\[-` + "`" + `{-~])`)

// sayInText takes over what a text says its pictures show, where nothing is said
// beside them yet. The text was screened.
func sayInText(w rugzak.Writer, id rugzak.EntryID, body string) error {
	said := map[rugzak.AttachmentID]string{}
	for _, found := range pictureInText.FindAllStringSubmatch(body, -1) {
		said[rugzak.AttachmentID(found[2])] = rugzak.Line(unescaped.ReplaceAllString(found[1], "$1"))
	}
	if len(said) == 0 {
		return nil
	}
	all, err := w.Attachments(id)
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.Kind != rugzak.AttachedImage || a.Alt != "" || said[a.ID] == "" {
			continue
		}
		if a.Alt = said[a.ID]; a.Validate() != nil {
			continue // too long: the form asks for a shorter one
		}
		if err := w.SaveAttachment(a); err != nil {
			return err
		}
	}
	return nil
}
