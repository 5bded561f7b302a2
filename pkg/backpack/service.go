// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package backpack holds the use cases: the single door to the backpack for
// the site and for the command line. Each use case says who is acting,
// decides whether they may, checks and screens what they bring, writes it in
// one transaction with its change records, and reads back only what the reader
// may see.
package backpack

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"rugzak/pkg/rugzak"
)

// Deps is what the use cases work with.
type Deps struct {
	Store    rugzak.Store
	Index    rugzak.Index
	Renderer rugzak.Renderer
	Screener rugzak.Screener
	Hasher   rugzak.Hasher
	// Common knows which passwords are guessed first; nil knows none.
	Common rugzak.CommonPasswords
	// Passkeys and Codes check factors; without them there are none of that
	// kind.
	Passkeys rugzak.Passkeys
	Codes    rugzak.OneTimeCodes
	Differ   rugzak.Differ
	Clock    rugzak.Clock
	Log      *slog.Logger
	SiteName string // no part of a good password
	// A session ends after SessionIdle without a request, and in any case
	// after SessionAbsolute.
	SessionIdle, SessionAbsolute time.Duration
	// NoLocalAccounts: nobody signs in with a password or a passkey.
	NoLocalAccounts bool
	// Post sends mail; nil where it is not set up.
	Post *Post
	// Process names this process among those that share a store, and is the same
	// after a restart: what it was at when it died it may take up at once. Empty
	// for a new name each time.
	Process string
	// Zone is where people read their clocks; nil for UTC.
	Zone *time.Location
	// Media knows the files that are attached, and Blobs keeps them. Without them
	// nothing is attached.
	Media rugzak.Media
	Blobs rugzak.Blobs
	// Meaning finds by meaning besides by words; nil where it is not set up.
	Meaning *Meaning
}

// Service is the door to the backpack. It is safe for concurrent use.
type Service struct {
	Deps
	alarms   remembered
	follower follower
	purger   purger
	refusals refusals
	gaps     gaps
	same     kept[[][]string] // groups of words that mean the same
	glossary kept[*rugzak.Glossary]
	named    kept[[]rugzak.Theme] // without their texts
	meanings meanings
}

// New returns the use cases. Call Follow to keep the index in step.
func New(d Deps) *Service {
	if d.SessionIdle <= 0 {
		d.SessionIdle = 12 * time.Hour
	}
	if d.SessionAbsolute <= 0 {
		d.SessionAbsolute = 7 * 24 * time.Hour
	}
	if d.Process == "" {
		_, d.Process = rugzak.NewSecret()
	}
	if d.Zone == nil {
		d.Zone = time.UTC
	}
	s := &Service{Deps: d}
	s.follower.init()
	s.purger.init()
	s.meanings.init()
	return s
}

// now is the time to the millisecond, in UTC: what the store can give back.
func (s *Service) now() time.Time { return s.Clock.Now().UTC().Truncate(time.Millisecond) }

// update writes and then wakes the follower.
func (s *Service) update(ctx context.Context, what string, fn func(rugzak.Writer) error) (rugzak.Position, error) {
	pos, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		used := &usedWriter{Writer: w}
		if err := fn(used); err != nil {
			return err
		}
		return s.logUse(used)
	})
	if err != nil {
		return "", fmt.Errorf("%s: %w", what, err)
	}
	s.follower.wake()
	s.meanings.wake()
	return pos, nil
}

// view reads one consistent state.
func (s *Service) view(ctx context.Context, what string, fn func(rugzak.Reader) error) error {
	if err := s.Store.View(ctx, fn); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// Operator is who acts through the command line: whoever holds the data
// directory. It manages organisations and people and reads no entries.
func Operator() rugzak.Person {
	return rugzak.Person{
		ID: "operator", Name: "operator", Kind: rugzak.Department,
		Roles: []rugzak.Role{rugzak.RoleAdministrator},
	}
}

// isMissing reports whether err says that a record is absent.
func isMissing(err error) bool { return rugzak.CodeOf(err) == rugzak.CodeNotFound }

// look fetches an entry for a reader and says whether it is theirs. Absent and
// hidden give the same answer.
func look(r rugzak.Reader, by rugzak.Person, id rugzak.EntryID) (e rugzak.Entry, mine bool, err error) {
	if mine, err = sees(r, by, id); err != nil {
		return rugzak.Entry{}, false, err
	}
	e, err = r.Entry(id)
	return e, mine, err
}

// sees says whether an entry is the reader's own, or the error for one they may
// not see. It does not touch the text.
func sees(r rugzak.Reader, by rugzak.Person, id rugzak.EntryID) (mine bool, err error) {
	if !rugzak.ValidID(string(id)) {
		return false, rugzak.NotFound()
	}
	e, err := r.Rights(id)
	if err != nil {
		return false, err
	}
	mine, err = isMine(r, by, e)
	if err != nil {
		return false, err
	}
	if !mine && !rugzak.CanRead(by, e) {
		return false, rugzak.NotFound()
	}
	return mine, nil
}

// isMine reports whether the person wrote the entry, by name or without.
func isMine(r rugzak.Reader, by rugzak.Person, e rugzak.Entry) (bool, error) {
	if e.IsAuthor(by.ID) || e.Mode != rugzak.Anonymous || e.State == rugzak.StateDraft {
		return e.IsAuthor(by.ID), nil
	}
	return r.IsHiddenAuthor(e.ID, by.ID)
}

// lookMine fetches an entry that the person may change: 404 when they may not
// read it, 403 when they may read it only.
func lookMine(r rugzak.Reader, by rugzak.Person, id rugzak.EntryID) (rugzak.Entry, error) {
	e, mine, err := look(r, by, id)
	if err != nil {
		return rugzak.Entry{}, err
	}
	if !mine || !rugzak.CanPost(by) {
		return rugzak.Entry{}, rugzak.Forbidden("error.author_only")
	}
	return e, nil
}
