// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

var (
	bucketLetters      = []byte("letters")      // id -> theme letter
	bucketThemeLetters = []byte("themeletters") // theme 0 id -> nothing
)

type letterRecord struct {
	Theme    string       `json:"th"`
	Lead     string       `json:"l,omitempty"`
	Thread   int          `json:"n,omitempty"`
	Picks    []pickRecord `json:"p,omitempty"`
	Question string       `json:"q,omitempty"`
	Method   string       `json:"me,omitempty"`
	Meeting  string       `json:"mt,omitempty"`
	Day      string       `json:"d,omitempty"`
	What     string       `json:"w,omitempty"`
	NotBSN   []string     `json:"nb,omitempty"`
	At       time.Time    `json:"at"`
	Sent     time.Time    `json:"s,omitzero"`
	Version  int          `json:"v"`
}

func (r letterRecord) letter(id string) rugzak.ThemeLetter {
	l := rugzak.ThemeLetter{
		ID: id, Theme: rugzak.ThemeID(r.Theme), Lead: r.Lead, Thread: r.Thread, Question: rugzak.EntryID(r.Question),
		Method: rugzak.EntryID(r.Method), Meeting: r.Meeting, Day: r.Day, What: r.What, NotBSN: r.NotBSN, At: r.At,
		SentAt: r.Sent, Version: r.Version,
	}
	for _, p := range r.Picks {
		l.Picks = append(l.Picks, rugzak.LetterPick{Entry: rugzak.EntryID(p.Entry), Why: p.Reason})
	}
	return l
}

// ThemeLetter returns one letter.
func (r *reader) ThemeLetter(id string) (rugzak.ThemeLetter, error) {
	var record letterRecord
	if err := r.get(bucketLetters, []byte(id), &record); err != nil {
		return rugzak.ThemeLetter{}, err
	}
	return record.letter(id), nil
}

// ThemeLetters lists the letters of a theme, newest first.
func (r *reader) ThemeLetters(theme rugzak.ThemeID) ([]rugzak.ThemeLetter, error) {
	out, err := collected(listed(r, bucketThemeLetters, string(theme), r.ThemeLetter))
	slices.Reverse(out)
	return out, err
}

// AllThemeLetters lists all letters by id.
func (r *reader) AllThemeLetters() (out []rugzak.ThemeLetter, err error) {
	each(r, bucketLetters, func(id string, record letterRecord, failed error) bool {
		out, err = append(out, record.letter(id)), failed
		return err == nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// SaveThemeLetter stores a letter. It stays with its theme.
func (w *writer) SaveThemeLetter(l rugzak.ThemeLetter, base int) error {
	if err := errors.Join(validID(l.ID), validID(l.Theme)); err != nil {
		return err
	}
	before, err := w.ThemeLetter(l.ID)
	if err := fits(err, before.Version, base); err != nil {
		return err
	}
	if before.Version > 0 && before.Theme != l.Theme {
		return rugzak.Conflict()
	}
	record := letterRecord{
		Theme: string(l.Theme), Lead: l.Lead, Thread: l.Thread, Question: string(l.Question), Method: string(l.Method),
		Meeting: l.Meeting, Day: l.Day, What: l.What, NotBSN: l.NotBSN, At: l.At, Sent: l.SentAt, Version: base + 1,
	}
	for _, p := range l.Picks {
		record.Picks = append(record.Picks, pickRecord{Entry: string(p.Entry), Reason: p.Why})
	}
	return errors.Join(w.store(bucketThemeLetters, pair(l.Theme, l.ID), nil), w.put(bucketLetters, []byte(l.ID), record))
}

// RemoveThemeLetter takes a letter away.
func (w *writer) RemoveThemeLetter(id string) error {
	l, err := w.ThemeLetter(id)
	if err != nil {
		return err
	}
	return errors.Join(w.remove(bucketThemeLetters, pair(l.Theme, id)), w.remove(bucketLetters, []byte(id)))
}

// removeLetters takes away the letters of a theme that goes: those that were not
// sent, or all.
func (w *writer) removeLetters(theme rugzak.ThemeID, sent bool) error {
	all, err := w.ThemeLetters(theme)
	for _, l := range all {
		if err == nil && (sent || !l.Sent()) {
			err = w.RemoveThemeLetter(l.ID)
		}
	}
	return err
}

// unletter takes an entry that goes out of every letter.
func (w *writer) unletter(id rugzak.EntryID) error {
	all, err := w.AllThemeLetters()
	if err != nil {
		return err
	}
	for _, l := range all {
		if l, some := l.Without(id); some {
			if err := w.SaveThemeLetter(l, l.Version); err != nil {
				return err
			}
		}
	}
	return nil
}

// letters checks theme letters: they can be read, and lead to themes that are
// there.
func (c *checker) letters() {
	each(&c.reader, bucketLetters, func(id string, record letterRecord, err error) bool {
		if !c.good("theme letter "+id, err) {
			return true
		}
		c.expect(bucketThemeLetters, pair(record.Theme, id), "")
		if !c.hasTheme(record.Theme) {
			c.report("a letter of a theme that is gone: " + record.Theme)
		}
		return true
	})
}
