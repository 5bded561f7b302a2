// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"strconv"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// DecisionInput is what the form of a decision holds.
type DecisionInput struct {
	Text string
	Goal rugzak.DecisionGoal
	// Item is the item of the agenda it is about; empty for a new one, which
	// gets this Horizon and these Organisations.
	Item          string
	Horizon       rugzak.Horizon
	Organisations []rugzak.OrganisationID
	Key           string // sending the form twice decides once
}

// Decide writes down what was decided after a round. A decision for the agenda
// becomes an item of it at once, unless it is about one that is there.
func (s *Service) Decide(ctx context.Context, by rugzak.Person, id string, in DecisionInput) (rugzak.RoundDecision, error) {
	var d rugzak.RoundDecision
	if !rugzak.CanSteer(by) {
		return d, rugzak.Forbidden("error.core_team_only")
	}
	in.Text = rugzak.Line(in.Text)
	if _, err := s.lookAt(ctx, []field{{"decision", in.Text}}); err != nil {
		return d, err
	}
	_, err := s.update(ctx, "decide", func(w rugzak.Writer) error {
		r, err := s.mayConclude(w, by, id)
		if err != nil {
			return err
		}
		made, err := madeBy(w, by, in.Key)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(r.Decisions, func(d rugzak.RoundDecision) bool { return d.ID == made }); i >= 0 {
			d = r.Decisions[i]
			return nil
		}
		d = rugzak.RoundDecision{ID: rugzak.NewID(s.now()), Text: in.Text, Goal: in.Goal, At: s.now()}
		r.Decisions = append(r.Decisions, d)
		if err := r.Validate(); err != nil {
			return err
		}
		if d.Goal == rugzak.DecisionAgenda {
			if d.Item, err = s.decideItem(w, by, r, in); err != nil {
				return err
			}
			r.Decisions[len(r.Decisions)-1] = d
		}
		if err := s.saveMade(w, by, in.Key, d.ID); err != nil {
			return err
		}
		return s.saveConclusion(w, by, r, rugzak.VerbRoundDecided)
	})
	return d, err
}

// decideItem finds the item of the agenda a decision is about, or makes it.
func (s *Service) decideItem(w rugzak.Writer, by rugzak.Person, r rugzak.ReflectionRound, in DecisionInput) (string, error) {
	var p rugzak.Problems
	m, err := w.Movement()
	if err != nil {
		return "", err
	}
	if in.Item != "" {
		if _, ok := m.Item(in.Item); !ok {
			p.Add("item", "error.choose")
		}
		return in.Item, p.Err()
	}
	n, err := readNames(w, by)
	if err != nil {
		return "", err
	}
	item := rugzak.AgendaItem{
		ID: freeItemID(m, in.Text), Title: in.Text, Horizon: in.Horizon, Organisations: unique(in.Organisations),
		Occasion: rugzak.RoundOccasion(r.ID), Version: 1, UpdatedAt: s.now(),
	}
	if utf8.RuneCountInString(item.Title) > rugzak.MaxName {
		item.Title, item.Text = excerpt(in.Text, rugzak.MaxName-1), in.Text
	}
	slices.Sort(item.Organisations)
	for _, o := range item.Organisations {
		if _, there := n.organisations[o]; !there || !n.mayName(by, o) {
			p.Add("organisations", "error.choose")
			break
		}
	}
	if len(m.Agenda) >= rugzak.MaxAgenda {
		p.Add("decision", "error.too_many", rugzak.MaxAgenda)
	}
	if err := p.Err(); err != nil {
		return "", err
	}
	if err := item.Validate(); err != nil {
		return "", err
	}
	m.Agenda = append(m.Agenda, item)
	if err := w.SaveMovement(m); err != nil {
		return "", err
	}
	return item.ID, w.Log(rugzak.Change{
		At: s.now(), Actor: "person:" + string(by.ID), Verb: rugzak.VerbAgendaSaved, Subject: string(rugzak.AgendaSubject(item.ID)),
	})
}

// freeItemID makes an id for a new item of the agenda.
func freeItemID(m rugzak.Movement, title string) string {
	base := rugzak.Slug(title)
	if base == "" {
		base = "punt"
	}
	for id, n := base, 2; ; n++ {
		if _, taken := m.Item(id); !taken {
			return id
		}
		id = rugzak.Slug(base + " " + strconv.Itoa(n))
	}
}

// DropDecision takes a decision back. An item of the agenda that came of it
// stays there: who keeps the agenda decides about that.
func (s *Service) DropDecision(ctx context.Context, by rugzak.Person, id, decision string) error {
	_, err := s.update(ctx, "drop decision", func(w rugzak.Writer) error {
		r, err := s.mayConclude(w, by, id)
		if err != nil {
			return err
		}
		r.Decisions = slices.DeleteFunc(r.Decisions, func(d rugzak.RoundDecision) bool { return d.ID == decision })
		return s.saveConclusion(w, by, r, rugzak.VerbRoundDecided)
	})
	return err
}
