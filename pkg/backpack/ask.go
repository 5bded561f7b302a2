// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"rugzak/pkg/rugzak"
)

// Ask is one line of what asks something of a person.
type Ask struct {
	Kind  AskKind
	Entry rugzak.EntryID // empty for what is about none
	// Of is what a promised step is a step in; Response the response, and
	// Meeting the meeting it is about. Else they are empty.
	Of                rugzak.Subject
	Response, Meeting string
	Title             string
	Lang              rugzak.Lang
	// From is the organisation that asks; without a name where that is not told.
	From rugzak.Organisation
	Day  string // on which something was promised
	Late bool   // that day has passed
}

// AskKind is what is asked.
type AskKind string

// The kinds, in the order in which they are shown: first where a person waits.
const (
	AskMention AskKind = "mention" // a response names the person
	AskAnswer  AskKind = "answer"  // a question waits for an answer
	AskWider   AskKind = "wider"   // somebody asks for a wider audience
	AskUsed    AskKind = "used"    // did they use what they took along?
	AskStep    AskKind = "step"    // the person promised a small step
	AskMeeting AskKind = "meeting" // they signed up for a meeting that is near
	AskTake    AskKind = "take"    // the person's organisation is asked to take the ball
	AskBall    AskKind = "ball"    // it has the ball
)

// asks lists what asks something of a person, at most so many lines. No more
// than half of them, rounded up, is of one kind as long as there are others.
func (s *Service) asks(n *names, by rugzak.Person, most int) ([]Ask, error) {
	loop, err := s.askLoop(n, by, most)
	if err != nil {
		return nil, err
	}
	if !by.IsMember() {
		loop.mentions, loop.answers = nil, nil // a partner's first page has a place of its own for them
	}
	wider, err := s.askWider(n, by, most)
	if err != nil {
		return nil, err
	}
	steps, err := s.askSteps(n, by, most)
	if err != nil {
		return nil, err
	}
	balls, err := s.askBalls(n, by, most)
	return share([][]Ask{loop.mentions, loop.answers, wider, loop.used, steps, loop.meetings, balls}, most), err
}

// share divides the lines over the kinds: each takes its turn, and they are
// shown kind by kind.
func share(kinds [][]Ask, most int) []Ask {
	take := make([]int, len(kinds))
	for total := 0; total < most; {
		before := total
		for i := range kinds {
			if take[i] < len(kinds[i]) && total < most {
				take[i]++
				total++
			}
		}
		if total == before {
			break
		}
	}
	var out []Ask
	for i, some := range kinds {
		out = append(out, some[:take[i]]...)
	}
	return out
}

func (s *Service) askWider(n *names, by rugzak.Person, most int) ([]Ask, error) {
	all, err := s.wideningsFor(n, by)
	if err != nil {
		return nil, err
	}
	var out []Ask
	for _, w := range all[:min(len(all), most)] {
		out = append(out, Ask{Kind: AskWider, Entry: w.Entry, Title: w.Title, Lang: w.Lang, From: w.Organisation})
	}
	return out, nil
}

// loopAsks is what the learning loop asks.
type loopAsks struct{ mentions, answers, used, meetings []Ask }

func (s *Service) askLoop(n *names, by rugzak.Person, most int) (out loopAsks, err error) {
	all, err := s.mineAsks(n, by, most)
	if err != nil {
		return out, err
	}
	for _, l := range all.Mentions {
		out.mentions = append(out.mentions, Ask{Kind: AskMention, Entry: l.Notice.Entry, Response: l.Notice.About, Title: l.Title, Lang: l.Lang})
	}
	for _, w := range all.Answers {
		out.answers = append(out.answers, Ask{Kind: AskAnswer, Entry: w.Entry, Response: w.Response, Title: w.Title, Lang: w.Lang, From: w.From})
	}
	for _, d := range all.Due {
		out.used = append(out.used, Ask{Kind: AskUsed, Entry: d.Keep.Entry, Title: d.Title, Lang: d.Lang})
	}
	soon := day(s.now().AddDate(0, 0, askedAhead))
	for _, m := range all.Meetings {
		if m.Meeting.Day <= soon {
			out.meetings = append(out.meetings, Ask{Kind: AskMeeting, Meeting: m.Meeting.ID, Title: m.Meeting.Title, Day: m.Meeting.Day})
		}
	}
	return out, nil
}

// askedAhead is from how many days before its day a promise asks for attention.
const askedAhead = 7

func (s *Service) askSteps(n *names, by rugzak.Person, most int) ([]Ask, error) {
	all, err := s.promises(n, by)
	if err != nil {
		return nil, err
	}
	soon := day(s.now().AddDate(0, 0, askedAhead))
	var out []Ask
	for _, p := range all {
		if p.Day != "" && p.Day <= soon && len(out) < most {
			out = append(out, Ask{Kind: AskStep, Entry: p.Entry, Of: p.Of, Title: p.Step, Lang: p.Lang, Day: p.Day, Late: p.Late})
		}
	}
	return out, nil
}

func (s *Service) askBalls(n *names, by rugzak.Person, most int) ([]Ask, error) {
	cards, _, err := n.cardsIn(by, waitingFor(n.reader, by, by.Organisation, ""), most, nil)
	var out []Ask
	for _, c := range cards {
		a := Ask{Kind: AskBall, Entry: c.ID, Title: c.Title, Lang: c.Lang}
		if c.entry.Question.Asked == by.Organisation {
			a.Kind = AskTake
		}
		if c.Organisation.ID != by.Organisation {
			a.From = c.Organisation
		}
		out = append(out, a)
	}
	return out, err
}
