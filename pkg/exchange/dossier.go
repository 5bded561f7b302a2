// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"fmt"
	"io"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// Dossier writes the dossier by which the movement is handed over as a zip that
// opens without the site: the eight parts, a page for each theme and each text,
// all as HTML and as Markdown, with links between them. Texts are written as
// they come; only their titles are kept.
type Dossier struct {
	target  target
	words   rugzak.DossierWords
	entries map[rugzak.EntryID]dossierFile
	themes  map[rugzak.ThemeID]string
	used    map[string]bool
	titles  map[rugzak.ThemeID]string
	foot    string // who made it, and when
}

type dossierFile struct {
	file string
	ref  rugzak.DossierRef
}

// partFiles are the files of the parts. They have the names of the site, in
// whichever language they are.
var partFiles = map[rugzak.DossierPart]string{
	rugzak.DossierCompass: "1-kompas", rugzak.DossierThemes: "2-themas", rugzak.DossierInsights: "3-inzichten", rugzak.DossierQuestions: "4-open-vragen",
	rugzak.DossierAgenda: "5-agenda", rugzak.DossierProgramme: "6-programmalijn", rugzak.DossierRoles: "7-rollen", rugzak.DossierPlaybook: "8-draaiboek",
}

// NewDossier begins the file. It is no whole zip before Close.
func NewDossier(to io.Writer, words rugzak.DossierWords) *Dossier {
	return &Dossier{
		target: newZipTarget(to), words: words, entries: map[rugzak.EntryID]dossierFile{}, themes: map[rugzak.ThemeID]string{},
		used: map[string]bool{}, titles: map[rugzak.ThemeID]string{},
	}
}

// Begin tells which texts and themes get a page.
func (d *Dossier) Begin(head rugzak.DossierHead) error {
	d.foot = d.words.T("dossier.by", head.Maker, d.words.Day(head.At.UTC().Format(time.DateOnly)))
	for _, ref := range head.Refs {
		d.entries[ref.Entry] = dossierFile{d.name(ref), ref}
	}
	for _, t := range head.Themes {
		d.themes[t.ID], d.titles[t.ID] = "themas/"+string(t.ID), t.Title
	}
	if err := d.target.put("stijl.css", dossierStyle); err != nil {
		return fmt.Errorf("dossier: %w", err)
	}
	return nil
}

// name is readable, and safe on every system, with the end of the id so that no
// two are the same.
func (d *Dossier) name(ref rugzak.DossierRef) string {
	slug := rugzak.Slug(ref.Title)
	if len(slug) > maxBagName {
		slug = strings.TrimRight(slug[:maxBagName], "-")
	}
	id := string(ref.Entry)
	name := "bijdragen/" + strings.Trim(slug+"-"+id[max(0, len(id)-6):], "-")
	if d.used[name] {
		name = "bijdragen/" + strings.Trim(slug+"-"+id, "-")
	}
	d.used[name] = true
	return name
}

// put writes a page in both forms.
func (d *Dossier) put(s sheet) error {
	page, err := d.html(s)
	if err != nil {
		return err
	}
	if err := d.target.put(s.file+".html", page); err != nil {
		return fmt.Errorf("dossier: %w", err)
	}
	if err := d.target.put(s.file+".md", d.markdown(s)); err != nil {
		return fmt.Errorf("dossier: %w", err)
	}
	return nil
}

// Entry writes the page of a text. Without one it says that the text is not
// there any more, so that what leads to it still leads somewhere.
func (d *Dossier) Entry(ref rugzak.DossierRef, e *rugzak.DossierEntry) error {
	s := sheet{file: d.entries[ref.Entry].file, title: d.title(ref.Title), lang: ref.Lang}
	if e == nil {
		s.title, s.lang = d.words.T("dossier.gone"), ""
		return d.put(s)
	}
	w := d.words
	s.title, s.lead = d.title(e.Entry.Title), w.T("kind."+string(e.Entry.Kind))
	from := strings.Join(nonEmpty(e.Team, e.Organisation), ", ")
	readers := e.Readers
	if e.Municipality {
		readers = append([]string{w.T("audience.internal")}, readers...)
	}
	var themes []item
	for _, t := range e.Entry.Themes {
		if file := d.themes[t]; file != "" {
			themes = append(themes, item{to: file, title: d.titles[t]})
		}
	}
	s.add(factsOf(
		says(w.T("dossier.lesson"), e.Entry.Lesson), says(w.T("dossier.from"), from), says(w.T("dossier.with"), strings.Join(e.With, ", ")),
		says(w.T("dossier.shared"), w.Day(e.Shown())), leads(w.T("dossier.themes"), themes),
		says(w.T("dossier.agreed"), w.Day(e.Entry.Agreed)), says(w.T("dossier.visible"), strings.Join(readers, ", ")),
	))
	d.kindOf(&s, e)
	s.add(prose(rugzak.DossierText{Markdown: e.Entry.Body, HTML: e.HTML, Lang: e.Entry.Lang}))
	var related []item
	for _, rel := range e.Entry.Relations {
		if other, ok := d.entries[rel.To]; ok {
			related = append(related, d.item(other.ref))
		}
	}
	if len(related) > 0 {
		s.part(w.T("dossier.related"), listed(related))
	}
	return d.put(s)
}

// kindOf adds what only one kind of text has.
func (d *Dossier) kindOf(s *sheet, e *rugzak.DossierEntry) {
	w := d.words
	if q := e.Entry.Question; q != nil {
		since := ""
		if e.BallWith != "" {
			since = w.Day(q.Since)
		}
		s.add(factsOf(
			says(w.T("dossier.state"), w.T("questionstate."+string(q.State))), says(w.T("dossier.ball"), e.BallWith), says(w.T("dossier.since"), since),
			says(w.T("dossier.next_step"), q.NextStep), says(w.T("dossier.hoped"), q.HopedGain), says(w.T("dossier.gain"), q.Gain),
		))
	}
	if a := e.Entry.Application; a != nil {
		applied := []item{}
		if lesson, ok := d.entries[a.Lesson]; ok {
			applied = append(applied, d.item(lesson.ref))
		}
		s.add(factsOf(leads(w.T("dossier.applied"), applied), says(w.T("dossier.outcome"), w.T("outcome."+string(a.Outcome)))))
	}
	if m := e.Entry.Method; m != nil && len(m.Steps) > 0 {
		var steps []item
		for _, step := range m.Steps {
			about := ""
			if step.Minutes > 0 {
				about = w.T("dossier.minutes", step.Minutes)
			}
			steps = append(steps, item{title: step.Text, about: about, lang: e.Entry.Lang})
		}
		s.part(w.T("dossier.steps"), listed(steps))
	}
}

// title is a title, or a word for none.
func (d *Dossier) title(t string) string {
	if t == "" {
		return d.words.T("site.untitled")
	}
	return t
}

// item leads to the page of a text.
func (d *Dossier) item(ref rugzak.DossierRef) item {
	return item{
		to: d.entries[ref.Entry].file, title: d.title(ref.Title), lang: ref.Lang, text: ref.Lesson,
		about: strings.Join(nonEmpty(d.words.T("kind."+string(ref.Kind)), ref.About), ", "),
	}
}

// items lead to texts that have a page.
func (d *Dossier) items(ids []rugzak.EntryID) []item {
	var out []item
	for _, id := range ids {
		if e, ok := d.entries[id]; ok {
			out = append(out, d.item(e.ref))
		}
	}
	return out
}

// Parts writes the eight parts and the page that leads to them.
func (d *Dossier) Parts(all rugzak.Dossier) error {
	sheets := []sheet{d.index(all), d.compass(all), d.themesPart(all), d.insights(all), d.questions(all), d.agenda(all), d.programme(all), d.roles(all), d.playbook(all)}
	for _, t := range all.Themes {
		sheets = append(sheets, d.theme(t))
	}
	for _, s := range sheets {
		if err := d.put(s); err != nil {
			return err
		}
	}
	return nil
}

// Close ends the file.
func (d *Dossier) Close() error { return d.target.commit() }
