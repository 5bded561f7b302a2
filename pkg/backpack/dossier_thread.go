// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"strings"

	"rugzak/pkg/rugzak"
)

// dossierThread adds the common thread of a theme for a maker who may read all
// it is made of. there are the texts in the dossier: it repeats nothing of
// another one.
func (n *names) dossierThread(by rugzak.Person, t rugzak.Theme, there map[rugzak.EntryID]bool, out *rugzak.DossierTheme) error {
	x, err := newestThread(n.reader, t)
	if err != nil {
		return err
	}
	if reads, err := readsThread(n.reader, by, t, x); err != nil || !reads {
		return err
	}
	for _, id := range x.Sources() {
		if !there[id] {
			return nil
		}
	}
	v, err := n.showThread(by, t, x)
	if err != nil {
		return err
	}
	out.Thread.Markdown = x.Intro
	for _, part := range v.Parts {
		text := strings.TrimSpace(x.Section(part.Prompt).Text)
		for _, q := range part.Quotes {
			if q.Text != "" {
				text += "\n\n> " + plainMarks.Replace(q.Text) + "\n>\n> " + saidBy(q)
			}
		}
		if text = strings.TrimSpace(text); text != "" {
			out.Answers = append(out.Answers, rugzak.DossierAnswer{Prompt: part.Prompt, Text: rugzak.DossierText{Markdown: text}})
		}
	}
	return nil
}

// plainMarks keeps what is quoted from being read as Markdown.
var plainMarks = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "~", `\~`)

// saidBy is who says a quote: their function, organisation and the source.
func saidBy(q QuoteView) string {
	by := q.Organisation.Name
	if q.Function != "" {
		by = q.Function + ", " + by
	}
	return "— " + plainMarks.Replace(by) + ", [" + plainMarks.Replace(q.Title) + "](/ervaringen/" + string(q.Entry) + ")"
}
