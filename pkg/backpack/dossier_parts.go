// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// dossierParts gathers what has no page of its own. refs are the texts that
// have one.
func (s *Service) dossierParts(ctx context.Context, by rugzak.Person, wish DossierWish, refs []rugzak.DossierRef, themes []rugzak.Theme) (rugzak.Dossier, error) {
	d := rugzak.Dossier{Narrow: wish.Narrow}
	there := map[rugzak.EntryID]bool{}
	for _, ref := range refs {
		there[ref.Entry] = true
	}
	err := s.view(ctx, "parts of a dossier", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		n.nobody = true // what is reported goes nowhere
		if err := n.hideTexts(); err != nil {
			return err
		}
		d = rugzak.Dossier{Narrow: wish.Narrow}
		d.Purpose.Markdown, d.Phases = n.movement.Compass.Purpose, n.movement.Phases
		d.Agenda = n.dossierAgenda(by, there)
		of, drives, err := n.dossierTexts(by, wish, refs, &d)
		if err != nil {
			return err
		}
		d.Drives = nil
		for _, drive := range n.movement.Compass.Drives {
			d.Drives = append(d.Drives, rugzak.DossierDrive{Drive: drive, Count: drives[drive.ID]})
		}
		if err := n.dossierThemes(by, themes, of, there, &d); err != nil {
			return err
		}
		if err := n.dossierMeetings(by, wish, s, &d); err != nil {
			return err
		}
		if err := n.dossierRounds(by, wish, &d); err != nil {
			return err
		}
		if err := n.dossierPeople(by, &d); err != nil {
			return err
		}
		if d.Interims, err = n.dossierInterims(by, there); err != nil {
			return err
		}
		if d.Terms, err = r.Terms(); err != nil {
			return err
		}
		self, err := r.SelfCheck()
		d.Self = self.Answers
		return err
	})
	if err != nil {
		return d, err
	}
	render := func(t *rugzak.DossierText, lang rugzak.Lang) error {
		rendered, err := s.rendered(ctx, t.Markdown, lang)
		t.HTML, t.Lang = rendered.HTML, lang
		return err
	}
	d.Playbook.Markdown = wish.Playbook
	if err := render(&d.Purpose, rugzak.Dutch); err != nil {
		return d, err
	}
	if err := render(&d.Playbook, wish.Lang.Or(rugzak.Dutch)); err != nil {
		return d, err
	}
	for i := range d.Rounds {
		if err := render(&d.Rounds[i].Outcome, rugzak.Dutch); err != nil {
			return d, err
		}
	}
	for i := range d.Themes {
		if err := render(&d.Themes[i].Thread, rugzak.Dutch); err != nil {
			return d, err
		}
		for j := range d.Themes[i].Answers {
			if err := render(&d.Themes[i].Answers[j].Text, rugzak.Dutch); err != nil {
				return d, err
			}
		}
	}
	return d, nil
}

// dossierTexts sorts the texts into parts, and tells which stand in which theme
// and how many show each drive.
func (n *names) dossierTexts(by rugzak.Person, wish DossierWish, refs []rugzak.DossierRef, d *rugzak.Dossier) (map[rugzak.ThemeID][]rugzak.EntryID, map[rugzak.DriveID]int, error) {
	of, drives := map[rugzak.ThemeID][]rugzak.EntryID{}, map[rugzak.DriveID]int{}
	for _, ref := range refs {
		e, _, err := look(n.reader, by, ref.Entry)
		if isMissing(err) || err == nil && !inDossier(by, wish, e) {
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		for _, t := range e.Themes {
			of[t] = append(of[t], e.ID)
		}
		for _, drive := range e.Drives {
			drives[drive]++
		}
		switch {
		case e.Agreed != "":
			d.Agreed = append(d.Agreed, e.ID)
		case e.Kind == rugzak.KindInsight:
			d.Insights = append(d.Insights, e.ID)
		case e.Kind == rugzak.KindMethod:
			d.Methods = append(d.Methods, e.ID)
		}
		if e.IsOpenQuestion() {
			q := n.shownQuestion(by, e)
			line := rugzak.DossierQuestion{Entry: e.ID, State: q.State, NextStep: q.NextStep}
			if q.BallWith != "" {
				line.BallWith, line.Since = n.organisation(q.BallWith).Name, q.Since
			}
			d.Questions = append(d.Questions, line)
		}
	}
	return of, drives, nil
}

// dossierThemes are the themes the maker may see, with their entries.
func (n *names) dossierThemes(by rugzak.Person, themes []rugzak.Theme, of map[rugzak.ThemeID][]rugzak.EntryID, there map[rugzak.EntryID]bool, d *rugzak.Dossier) error {
	for _, has := range themes {
		t, err := lookTheme(n.reader, by, has.ID)
		if isMissing(err) { // gone meanwhile: what leads to it finds its title
			t, err = has, nil
		}
		if err != nil {
			return err
		}
		out := rugzak.DossierTheme{Theme: shownTheme(by, t)}
		if t.Reported { // what waits for a decision goes nowhere
			out.Theme.Summary, out.Theme.OpenQuestions, out.Theme.NotBSN = "", nil, nil
		} else if rugzak.CanReadThread(by, t) {
			if err := n.dossierThread(by, t, there, &out); err != nil {
				return err
			}
		}
		for _, id := range t.Pins {
			if there[id] && n.mayRead(by, id) {
				out.Pins = append(out.Pins, id)
			}
		}
		for _, id := range of[t.ID] {
			if !slices.Contains(out.Pins, id) {
				out.Rest = append(out.Rest, id)
			}
		}
		d.Themes = append(d.Themes, out)
	}
	slices.SortStableFunc(d.Themes, func(a, b rugzak.DossierTheme) int {
		return cmp.Or(cmp.Compare(order(!a.Theme.Closed), order(!b.Theme.Closed)), byName(a.Theme.Title, b.Theme.Title))
	})
	return nil
}

func (n *names) dossierAgenda(by rugzak.Person, there map[rugzak.EntryID]bool) []rugzak.DossierItem {
	var out []rugzak.DossierItem
	for _, line := range n.agenda(by) {
		item := rugzak.DossierItem{Item: line.Item, Joint: line.Joint}
		whole, _ := n.movement.Item(line.Item.ID)
		for _, id := range slices.Concat(whole.Questions, whole.Successes) {
			if there[id] && n.mayRead(by, id) {
				item.Beneath = append(item.Beneath, id)
			}
		}
		for _, o := range line.Organisations {
			item.Organisations = append(item.Organisations, o.Name)
		}
		out = append(out, item)
	}
	return out
}

// dossierMeetings are the last meetings and those to come: in the usual dossier
// those to which all departments are invited.
func (n *names) dossierMeetings(by rugzak.Person, wish DossierWish, s *Service, d *rugzak.Dossier) error {
	lists, now := rugzak.SeenLists(by), s.now()
	coming, err := n.upcoming(by, lists, now, mostDossierMeetings, rugzak.Meeting.Upcoming)
	if err != nil {
		return err
	}
	past, err := n.past(by, lists, now, mostDossierMeetings)
	if err != nil {
		return err
	}
	slices.Reverse(coming)
	for _, line := range slices.Concat(coming, past) {
		narrow := !line.Whole || line.About != nil && !n.inDossier(by, wish, line.About.ID)
		if line.Meeting.Reported || narrow && !wish.Narrow {
			continue
		}
		m := rugzak.DossierMeeting{Meeting: line.Meeting, Whole: line.Whole}
		m.Meeting.MadeBy = ""
		if line.Theme != nil {
			m.Theme = line.Theme.ID
		}
		if line.About != nil {
			m.Entry = line.About.ID
		}
		for _, o := range line.Organisations {
			m.Organisations = append(m.Organisations, o.Name)
		}
		d.Meetings = append(d.Meetings, m)
	}
	return nil
}

// dossierRounds are the reflection rounds. What came of one is there when all that
// its outcome quotes may stand in the dossier.
func (n *names) dossierRounds(by rugzak.Person, wish DossierWish, d *rugzak.Dossier) error {
	rounds, err := n.reader.Rounds()
	if err == nil {
		err = shownRounds(n.reader, rugzak.Person{}, rounds...)
	}
	if err != nil {
		return err
	}
	slices.Reverse(rounds)
	for _, round := range rounds {
		out := rugzak.DossierRound{Round: round}
		out.Round.Outcome, out.Round.Changes, out.Round.Decisions = "", nil, nil
		for _, q := range round.Questions {
			out.Questions = append(out.Questions, q.In(wish.Lang.Or(rugzak.Dutch)))
		}
		for _, o := range round.Taking {
			if n.mayName(by, o) {
				out.Taking = append(out.Taking, n.organisation(o).Name)
			}
		}
		kept := func(id rugzak.EntryID) bool { return !n.inDossier(by, wish, id) }
		if !round.PublishedAt.IsZero() && !slices.ContainsFunc(rugzak.Quotes(round.Outcome), kept) {
			out.Outcome.Markdown = round.Outcome
			for _, c := range round.Changes {
				if n.inDossier(by, wish, c.Entry) {
					out.Changes = append(out.Changes, c)
				}
			}
			for _, decision := range round.Decisions {
				out.Decisions = append(out.Decisions, decision.Text)
			}
		}
		d.Rounds = append(d.Rounds, out)
	}
	return nil
}

// mostDossierMeetings is how many meetings to come and how many past ones stand
// in a dossier.
const mostDossierMeetings = 200

// dossierPeople says what each role does, and who keeps the movement going.
func (n *names) dossierPeople(by rugzak.Person, d *rugzak.Dossier) error {
	for _, role := range rugzak.Roles() {
		d.Roles = append(d.Roles, rugzak.DossierRole{Role: role})
	}
	for p, err := range n.reader.People() {
		if err != nil {
			return err
		}
		if p.Inactive || p.Former || !rugzak.CanKnowPerson(by, p.ID, false) {
			continue
		}
		for i := range d.Roles {
			if d.Roles[i].Named() && p.Has(d.Roles[i].Role) {
				d.Roles[i].Names = append(d.Roles[i].Names, p.Name+", "+n.organisation(p.Organisation).Name)
			}
		}
	}
	for i := range d.Roles {
		slices.SortFunc(d.Roles[i].Names, byName)
	}
	for _, o := range n.organisations {
		if o.Closed || !n.mayName(by, o.ID) {
			continue
		}
		// How an organisation is made up is not told, but for the teams that say
		// what they need.
		o.Teams = slices.DeleteFunc(slices.Clone(o.Teams), func(t rugzak.Team) bool { return t.Need.Empty() })
		d.Organisations = append(d.Organisations, o)
	}
	slices.SortFunc(d.Organisations, func(a, b rugzak.Organisation) int {
		return cmp.Or(cmp.Compare(order(a.Kind == rugzak.Department), order(b.Kind == rugzak.Department)), byName(a.Name, b.Name))
	})
	return nil
}
