// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"

	"rugzak/pkg/rugzak"
)

// MaybeCard is one entry that may be something for the reader, and why: it is
// in a theme they took something along from, or wrote in. Without such a
// reason nothing is shown.
type MaybeCard struct {
	Card  Card
	Theme rugzak.Theme
	Why   MaybeWhy
}

// MaybeWhy is what the reader did in the theme.
type MaybeWhy string

// The reasons.
const (
	MaybeKept  MaybeWhy = "kept"
	MaybeWrote MaybeWhy = "wrote"
)

type rawMaybe struct {
	card  rawCard
	theme rugzak.Theme
	why   MaybeWhy
}

// lookedForMaybe is how many keeps, and how many own entries, tell what
// somebody is about.
const lookedForMaybe = 10

// maybe looks among entries the reader may see.
func (n *names) maybe(by rugzak.Person, among []rawCard) (*rawMaybe, error) {
	if len(among) == 0 {
		return nil, nil
	}
	why, err := n.about(by)
	if err != nil {
		return nil, err
	}
	for _, c := range among {
		if c.Mine || c.Kept || !isLesson(c.Kind) {
			continue
		}
		for _, reason := range []MaybeWhy{MaybeKept, MaybeWrote} {
			i := slices.IndexFunc(c.Themes, func(t rugzak.Theme) bool { return why[t.ID] == reason })
			if i >= 0 {
				return &rawMaybe{card: c, theme: c.Themes[i], why: reason}, nil
			}
		}
	}
	return nil, nil
}

// isLesson reports whether something of this kind can be taken along and
// applied.
func isLesson(k rugzak.Kind) bool { return k != rugzak.KindQuestion && k != rugzak.KindApplication }

// about tells in which themes the reader is at work, and by what that shows.
func (n *names) about(by rugzak.Person) (map[rugzak.ThemeID]MaybeWhy, error) {
	why := map[rugzak.ThemeID]MaybeWhy{}
	for e, err := range atMost(n.reader.Entries(rugzak.AuthorList(by.ID), ""), lookedForMaybe) {
		if err != nil {
			return nil, err
		}
		for _, t := range e.Themes {
			why[t] = MaybeWrote
		}
	}
	looked := 0
	for k, err := range n.reader.KeepsAfter(by.ID, "") {
		if err != nil {
			return nil, err
		}
		if looked++; looked > lookedForMaybe {
			break
		}
		e, _, err := look(n.reader, by, k.Entry)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, t := range e.Themes {
			why[t] = MaybeKept
		}
	}
	return why, nil
}
