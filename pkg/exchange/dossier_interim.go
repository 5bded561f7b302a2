// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"strconv"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// interim adds an interim result: its day, its numbers and its stories.
func (d *Dossier) interim(s *sheet, i rugzak.DossierInterim) {
	w := d.words
	s.add(headed(3, w.T("dossier.interim.number", i.Result.Number)+": "+i.Result.Title))
	all := []fact{says(w.T("dossier.when"), w.Day(i.Result.At.UTC().Format(time.DateOnly)))}
	for _, f := range i.Figures {
		number := strconv.Itoa(f.N)
		if f.Of > 0 {
			number = w.T("dossier.interim.of", f.N, f.Of)
		}
		all = append(all, says(w.T("results.number."+string(f.Rung)), number))
	}
	s.add(factsOf(all...))
	if i.Result.Text != "" {
		s.add(inLang(i.Result.Lang, i.Result.Text))
	}
	var stories []item
	for _, story := range i.Result.Stories {
		stories = append(stories, item{
			to: d.entries[story.Entry].file, title: d.title(story.Title), lang: story.Lang, text: story.Text,
			about: strings.Join(nonEmpty(w.T("kind."+string(story.Kind)), story.Organisation), ", "),
		})
	}
	if len(stories) > 0 {
		s.add(paragraph(w.T("dossier.interim.stories")), listed(stories))
	}
}

// glossary explains words, each with those that mean the same.
func (d *Dossier) glossary(all []rugzak.Term) []item {
	var out []item
	for _, t := range all {
		line := item{title: t.Preferred, text: t.Meaning}
		if len(t.Others) > 0 {
			line.about = d.words.T("dossier.glossary.also", strings.Join(t.Others, ", "))
		}
		out = append(out, line)
	}
	return out
}
