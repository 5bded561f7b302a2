// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"slices"

	"rugzak/pkg/rugzak"
)

// RemoveSamples takes away all starter content in one transaction: entries,
// then the themes, people and organisations that nothing real uses. What
// somebody wrote or joined stays, and loses its sample mark. The acting
// administrator always stays.
func (s *Service) RemoveSamples(ctx context.Context, by rugzak.Person) (SampleCounts, rugzak.Position, error) {
	if !rugzak.CanAdminister(by) {
		return SampleCounts{}, "", rugzak.Forbidden("error.administrators_only")
	}
	var removed SampleCounts
	pos, err := s.update(ctx, "remove samples", func(w rugzak.Writer) error {
		removed = SampleCounts{}
		x, err := readSamples(w)
		if err != nil {
			return err
		}
		for _, e := range x.entries {
			if err := w.RemoveEntry(e.ID); err != nil {
				return err
			}
			if err := w.Log(rugzak.Change{At: s.now(), Actor: "system", Verb: rugzak.VerbEntryRemoved, Subject: rugzak.EntrySubject(e.ID)}); err != nil {
				return err
			}
			removed.Entries++
		}
		if removed.Meetings, removed.Needs, err = s.removeSampleRoomAndMeetings(w, x); err != nil {
			return err
		}
		if err := errors.Join(removeSampleIdeas(w), s.removeSampleInterims(w)); err != nil {
			return err
		}
		if removed.Themes, err = s.removeSampleThemes(w, x.themes); err != nil {
			return err
		}
		if removed.People, err = s.removeSamplePeople(w, by, x.people); err != nil {
			return err
		}
		if removed.Organisations, err = s.removeSampleOrganisations(w, x.organisations); err != nil {
			return err
		}
		removed.Movement = x.counts().Movement
		if err := s.removeSampleRounds(w, x); err != nil {
			return err
		}
		return s.removeSampleMovement(w, x.movement)
	})
	return removed, pos, err
}

func (s *Service) removeSampleThemes(w rugzak.Writer, themes []rugzak.Theme) (int, error) {
	removed := 0
	for _, t := range themes {
		used, err := anyEntry(w, rugzak.ThemeList(t.ID))
		if err != nil {
			return 0, err
		}
		if used {
			t.Sample = false
			if err := w.SaveTheme(t, t.Version); err != nil {
				return 0, err
			}
			continue
		}
		if err := w.RemoveTheme(t.ID); err != nil {
			return 0, err
		}
		removed++
	}
	return removed, nil
}

func (s *Service) removeSamplePeople(w rugzak.Writer, by rugzak.Person, people []rugzak.Person) (int, error) {
	removed := 0
	for _, p := range people {
		used, err := anyEntry(w, rugzak.AuthorList(p.ID))
		if err != nil {
			return 0, err
		}
		hidden, err := w.HiddenEntries(p.ID)
		if err != nil {
			return 0, err
		}
		for _, err := range w.ResponsesBy(p.ID) { // what they said about something real
			if err != nil {
				return 0, err
			}
			used = true
			break
		}
		if used || len(hidden) > 0 || p.ID == by.ID {
			p.Sample = false
			if err := w.SavePerson(p, p.Version); err != nil {
				return 0, err
			}
			continue
		}
		if err := w.RemovePerson(p.ID); err != nil {
			return 0, err
		}
		removed++
	}
	return removed, nil
}

func (s *Service) removeSampleOrganisations(w rugzak.Writer, all []rugzak.Organisation) (int, error) {
	removed := 0
	used := map[rugzak.OrganisationID]bool{}
	for p, err := range w.People() {
		if err != nil {
			return 0, err
		}
		used[p.Organisation] = true
	}
	themes, err := w.Themes()
	if err != nil {
		return 0, err
	}
	for _, t := range themes {
		for _, o := range t.Audience.Also {
			used[o] = true
		}
	}
	for e, err := range w.Entries(rugzak.AllEntries, "") {
		if err != nil {
			return 0, err
		}
		used[e.Organisation] = true
		for _, o := range e.Audience.Also {
			used[o] = true
		}
		for _, o := range e.With {
			used[o] = true
		}
		if e.Question != nil {
			used[e.Question.BallWith], used[e.Question.Asked] = true, true
			i, err := inquiryOf(w, e)
			if err != nil {
				return 0, err
			}
			for _, p := range i.Passes {
				used[p.Organisation] = true
			}
			for _, x := range i.Experiments {
				used[x.Organisation] = true
			}
		}
	}
	if err := errors.Join(roomAndMeetingsUse(w, used), roundsUse(w, used), ideasUse(w, used)); err != nil {
		return 0, err
	}
	for _, o := range all {
		if used[o.ID] {
			o.Sample = false
			if err := w.SaveOrganisation(o, o.Version); err != nil {
				return 0, err
			}
			continue
		}
		if err := w.RemoveOrganisation(o.ID); err != nil {
			return 0, err
		}
		removed++
	}
	return removed, nil
}

func (s *Service) removeSampleMovement(w rugzak.Writer, m rugzak.Movement) error {
	if m.Compass.Sample {
		m.Compass = rugzak.Compass{}
		if err := w.RemovePastCompasses(); err != nil {
			return err
		}
	}
	m.Agenda = slices.DeleteFunc(m.Agenda, func(a rugzak.AgendaItem) bool { return a.Sample })
	m.Rounds = slices.DeleteFunc(m.Rounds, func(r rugzak.RoundPlan) bool { return r.Sample })
	return w.SaveMovement(m)
}

func anyEntry(r rugzak.Reader, list rugzak.List) (bool, error) {
	for _, err := range r.Entries(list, "") {
		return err == nil, err
	}
	return false, nil
}
