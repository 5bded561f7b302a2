// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// tallyWork names the follower of results. Another way of counting gets another
// name: then everything is counted anew.
const tallyWork = "tally-1"

// FollowResults brings the counts of results up to the newest change. It follows
// the change log from a position of its own, and stores counts and position in
// one transaction: whatever happens in between, each entry counts once. Without
// a position everything is counted anew.
func (s *Service) FollowResults(ctx context.Context) error {
	for !s.ReadOnly() {
		var from rugzak.Position
		err := s.view(ctx, "how far results are", func(r rugzak.Reader) (err error) {
			from, err = r.FollowedTo(tallyWork)
			return err
		})
		if err != nil {
			return err
		}
		changes, err := s.Store.Changes(ctx, from, followBatch)
		if err != nil || len(changes) == 0 {
			return err
		}
		ids := countedIn(changes)
		// A change without anything to count is not worth a write, until there are many.
		if len(ids) == 0 && len(changes) < followBatch {
			return nil
		}
		to := changes[len(changes)-1].Position
		_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
			if at, err := w.FollowedTo(tallyWork); err != nil || at != from {
				return err // somebody else was first
			}
			if from == "" {
				if err := w.ClearTally(); err != nil {
					return err
				}
			}
			return errors.Join(s.recount(w, ids), w.MarkFollowed(tallyWork, to))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// followResultsAlways keeps the counts in step until ctx ends. Nobody waits for
// them, so that changes are taken some at a time.
func (s *Service) followResultsAlways(ctx context.Context) {
	var counted time.Time
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		if err := errors.Join(s.FollowResults(ctx), s.peopleNow(ctx, &counted)); err != nil && ctx.Err() == nil {
			s.Log.ErrorContext(ctx, "results cannot follow and are tried again", "err", err)
		}
		timer.Reset(followPause)
	}
}

// CountResultsAnew forgets the counts of results and makes them again.
func (s *Service) CountResultsAnew(ctx context.Context, by rugzak.Person) error {
	if !rugzak.CanAdminister(by) {
		return rugzak.Forbidden("error.administrators_only")
	}
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		return errors.Join(w.ClearTally(), w.MarkFollowed(tallyWork, ""))
	})
	if err != nil {
		return err
	}
	return s.FollowResults(ctx)
}

// countedIn lists the entries that changes are about, or responses to them.
func countedIn(changes []rugzak.Change) []rugzak.EntryID {
	var out []rugzak.EntryID
	seen := map[rugzak.EntryID]bool{}
	for _, c := range changes {
		id, ok := c.EntryOf()
		if !ok {
			id, _, ok = (rugzak.Tombstone{Subject: c.Subject}).ResponseOf()
		}
		if ok && !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// recounting is one step of counting: what it adds and takes away is written at
// its end.
type recounting struct {
	w      rugzak.Writer
	s      *Service
	kind   func(rugzak.OrganisationID) rugzak.OrganisationKind
	change rugzak.Sheets
}

// recount counts entries anew, with what depends on them: of an application its
// lesson, of a lesson its applications.
func (s *Service) recount(w rugzak.Writer, ids []rugzak.EntryID) error {
	kind, err := kindsOf(w)
	if err != nil {
		return err
	}
	c := recounting{w: w, s: s, kind: kind, change: rugzak.Sheets{}}
	all, err := c.reach(ids)
	if err != nil {
		return err
	}
	for _, id := range all {
		if err := c.count(id); err != nil {
			return err
		}
	}
	return c.write()
}

// reach lists entries with the lessons they apply, or applied when they were
// counted last, and the applications of them.
func (c *recounting) reach(ids []rugzak.EntryID) ([]rugzak.EntryID, error) {
	all := slices.Clone(ids)
	seen := map[rugzak.EntryID]bool{}
	for _, id := range ids {
		seen[id] = true
	}
	add := func(id rugzak.EntryID) {
		if id != "" && !seen[id] {
			seen[id] = true
			all = append(all, id)
		}
	}
	for _, id := range ids {
		before, err := c.before(id)
		if err != nil {
			return nil, err
		}
		add(before.Lesson)
		e, err := c.w.Entry(id)
		switch {
		case err == nil && e.Application != nil:
			add(e.Application.Lesson)
		case err != nil && !isMissing(err):
			return nil, err
		}
		for e, err := range c.w.RelatedTo(id) {
			if err != nil {
				return nil, err
			}
			if e.Application != nil && e.Application.Lesson == id {
				add(e.ID)
			}
		}
	}
	return all, nil
}

// before is what was counted of an entry.
func (c *recounting) before(id rugzak.EntryID) (rugzak.Tallied, error) {
	t, err := c.w.Tallied(id)
	if isMissing(err) {
		return rugzak.Tallied{Entry: id}, nil
	}
	return t, err
}

// count takes away what was counted of an entry, and adds what it counts now.
func (c *recounting) count(id rugzak.EntryID) error {
	before, err := c.before(id)
	if err != nil {
		return err
	}
	now, err := c.s.tally(c.w, id, c.kind)
	if err != nil || now.Equal(before) {
		return err
	}
	c.change.Count(before, -1)
	c.change.Count(now, 1)
	return c.w.SaveTallied(now)
}

// write brings the sheets along.
func (c *recounting) write() error {
	for key, cells := range c.change {
		if len(cells) == 0 {
			continue
		}
		sheet, err := c.w.Sheet(key)
		if err != nil {
			return err
		}
		if sheet == nil {
			sheet = rugzak.Cells{}
		}
		sheet.AddAll(cells, 1)
		if err := c.w.SaveSheet(rugzak.TallySheet{SheetKey: key, Cells: sheet}); err != nil {
			return err
		}
	}
	return nil
}

// tally counts one entry as it is stored; nothing of one that is gone.
func (s *Service) tally(r rugzak.Reader, id rugzak.EntryID, kind func(rugzak.OrganisationID) rugzak.OrganisationKind) (rugzak.Tallied, error) {
	none := rugzak.Tallied{Entry: id}
	e, err := r.Entry(id)
	if isMissing(err) {
		return none, nil
	}
	if err != nil || !e.State.Public() {
		return none, err
	}
	in := rugzak.TallyInput{Entry: e, Kind: kind, Zone: s.Zone}
	if in.Responses, err = r.Responses(id); err != nil {
		return none, err
	}
	if e.Kind == rugzak.KindQuestion {
		if in.Inquiry, err = r.Inquiry(id); isMissing(err) {
			in.Inquiry, err = rugzak.InquiryOf(e), nil
		}
		if err != nil {
			return none, err
		}
	}
	if e.Application != nil {
		lesson, err := r.Entry(e.Application.Lesson)
		if err != nil && !isMissing(err) {
			return none, err
		}
		if err == nil {
			in.Lesson = &lesson
		}
	}
	if e.Kind.Matures() {
		if in.Growth, err = growthOf(r, e, kind); err != nil {
			return none, err
		}
	}
	return rugzak.Tally(in), nil
}

// growthOf reckons how mature a lesson is, from what all its readers know.
func growthOf(r rugzak.Reader, lesson rugzak.Entry, kind func(rugzak.OrganisationID) rugzak.OrganisationKind) (rugzak.Growth, error) {
	var confirmed []rugzak.Confirmation
	tokens := rugzak.AudienceTokens(lesson)
	for e, err := range r.RelatedTo(lesson.ID) {
		if err != nil {
			return rugzak.Growth{}, err
		}
		if e.Told(lesson.ID, tokens, kind) && e.Application.Helped() {
			confirmed = append(confirmed, rugzak.Confirmation{Organisation: e.Organisation, At: e.SharedAt})
		}
	}
	return rugzak.GrowthOf(lesson, confirmed), nil
}
