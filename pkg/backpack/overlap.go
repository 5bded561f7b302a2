// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// OverlapCard is an entry that is about the same, as a reader of both sees it.
type OverlapCard struct {
	Card
	SeenBy rugzak.Organisation // empty where the reader may not know it
	May    bool                // take it away
}

// SeeOverlap links two entries that a reader of both finds to be about the same.
// Its authors are told, as far as they may read the other one.
func (s *Service) SeeOverlap(ctx context.Context, by rugzak.Person, id, other rugzak.EntryID) error {
	_, err := s.update(ctx, "see overlap", func(w rugzak.Writer) error {
		one, _, err := look(w, by, id)
		if err != nil {
			return err
		}
		if !rugzak.CanPost(by) {
			return rugzak.Forbidden("error.may_not_post")
		}
		var p rugzak.Problems
		two, _, err := look(w, by, other)
		if isMissing(err) || err == nil && (id == other || !one.State.Public() || !two.State.Public()) {
			p.Add("other", "error.overlap.other")
			return p.Err()
		}
		if err != nil {
			return err
		}
		if _, err := w.Overlap(id, other); !isMissing(err) {
			return err // it is there already
		}
		for _, e := range []rugzak.EntryID{id, other} {
			count, err := seenOverlaps(w, by, e)
			if err != nil {
				return err
			}
			if count >= rugzak.MaxOverlaps {
				p.Add("other", "error.too_many", rugzak.MaxOverlaps)
				return p.Err()
			}
		}
		o := rugzak.NewOverlap(id, other)
		o.By, o.Organisation, o.At = by.ID, by.Organisation, s.now()
		if err := w.SaveOverlap(o); err != nil {
			return err
		}
		if err := s.tellOverlap(w, by, one, two); err != nil {
			return err
		}
		if err := s.tellOverlap(w, by, two, one); err != nil {
			return err
		}
		return s.logOverlap(w, o)
	})
	return err
}

// seenOverlaps counts the overlaps of an entry of which a reader may see both,
// so that being full tells of nothing hidden.
func seenOverlaps(r rugzak.Reader, by rugzak.Person, id rugzak.EntryID) (count int, err error) {
	all, err := r.Overlaps(id)
	if err != nil {
		return 0, err
	}
	for _, o := range all {
		if _, err := sees(r, by, o.Other(id)); err == nil {
			count++
		} else if !isMissing(err) {
			return 0, err
		}
	}
	return count, nil
}

// tellOverlap tells the authors of one entry who may read the other.
func (s *Service) tellOverlap(w rugzak.Writer, by rugzak.Person, e, other rugzak.Entry) error {
	authors, err := authorsOf(w, e)
	if err != nil {
		return err
	}
	var allowed []rugzak.PersonID
	for _, a := range authors {
		p, err := w.Person(a)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return err
		}
		if mine, err := isMine(w, p, other); err != nil {
			return err
		} else if mine || rugzak.CanRead(p, other) {
			allowed = append(allowed, a)
		}
	}
	n := rugzak.Notice{Kind: rugzak.NoticeOverlap, Entry: e.ID}
	if e.Mode == rugzak.Anonymous {
		n.Entry = ""
	}
	return s.tellPeople(w, by, allowed, n)
}

// authorsOf lists who wrote an entry, by name or without. Only what notifies asks.
func authorsOf(r rugzak.Reader, e rugzak.Entry) ([]rugzak.PersonID, error) {
	if e.Mode != rugzak.Anonymous {
		return e.Authors, nil
	}
	return r.HiddenAuthors(e.ID)
}

// RemoveOverlap takes an overlap away: who saw it may, and the authors of either
// entry.
func (s *Service) RemoveOverlap(ctx context.Context, by rugzak.Person, id, other rugzak.EntryID) error {
	_, err := s.update(ctx, "remove overlap", func(w rugzak.Writer) error {
		one, mine, err := look(w, by, id)
		if err != nil {
			return err
		}
		if !rugzak.CanPost(by) {
			return rugzak.Forbidden("error.overlap.not_yours")
		}
		two, also, err := look(w, by, other)
		if isMissing(err) {
			return nil // hidden or gone by now, which the answer does not tell
		}
		if err != nil {
			return err
		}
		o, err := w.Overlap(one.ID, two.ID)
		if isMissing(err) {
			return nil // somebody was first
		}
		if err != nil {
			return err
		}
		if !mine && !also && o.By != by.ID {
			return rugzak.Forbidden("error.overlap.not_yours")
		}
		if err := w.RemoveOverlap(one.ID, two.ID); err != nil {
			return err
		}
		return s.logOverlap(w, o)
	})
	return err
}

// logOverlap logs for both entries, without telling who.
func (s *Service) logOverlap(w rugzak.Writer, o rugzak.Overlap) error {
	for _, id := range []rugzak.EntryID{o.A, o.B} {
		if err := w.Log(rugzak.Change{At: s.now(), Actor: "system", Verb: rugzak.VerbOverlapSeen, Subject: rugzak.EntrySubject(id)}); err != nil {
			return err
		}
	}
	return nil
}

// rawOverlap is an overlap before the excerpt of its card was made.
type rawOverlap struct {
	OverlapCard
	raw rawCard
}

// overlaps lists the entries that are about the same and that the reader may
// see, too.
func (n *names) overlaps(by rugzak.Person, e rugzak.Entry, mine bool) ([]rawOverlap, error) {
	all, err := n.reader.Overlaps(e.ID)
	if err != nil {
		return nil, err
	}
	var out []rawOverlap
	for _, o := range all {
		other, also, err := look(n.reader, by, o.Other(e.ID))
		if isMissing(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		raw := rawOverlap{raw: n.card(by, other, also)}
		raw.May = rugzak.CanPost(by) && (mine || also || o.By == by.ID)
		if n.mayName(by, o.Organisation, e.Organisation, other.Organisation) {
			raw.SeenBy = n.organisation(o.Organisation)
		}
		out = append(out, raw)
	}
	return out, nil
}
