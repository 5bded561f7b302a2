// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"slices"

	"rugzak/pkg/rugzak"
)

// UndoThemeMerge puts a theme that went into another back: with its own words,
// with the entries that came from it and are still in the other, and with who
// followed it. What came into the other since stays there.
func (s *Service) UndoThemeMerge(ctx context.Context, by rugzak.Person, from rugzak.ThemeID) (rugzak.Position, error) {
	return s.update(ctx, "undo merge of themes", func(w rugzak.Writer) error {
		if !rugzak.CanCurate(by) {
			return rugzak.Forbidden("error.curators_only")
		}
		m, err := w.ThemeMerge(from)
		if err != nil {
			return err
		}
		into, err := lookTheme(w, by, m.Into)
		if isMissing(err) { // it went into another itself: that is undone first
			return rugzak.Forbidden("error.theme.merged_on")
		}
		if err != nil {
			return err
		}
		if !rugzak.CanReadTheme(by, m.From) {
			return rugzak.NotFound()
		}
		if !m.Undoable(s.now()) {
			return rugzak.Forbidden("error.theme.merge_old")
		}
		if err := s.moveBack(w, m); err != nil {
			return err
		}
		if into, err = w.Theme(m.Into); err != nil { // its pins may have changed
			return err
		}
		loseGain(m, &into)
		into.UpdatedAt = s.now()
		if err := w.SaveTheme(into, into.Version); err != nil {
			return err
		}
		if err := errors.Join(followersBack(w, m), refusalsBack(w, m)); err != nil {
			return err
		}
		if err := w.UndoThemeMerge(from); err != nil {
			return err
		}
		if err := s.audit(w, by, rugzak.AuditApart, rugzak.ThemeSubject(from), rugzak.ThemeSubject(into.ID)); err != nil {
			return err
		}
		return s.logThemes(w, by, rugzak.VerbThemeSaved, from, rugzak.VerbThemeSaved, into.ID)
	})
}

// moveBack takes entries and meetings that came from a theme back to it, where
// nobody changed that meanwhile.
func (s *Service) moveBack(w rugzak.Writer, m rugzak.ThemeMerge) error {
	for _, id := range slices.Concat(m.Moved, m.Both) {
		e, err := w.Entry(id)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return err
		}
		switch there := slices.Contains(e.Themes, m.Into); {
		case slices.Contains(e.Themes, m.From.ID):
			continue
		case slices.Contains(m.Moved, id) && there:
			e.Themes = replaced(e.Themes, m.Into, m.From.ID)
		case slices.Contains(m.Both, id) && len(e.Themes) < rugzak.MaxThemes:
			e.Themes = append(slices.Clone(e.Themes), m.From.ID)
		default:
			continue
		}
		if err := s.saveThemes(w, e); err != nil {
			return err
		}
		if !slices.Contains(e.Themes, m.Into) {
			if err := unpinFrom(w, m.Into, id); err != nil {
				return err
			}
		}
	}
	for _, id := range m.Meetings {
		meeting, err := w.Meeting(id)
		if isMissing(err) || err == nil && meeting.Theme != m.Into {
			continue
		}
		if err != nil {
			return err
		}
		meeting.Theme = m.From.ID
		if err := w.SaveMeeting(meeting, meeting.Version); err != nil {
			return err
		}
	}
	return nil
}

// unpinFrom takes an entry that left a theme from under "begin hier".
func unpinFrom(w rugzak.Writer, id rugzak.ThemeID, entry rugzak.EntryID) error {
	t, err := w.Theme(id)
	if err != nil || !slices.Contains(t.Pins, entry) {
		return err
	}
	return savePins(w, t, slices.DeleteFunc(slices.Clone(t.Pins), func(p rugzak.EntryID) bool { return p == entry }))
}

// loseGain takes out of a theme what it took over.
func loseGain(m rugzak.ThemeMerge, into *rugzak.Theme) {
	g := m.Gained
	into.Synonyms = without(into.Synonyms, g.Synonyms)
	into.OpenQuestions = without(into.OpenQuestions, g.OpenQuestions)
	into.Pins = without(into.Pins, g.Pins)
	into.Curators = without(into.Curators, g.Curators)
}

func without[T comparable](all, gone []T) []T {
	return slices.DeleteFunc(slices.Clone(all), func(x T) bool { return slices.Contains(gone, x) })
}

// followersBack takes who came along with a theme out of the other, unless they
// changed how they join in since.
func followersBack(w rugzak.Writer, m rugzak.ThemeMerge) error {
	of := rugzak.Subject(rugzak.ThemeSubject(m.Into))
	followers, err := themeFollowers(w, m.From.ID)
	if err != nil {
		return err
	}
	for _, p := range followers {
		now, err := w.Participation(p.Person, of)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return err
		}
		if p.Of = of; now == p {
			if err := w.RemoveParticipation(p.Person, of); err != nil {
				return err
			}
		}
	}
	return nil
}

// refusalsBack takes what was refused for a theme out of the other again, unless
// somebody chose anew since.
func refusalsBack(w rugzak.Writer, m rugzak.ThemeMerge) error {
	for _, id := range m.Gained.Refused {
		then, err := w.Refusal(m.From.ID, id)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return err
		}
		now, err := w.Refusal(m.Into, id)
		if isMissing(err) || err == nil && !now.At.Equal(then.At) {
			continue
		}
		if err != nil {
			return err
		}
		if err := w.RemoveRefusal(m.Into, id); err != nil {
			return err
		}
	}
	return nil
}

// ThemeMoved is where the address of a theme that went leads now: for those who
// could see it, and may see the other.
func (s *Service) ThemeMoved(ctx context.Context, by rugzak.Person, id rugzak.ThemeID) (rugzak.ThemeID, error) {
	var into rugzak.ThemeID
	err := s.view(ctx, "theme that moved", func(r rugzak.Reader) (err error) {
		into, err = themeNow(r, by, id)
		return err
	})
	return into, err
}

// themeNow is the theme that a reader who asks for one gets: itself, or the one
// it went into.
func themeNow(r rugzak.Reader, by rugzak.Person, id rugzak.ThemeID) (rugzak.ThemeID, error) {
	_, err := lookTheme(r, by, id)
	if !isMissing(err) {
		return id, err
	}
	merges, err := r.ThemeMerges()
	if err != nil {
		return "", err
	}
	for _, m := range merges {
		if m.From.ID == id && rugzak.CanReadTheme(by, m.From) {
			now, err := lookTheme(r, by, rugzak.MergedInto(merges, id))
			return now.ID, err
		}
	}
	return "", rugzak.NotFound()
}

// lookThemeOnce fetches a theme, or what it was before it went into another: for
// its letters, which stay as they were sent.
func lookThemeOnce(r rugzak.Reader, by rugzak.Person, id rugzak.ThemeID) (rugzak.Theme, error) {
	t, err := lookTheme(r, by, id)
	if !isMissing(err) {
		return t, err
	}
	m, err := r.ThemeMerge(id)
	if err == nil && !rugzak.CanReadTheme(by, m.From) {
		err = rugzak.NotFound()
	}
	if err != nil {
		return rugzak.Theme{}, err
	}
	return m.From, nil
}

// mergedInto lists the themes that went into one and can still be put back.
func (s *Service) mergedInto(r rugzak.Reader, by rugzak.Person, into rugzak.Theme) (out []MergedTheme, err error) {
	if !rugzak.CanCurate(by) {
		return nil, nil
	}
	merges, err := r.ThemeMerges()
	for _, m := range merges {
		if m.Into == into.ID && m.Undoable(s.now()) && rugzak.CanReadTheme(by, m.From) {
			out = append(out, MergedTheme{From: shownTheme(by, m.From), Into: shownTheme(by, into)})
		}
	}
	return out, err
}

// forgetMerges drops the texts of themes that can no longer be put back.
func (s *Service) forgetMerges(ctx context.Context) error {
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		merges, err := w.ThemeMerges()
		for _, m := range merges {
			if err == nil && !m.Undoable(s.now()) && m.Remembers() {
				err = w.ForgetThemeMerge(m.From.ID)
			}
		}
		return err
	})
	return err
}
