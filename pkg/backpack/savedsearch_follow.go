// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"slices"

	"rugzak/pkg/rugzak"
)

// savedSearchWork names the follower of the change log that looks for new
// results of saved searches, and its lease.
const savedSearchWork = "saved-searches"

// tellStep is how many saved searches one transaction writes: others wait while
// it lasts.
const tellStep = 20

// TellSavedSearches looks which saved searches find what came since it last
// looked, each with the rights its owner has now, and leaves a notice: at most
// one a day for each. It is behind when the index is, and goes on from where it
// was.
func (s *Service) TellSavedSearches(ctx context.Context) error {
	if idle, err := s.nothingToTell(ctx); err != nil || idle {
		return err
	}
	_, holder := rugzak.NewSecret()
	mine := false
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) (err error) {
		mine, err = w.TakeLease(savedSearchWork, holder, s.now(), s.now().Add(dailyLasts))
		return err
	})
	if err != nil || !mine {
		return err
	}
	err = s.followSaved(ctx)
	if err == nil {
		err = s.tellSaved(ctx)
	}
	if err == nil {
		err = s.followSaved(ctx) // past the notices it made itself
	}
	_, gaveUp := s.Store.Update(context.WithoutCancel(ctx), func(w rugzak.Writer) error {
		_, err := w.TakeLease(savedSearchWork, holder, s.now(), s.now())
		return err
	})
	return errors.Join(err, gaveUp)
}

// nothingToTell reports whether there is no change to look at and nobody to
// tell, so that a quiet backpack is not written to.
func (s *Service) nothingToTell(ctx context.Context) (bool, error) {
	head, _, err := s.Store.Head(ctx)
	if err != nil || s.ReadOnly() {
		return true, err
	}
	idle := false
	err = s.view(ctx, "saved searches", func(r rugzak.Reader) error {
		pos, err := r.FollowedTo(savedSearchWork)
		if err != nil {
			return err
		}
		saved, err := toldOf(r)
		idle = pos == head && !slices.ContainsFunc(saved, s.isDue)
		return err
	})
	return idle, err
}

// isDue reports whether there is something new to tell of a saved search.
func (s *Service) isDue(q rugzak.SavedSearch) bool {
	return len(q.Fresh) > 0 && !sameDay(q.ToldAt, s.now())
}

// shows reports whether readers may come to see an entry by a verb that did not
// before.
func shows(v rugzak.Verb) bool {
	switch v {
	case rugzak.VerbEntryShared, rugzak.VerbEntryPutBack, rugzak.VerbEntryImported, rugzak.VerbAudienceWide, rugzak.VerbReportSettled:
		return true
	}
	return false
}

// followSaved brings the saved searches up to the newest change.
func (s *Service) followSaved(ctx context.Context) error {
	for {
		// First the end of the log: what comes later may be for a search that is
		// saved later.
		head, _, err := s.Store.Head(ctx)
		if err != nil {
			return err
		}
		var pos rugzak.Position
		var saved []rugzak.SavedSearch
		err = s.view(ctx, "saved searches", func(r rugzak.Reader) (err error) {
			if pos, err = r.FollowedTo(savedSearchWork); err != nil {
				return err
			}
			saved, err = toldOf(r)
			return err
		})
		if err != nil {
			return err
		}
		changes, err := s.changesToShow(ctx, pos, head, len(saved) > 0)
		if err != nil || len(changes) == 0 {
			return err
		}
		to := changes[len(changes)-1].Position
		if at, err := s.Index.Position(ctx); err != nil || at < known(changes) {
			return err // the index has to know them first
		}
		fresh := map[string][]rugzak.EntryID{}
		for _, q := range saved {
			found, err := s.newResults(ctx, q, changes)
			if rugzak.CodeOf(err) == rugzak.CodeUnavailable {
				return nil
			}
			if err != nil {
				return err
			}
			fresh[savedKey(q)] = found
		}
		// In small steps, so that writers do not wait. A step that is taken twice
		// adds nothing the second time.
		saved = slices.DeleteFunc(saved, func(q rugzak.SavedSearch) bool { return len(fresh[savedKey(q)]) == 0 })
		for some := range slices.Chunk(saved, tellStep) {
			_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
				for _, q := range some {
					if err := addFresh(w, q, fresh[savedKey(q)]); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		_, err = s.Store.Update(ctx, func(w rugzak.Writer) error { return w.MarkFollowed(savedSearchWork, to) })
		if err != nil {
			return err
		}
	}
}

// known is the newest of changes that the index has to know. Of notices there is
// nothing in it.
func known(changes []rugzak.Change) rugzak.Position {
	for _, c := range slices.Backward(changes) {
		if c.Verb != rugzak.VerbNoticeMade {
			return c.Position
		}
	}
	return ""
}

func savedKey(q rugzak.SavedSearch) string { return string(q.Person) + "/" + q.ID }

// toldOf lists the saved searches whose owners want to be told.
func toldOf(r rugzak.Reader) ([]rugzak.SavedSearch, error) {
	var out []rugzak.SavedSearch
	for q, err := range r.AllSavedSearches() {
		if err != nil {
			return nil, err
		}
		if q.Notify {
			out = append(out, q)
		}
	}
	return out, nil
}

// changesToShow reads the next changes up to a place in the log; without anybody
// to tell only the last one.
func (s *Service) changesToShow(ctx context.Context, pos, head rugzak.Position, wanted bool) ([]rugzak.Change, error) {
	if head <= pos {
		return nil, nil
	}
	if !wanted {
		return []rugzak.Change{{Position: head}}, nil
	}
	changes, err := s.Store.Changes(ctx, pos, followBatch)
	return slices.DeleteFunc(changes, func(c rugzak.Change) bool { return c.Position > head }), err
}

// newResults lists which changed entries a saved search finds, as its owner
// would find them now, besides their own.
func (s *Service) newResults(ctx context.Context, q rugzak.SavedSearch, changes []rugzak.Change) ([]rugzak.EntryID, error) {
	among := []rugzak.EntryID{}
	for _, c := range changes {
		if id, ok := c.EntryOf(); ok && shows(c.Verb) && c.At.After(q.Since) && !slices.Contains(among, id) {
			among = append(among, id)
		}
	}
	if len(among) == 0 || len(q.Fresh) >= rugzak.MaxSavedFresh {
		return nil, nil
	}
	var owner rugzak.Person
	err := s.view(ctx, "owner of a saved search", func(r rugzak.Reader) (err error) {
		owner, err = r.Person(q.Person)
		return err
	})
	if isMissing(err) || err == nil && owner.Inactive {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	search, _, err := s.searchFor(ctx, owner, Asked{
		Query: q.Query, Filter: q.Filter, Archived: q.Archived, Sort: rugzak.ByNewest, Size: rugzak.MaxPage,
		Literal: true, Plain: true, among: among,
	})
	if err != nil {
		return nil, err
	}
	found, err := s.Index.Search(ctx, search)
	if err != nil {
		return nil, err
	}
	var ids []rugzak.EntryID
	for _, h := range found.Hits {
		ids = append(ids, h.ID)
	}
	err = s.view(ctx, "new results", func(r rugzak.Reader) (err error) {
		ids, err = newFor(r, owner, q, ids)
		return err
	})
	return ids, err
}

// newFor keeps of some entries those the owner of a saved search may see now
// and did not write.
func newFor(r rugzak.Reader, owner rugzak.Person, q rugzak.SavedSearch, ids []rugzak.EntryID) ([]rugzak.EntryID, error) {
	var out []rugzak.EntryID
	for _, id := range ids {
		e, err := r.Rights(id)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		mine, err := isMine(r, owner, e)
		if err != nil {
			return nil, err
		}
		if !mine && rugzak.CanRead(owner, e) && e.State.Public() && (q.Archived || e.State != rugzak.StateArchived) {
			out = append(out, id)
		}
	}
	return out, nil
}

// addFresh remembers what is new, unless the search is gone or silent by now.
func addFresh(w rugzak.Writer, q rugzak.SavedSearch, found []rugzak.EntryID) error {
	now, err := w.SavedSearch(q.Person, q.ID)
	if isMissing(err) || err == nil && !now.Notify {
		return nil
	}
	if err != nil {
		return err
	}
	now.Fresh = together(found, now.Fresh)
	return w.SaveSearch(now)
}

// together joins two lists without doubles, up to what is remembered.
func together(a, b []rugzak.EntryID) []rugzak.EntryID {
	out := slices.Clone(a)
	for _, id := range b {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out[:min(len(out), rugzak.MaxSavedFresh)]
}

// tellSaved leaves a notice for each search with something new, unless its
// owner was told of it today.
func (s *Service) tellSaved(ctx context.Context) error {
	var due []rugzak.SavedSearch
	err := s.view(ctx, "saved searches", func(r rugzak.Reader) error {
		saved, err := toldOf(r)
		for _, q := range saved {
			if s.isDue(q) {
				due = append(due, q)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	for some := range slices.Chunk(due, tellStep) {
		_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
			for _, q := range some {
				if err := s.tellOne(w, q); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// tellOne looks at the search and its owner anew, and counts only what they may
// read at this moment. A notice they did not look at yet is replaced by one
// that counts both.
func (s *Service) tellOne(w rugzak.Writer, q rugzak.SavedSearch) error {
	q, err := w.SavedSearch(q.Person, q.ID)
	if isMissing(err) || err == nil && !q.Notify {
		return nil
	}
	if err != nil {
		return err
	}
	owner, err := w.Person(q.Person)
	if err != nil {
		return err
	}
	fresh, err := newFor(w, owner, q, q.Fresh)
	if err != nil {
		return err
	}
	q.Fresh = nil
	if len(fresh) == 0 || owner.Inactive {
		return w.SaveSearch(q)
	}
	unread, err := untellSaved(w, q.Person, q.ID)
	if err != nil {
		return err
	}
	if unread {
		fresh = together(fresh, q.Told)
	}
	q.Told, q.ToldAt = fresh, s.now()
	if err := s.tell(w, q.Person, rugzak.NoticeSavedSearch, q.ID); err != nil {
		return err
	}
	return w.SaveSearch(q)
}
