// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// AgendaLine is an item of the future agenda as one reader sees it.
type AgendaLine struct {
	// Item without what hangs on it: see AgendaView.
	Item          rugzak.AgendaItem
	Organisations []rugzak.Organisation // those the reader may know
	// Joint: at least one department and one partner the reader may know lead it
	// together. NotJoint, that they do not, is for members only: a partner does
	// not learn whether another one leads it.
	Joint, NotJoint bool
	// Questions is how many of those beneath it the reader may read; only on the
	// page of the agenda.
	Questions int
	// CanProgress: the reader may tell how far it is, link to it and finish it.
	CanProgress bool
	// First and Last are of its horizon, among what is not finished.
	First, Last bool
}

// Agenda lists the future agenda in its own order, with who leads each item.
func (s *Service) Agenda(ctx context.Context, by rugzak.Person) ([]AgendaLine, error) {
	if by.ID == "" {
		return nil, mustSignIn()
	}
	var lines []AgendaLine
	err := s.view(ctx, "agenda", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		lines = n.agenda(by)
		for i, item := range n.movement.Agenda {
			for _, id := range item.Questions {
				if n.mayRead(by, id) {
					lines[i].Questions++
				}
			}
		}
		return nil
	})
	return lines, err
}

func (n *names) agenda(by rugzak.Person) []AgendaLine {
	lines := make([]AgendaLine, 0, len(n.movement.Agenda))
	last := map[rugzak.Horizon]int{}
	for i, item := range n.movement.Agenda {
		lines = append(lines, n.agendaLine(by, item))
		if item.Done() {
			continue
		}
		before, any := last[item.Horizon]
		lines[i].First, lines[i].Last = !any, true
		if any {
			lines[before].Last = false
		}
		last[item.Horizon] = i
	}
	return lines
}

func (n *names) agendaLine(by rugzak.Person, item rugzak.AgendaItem) AgendaLine {
	line := AgendaLine{Item: n.shownItem(by, item), CanProgress: rugzak.CanProgress(by, item)}
	departments, partners := 0, 0
	for _, id := range line.Item.Organisations {
		o := n.organisation(id)
		if o.Kind == rugzak.Partner {
			partners++
		} else {
			departments++
		}
		line.Organisations = append(line.Organisations, o)
	}
	line.Joint = departments > 0 && partners > 0
	line.NotJoint = by.IsMember() && !line.Joint
	return line
}

// shownItem leaves out of an item of the agenda the organisations that are gone
// or that the reader may not know, and the entries that hang on it: those are
// read one by one.
func (n *names) shownItem(by rugzak.Person, item rugzak.AgendaItem) rugzak.AgendaItem {
	item.Organisations = slices.DeleteFunc(slices.Clone(item.Organisations), func(id rugzak.OrganisationID) bool {
		_, there := n.organisations[id]
		return !there || !n.mayName(by, id)
	})
	item.Progress = slices.Clone(item.Progress)
	for i, p := range item.Progress {
		if _, there := n.organisations[p.Organisation]; !there || !n.mayName(by, p.Organisation) {
			item.Progress[i].Organisation = ""
		}
	}
	item.Questions, item.Successes, item.Occasion = nil, nil, shownOccasion(item.Occasion)
	return item
}

// shownOccasion keeps silent on a meeting: not everybody is invited.
func shownOccasion(of rugzak.Subject) rugzak.Subject {
	if kind, _ := of.Split(); kind == rugzak.OfMeeting {
		return ""
	}
	return of
}

// AgendaView is the page of an item.
type AgendaView struct {
	AgendaLine
	// Questions beneath it and Successes it led to, as far as the reader may read
	// them.
	Questions, Successes []Card
	Progress             []ProgressLine // newest first
	Join                 Joining
	// Meeting in which it came up, for who sees that; else nil.
	Meeting *rugzak.Meeting
	CanEdit bool
	Report  TextReport
}

// ProgressLine is what was told of the progress of an item.
type ProgressLine struct {
	rugzak.AgendaProgress
	Name string // of the organisation that told it; may be empty
}

// AgendaItem returns the page of an item. Every person reads the agenda.
func (s *Service) AgendaItem(ctx context.Context, by rugzak.Person, id string) (AgendaView, error) {
	var v AgendaView
	if by.ID == "" {
		return v, mustSignIn()
	}
	var questions, successes []rawCard
	err := s.view(ctx, "agenda item", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		item, ok := n.movement.Item(id)
		if !ok || by.Inactive {
			return rugzak.NotFound()
		}
		v = AgendaView{AgendaLine: n.agendaLine(by, item), CanEdit: rugzak.CanCurate(by), Report: n.textReport(rugzak.AgendaSubject(id))}
		if questions, err = n.cardsOf(by, item.Questions); err != nil {
			return err
		}
		if successes, err = n.cardsOf(by, item.Successes); err != nil {
			return err
		}
		for _, p := range v.Item.Progress {
			line := ProgressLine{AgendaProgress: p}
			if p.Organisation != "" {
				line.Name = n.organisation(p.Organisation).Name
			}
			v.Progress = append(v.Progress, line)
		}
		slices.Reverse(v.Progress)
		if kind, meeting := item.Occasion.Split(); kind == rugzak.OfMeeting {
			m, err := lookMeeting(r, by, meeting)
			if err == nil {
				v.Meeting = &m
			} else if !isMissing(err) {
				return err
			}
		}
		v.Join, err = n.joining(by, subjectOfItem(item))
		return err
	})
	if err != nil {
		return AgendaView{}, err
	}
	v.Questions, v.Successes = s.finish(ctx, questions), s.finish(ctx, successes)
	v.AgendaLine.Questions = len(v.Questions)
	return v, nil
}

// cardsOf makes cards of entries the reader may read; the others are left out,
// as if they were not there.
func (n *names) cardsOf(by rugzak.Person, ids []rugzak.EntryID) ([]rawCard, error) {
	var out []rawCard
	for _, id := range ids {
		e, mine, err := look(n.reader, by, id)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, n.card(by, e, mine))
	}
	return out, nil
}
