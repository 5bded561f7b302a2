// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"iter"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

var (
	bucketRefusals = []byte("refusals") // theme 0 entry -> that it was not put in
	bucketRefused  = []byte("refused")  // entry 0 theme -> nothing
)

type refusalRecord struct {
	By    string    `json:"p,omitempty"`
	At    time.Time `json:"at"`
	Until time.Time `json:"u,omitzero"`
}

func (r refusalRecord) refusal(key string) rugzak.ThemeRefusal {
	theme, entry, _ := strings.Cut(key, "\x00")
	return rugzak.ThemeRefusal{Theme: rugzak.ThemeID(theme), Entry: rugzak.EntryID(entry), By: rugzak.PersonID(r.By), At: r.At, Until: r.Until}
}

// Refusal returns that an entry was not put into a theme.
func (r *reader) Refusal(t rugzak.ThemeID, e rugzak.EntryID) (rugzak.ThemeRefusal, error) {
	var record refusalRecord
	key := pair(t, e)
	if err := r.get(bucketRefusals, key, &record); err != nil {
		return rugzak.ThemeRefusal{}, err
	}
	return record.refusal(string(key)), nil
}

// Refusals lists those of a theme, by entry.
func (r *reader) Refusals(t rugzak.ThemeID) ([]rugzak.ThemeRefusal, error) {
	entries, err := r.second(bucketRefusals, pair(t, ""))
	if err != nil {
		return nil, err
	}
	var out []rugzak.ThemeRefusal
	for _, e := range entries {
		x, err := r.Refusal(t, rugzak.EntryID(e))
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

// AllRefusals yields every one.
func (r *reader) AllRefusals() iter.Seq2[rugzak.ThemeRefusal, error] {
	return func(yield func(rugzak.ThemeRefusal, error) bool) {
		each(r, bucketRefusals, func(key string, record refusalRecord, err error) bool {
			return yield(record.refusal(key), err) && err == nil
		})
	}
}

// SaveRefusal stores a refusal.
func (w *writer) SaveRefusal(x rugzak.ThemeRefusal) error {
	if err := validID(x.Entry); err != nil {
		return err
	}
	if x.Theme != "" {
		if err := validID(x.Theme); err != nil {
			return err
		}
	}
	record := refusalRecord{By: string(x.By), At: x.At, Until: x.Until}
	return errors.Join(w.put(bucketRefusals, pair(x.Theme, x.Entry), record), w.store(bucketRefused, pair(x.Entry, x.Theme), nil))
}

// RemoveRefusal takes one away.
func (w *writer) RemoveRefusal(t rugzak.ThemeID, e rugzak.EntryID) error {
	if _, err := w.Refusal(t, e); err != nil {
		return err
	}
	return errors.Join(w.remove(bucketRefusals, pair(t, e)), w.remove(bucketRefused, pair(e, t)))
}

// forgetRefused takes away those of an entry that goes.
func (w *writer) forgetRefused(e rugzak.EntryID) error {
	themes, err := w.second(bucketRefused, pair(e, ""))
	for _, t := range themes {
		if err == nil {
			err = w.RemoveRefusal(rugzak.ThemeID(t), e)
		}
	}
	return err
}

// forgetRefusals takes away those of a theme that goes.
func (w *writer) forgetRefusals(t rugzak.ThemeID) error {
	all, err := w.Refusals(t)
	for _, x := range all {
		if err == nil {
			err = w.RemoveRefusal(x.Theme, x.Entry)
		}
	}
	return err
}

// leaveRefusals takes somebody who goes out of them.
func (w *writer) leaveRefusals(id rugzak.PersonID) error {
	var theirs []rugzak.ThemeRefusal
	for x, err := range w.AllRefusals() {
		if err != nil {
			return err
		}
		if x.By == id {
			theirs = append(theirs, x)
		}
	}
	for _, x := range theirs {
		x.By = ""
		if err := w.SaveRefusal(x); err != nil {
			return err
		}
	}
	return nil
}

// refusals checks that they can be read, and are of themes and entries that are
// there.
func (c *checker) refusals() {
	each(&c.reader, bucketRefusals, func(key string, _ refusalRecord, err error) bool {
		theme, entry, _ := strings.Cut(key, "\x00")
		if !c.good("a refusal of "+entry, err) {
			return true
		}
		if theme != "" && theme != string(rugzak.ThemeToCome) && !c.hasTheme(theme) {
			c.report("a refusal of a theme that is gone: " + theme)
		}
		if !c.has(bucketEntries, entry) {
			c.report("a refusal of an entry that is gone: " + entry)
		}
		c.expect(bucketRefused, pair(entry, theme), "")
		return true
	})
	c.compare(bucketRefused)
}
