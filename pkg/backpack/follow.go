// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"sync"
	"time"

	"rugzak/pkg/rugzak"
)

// follower keeps the index in step with the change log. The index holds its
// own position, so a follower that dies continues where it was.
type follower struct {
	mu         sync.Mutex // one pass at a time
	one        sync.Mutex // one rebuild at a time; who holds mu may only try
	woken      chan struct{}
	state      sync.Mutex // guards the fields below
	moved      chan struct{}
	rebuilding bool
}

func (f *follower) init() {
	f.woken = make(chan struct{}, 1)
	f.moved = make(chan struct{})
}

// wake makes the follower look at the log now.
func (f *follower) wake() {
	select {
	case f.woken <- struct{}{}:
	default:
	}
}

// advanced tells everybody who waits that the index has moved.
func (f *follower) advanced() {
	f.state.Lock()
	defer f.state.Unlock()
	close(f.moved)
	f.moved = make(chan struct{})
}

func (f *follower) next() <-chan struct{} {
	f.state.Lock()
	defer f.state.Unlock()
	return f.moved
}

func (f *follower) setRebuilding(on bool) {
	f.state.Lock()
	defer f.state.Unlock()
	f.rebuilding = on
}

func (f *follower) isRebuilding() bool {
	f.state.Lock()
	defer f.state.Unlock()
	return f.rebuilding
}

const (
	// followBatch is how many changes one step takes at most.
	followBatch = 500
	// followPause is how often the log is looked at when nobody wakes the
	// follower: another process may have written.
	followPause = 2 * time.Second
	// lookAgain is how often a search that waits looks whether the index holds
	// the change: it does before the follower says so.
	lookAgain = 2 * time.Millisecond
)

// Follow keeps the index in step until ctx ends, and finishes purges beside
// that. A failing index never stops the site: it is tried again.
func (s *Service) Follow(ctx context.Context) error {
	var beside sync.WaitGroup
	beside.Go(func() { s.purgeAlways(ctx) })
	if s.Meaning != nil {
		beside.Go(func() { s.followMeaning(ctx) })
	}
	defer beside.Wait()
	timer := time.NewTimer(followPause)
	defer timer.Stop()
	for {
		if err := s.CatchUp(ctx); err != nil && ctx.Err() == nil {
			s.Log.ErrorContext(ctx, "index cannot follow", "err", err)
		}
		timer.Reset(followPause)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-s.follower.woken:
		case <-timer.C:
		}
	}
}

// CatchUp brings the index up to the change that is the newest when it begins:
// while people write on and on, later ones keep coming.
func (s *Service) CatchUp(ctx context.Context) error {
	s.follower.mu.Lock()
	defer s.follower.mu.Unlock()
	pos, err := s.Index.Position(ctx)
	if err != nil {
		return err
	}
	head, _, err := s.Store.Head(ctx)
	if err != nil {
		return err
	}
	for pos < head {
		changes, err := s.Store.Changes(ctx, pos, followBatch)
		if err != nil || len(changes) == 0 {
			return err
		}
		if pos == "" && len(changes) == followBatch { // new index, old backpack
			if !s.follower.one.TryLock() {
				return nil // it is being made anew already
			}
			err := s.rebuildEmpty(ctx, nil)
			s.follower.one.Unlock()
			if err != nil {
				return err
			}
			if pos, err = s.Index.Position(ctx); err != nil {
				return err
			}
			continue
		}
		batch, err := s.batch(ctx, changes)
		if err != nil {
			return err
		}
		if err := s.Index.Apply(ctx, batch); err != nil {
			return err
		}
		pos = batch.Position
		s.follower.advanced()
	}
	return nil
}

// batch turns changes into what the index must do: it looks at each entry as
// it is now, so that following a change twice does no harm.
func (s *Service) batch(ctx context.Context, changes []rugzak.Change) (rugzak.Batch, error) {
	b := rugzak.Batch{Position: changes[len(changes)-1].Position}
	var entries []followed
	err := s.view(ctx, "read changed entries", func(r rugzak.Reader) error {
		there, gone, err := changedEntries(r, changes)
		if err != nil {
			return err
		}
		b.Remove = gone
		use := usefulness{reader: r}
		for _, e := range there {
			useful, err := use.of(e)
			if err != nil {
				return err
			}
			attached, err := attachedText(r, e.ID)
			if err != nil {
				return err
			}
			entries = append(entries, followed{e, useful, attached})
		}
		return nil
	})
	for _, e := range entries {
		if d := s.document(ctx, e); len(d.Tokens) > 0 {
			b.Put = append(b.Put, d)
		} else {
			b.Remove = append(b.Remove, e.ID)
		}
	}
	return b, err
}

// changedEntries reads the entries that changes are about, each once and as it is
// now; gone are those that are no more.
func changedEntries(r rugzak.Reader, changes []rugzak.Change) (there []rugzak.Entry, gone []rugzak.EntryID, err error) {
	seen := map[rugzak.EntryID]bool{}
	for _, c := range changes {
		id, ok := c.EntryOf()
		if !ok || seen[id] {
			continue
		}
		seen[id] = true
		e, err := r.Entry(id)
		switch {
		case isMissing(err):
			gone = append(gone, id)
		case err != nil:
			return nil, nil, err
		default:
			there = append(there, e)
		}
	}
	return there, gone, nil
}

// followed is an entry with how many of its applications helped, and what is attached.
type followed struct {
	rugzak.Entry
	useful   int
	attached string // what is written in its attachments
}

// document is what the index learns of an entry.
func (s *Service) document(ctx context.Context, f followed) rugzak.Document {
	e := f.Entry
	d := rugzak.Document{
		ID: e.ID, Kind: e.Kind, State: e.State, Lang: e.Lang, Title: e.Title, Lesson: e.Lesson, Text: s.plain(ctx, e),
		Tags: e.Tags, Tokens: rugzak.EntryTokens(e), Organisation: e.Organisation, Themes: e.Themes, Drives: e.Drives,
		Phase: e.Phase, Year: e.ListedAt().Year(), ListedAt: e.ListedAt(), Useful: f.useful, Attached: f.attached,
		Choices: e.Choices(),
	}
	if e.Mode == rugzak.ByName {
		d.Authors = e.Authors
	}
	if t, err := time.Parse("2006-01", e.Month); err == nil {
		d.Year = t.Year()
	}
	return d
}

// waitFor waits until the index has reached a position, at most as long as
// patience lasts, and returns how far it is.
func (s *Service) waitFor(ctx context.Context, pos rugzak.Position, patience time.Duration) (rugzak.Position, error) {
	var late <-chan time.Time
	again := time.NewTicker(lookAgain)
	defer again.Stop()
	for {
		moved := s.follower.next()
		if s.follower.isRebuilding() {
			return "", &rugzak.Error{Code: rugzak.CodeUnavailable, Key: "error.search_rebuilding"}
		}
		at, err := s.Index.Position(ctx)
		if err != nil || at >= pos {
			return at, err
		}
		if late == nil {
			s.follower.wake()
			timer := time.NewTimer(patience)
			defer timer.Stop()
			late = timer.C
		}
		select {
		case <-moved:
		case <-again.C: // found before it is on the disk of the index
		case <-late:
			return at, nil
		case <-ctx.Done():
			return at, ctx.Err()
		}
	}
}

// Readiness says whether the site can do its work.
type Readiness struct {
	Behind     int  // changes the index has not followed yet, counted up to a bound
	Rebuilding bool // search does not answer
	ReadOnly   bool // nothing is written any more after an error of the disk
}

// ReadOnly reports whether the store stopped writing.
func (s *Service) ReadOnly() bool { return s.Store.Healthy() != nil }

// Ready asks the store and the index how they are.
func (s *Service) Ready(ctx context.Context) (Readiness, error) {
	r := Readiness{Rebuilding: s.follower.isRebuilding(), ReadOnly: s.ReadOnly()}
	at, err := s.Index.Position(ctx)
	if err != nil {
		return r, err
	}
	changes, err := s.Store.Changes(ctx, at, followBatch)
	r.Behind = len(changes)
	return r, err
}
