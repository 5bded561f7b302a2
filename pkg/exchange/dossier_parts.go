// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// of begins a part.
func (d *Dossier) of(p rugzak.DossierPart) sheet {
	key := "dossier.part." + string(p)
	return sheet{file: partFiles[p], title: d.words.T(key), lead: d.words.T(key + ".text")}
}

// some is a list, or a word for none.
func (d *Dossier) some(items []item) block {
	if len(items) == 0 {
		return paragraph(d.words.T("dossier.none"))
	}
	return listed(items)
}

func (d *Dossier) index(all rugzak.Dossier) sheet {
	w := d.words
	s := sheet{file: "index", title: w.T("dossier.title"), lead: w.T("dossier.lead")}
	if all.Narrow {
		s.add(paragraph(w.T("dossier.lead.narrow")))
	}
	var parts []item
	for _, p := range rugzak.DossierParts() {
		key := "dossier.part." + string(p)
		parts = append(parts, item{to: partFiles[p], title: w.T(key), text: w.T(key + ".text")})
	}
	s.part(w.T("dossier.parts"), listed(parts))
	s.add(paragraph(w.T("dossier.offline")))
	return s
}

func (d *Dossier) compass(all rugzak.Dossier) sheet {
	w, s := d.words, d.of(rugzak.DossierCompass)
	if all.Purpose.Markdown == "" {
		s.part(w.T("dossier.purpose"), paragraph(w.T("dossier.none")))
	} else {
		s.part(w.T("dossier.purpose"), prose(all.Purpose))
	}
	var drives []item
	for _, drive := range all.Drives {
		drives = append(drives, item{title: drive.Name, about: w.T("dossier.drive_count", drive.Count), text: drive.Meaning})
	}
	s.part(w.T("dossier.drives"), d.some(drives))
	return s
}

func (d *Dossier) themesPart(all rugzak.Dossier) sheet {
	s := d.of(rugzak.DossierThemes)
	var themes []item
	for _, t := range all.Themes {
		about := ""
		if t.Theme.Closed {
			about = d.words.T("dossier.closed")
		}
		themes = append(themes, item{to: d.themes[t.Theme.ID], title: t.Theme.Title, about: about, text: t.Theme.Summary})
	}
	s.add(d.some(themes))
	s.part(d.words.T("dossier.glossary"), d.some(d.glossary(all.Terms)))
	return s
}

// theme is the page of a theme.
func (d *Dossier) theme(t rugzak.DossierTheme) sheet {
	w := d.words
	s := sheet{file: d.themes[t.Theme.ID], title: t.Theme.Title, lead: t.Theme.Summary}
	if t.Theme.Closed {
		s.add(paragraph(w.T("dossier.closed")))
	}
	switch {
	case t.Thread.Markdown == "" && len(t.Answers) == 0:
		s.part(w.T("dossier.thread"), paragraph(w.T("dossier.thread.none")))
	case t.Thread.Markdown != "":
		s.part(w.T("dossier.thread"), prose(t.Thread))
	default:
		s.part(w.T("dossier.thread"))
	}
	for _, a := range t.Answers {
		s.add(headed(3, w.T("thread.prompt."+string(a.Prompt))), prose(a.Text))
	}
	if len(t.Theme.OpenQuestions) > 0 {
		var questions []item
		for _, q := range t.Theme.OpenQuestions {
			questions = append(questions, item{title: q})
		}
		s.part(w.T("dossier.open_questions"), listed(questions))
	}
	if pins := d.items(t.Pins); len(pins) > 0 {
		s.part(w.T("dossier.begin"), listed(pins))
	}
	s.part(w.T("dossier.entries"), d.some(d.items(t.Rest)))
	return s
}

func (d *Dossier) insights(all rugzak.Dossier) sheet {
	w, s := d.words, d.of(rugzak.DossierInsights)
	s.part(w.T("dossier.agreements"), d.some(d.items(all.Agreed)))
	s.part(w.T("dossier.insights.other"), d.some(d.items(all.Insights)))
	return s
}

func (d *Dossier) questions(all rugzak.Dossier) sheet {
	w, s := d.words, d.of(rugzak.DossierQuestions)
	var lines []item
	for _, q := range all.Questions {
		e, ok := d.entries[q.Entry]
		if !ok {
			continue
		}
		line := d.item(e.ref)
		about := []string{w.T("questionstate." + string(q.State)), e.ref.About}
		if q.BallWith != "" {
			about = append(about, w.T("dossier.ball")+" "+q.BallWith)
			if q.Since != "" {
				about = append(about, w.T("dossier.since")+" "+w.Day(q.Since))
			}
		}
		line.about = strings.Join(nonEmpty(about...), ", ")
		if line.text = ""; q.NextStep != "" {
			line.text = w.T("dossier.next_step") + ": " + q.NextStep
		}
		lines = append(lines, line)
	}
	s.add(d.some(lines))
	return s
}

func (d *Dossier) agenda(all rugzak.Dossier) sheet {
	w, s := d.words, d.of(rugzak.DossierAgenda)
	some := func(title string, wanted func(rugzak.AgendaItem) bool) {
		s.part(title)
		there := false
		for _, i := range all.Agenda {
			if wanted(i.Item) {
				there = true
				d.agendaItem(&s, i)
			}
		}
		if !there {
			s.add(paragraph(w.T("dossier.none")))
		}
	}
	for _, h := range rugzak.Horizons() {
		some(w.T("horizon."+string(h)), func(i rugzak.AgendaItem) bool { return !i.Done() && i.Horizon == h })
	}
	some(w.T("dossier.done"), rugzak.AgendaItem.Done)
	return s
}

func (d *Dossier) agendaItem(s *sheet, i rugzak.DossierItem) {
	w, day := d.words, func(t time.Time) string { return d.words.Day(t.UTC().Format(time.DateOnly)) }
	joint := w.T("dossier.not_joint")
	if i.Joint {
		joint = w.T("dossier.joint")
	}
	s.add(headed(3, i.Item.Title))
	if i.Item.Text != "" {
		s.add(paragraph(i.Item.Text))
	}
	done := ""
	if i.Item.Done() {
		done = day(i.Item.DoneAt)
	}
	all := []fact{
		says(w.T("dossier.leads"), strings.Join(nonEmpty(strings.Join(i.Organisations, ", "), joint), ". ")),
		says(w.T("dossier.done"), done), says(w.T("dossier.learned"), i.Item.Learned),
	}
	for _, p := range i.Item.Progress {
		all = append(all, says(w.T("dossier.progress", day(p.At)), p.Text))
	}
	s.add(factsOf(append(all, leads(w.T("dossier.beneath"), d.items(i.Beneath)))...))
}

func (d *Dossier) programme(all rugzak.Dossier) sheet {
	w, s := d.words, d.of(rugzak.DossierProgramme)
	var phases []item
	for _, p := range all.Phases {
		phases = append(phases, item{title: p.Name(w.Lang)})
	}
	s.part(w.T("dossier.phases"), d.some(phases))
	s.part(w.T("dossier.rounds"))
	if len(all.Rounds) == 0 {
		s.add(paragraph(w.T("dossier.none")))
	}
	for _, r := range all.Rounds {
		d.round(&s, r)
	}
	s.part(w.T("dossier.meetings"))
	if len(all.Meetings) == 0 {
		s.add(paragraph(w.T("dossier.none")))
	}
	for _, m := range all.Meetings {
		s.add(headed(3, m.Meeting.Title), d.meeting(m))
	}
	s.part(w.T("dossier.methods"), d.some(d.items(all.Methods)))
	s.part(w.T("dossier.interims"))
	if len(all.Interims) == 0 {
		s.add(paragraph(w.T("dossier.none")))
	}
	for _, i := range all.Interims {
		d.interim(&s, i)
	}
	return s
}

// round adds a reflection round with what came of it.
func (d *Dossier) round(s *sheet, r rugzak.DossierRound) {
	w, every := d.words, ""
	if r.Round.Weeks > 0 {
		every = w.T("dossier.round.every", r.Round.Weeks)
	}
	s.add(headed(3, strings.Join(nonEmpty(w.T("dossier.round.number", r.Round.Number), r.Round.Title), ": ")))
	if r.Round.Text != "" {
		s.add(paragraph(r.Round.Text))
	}
	s.add(factsOf(
		says(w.T("dossier.round.from"), strings.Join(nonEmpty(w.Day(r.Round.Opens), w.Day(r.Round.Closes)), " - ")),
		says(w.T("dossier.when"), every), says(w.T("dossier.round.taking"), strings.Join(r.Taking, ", ")),
	))
	texts := func(key string, all []string) {
		if len(all) == 0 {
			return
		}
		var items []item
		for _, text := range all {
			items = append(items, item{title: text})
		}
		s.add(paragraph(w.T(key)), listed(items))
	}
	texts("dossier.round.questions", r.Questions)
	if r.Outcome.Markdown != "" {
		s.add(paragraph(w.T("dossier.round.outcome")), prose(r.Outcome))
	}
	var changes []item
	for _, c := range r.Changes {
		if e, ok := d.entries[c.Entry]; ok {
			line := d.item(e.ref)
			line.about, line.text = c.Domain, c.Reason
			changes = append(changes, line)
		}
	}
	if len(changes) > 0 {
		s.add(paragraph(w.T("dossier.round.changes")), listed(changes))
	}
	texts("dossier.round.decisions", r.Decisions)
}

func (d *Dossier) meeting(m rugzak.DossierMeeting) block {
	w := d.words
	clock := strings.Join(nonEmpty(m.Meeting.Start, m.Meeting.End), "-")
	state := ""
	if m.Meeting.Cancelled {
		state = w.T("dossier.cancelled")
	}
	invited := m.Organisations
	if m.Whole {
		invited = append([]string{w.T("audience.internal")}, invited...)
	}
	var about []item
	if file := d.themes[m.Theme]; file != "" {
		about = append(about, item{to: file, title: d.titles[m.Theme]})
	}
	about = append(about, d.items([]rugzak.EntryID{m.Entry})...)
	return factsOf(
		says(w.T("dossier.when"), strings.Join(nonEmpty(w.Day(m.Meeting.Day), clock), ", ")), says(w.T("dossier.place"), m.Meeting.Place),
		leads(w.T("dossier.about"), about), says(w.T("dossier.invited"), strings.Join(invited, ", ")), says(w.T("dossier.state"), state),
	)
}

func (d *Dossier) roles(all rugzak.Dossier) sheet {
	w, s := d.words, d.of(rugzak.DossierRoles)
	var roles []item
	for _, r := range all.Roles {
		line := item{title: w.T("role." + string(r.Role)), text: w.T("role." + string(r.Role) + ".hint")}
		if r.Named() {
			line.about = strings.Join(r.Names, "; ")
			if line.about == "" {
				line.about = w.T("dossier.nobody")
			}
		}
		roles = append(roles, line)
	}
	s.part(w.T("dossier.roles"), listed(roles))
	s.part(w.T("dossier.organisations"))
	need := func(n rugzak.Need) []fact {
		return []fact{says(w.T("dossier.needs"), n.Needs), says(w.T("dossier.offers"), n.Offers), says(w.T("dossier.ways"), n.Ways)}
	}
	for _, o := range all.Organisations {
		s.add(headed(3, o.Name), factsOf(append([]fact{says(w.T("dossier.kind"), w.T("dossier."+string(o.Kind)))}, need(o.Need)...)...))
		for _, t := range o.Teams {
			s.add(headed(3, t.Name+" ("+o.Name+")"), factsOf(need(t.Need)...))
		}
	}
	return s
}

func (d *Dossier) playbook(all rugzak.Dossier) sheet {
	w, s := d.words, d.of(rugzak.DossierPlaybook)
	s.add(prose(all.Playbook))
	var points []item
	for _, p := range rugzak.SelfPoints() {
		line := item{title: w.T("self." + string(p)), about: w.T("dossier.self.none")}
		for _, a := range all.Self {
			if a.Point == p && a.How != "" {
				line.about, line.text = w.T("self.answer."+string(a.How))+", "+w.Day(a.At.UTC().Format("2006-01-02")), a.Note
			}
		}
		points = append(points, line)
	}
	s.part(w.T("dossier.self"), listed(points))
	return s
}
