// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"

	"rugzak/pkg/rugzak"
)

// OccasionView is the meeting or the round of which an entry came, as a reader
// may see it. Exactly one of Meeting and Round is set.
type OccasionView struct {
	Meeting, Round string // their ids
	Title          string // may be empty for a round
	Number         int    // of a round
}

// occasion tells of which meeting or round an entry came; nil for none, and for
// a meeting the reader may not see.
func (n *names) occasion(by rugzak.Person, e rugzak.Entry) (*OccasionView, error) {
	kind, id := e.Occasion.Occasion()
	switch kind {
	case rugzak.OfMeeting:
		m, err := lookMeeting(n.reader, by, id)
		if isMissing(err) {
			return nil, nil
		}
		return &OccasionView{Meeting: m.ID, Title: m.Title}, err
	case rugzak.OfRound:
		r, err := lookRound(n.reader, by, id)
		if isMissing(err) {
			return nil, nil
		}
		return &OccasionView{Round: r.ID, Title: r.Title, Number: r.Number}, err
	}
	return nil, nil
}

// occasionEntries are the shared entries of an occasion that a reader may read, newest
// first.
func occasionEntries(r rugzak.Reader, by rugzak.Person, of rugzak.Subject) entrySeq {
	return byTokens(r, by, "", func(token string) rugzak.List { return rugzak.OccasionList(of, token) })
}

// begin notes of which occasion an entry comes while it is a draft; later it
// stays. Whoever answers sees the round or the meeting.
func (s *Service) begin(r rugzak.Reader, by rugzak.Person, e *rugzak.Entry, in Input) error {
	if in.Occasion == "" || e.Occasion != "" || e.Revision > 0 {
		return nil
	}
	var p rugzak.Problems
	kind, id := in.Occasion.Occasion()
	switch kind {
	case rugzak.OfMeeting:
		if _, err := lookMeeting(r, by, id); isMissing(err) {
			p.Add("occasion", "error.choose")
		} else if err != nil {
			return err
		}
	case rugzak.OfRound:
		round, err := r.Round(id)
		switch {
		case isMissing(err):
			p.Add("occasion", "error.choose")
		case err != nil:
			return err
		case round.State(s.now()) != rugzak.RoundOpen:
			p.Add("occasion", "error.round.not_open")
		}
	default:
		p.Add("occasion", "error.choose")
	}
	e.Occasion = in.Occasion
	return p.Err()
}

// takeIn shows the organisation of an answer as taking part in its round, when
// who answers lets it. Nothing tells who or how many that were.
func takeIn(w rugzak.Writer, e rugzak.Entry, show bool) error {
	kind, id := e.Occasion.Occasion()
	if kind != rugzak.OfRound || !show {
		return nil
	}
	round, err := w.Round(id)
	if isMissing(err) || err == nil && slices.Contains(round.Taking, e.Organisation) {
		return nil
	}
	if err != nil {
		return err
	}
	round.Taking = append(round.Taking, e.Organisation)
	slices.Sort(round.Taking)
	return w.SaveRound(round, round.Version)
}
