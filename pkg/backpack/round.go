// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// RoundLine is a reflection round in a list. What it came to is not in it.
type RoundLine struct {
	ID, Title, Text string
	Number          int
	State           rugzak.RoundState
	Opens, Closes   time.Time
	Weeks           int
	Sample          bool
}

// RoundChangeView is the most significant change in a domain, for who may read
// the entry.
type RoundChangeView struct {
	Domain, Reason string
	Card           Card
}

// RoundDecisionView is a decision with the item of the agenda it led to.
type RoundDecisionView struct {
	rugzak.RoundDecision
	ItemTitle string // empty where there is none, or no longer
}

// RoundView is the page of a round.
type RoundView struct {
	RoundLine
	Questions []rugzak.RoundQuestion
	Version   int
	// Answers are those the reader may read, Drafts what they began themselves.
	Answers []Card
	More    bool // there are more answers than these
	Drafts  []Card
	// Taking are the organisations that are shown as taking part, Missing the
	// others, as far as the reader may know them.
	Taking, Missing []rugzak.Organisation

	// Outcome is the joint outcome as it was typed, HTML as it is read: empty for
	// who may not read all of it. Published is when everybody it is for got it.
	Outcome, HTML string
	Published     time.Time
	// OutcomeHidden: there is one, which this member of the core team may not
	// read.
	OutcomeHidden bool
	Also          []rugzak.Organisation
	Narrow        []NarrowSource // for the core team
	Changes       []RoundChangeView
	Decisions     []RoundDecisionView

	CanAnswer, CanPlan, CanSteer bool
	// EndsNow is the last day of the round when who looks closes it now; empty
	// when they cannot.
	EndsNow string
	Report  TextReport
}

// answersShown is how many answers the page of a round shows.
const answersShown = 60

func lineOfRound(r rugzak.ReflectionRound, now time.Time) RoundLine {
	return RoundLine{
		ID: r.ID, Title: r.Title, Text: r.Text, Number: r.Number, State: r.State(now), Opens: r.Begins(), Closes: r.Ends(),
		Weeks: r.Weeks, Sample: r.Sample,
	}
}

// Rounds lists the reflection rounds, the first one first. Every person reads
// when they are.
func (s *Service) Rounds(ctx context.Context, by rugzak.Person) ([]RoundLine, error) {
	if by.ID == "" {
		return nil, mustSignIn()
	}
	var out []RoundLine
	err := s.view(ctx, "rounds", func(r rugzak.Reader) error {
		all, err := r.Rounds()
		if err == nil {
			err = shownRounds(r, by, all...)
		}
		out = make([]RoundLine, 0, len(all))
		for _, round := range all {
			out = append(out, lineOfRound(round, s.now()))
		}
		return err
	})
	return out, err
}

// lookRound fetches a round.
func lookRound(r rugzak.Reader, by rugzak.Person, id string) (rugzak.ReflectionRound, error) {
	if by.ID == "" {
		return rugzak.ReflectionRound{}, mustSignIn()
	}
	if !rugzak.ValidID(id) {
		return rugzak.ReflectionRound{}, rugzak.NotFound()
	}
	round, err := r.Round(id)
	if err != nil {
		return round, err
	}
	all := []rugzak.ReflectionRound{round}
	err = shownRounds(r, by, all...)
	return all[0], err
}

// openRound is the round people answer now, for the first page; nil when none
// is open.
func openRound(r rugzak.Reader, by rugzak.Person, now time.Time) (*RoundLine, error) {
	all, err := r.RoundsOn(rugzak.Today(now))
	if err == nil {
		err = shownRounds(r, by, all...)
	}
	if err != nil {
		return nil, err
	}
	for _, round := range slices.Backward(all) {
		if line := lineOfRound(round, now); line.State == rugzak.RoundOpen {
			return &line, nil
		}
	}
	return nil, nil
}

// Round returns the page of a round: its questions, the answers a reader may
// read, which organisations took part, and what it came to.
func (s *Service) Round(ctx context.Context, by rugzak.Person, id string) (RoundView, error) {
	var v RoundView
	var answers, drafts, changes []rawCard
	err := s.view(ctx, "round", func(r rugzak.Reader) error {
		round, err := lookRound(r, by, id)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		v = RoundView{
			RoundLine: lineOfRound(round, s.now()), Questions: round.Questions, Version: round.Version,
			CanPlan: rugzak.CanCurate(by), CanSteer: rugzak.CanSteer(by), Report: n.textReport(rugzak.RoundOccasion(id)),
		}
		v.CanAnswer = v.State == rugzak.RoundOpen && rugzak.CanPost(by)
		if day, ok := round.EndsNow(s.now()); ok && v.CanPlan {
			v.EndsNow = day
		}
		of := rugzak.RoundOccasion(id)
		var next rugzak.Mark
		if answers, next, err = n.cardsIn(by, occasionEntries(r, by, of), answersShown, nil); err != nil {
			return err
		}
		v.More = next != ""
		if drafts, _, err = n.cardsIn(by, r.Entries(rugzak.DraftList(by.ID), ""), draftsOnHome, func(e rugzak.Entry) bool { return e.Occasion == of }); err != nil {
			return err
		}
		n.whoTakesPart(by, round, &v)
		if changes, err = n.outcomeFor(by, round, &v); err != nil {
			return err
		}
		return nil
	})
	if err != nil {
		return RoundView{}, err
	}
	v.Answers, v.Drafts = s.finish(ctx, answers), s.finish(ctx, drafts)
	for i, c := range s.finish(ctx, changes) {
		v.Changes[i].Card = c
	}
	rendered, err := s.rendered(ctx, v.Outcome, rugzak.Dutch)
	v.HTML = rendered.HTML
	return v, err
}

// whoTakesPart lists the organisations a reader may know: those that are shown
// as taking part, and once the round began those of whom nobody did. It is of
// organisations only: who answered is in no list.
func (n *names) whoTakesPart(by rugzak.Person, round rugzak.ReflectionRound, v *RoundView) {
	for id, o := range n.organisations {
		if !n.mayName(by, id) {
			continue
		}
		switch {
		case slices.Contains(round.Taking, id):
			v.Taking = append(v.Taking, n.organisation(o.ID))
		case v.State != rugzak.RoundPlanned:
			v.Missing = append(v.Missing, n.organisation(o.ID))
		}
	}
	sortOrganisations(v.Taking)
	sortOrganisations(v.Missing)
}

// outcomeFor fills in what a round came to, as far as a reader may read what it
// is made of, and returns the entries of the chosen changes.
func (n *names) outcomeFor(by rugzak.Person, round rugzak.ReflectionRound, v *RoundView) ([]rawCard, error) {
	if !rugzak.CanReadOutcome(by, round) {
		return nil, nil
	}
	v.Published = round.PublishedAt
	reads, err := readsAll(n.reader, by, rugzak.Quotes(round.Outcome))
	if err != nil {
		return nil, err
	}
	if reads {
		v.Outcome = round.Outcome
	}
	if v.CanSteer {
		v.OutcomeHidden = !reads
		if v.Narrow, err = narrowSources(n.reader, by, rugzak.Quotes(round.Outcome), round.Tokens()); err != nil {
			return nil, err
		}
		if !reads { // which sources it has is part of it
			v.Narrow = slices.DeleteFunc(v.Narrow, func(s NarrowSource) bool { return s.Title == "" })
		}
		for _, id := range round.Also {
			v.Also = append(v.Also, n.organisation(id))
		}
		sortOrganisations(v.Also)
	}
	for _, d := range round.Decisions {
		line := RoundDecisionView{RoundDecision: d}
		if item, ok := n.movement.Item(d.Item); ok && d.Goal == rugzak.DecisionAgenda {
			line.ItemTitle = item.Title
		} else {
			line.Item = ""
		}
		v.Decisions = append(v.Decisions, line)
	}
	var cards []rawCard
	for _, c := range round.Changes {
		e, mine, err := look(n.reader, by, c.Entry)
		if isMissing(err) || err == nil && !e.State.Public() {
			continue
		}
		if err != nil {
			return nil, err
		}
		v.Changes = append(v.Changes, RoundChangeView{Domain: c.Domain, Reason: c.Reason})
		cards = append(cards, n.card(by, e, mine))
	}
	return cards, nil
}

// readsAll reports whether a reader may read every one of some entries.
func readsAll(r rugzak.Reader, by rugzak.Person, ids []rugzak.EntryID) (bool, error) {
	for _, id := range ids {
		if _, err := sees(r, by, id); isMissing(err) {
			return false, nil
		} else if err != nil {
			return false, err
		}
	}
	return true, nil
}

// readsOutcome reports whether a reader may read the joint outcome of a round.
func readsOutcome(r rugzak.Reader, by rugzak.Person, round rugzak.ReflectionRound) (bool, error) {
	if !rugzak.CanReadOutcome(by, round) {
		return false, nil
	}
	return readsAll(r, by, rugzak.Quotes(round.Outcome))
}

// roundDetail gives the sentence of a notice about a round its number; ok is
// false for a round that is gone, or an outcome the person may not read.
func roundDetail(r rugzak.Reader, by rugzak.Person, line *NoticeLine) (ok bool, err error) {
	round, err := lookRound(r, by, line.Notice.About)
	if isMissing(err) {
		return false, nil
	}
	if err == nil && line.Notice.Kind == rugzak.NoticeRoundOutcome {
		if ok, err := readsOutcome(r, by, round); err != nil || !ok {
			return false, err
		}
	}
	line.Round, line.RoundNumber, line.Title, line.Args = round.ID, round.Number, round.Title, []any{round.Number}
	return err == nil, err
}
