// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"time"
)

// ThemeMerge says that a theme went into another. The theme itself is no longer
// there: it is kept here, for its address, which leads on for ever, and as long
// as it can be put back, with its texts.
type ThemeMerge struct {
	From Theme // as it was
	Into ThemeID
	By   PersonID // may be empty: who went
	At   time.Time
	// Moved are the entries that came into the other theme by it, Both those that
	// were in both. Whoever merged need not have seen them: nothing of these lists
	// is ever shown.
	Moved, Both []EntryID
	Meetings    []string // that were about it
	Gained      ThemeGain
}

// ThemeGain is what a theme took over from one that went into it, so that it
// can be taken out again.
type ThemeGain struct {
	Synonyms, OpenQuestions []string
	Pins                    []EntryID
	Curators                []PersonID
	// Refused are the entries that were looked at for the one that went, and not
	// put in: they are not proposed for the other either.
	Refused []EntryID
}

// UndoLasts is how long what was merged can be taken apart again.
const UndoLasts = 30 * 24 * time.Hour

// Undoable reports whether the theme can still be put back.
func (m ThemeMerge) Undoable(now time.Time) bool { return now.Before(m.At.Add(UndoLasts)) }

// Remembers reports whether there is anything that only putting back needs.
func (m ThemeMerge) Remembers() bool {
	t := m.From
	return len(m.Moved)+len(m.Both)+len(m.Meetings)+len(t.Curators)+len(t.Synonyms)+len(t.OpenQuestions)+len(m.Gained.Refused) > 0 || t.Summary != "" || t.Thread != ""
}

// Forgotten is the merge without what only putting back needs: no text stays
// but the title.
func (m ThemeMerge) Forgotten() ThemeMerge {
	t := m.From
	m.From = Theme{ID: t.ID, Title: t.Title, Audience: t.Audience, Sample: t.Sample, Version: t.Version, UpdatedAt: t.UpdatedAt}
	m.Moved, m.Both, m.Meetings, m.Gained = nil, nil, nil, ThemeGain{}
	return m
}

// MergedInto is the theme in which a theme ended up, along every merge since;
// the theme itself when it went into none.
func MergedInto(merges []ThemeMerge, id ThemeID) ThemeID {
	for range merges {
		i := slices.IndexFunc(merges, func(m ThemeMerge) bool { return m.From.ID == id })
		if i < 0 {
			break
		}
		id = merges[i].Into
	}
	return id
}

// ThemeMergeReader reads which themes went into others.
type ThemeMergeReader interface {
	ThemeMerge(from ThemeID) (ThemeMerge, error)
	// ThemeMerges lists all, by the theme that went.
	ThemeMerges() ([]ThemeMerge, error)
}

// ThemeMergeWriter writes them.
type ThemeMergeWriter interface {
	// SaveThemeMerge stores one and takes the theme that went from among the
	// themes. What belongs to it stays: threads, letters, who joined in.
	SaveThemeMerge(m ThemeMerge) error
	// UndoThemeMerge puts the theme back as it was. What others gained by it is
	// the caller's to change.
	UndoThemeMerge(from ThemeID) error
	// ForgetThemeMerge leaves only where the address of the theme leads, and the
	// letters that were sent.
	ForgetThemeMerge(from ThemeID) error
	// RemoveThemeMerge takes that away too.
	RemoveThemeMerge(from ThemeID) error
}
