// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"time"

	"rugzak/pkg/rugzak"
)

// OccasionKind says what a date in a calendar is.
type OccasionKind string

// The dates.
const (
	OccasionRound   OccasionKind = "round"   // a reflection round of the movement
	OccasionStep    OccasionKind = "step"    // a small step the person promised
	OccasionTry     OccasionKind = "try"     // an experiment with their own name to it ends
	OccasionNext    OccasionKind = "next"    // the next step of a question of their own, or with their organisation
	OccasionMeeting OccasionKind = "meeting" // they signed up for
)

// Occasion is one date of a person. Start and End are moments for a meeting;
// the others are whole days and have no end.
type Occasion struct {
	Kind      OccasionKind
	UID       string // the same for ever, and tells nothing
	Text      string // empty when it may not leave the site
	Place     string
	Entry     rugzak.EntryID // where it belongs, when the person may see that
	Start     time.Time
	End       time.Time
	Changed   time.Time
	Cancelled bool
}

// The bounds of what is looked through for dates.
const (
	ownLooked   = 300 // entries of one's own
	ballsLooked = 100 // questions with one's organisation, per token
	roundsShown = 12  // the last ones
)

// occasions collects the dates of a person: nothing of anybody else's.
func (s *Service) occasions(ctx context.Context, by rugzak.Person, holds rugzak.MailHolds) ([]Occasion, error) {
	c := collector{Service: s, by: by, holds: holds}
	err := s.view(ctx, "calendar", func(r rugzak.Reader) error {
		c.reader, c.out = r, nil
		for _, part := range []func() error{c.rounds, c.questions, c.joined, c.tries} {
			if err := part(); err != nil {
				return err
			}
		}
		return nil
	})
	slices.SortFunc(c.out, func(a, b Occasion) int { return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.UID, b.UID)) })
	return c.out[:min(len(c.out), rugzak.MaxFeedOccasion)], err
}

// collector collects dates in one reading of the store.
type collector struct {
	*Service
	reader rugzak.Reader
	by     rugzak.Person
	holds  rugzak.MailHolds
	out    []Occasion
}

// add takes a date in, under an id made of what it is about: the person is in
// it, so that nobody can tell from two calendars who does the same.
func (c *collector) add(o Occasion, about ...string) {
	h := sha256.New()
	for _, part := range append([]string{string(o.Kind), string(c.by.ID)}, about...) {
		_, _ = h.Write([]byte(part + "\x00")) // a hash takes everything
	}
	o.UID = hex.EncodeToString(h.Sum(nil)[:16])
	if c.holds == rugzak.MailHoldsLink {
		o.Text, o.Place = "", ""
	}
	c.out = append(c.out, o)
}

// dayIn reads a day such as "2026-12-03"; ok is false for none.
func dayIn(text string) (time.Time, bool) {
	at, err := time.Parse(time.DateOnly, text)
	return at, err == nil
}

// rounds are the reflection rounds, on the day they open: every person is asked.
func (c *collector) rounds() error {
	all, err := c.reader.Rounds()
	if err == nil {
		err = shownRounds(c.reader, c.by, all...)
	}
	if err != nil {
		return err
	}
	for _, round := range all[max(0, len(all)-roundsShown):] {
		if opens := round.Begins(); !opens.IsZero() {
			c.add(Occasion{Kind: OccasionRound, Text: round.Title, Start: opens, Changed: round.UpdatedAt}, round.ID)
		}
	}
	return nil
}

// questions are the next steps of one's own questions, and of those of which
// the ball is with one's organisation.
func (c *collector) questions() error {
	seen := map[rugzak.EntryID]bool{}
	take := func(list rugzak.List, most int) error {
		looked := 0
		for e, err := range c.reader.Entries(list, "") {
			if err != nil {
				return err
			}
			if looked++; looked > most {
				return nil
			}
			if e.Question == nil || seen[e.ID] || !e.State.Public() || e.State == rugzak.StateArchived || !rugzak.CanRead(c.by, e) && !e.IsAuthor(c.by.ID) {
				continue
			}
			if at, ok := dayIn(e.Question.When); ok && e.Question.NextStep != "" {
				seen[e.ID] = true
				c.add(Occasion{Kind: OccasionNext, Text: e.Question.NextStep, Entry: e.ID, Start: at, Changed: e.UpdatedAt}, string(e.ID))
			}
		}
		return nil
	}
	if err := take(rugzak.AuthorList(c.by.ID), ownLooked); err != nil {
		return err
	}
	for _, token := range rugzak.ReaderTokens(c.by) {
		if err := take(rugzak.BallList(c.by.Organisation, token), ballsLooked); err != nil {
			return err
		}
	}
	return nil
}

// joined are the small steps a person promised and the meetings they signed up
// for.
func (c *collector) joined() error {
	all, err := c.reader.Participations(c.by.ID)
	if err != nil {
		return err
	}
	for _, p := range all {
		if at, ok := dayIn(p.When); ok && p.Promised() {
			o := Occasion{Kind: OccasionStep, Text: p.Step, Start: at, Changed: p.At}
			if kind, id := p.Of.Split(); kind == rugzak.OfEntry {
				if _, err := sees(c.reader, c.by, rugzak.EntryID(id)); err == nil {
					o.Entry = rugzak.EntryID(id)
				} else if !isMissing(err) {
					return err
				}
			}
			c.add(o, string(p.Of))
		}
	}
	meetings, err := joinedMeetings(c.reader, c.by, all)
	if err != nil {
		return err
	}
	for _, m := range meetings {
		if begins := m.Begins(); !begins.IsZero() {
			c.add(Occasion{Kind: OccasionMeeting, Text: m.Title, Place: m.Place, Start: begins, End: m.Ends(), Changed: m.UpdatedAt, Cancelled: m.Cancelled}, m.ID)
		}
	}
	return nil
}

// tries are the days on which experiments end that a person put their name to,
// in questions they may see.
func (c *collector) tries() error {
	ids, err := c.reader.InvolvedIn(c.by.ID)
	if err != nil {
		return err
	}
	for _, id := range ids[:min(len(ids), ownLooked)] {
		e, _, err := look(c.reader, c.by, id)
		if isMissing(err) || err == nil && (!e.State.Public() || e.Question == nil) {
			continue
		}
		if err != nil {
			return err
		}
		i, err := inquiryOf(c.reader, e)
		if err != nil {
			return err
		}
		for _, x := range i.Experiments {
			if at, ok := dayIn(x.Until); ok && !x.Done() && x.Person == c.by.ID {
				c.add(Occasion{Kind: OccasionTry, Text: x.Step, Entry: id, Start: at, Changed: x.At}, string(id), strconv.Itoa(x.Number))
			}
		}
	}
	return nil
}
