// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// bucketThemeMerges: id of a theme -> into which it went.
var bucketThemeMerges = []byte("thememerges")

type themeMergeRecord struct {
	From      themeRecord `json:"f"`
	Into      string      `json:"i"`
	By        string      `json:"p,omitempty"`
	At        time.Time   `json:"at"`
	Moved     []string    `json:"m,omitempty"`
	Both      []string    `json:"b,omitempty"`
	Meetings  []string    `json:"mt,omitempty"`
	Synonyms  []string    `json:"gs,omitempty"`
	Questions []string    `json:"gq,omitempty"`
	Pins      []string    `json:"gp,omitempty"`
	Curators  []string    `json:"gc,omitempty"`
	Refused   []string    `json:"gr,omitempty"`
}

func (r themeMergeRecord) merge(from string) rugzak.ThemeMerge {
	return rugzak.ThemeMerge{
		From: r.From.theme(rugzak.ThemeID(from)), Into: rugzak.ThemeID(r.Into), By: rugzak.PersonID(r.By), At: r.At,
		Moved: words[string, rugzak.EntryID](r.Moved), Both: words[string, rugzak.EntryID](r.Both), Meetings: r.Meetings,
		Gained: rugzak.ThemeGain{
			Synonyms: r.Synonyms, OpenQuestions: r.Questions,
			Pins: words[string, rugzak.EntryID](r.Pins), Curators: words[string, rugzak.PersonID](r.Curators),
			Refused: words[string, rugzak.EntryID](r.Refused),
		},
	}
}

// ThemeMerge returns into which theme another went.
func (r *reader) ThemeMerge(from rugzak.ThemeID) (rugzak.ThemeMerge, error) {
	var record themeMergeRecord
	if err := r.get(bucketThemeMerges, []byte(from), &record); err != nil {
		return rugzak.ThemeMerge{}, err
	}
	return record.merge(string(from)), nil
}

// ThemeMerges lists all.
func (r *reader) ThemeMerges() (out []rugzak.ThemeMerge, err error) {
	each(r, bucketThemeMerges, func(from string, record themeMergeRecord, failed error) bool {
		out, err = append(out, record.merge(from)), failed
		return err == nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// SaveThemeMerge stores one, and takes the theme that went from among the
// themes: its threads, letters and who joined in stay for when it comes back.
func (w *writer) SaveThemeMerge(m rugzak.ThemeMerge) error {
	if err := validID(m.From.ID, m.Into); err != nil {
		return err
	}
	if _, err := w.Theme(m.From.ID); err == nil {
		if err := w.remove(bucketThemes, []byte(m.From.ID)); err != nil {
			return err
		}
	} else if rugzak.CodeOf(err) != rugzak.CodeNotFound {
		return err
	}
	return errors.Join(w.count(metaThemes), w.put(bucketThemeMerges, []byte(m.From.ID), themeMergeRecord{
		From: recordOfTheme(m.From), Into: string(m.Into), By: string(m.By), At: m.At,
		Moved: words[rugzak.EntryID, string](m.Moved), Both: words[rugzak.EntryID, string](m.Both), Meetings: m.Meetings,
		Synonyms: m.Gained.Synonyms, Questions: m.Gained.OpenQuestions,
		Pins: words[rugzak.EntryID, string](m.Gained.Pins), Curators: words[rugzak.PersonID, string](m.Gained.Curators),
		Refused: words[rugzak.EntryID, string](m.Gained.Refused),
	}))
}

// UndoThemeMerge puts a theme back as it was.
func (w *writer) UndoThemeMerge(from rugzak.ThemeID) error {
	m, err := w.ThemeMerge(from)
	if err != nil {
		return err
	}
	m.From.Version++
	return errors.Join(w.remove(bucketThemeMerges, []byte(from)), w.put(bucketThemes, []byte(from), recordOfTheme(m.From)), w.count(metaThemes))
}

// ForgetThemeMerge leaves of a theme that went only where its address leads, and
// the letters that were sent.
func (w *writer) ForgetThemeMerge(from rugzak.ThemeID) error {
	m, err := w.ThemeMerge(from)
	if err != nil {
		return err
	}
	return errors.Join(w.removeOfTheme(from, false), w.SaveThemeMerge(m.Forgotten()))
}

// RemoveThemeMerge takes one away with all that belonged to the theme.
func (w *writer) RemoveThemeMerge(from rugzak.ThemeID) error {
	if _, err := w.ThemeMerge(from); err != nil {
		return err
	}
	return errors.Join(w.removeOfTheme(from, true), w.remove(bucketThemeMerges, []byte(from)), w.count(metaThemes))
}

// hasTheme reports whether a theme is there, or went into another.
func (c *checker) hasTheme(id string) bool {
	return c.has(bucketThemes, id) || c.has(bucketThemeMerges, id)
}

// changeThemeMerges stores those that change says have changed.
func (w *writer) changeThemeMerges(change func(*rugzak.ThemeMerge) bool) error {
	all, err := w.ThemeMerges()
	for _, m := range all {
		if err == nil && change(&m) {
			err = w.SaveThemeMerge(m)
		}
	}
	return err
}

// forgetInThemes takes an entry that goes out of what themes that were merged
// remember.
func (w *writer) forgetInThemes(id rugzak.EntryID) error {
	return w.changeThemeMerges(func(m *rugzak.ThemeMerge) (changed bool) {
		for _, list := range []*[]rugzak.EntryID{&m.Moved, &m.Both, &m.From.Pins, &m.Gained.Pins, &m.Gained.Refused} {
			if i := slices.Index(*list, id); i >= 0 {
				*list, changed = slices.Delete(slices.Clone(*list), i, i+1), true
			}
		}
		return changed
	})
}

// leaveThemeMerges takes somebody who goes out of them.
func (w *writer) leaveThemeMerges(id rugzak.PersonID) error {
	return w.changeThemeMerges(func(m *rugzak.ThemeMerge) bool {
		if m.By != id {
			return false
		}
		m.By = ""
		return true
	})
}

// themeMerges checks them: they can be read, and no theme is in two places.
func (c *checker) themeMerges() {
	each(&c.reader, bucketThemeMerges, func(from string, record themeMergeRecord, err error) bool {
		if !c.good("the merge of the theme "+from, err) {
			return true
		}
		if c.has(bucketThemes, from) {
			c.report("a theme that went into another is still there: " + from)
		}
		if !c.hasTheme(record.Into) {
			c.report("the theme " + from + " went into one that is gone: " + record.Into)
		}
		return true
	})
}
