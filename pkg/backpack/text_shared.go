// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// sharedText is a shared text as it is now.
type sharedText struct {
	title   string
	lines   []string // what it says
	version int
	reads   func(rugzak.Person) bool
	// Whom it is for, for an incident.
	audience     rugzak.Audience
	organisation rugzak.OrganisationID
}

// hidesText reports whether a shared text is reported, and so not for this
// reader.
func hidesText(r rugzak.Reader, by rugzak.Person, text rugzak.Subject) (bool, error) {
	reported, err := r.ReportedTexts()
	return slices.Contains(reported, text) && !rugzak.CanMend(by, text), err
}

// hideTexts takes out of what a reader knows the shared texts that are reported.
func (n *names) hideTexts() (err error) {
	if n.reported, err = n.reader.ReportedTexts(); err != nil || len(n.reported) == 0 {
		return err
	}
	n.movement.Agenda = slices.DeleteFunc(slices.Clone(n.movement.Agenda), func(a rugzak.AgendaItem) bool { return n.hides(rugzak.AgendaSubject(a.ID)) })
	if n.hides(rugzak.CompassText) {
		n.movement.Compass = hiddenCompass(n.movement.Compass)
	}
	for id, o := range n.organisations {
		if n.hides(rugzak.NeedText(id, "")) {
			o.Need = rugzak.Need{}
		}
		o.Teams = slices.Clone(o.Teams)
		for i, t := range o.Teams {
			if n.hides(rugzak.NeedText(id, t.ID)) {
				o.Teams[i].Need = rugzak.Need{}
			}
		}
		n.organisations[id] = o
	}
	return nil
}

func (n *names) hides(text rugzak.Subject) bool {
	return slices.Contains(n.reported, text) && (n.nobody || !rugzak.CanMend(n.by, text))
}

// hiddenCompass is a compass that is reported: the names of its drives stay,
// because entries lead to them.
func hiddenCompass(c rugzak.Compass) rugzak.Compass {
	c.Purpose, c.Why, c.Drives = "", "", slices.Clone(c.Drives)
	for i := range c.Drives {
		c.Drives[i].Meaning = ""
	}
	return c
}

// shownRounds takes out of rounds what a reader may not read because it is
// reported.
func shownRounds(r rugzak.Reader, by rugzak.Person, all ...rugzak.ReflectionRound) error {
	reported, err := r.ReportedTexts()
	for i, round := range all {
		if text := rugzak.RoundOccasion(round.ID); slices.Contains(reported, text) && !rugzak.CanMend(by, text) {
			all[i].Title, all[i].Text, all[i].Outcome, all[i].Changes, all[i].Decisions = "", "", "", nil, nil
		}
	}
	return err
}

// TextReport is how the report of a shared text stands, on the page that shows it.
type TextReport struct {
	Text     rugzak.Subject
	Reported bool
	Hidden   bool // and this reader does not mend it
}

func (n *names) textReport(text rugzak.Subject) TextReport {
	return TextReport{text, slices.Contains(n.reported, text), n.hides(text)}
}

// CompassReport is how the report of the compass stands.
func (s *Service) CompassReport(ctx context.Context, by rugzak.Person) (TextReport, error) {
	var out TextReport
	if by.ID == "" {
		return out, mustSignIn()
	}
	err := s.view(ctx, "report of the compass", func(r rugzak.Reader) error {
		n := names{reader: r, by: by}
		var err error
		n.reported, err = r.ReportedTexts()
		out = n.textReport(rugzak.CompassText)
		return err
	})
	return out, err
}

// lookText fetches a shared text a reader may read; absent and hidden are alike.
func (n *names) lookText(by rugzak.Person, text rugzak.Subject) (sharedText, error) {
	kind, id := text.Text()
	if kind == "" || by.Inactive || n.hides(text) {
		return sharedText{}, rugzak.NotFound()
	}
	x, err := textNow(n.reader, text)
	if err != nil {
		return x, err
	}
	org, _, need := text.NeedOf()
	o := n.organisations[org]
	if need && (!n.mayName(by, org) || o.Closed && org != by.Organisation) || len(x.lines) == 0 || !x.reads(by) {
		return sharedText{}, rugzak.NotFound()
	}
	if kind == rugzak.OfRound {
		round, err := n.reader.Round(id)
		if err != nil {
			return x, err
		}
		// What a round came to may be for fewer: its page is for everybody.
		if ok, err := readsOutcome(n.reader, by, round); err != nil {
			return x, err
		} else if !ok && round.Text == "" && round.Title == "" {
			return x, rugzak.NotFound()
		}
	}
	return x, nil
}

// textNow reads a shared text as it is, without any rule.
func textNow(r rugzak.Reader, text rugzak.Subject) (x sharedText, err error) {
	x.reads = func(p rugzak.Person) bool { return p.ID != "" && !p.Inactive }
	x.audience.Level = rugzak.LevelInternal
	lines := func(all ...string) {
		x.lines = append(x.lines, slices.DeleteFunc(all, func(s string) bool { return s == "" })...)
	}
	kind, id := text.Text()
	switch kind {
	case rugzak.OfRound:
		round, err := r.Round(id)
		if err != nil {
			return x, err
		}
		x.title, x.version, x.audience.Also = round.Title, int(round.UpdatedAt.UnixMilli()), round.Also
		for _, f := range textsOfRound(round) {
			if f.Name != "questions" {
				lines(f.Text)
			}
		}
	case rugzak.OfIdea:
		i, err := r.Idea(id)
		if err != nil {
			return x, err
		}
		x.title, x.version = i.Title, i.Version
		x.reads = func(p rugzak.Person) bool { return rugzak.CanSeeIdea(p, i) }
		x.audience, x.organisation = invitedAudience(rugzak.Meeting{Organisations: i.Organisations})
		lines(i.Title, i.Text, i.Step)
		for _, a := range i.Answers {
			lines(a.Note)
		}
	case rugzak.OfAgenda, rugzak.OfCompass:
		m, err := r.Movement()
		if err != nil {
			return x, err
		}
		if kind == rugzak.OfCompass {
			x.version = m.Compass.Version
			lines(m.Compass.Purpose, m.Compass.Why)
			for _, d := range m.Compass.Drives {
				lines(d.Meaning)
			}
			return x, nil
		}
		item, ok := m.Item(id)
		if !ok {
			return x, rugzak.NotFound()
		}
		x.title, x.version = item.Title, int(item.UpdatedAt.UnixMilli())
		lines(item.Title, item.Text, item.Learned)
		for _, p := range item.Progress {
			lines(p.Text)
		}
	case rugzak.OfNeed:
		org, team, _ := text.NeedOf()
		o, err := r.Organisation(org)
		if err != nil {
			return x, err
		}
		need := o.Need
		x.title, x.version, x.organisation = o.Name, o.Version, o.ID
		if team != "" {
			t, ok := o.Team(team)
			if !ok {
				return x, rugzak.NotFound()
			}
			need, x.title = t.Need, t.Name+" ("+o.Name+")"
		}
		x.reads = func(p rugzak.Person) bool { return p.ID != "" && rugzak.CanKnowOrganisation(p, o) }
		lines(need.Needs, need.Offers, need.Ways)
	default:
		return x, rugzak.NotFound()
	}
	return x, nil
}
