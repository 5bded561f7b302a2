// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"fmt"
	"slices"

	"rugzak/pkg/rugzak"
)

// CelebrationView is what is celebrated in a month, as far as the reader may
// see it.
type CelebrationView struct {
	Month  string // empty when nothing ever was
	Picks  []Celebrated
	Months []string // others in which there is something for the reader, newest first
	// CanChoose: the reader chooses for everybody.
	CanChoose bool
}

// Celebrated is one success and why it is celebrated.
type Celebrated struct {
	Card   Card
	Reason string
	With   []rugzak.Organisation // it was done together with, as far as the reader may know
}

// CelebrationDesk is where somebody chooses what is celebrated this month.
type CelebrationDesk struct {
	Month   string
	Picks   []rugzak.DigestPick // as far as the chooser may read them
	Choices []LetterChoice      // successes of two organisations or more
	Version int
}

const (
	// mostSuccesses is how many successes are offered, the newest.
	mostSuccesses = 60
	// lookedForSuccesses is how many entries are looked at for them.
	lookedForSuccesses = 2000
	// monthsCelebrated is how many months back can be looked at.
	monthsCelebrated = 24
)

// celebratable reports whether an entry can be celebrated: a success that names
// two organisations or more.
func celebratable(e rugzak.Entry) bool {
	return e.Kind == rugzak.KindSuccess && e.Together() > 1 && e.State.Public() && e.State != rugzak.StateArchived
}

// Celebrations shows what is celebrated in a month; in the newest for an empty
// one.
func (s *Service) Celebrations(ctx context.Context, by rugzak.Person, month string) (CelebrationView, error) {
	if by.ID == "" {
		return CelebrationView{}, mustSignIn()
	}
	v := CelebrationView{CanChoose: rugzak.CanSteer(by)}
	var raw []rawCelebrated
	err := s.view(ctx, "what is celebrated", func(r rugzak.Reader) error {
		v.Month, v.Months, raw = "", nil, nil
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		all, err := r.Celebrations()
		if err != nil {
			return err
		}
		for _, c := range all[:min(len(all), monthsCelebrated)] {
			cards, err := n.celebrated(by, c)
			if err != nil {
				return err
			}
			if len(cards) == 0 {
				continue
			}
			if v.Month == "" && (month == "" || c.Month == month) {
				v.Month, raw = c.Month, cards
			} else {
				v.Months = append(v.Months, c.Month)
			}
		}
		if month != "" && v.Month == "" { // hidden and absent are alike
			return rugzak.NotFound()
		}
		return nil
	})
	if err == nil {
		v.Picks = s.finishCelebrated(ctx, raw)
	}
	return v, err
}

// rawCelebrated is a success of which the card has to be finished.
type rawCelebrated struct {
	card   rawCard
	reason string
	with   []rugzak.Organisation
}

// celebrated are the successes of a month that a reader may read.
func (n *names) celebrated(by rugzak.Person, c rugzak.Celebration) (out []rawCelebrated, err error) {
	for _, pick := range c.Picks {
		e, mine, err := look(n.reader, by, pick.Entry)
		if isMissing(err) || err == nil && !celebratable(e) {
			continue
		}
		if err != nil {
			return nil, err
		}
		x := rawCelebrated{card: n.card(by, e, mine), reason: pick.Reason}
		for _, id := range e.With {
			if n.mayName(by, id, e.Organisation) {
				x.with = append(x.with, n.organisation(id))
			}
		}
		sortOrganisations(x.with)
		out = append(out, x)
	}
	return out, nil
}

func (s *Service) finishCelebrated(ctx context.Context, raw []rawCelebrated) []Celebrated {
	out := make([]Celebrated, len(raw))
	for i, x := range raw {
		out[i] = Celebrated{Card: s.finish(ctx, []rawCard{x.card})[0], Reason: x.reason, With: x.with}
	}
	return out
}

// celebratedNow is what is celebrated this month or, at its beginning, was in
// the one before: for the first page.
func (s *Service) celebratedNow(n *names, by rugzak.Person) ([]rawCelebrated, error) {
	now := s.now()
	for _, month := range []string{rugzak.MonthIn(now), rugzak.MonthIn(now.AddDate(0, 0, -now.Day()))} {
		c, err := n.reader.Celebration(month)
		if err != nil {
			return nil, err
		}
		out, err := n.celebrated(by, c)
		if err != nil || len(out) > 0 {
			return out, err
		}
	}
	return nil, nil
}

// CelebrationDesk shows the choice for this month.
func (s *Service) CelebrationDesk(ctx context.Context, by rugzak.Person) (CelebrationDesk, error) {
	d := CelebrationDesk{Month: rugzak.MonthIn(s.now())}
	if !rugzak.CanSteer(by) {
		return d, rugzak.Forbidden("error.core_team_only")
	}
	err := s.view(ctx, "what to celebrate", func(r rugzak.Reader) error {
		d.Picks, d.Choices = nil, nil
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		c, err := r.Celebration(d.Month)
		if err != nil {
			return err
		}
		d.Version = c.Version
		add := func(e rugzak.Entry) {
			if !slices.ContainsFunc(d.Choices, func(o LetterChoice) bool { return o.ID == e.ID }) {
				d.Choices = append(d.Choices, LetterChoice{ID: e.ID, Title: e.Title, Lang: e.Lang, Organisation: n.organisation(e.Organisation).Name})
			}
		}
		for _, pick := range c.Picks {
			e, _, err := look(r, by, pick.Entry)
			if isMissing(err) || err == nil && !celebratable(e) {
				continue
			}
			if err != nil {
				return err
			}
			d.Picks = append(d.Picks, pick)
			add(e)
		}
		for e, err := range atMost(readable(r, by, ""), lookedForSuccesses) {
			if err != nil {
				return err
			}
			if celebratable(e) && rugzak.CanRead(by, e) {
				add(e)
			}
			if len(d.Choices) >= mostSuccesses {
				break
			}
		}
		return nil
	})
	return d, err
}

// SaveCelebration chooses what is celebrated this month. What somebody else
// chose and this person may not read stays as long as there is room, and they do
// not hear of it. base is the version the form was made from.
func (s *Service) SaveCelebration(ctx context.Context, by rugzak.Person, month string, base int, picks []rugzak.DigestPick) error {
	if !rugzak.CanSteer(by) {
		return rugzak.Forbidden("error.core_team_only")
	}
	if err := s.checkReasons(ctx, picks); err != nil {
		return err
	}
	if month != rugzak.MonthIn(s.now()) {
		return rugzak.Conflict() // another month began meanwhile
	}
	_, err := s.update(ctx, "choose what is celebrated", func(w rugzak.Writer) error {
		before, err := w.Celebration(month)
		if err != nil {
			return err
		}
		c := rugzak.Celebration{Month: month, At: s.now()}
		var p rugzak.Problems
		for i, pick := range picks {
			e, _, err := look(w, by, pick.Entry)
			if err != nil && !isMissing(err) {
				return err
			}
			if err != nil || !celebratable(e) {
				p.Add(fmt.Sprintf("entry_%d", i+1), "error.choose")
				continue
			}
			c.Picks = append(c.Picks, pick)
		}
		if err := p.Err(); err != nil {
			return err
		}
		for _, pick := range before.Picks {
			if _, err := sees(w, by, pick.Entry); isMissing(err) && len(c.Picks) < rugzak.MaxCelebrated {
				c.Picks = append(c.Picks, pick)
			} else if err != nil && !isMissing(err) {
				return err
			}
		}
		if err := c.Validate(); err != nil {
			return err
		}
		if err := w.SaveCelebration(c, base); err != nil {
			return err
		}
		return w.Log(rugzak.Change{At: s.now(), Actor: rugzak.PersonActor(by.ID), Verb: rugzak.VerbCelebrationSaved, Subject: rugzak.CelebrationSubject(month)})
	})
	return err
}
