// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// ThemeMergeView is what a curator decides on before a theme goes into another.
type ThemeMergeView struct {
	From, Into rugzak.Theme // Into is empty while nothing is chosen
	Choices    []rugzak.Theme
	// Count are the entries the curator may read that would come along; there may
	// be others, which come along too.
	Count int
	// Blind are the partners who see the one theme and not the other.
	Blind []rugzak.Organisation
	// WordsStay: synonyms and open questions do not come along, for partners see
	// the other theme who do not see this one.
	WordsStay bool
	HasThread bool
}

// MergedTheme is a theme that went into one, for those who can put it back.
type MergedTheme struct{ From, Into rugzak.Theme }

// ThemeMergeChoices shows which themes one can go into, and, with one chosen,
// what would come of it.
func (s *Service) ThemeMergeChoices(ctx context.Context, by rugzak.Person, from, into rugzak.ThemeID) (ThemeMergeView, error) {
	var v ThemeMergeView
	if !rugzak.CanCurate(by) {
		return v, rugzak.Forbidden("error.curators_only")
	}
	err := s.view(ctx, "merge of themes", func(r rugzak.Reader) error {
		t, err := lookTheme(r, by, from)
		if err != nil {
			return err
		}
		v.From = shownTheme(by, t)
		all, err := r.Themes()
		if err != nil {
			return err
		}
		for _, other := range all {
			if other.ID != from && !other.Closed && rugzak.CanReadTheme(by, other) {
				v.Choices = append(v.Choices, shownTheme(by, other))
			}
		}
		sortThemes(v.Choices)
		if v.HasThread, err = hasThread(r, t); err != nil || into == "" {
			return err
		}
		other, err := mergeable(r, by, t, into)
		if err != nil {
			return err
		}
		v.Into, v.WordsStay = shownTheme(by, other), !seenByAll(t, other)
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		for _, o := range t.Audience.Also {
			if !slices.Contains(other.Audience.Also, o) {
				v.Blind = append(v.Blind, n.organisation(o))
			}
		}
		for e, err := range r.Entries(rugzak.ThemeList(from), "") {
			if err != nil {
				return err
			}
			if e.State.Public() && rugzak.CanRead(by, e) {
				v.Count++
			}
		}
		return nil
	})
	return v, err
}

// seenByAll reports whether every partner who sees the theme into which another goes
// sees that one too: only then may its words come along.
func seenByAll(from, into rugzak.Theme) bool {
	return !slices.ContainsFunc(into.Audience.Also, func(o rugzak.OrganisationID) bool { return !slices.Contains(from.Audience.Also, o) })
}

// hasThread reports whether something was written in a theme.
func hasThread(r rugzak.Reader, t rugzak.Theme) (bool, error) {
	if t.Thread != "" {
		return true, nil
	}
	_, err := r.Thread(t.ID)
	if isMissing(err) {
		return false, nil
	}
	return err == nil, err
}

// mergeable fetches the theme into which another can go.
func mergeable(r rugzak.Reader, by rugzak.Person, from rugzak.Theme, into rugzak.ThemeID) (rugzak.Theme, error) {
	other, err := lookTheme(r, by, into)
	switch {
	case isMissing(err) || err == nil && other.ID == from.ID:
		var p rugzak.Problems
		p.Add("into", "error.choose")
		return other, p.Err()
	case err != nil:
		return other, err
	case other.Closed:
		return other, rugzak.Forbidden("error.theme_closed")
	case from.Reported || other.Reported:
		return other, rugzak.Forbidden("error.thread_reported")
	}
	return other, nil
}

// MergeThemes lets a theme go into another: its entries, those the curator does
// not see too, come into the other one, who follows it follows that one, and its
// address leads there. For a while it can be undone.
func (s *Service) MergeThemes(ctx context.Context, by rugzak.Person, from, into rugzak.ThemeID) (rugzak.Position, error) {
	return s.update(ctx, "merge themes", func(w rugzak.Writer) error {
		if !rugzak.CanCurate(by) {
			return rugzak.Forbidden("error.curators_only")
		}
		t, err := lookTheme(w, by, from)
		if err != nil {
			return err
		}
		other, err := mergeable(w, by, t, into)
		if err != nil {
			return err
		}
		m := rugzak.ThemeMerge{From: t, Into: into, By: by.ID, At: s.now()}
		if err := s.moveEntries(w, &m); err != nil {
			return err
		}
		if err := moveMeetings(w, &m); err != nil {
			return err
		}
		if err := carryRefusals(w, &m); err != nil {
			return err
		}
		gain(&m, &other)
		other.UpdatedAt = s.now()
		if err := w.SaveTheme(other, other.Version); err != nil {
			return err
		}
		if err := w.SaveThemeMerge(m); err != nil {
			return err
		}
		if err := s.moveFollowers(w, by, m, other); err != nil {
			return err
		}
		if err := s.audit(w, by, rugzak.AuditMerged, rugzak.ThemeSubject(from), rugzak.ThemeSubject(into)); err != nil {
			return err
		}
		return s.logThemes(w, by, rugzak.VerbThemeRemoved, from, rugzak.VerbThemeSaved, into)
	})
}

func (s *Service) logThemes(w rugzak.Writer, by rugzak.Person, of rugzak.Verb, from rugzak.ThemeID, ofInto rugzak.Verb, into rugzak.ThemeID) error {
	if err := w.Log(rugzak.Change{At: s.now(), Actor: actorOf(by), Verb: of, Subject: rugzak.ThemeSubject(from)}); err != nil {
		return err
	}
	return w.Log(rugzak.Change{At: s.now(), Actor: actorOf(by), Verb: ofInto, Subject: rugzak.ThemeSubject(into)})
}

// entriesOf are the ids of what is in a theme, whoever may read it.
func entriesOf(r rugzak.Reader, id rugzak.ThemeID) (ids []rugzak.EntryID, err error) {
	for e, err := range r.Entries(rugzak.ThemeList(id), "") {
		if err != nil {
			return nil, err
		}
		ids = append(ids, e.ID)
	}
	return ids, nil
}

// moveEntries puts what is in the theme that goes into the other one. It is no
// edit of a text: it makes no revision and gets in nobody's way.
func (s *Service) moveEntries(w rugzak.Writer, m *rugzak.ThemeMerge) error {
	ids, err := entriesOf(w, m.From.ID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		e, err := w.Entry(id)
		if err != nil {
			return err
		}
		if slices.Contains(e.Themes, m.Into) {
			m.Both = append(m.Both, id)
			e.Themes = slices.DeleteFunc(slices.Clone(e.Themes), func(t rugzak.ThemeID) bool { return t == m.From.ID })
		} else {
			m.Moved = append(m.Moved, id)
			e.Themes = replaced(e.Themes, m.From.ID, m.Into)
		}
		if err := s.saveThemes(w, e); err != nil {
			return err
		}
	}
	return nil
}

func replaced(in []rugzak.ThemeID, old, with rugzak.ThemeID) []rugzak.ThemeID {
	out := slices.Clone(in)
	if i := slices.Index(out, old); i >= 0 {
		out[i] = with
	}
	return out
}

// saveThemes saves an entry of which only the themes changed. Nobody is named
// beside an entry that whoever did it may not have seen.
func (s *Service) saveThemes(w rugzak.Writer, e rugzak.Entry) error {
	if err := w.SaveEntry(e, e.Version, nil); err != nil {
		return err
	}
	return w.Log(rugzak.Change{At: s.now(), Actor: "system", Verb: rugzak.VerbEntryCurated, Subject: rugzak.EntrySubject(e.ID)})
}

// moveMeetings makes the meetings about the theme that goes be about the other.
func moveMeetings(w rugzak.Writer, m *rugzak.ThemeMerge) error {
	all, err := w.Meetings()
	if err != nil {
		return err
	}
	for _, meeting := range all {
		if meeting.Theme != m.From.ID {
			continue
		}
		meeting.Theme = m.Into
		if err := w.SaveMeeting(meeting, meeting.Version); err != nil {
			return err
		}
		m.Meetings = append(m.Meetings, meeting.ID)
	}
	return nil
}

// carryRefusals lets what was not put into the theme that goes not be proposed
// for the other either.
func carryRefusals(w rugzak.Writer, m *rugzak.ThemeMerge) error {
	refused, err := w.Refusals(m.From.ID)
	if err != nil {
		return err
	}
	for _, x := range refused {
		if _, err := w.Refusal(m.Into, x.Entry); !isMissing(err) {
			if err != nil {
				return err
			}
			continue
		}
		x.Theme = m.Into
		if err := w.SaveRefusal(x); err != nil {
			return err
		}
		m.Gained.Refused = append(m.Gained.Refused, x.Entry)
	}
	return nil
}

// gain takes over, in the theme that stays, what the other one had: the words by
// which people look for it, its open questions, its pins as far as there is
// room, and its curators.
func gain(m *rugzak.ThemeMerge, into *rugzak.Theme) {
	if seenByAll(m.From, *into) {
		words := append([]string{m.From.Title}, m.From.Synonyms...)
		into.Synonyms, m.Gained.Synonyms = withMore(into.Synonyms, words, rugzak.MaxSynonyms, rugzak.MaxTag)
		into.OpenQuestions, m.Gained.OpenQuestions = withMore(into.OpenQuestions, m.From.OpenQuestions, rugzak.MaxSynonyms, rugzak.MaxLesson)
	}
	for _, pin := range m.From.Pins {
		if !slices.Contains(into.Pins, pin) && len(into.Pins) < rugzak.MaxPins {
			into.Pins = append(slices.Clone(into.Pins), pin)
			m.Gained.Pins = append(m.Gained.Pins, pin)
		}
	}
	for _, c := range m.From.Curators {
		if !slices.Contains(into.Curators, c) {
			into.Curators = append(slices.Clone(into.Curators), c)
			m.Gained.Curators = append(m.Gained.Curators, c)
		}
	}
	into.NotBSN = unique(slices.Concat(into.NotBSN, m.From.NotBSN))
}

// withMore adds lines that are not there yet, as far as there is room.
func withMore(has, more []string, most, longest int) (all, gained []string) {
	all = slices.Clone(has)
	for _, line := range more {
		there := slices.ContainsFunc(all, func(h string) bool { return strings.EqualFold(h, line) })
		if !there && len(all) < most && len([]rune(line)) <= longest {
			all, gained = append(all, line), append(gained, line)
		}
	}
	return all, gained
}

// moveFollowers lets who joined in with the theme that went join in with the
// other, where they may see it, and tells them. What they had with the theme
// itself stays for when it comes back.
func (s *Service) moveFollowers(w rugzak.Writer, by rugzak.Person, m rugzak.ThemeMerge, into rugzak.Theme) error {
	of := rugzak.Subject(rugzak.ThemeSubject(into.ID))
	followers, err := themeFollowers(w, m.From.ID)
	if err != nil {
		return err
	}
	for _, p := range followers {
		who, err := w.Person(p.Person)
		if isMissing(err) || err == nil && (who.Inactive || !rugzak.CanReadTheme(who, into)) {
			continue
		}
		if err != nil {
			return err
		}
		if _, err := w.Participation(p.Person, of); isMissing(err) {
			p.Of = of
			if err := w.SaveParticipation(p); err != nil {
				return err
			}
		} else if err != nil {
			return err
		}
		if err := s.tellFollower(w, by, p.Person, rugzak.NoticeThemeMerged, into.ID); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) tellFollower(w rugzak.Writer, by rugzak.Person, who rugzak.PersonID, kind rugzak.NoticeKind, theme rugzak.ThemeID) error {
	if who == by.ID {
		return nil
	}
	return w.SaveNotice(rugzak.Notice{ID: rugzak.NewID(s.now()), Person: who, Kind: kind, Theme: theme, At: s.now()})
}

// themeFollowers lists who joined in with a theme.
func themeFollowers(r rugzak.Reader, id rugzak.ThemeID) (out []rugzak.Participation, err error) {
	for p, err := range r.Participants(rugzak.Subject(rugzak.ThemeSubject(id))) {
		if err != nil {
			return nil, err
		}
		out = append(out, p.Participation)
	}
	return out, nil
}
