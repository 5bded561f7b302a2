// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"rugzak/pkg/rugzak"
)

const (
	// lookedDoubles is how many of the newest entries are compared: it costs the
	// same however many there are.
	lookedDoubles = 1000
	maxDoubles    = 20
)

// DoublePair are two entries that may be about the same, with why it seems so.
type DoublePair struct {
	One, Other Card
	// Words are what both titles say; Overlap: an organisation saw that the two
	// are about the same; Month: both are of one month, of one organisation.
	Words   []string
	Overlap bool
	Month   bool
}

type rawDouble struct {
	DoublePair
	one, other rawCard
}

// Doubles proposes entries that may be the same: of one organisation and one
// month with titles that say much the same, and those of which somebody saw an
// overlap. Only what the facilitator may read is compared.
func (s *Service) Doubles(ctx context.Context, by rugzak.Person) ([]DoublePair, error) {
	if !rugzak.CanCurate(by) {
		return nil, rugzak.Forbidden("error.curators_only")
	}
	var raw []rawDouble
	err := s.view(ctx, "doubles", func(r rugzak.Reader) error {
		raw = nil
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		groups := map[string][]rugzak.Entry{}
		looked := 0
		for e, err := range readable(r, by, "") {
			if err != nil {
				return err
			}
			if looked++; looked > lookedDoubles || len(raw) == maxDoubles {
				break
			}
			if !canBeDouble(e) || !rugzak.CanRead(by, e) {
				continue
			}
			group := string(e.Organisation) + "/" + string(e.Kind) + "/" + monthWritten(e)
			for _, other := range groups[group] {
				if words := sameWords(other.Title, e.Title); len(words) > 0 && len(raw) < maxDoubles {
					if raw, err = n.appendDouble(raw, by, other, e, DoublePair{Words: words, Month: true}); err != nil {
						return err
					}
				}
			}
			groups[group] = append(groups[group], e)
			if raw, err = n.overlapDoubles(raw, by, e); err != nil {
				return err
			}
		}
		return nil
	})
	var out []DoublePair
	for _, d := range raw {
		cards := s.finish(ctx, []rawCard{d.one, d.other})
		d.One, d.Other = cards[0], cards[1]
		out = append(out, d.DoublePair)
	}
	return out, err
}

// canBeDouble reports whether an entry can be merged at all.
func canBeDouble(e rugzak.Entry) bool {
	return (e.State == rugzak.StateShared || e.State == rugzak.StateToReview) && e.Mode != rugzak.Anonymous && e.Kind != rugzak.KindQuestion
}

// monthWritten is the month an entry is about, or in which it was shared.
func monthWritten(e rugzak.Entry) string {
	if e.Month != "" {
		return e.Month
	}
	return e.SharedAt.UTC().Format("2006-01")
}

// overlapDoubles adds those of which an organisation saw that they are about the
// same. Each pair once: where the second one is met.
func (n *names) overlapDoubles(raw []rawDouble, by rugzak.Person, e rugzak.Entry) ([]rawDouble, error) {
	overlaps, err := n.reader.Overlaps(e.ID)
	for _, o := range overlaps {
		if len(raw) == maxDoubles || o.A != e.ID {
			continue
		}
		other, _, err := look(n.reader, by, o.B)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return raw, err
		}
		if !canBeDouble(other) || other.Kind != e.Kind || !rugzak.CanRead(by, other) {
			continue
		}
		if raw, err = n.appendDouble(raw, by, e, other, DoublePair{Overlap: true}); err != nil {
			return raw, err
		}
	}
	return raw, err
}

// appendDouble adds a pair, unless it is there, or somebody said that the two
// are not the same, or one speaks of the other.
func (n *names) appendDouble(raw []rawDouble, by rugzak.Person, one, other rugzak.Entry, pair DoublePair) ([]rawDouble, error) {
	for i := range raw {
		ids := []rugzak.EntryID{raw[i].one.ID, raw[i].other.ID}
		if slices.Contains(ids, one.ID) && slices.Contains(ids, other.ID) {
			raw[i].Overlap = raw[i].Overlap || pair.Overlap
			if pair.Month {
				raw[i].Month, raw[i].Words = true, pair.Words
			}
			return raw, nil
		}
	}
	if speaksOf(one, other.ID) || speaksOf(other, one.ID) {
		return raw, nil
	}
	if _, err := n.reader.NotDouble(one.ID, other.ID); !isMissing(err) {
		return raw, err
	}
	problem, err := cannotMerge(n.reader, one, other)
	if err != nil || problem != "" {
		return raw, err
	}
	mineOne, err := isMine(n.reader, by, one)
	if err != nil {
		return raw, err
	}
	mineOther, err := isMine(n.reader, by, other)
	if err != nil {
		return raw, err
	}
	return append(raw, rawDouble{DoublePair: pair, one: n.card(by, one, mineOne), other: n.card(by, other, mineOther)}), nil
}

func speaksOf(e rugzak.Entry, id rugzak.EntryID) bool {
	return e.Application != nil && e.Application.Lesson == id || slices.ContainsFunc(e.Relations, func(r rugzak.Relation) bool { return r.To == id })
}

// sameWords are the words of some length that two titles share; none unless they
// are at least half of what the two say.
func sameWords(one, other string) []string {
	a, b := titleWords(one), titleWords(other)
	var both []string
	for _, w := range a {
		if slices.Contains(b, w) {
			both = append(both, w)
		}
	}
	all := len(a) + len(b) - len(both)
	if len(both) < 2 && !(len(both) == 1 && all == 1) || 2*len(both) < all {
		return nil
	}
	return both
}

// titleWords are the words of a title that say something, each once.
func titleWords(title string) []string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return unique(slices.DeleteFunc(words, func(w string) bool { return len([]rune(w)) < 4 }))
}

// SayNotDouble remembers that two entries are not the same, so that they are not
// proposed again.
func (s *Service) SayNotDouble(ctx context.Context, by rugzak.Person, one, other rugzak.EntryID) error {
	_, err := s.update(ctx, "not double", func(w rugzak.Writer) error {
		if _, _, err := lookCare(w, by, one); err != nil {
			return err
		}
		if _, _, err := look(w, by, other); err != nil {
			return err
		}
		if one == other {
			return rugzak.Forbidden("error.merge.same")
		}
		d := rugzak.NewNotDouble(one, other)
		d.By, d.At = by.ID, s.now()
		return w.SaveNotDouble(d)
	})
	return err
}
