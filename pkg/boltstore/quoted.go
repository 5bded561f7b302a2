// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"slices"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// said are an entry and what it was before.
func (w *writer) said(id rugzak.EntryID) (now rugzak.Entry, past []rugzak.Entry, err error) {
	if now, err = w.Entry(id); err != nil {
		return now, nil, err
	}
	for rev, err := range w.Revisions(id) {
		if err != nil {
			return now, nil, err
		}
		if rev.Entry.Revision != now.Revision {
			past = append(past, rev.Entry)
		}
	}
	return now, past, nil
}

// ForgetRepeated takes what others wrote of an entry that goes out of rounds,
// threads and letters, the compass, the agenda, ideas, meetings, interim results,
// requests to add something and why entries were chosen, as far as it leads there
// or repeats it word for word.
func (w *writer) ForgetRepeated(e rugzak.Entry, g rugzak.Gone) error {
	covers, err := w.coveredBy(e)
	if err != nil {
		return err
	}
	return errors.Join(
		w.unrepeatRounds(e, g, covers), w.unrepeatThreads(g, covers), w.unrepeatThemes(g), w.unrepeatLetters(e.ID, g),
		w.unrepeatMovement(g), w.unrepeatIdeas(e.ID, g), w.unrepeatMeetings(e.ID, g), w.unrepeatInterims(g),
		w.unrepeatEnrichments(e.ID, g), w.unrepeatPicks(e.ID, g),
	)
}

// unrepeatRounds mends what rounds came to. An outcome that fewer could read,
// because of the entry, goes back to who writes it: the rest may tell of it.
func (w *writer) unrepeatRounds(e rugzak.Entry, g rugzak.Gone, covers func([]string) bool) error {
	all, err := w.Rounds()
	if err != nil {
		return err
	}
	for _, r := range all {
		chosen := len(r.Changes)
		if g.Whole() {
			r.Changes = slices.DeleteFunc(r.Changes, func(c rugzak.RoundChange) bool { return c.Entry == e.ID })
		}
		some := len(r.Changes) < chosen
		if g.Text(&r.Outcome, false) {
			some = true
			if r.Outcome == "" || !covers(r.Tokens()) {
				r.PublishedAt = time.Time{}
			}
		}
		some = g.Text(&r.Text, false) || some
		answers := e.Occasion == rugzak.RoundOccasion(r.ID)
		for i := range r.Changes {
			some = g.Line(&r.Changes[i].Reason, answers || r.Changes[i].Entry == e.ID) || some
		}
		for i := range r.Decisions {
			some = g.Line(&r.Decisions[i].Text, answers) || some
		}
		if some {
			if err := w.SaveRound(r, r.Version); err != nil {
				return err
			}
		}
	}
	return nil
}

// unrepeatThreads mends the commentary of every version; a version that fewer
// could read is held, as where a quote was taken out.
func (w *writer) unrepeatThreads(g rugzak.Gone, covers func([]string) bool) error {
	return w.mendThreads(covers, func(t *rugzak.Thread) bool {
		beside := slices.ContainsFunc(t.Sections, func(s rugzak.ThreadSection) bool { return g.Leads(s.Text) })
		some := g.Text(&t.Intro, beside)
		for i := range t.Sections {
			some = g.Text(&t.Sections[i].Text, beside) || some
		}
		if some {
			t.Sections = slices.DeleteFunc(t.Sections, rugzak.ThreadSection.Empty)
		}
		return some
	})
}

// unrepeatThemes mends what themes say themselves.
func (w *writer) unrepeatThemes(g rugzak.Gone) error {
	all, err := w.Themes()
	if err != nil {
		return err
	}
	mend := func(t *rugzak.Theme) bool {
		some := g.Line(&t.Summary, false)
		some = g.Text(&t.Thread, false) || some
		for i := range t.OpenQuestions {
			some = g.Line(&t.OpenQuestions[i], false) || some
		}
		return some
	}
	for _, t := range all {
		if mend(&t) {
			if err := w.SaveTheme(t, t.Version); err != nil {
				return err
			}
		}
	}
	return w.changeThemeMerges(func(m *rugzak.ThemeMerge) bool { return mend(&m.From) })
}

func (w *writer) unrepeatLetters(id rugzak.EntryID, g rugzak.Gone) error {
	all, err := w.AllThemeLetters()
	if err != nil {
		return err
	}
	for _, l := range all {
		beside := slices.Contains(l.Entries(), id)
		some := g.Line(&l.Lead, beside)
		for i := range l.Picks {
			some = g.Line(&l.Picks[i].Why, beside) || some
		}
		if g.Line(&l.What, beside) || some {
			if err := w.SaveThemeLetter(l, l.Version); err != nil {
				return err
			}
		}
	}
	return nil
}

// unrepeatMovement mends the compass, as it is and was, and the agenda.
func (w *writer) unrepeatMovement(g rugzak.Gone) error {
	compass := func(c *rugzak.Compass) bool {
		some := g.Text(&c.Purpose, false)
		if some && strings.TrimSpace(c.Purpose) == "" {
			c.Purpose = rugzak.LeftOut
		}
		some = g.Line(&c.Why, false) || some
		for i := range c.Drives {
			some = g.Line(&c.Drives[i].Meaning, false) || some
		}
		return some
	}
	past, err := w.PastCompasses()
	if err != nil {
		return err
	}
	for _, c := range past {
		if compass(&c) {
			if err := w.PutPastCompass(c); err != nil {
				return err
			}
		}
	}
	m, err := w.Movement()
	if err != nil {
		return err
	}
	some := compass(&m.Compass)
	for i := range m.Agenda {
		a := &m.Agenda[i]
		beside := g.Leads(a.Text)
		some = g.Line(&a.Title, beside) || some
		some = g.Text(&a.Text, beside) || some
		some = g.Line(&a.Learned, beside) || some
		for n := range a.Progress {
			some = g.Line(&a.Progress[n].Text, beside) || some
		}
	}
	if !some {
		return nil
	}
	return w.put(bucketMovement, movementKey, recordOfMovement(m))
}

func (w *writer) unrepeatIdeas(id rugzak.EntryID, g rugzak.Gone) error {
	all, err := w.Ideas()
	if err != nil {
		return err
	}
	for _, idea := range all {
		became, ok := idea.BecameEntry()
		beside := ok && became == id
		some := g.Line(&idea.Title, beside)
		some = g.Text(&idea.Text, beside) || some
		some = g.Line(&idea.Step, beside) || some
		for i := range idea.Answers {
			some = g.Line(&idea.Answers[i].Note, beside) || some
		}
		if some {
			if err := w.SaveIdea(idea, idea.Version); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) unrepeatMeetings(id rugzak.EntryID, g rugzak.Gone) error {
	all, err := w.Meetings()
	if err != nil {
		return err
	}
	for _, m := range all {
		if g.Line(&m.Title, m.Entry == id) {
			if err := w.SaveMeeting(m, m.Version); err != nil {
				return err
			}
		}
	}
	return nil
}

// unrepeatInterims mends the lines that introduce interim results; what they
// quote goes as stories do.
func (w *writer) unrepeatInterims(g rugzak.Gone) error {
	all, err := w.Interims()
	if err != nil {
		return err
	}
	for _, i := range all {
		some := g.Line(&i.Title, false)
		if g.Text(&i.Text, false) || some {
			if err := w.SaveInterim(i); err != nil {
				return err
			}
		}
	}
	return nil
}

// unrepeatEnrichments mends what was asked about entries. What was asked about
// the one that goes may hold what it said in other words: all of it goes.
func (w *writer) unrepeatEnrichments(id rugzak.EntryID, g rugzak.Gone) error {
	var changed []rugzak.Enrichment
	for x, err := range w.AllEnrichments() {
		if err != nil {
			return err
		}
		some := g.Line(&x.Text, false)
		if x.Entry == id && x.Text != "" {
			x.Text, some = rugzak.LeftOut, true
		}
		if some {
			changed = append(changed, x)
		}
	}
	for _, x := range changed {
		if err := w.SaveEnrichment(x); err != nil {
			return err
		}
	}
	return nil
}

// unrepeatPicks mends why entries were chosen for the message of a week, or to
// celebrate.
func (w *writer) unrepeatPicks(id rugzak.EntryID, g rugzak.Gone) error {
	mend := func(picks []rugzak.DigestPick) (some bool) {
		beside := slices.ContainsFunc(picks, func(p rugzak.DigestPick) bool { return p.Entry == id })
		for i := range picks {
			some = g.Line(&picks[i].Reason, beside) || some
		}
		return some
	}
	weeks, err := w.Digests()
	if err != nil {
		return err
	}
	for _, d := range weeks {
		if mend(d.Picks) {
			if err := w.SaveDigest(d, d.Version); err != nil {
				return err
			}
		}
	}
	months, err := w.Celebrations()
	if err != nil {
		return err
	}
	for _, c := range months {
		if mend(c.Picks) {
			if err := w.SaveCelebration(c, c.Version); err != nil {
				return err
			}
		}
	}
	return nil
}
