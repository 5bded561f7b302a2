// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// LetterView is a theme letter as its reader may see it now. What they may not
// read is left out, as if it had never been in it.
type LetterView struct {
	Letter  rugzak.ThemeLetter // without what it tells of
	Theme   rugzak.Theme
	Thread  ThreadView // empty when it is not for the reader
	Entries []LetterEntry
	// Question and Method are nil when there are none for the reader.
	Question, Method *Card
	Meeting          *MeetingLine
	CanCurate        bool
	// Some: fewer may read something in it than see the theme; curators are told.
	Some bool
}

// LetterEntry is one of the entries, with why it is there.
type LetterEntry struct {
	Card Card
	Why  string
}

// LetterLine is a letter in a list.
type LetterLine struct {
	Letter rugzak.ThemeLetter // without what it tells of
}

// LetterList is the letters of a theme, newest first.
type LetterList struct {
	Theme     rugzak.Theme
	Lines     []LetterLine
	CanCurate bool
}

// lookLetter fetches a letter for a reader; one that is being made is there for
// curators only, and none while its theme is reported.
func lookLetter(r rugzak.Reader, by rugzak.Person, id string) (rugzak.ThemeLetter, rugzak.Theme, error) {
	if !rugzak.ValidID(id) {
		return rugzak.ThemeLetter{}, rugzak.Theme{}, rugzak.NotFound()
	}
	l, err := r.ThemeLetter(id)
	if err != nil {
		return l, rugzak.Theme{}, err
	}
	t, err := lookThemeOnce(r, by, l.Theme)
	if err == nil && (!rugzak.CanReadThread(by, t) || !l.Sent() && !rugzak.CanCurate(by)) {
		err = rugzak.NotFound()
	}
	if err != nil {
		return rugzak.ThemeLetter{}, rugzak.Theme{}, err
	}
	return l, t, nil
}

// bareLetter is a letter without what it tells of.
func bareLetter(l rugzak.ThemeLetter) rugzak.ThemeLetter {
	l.Picks, l.Question, l.Method, l.Meeting, l.Thread = nil, "", "", "", 0
	return l
}

// ThemeLetters lists the letters of a theme that a reader may see.
func (s *Service) ThemeLetters(ctx context.Context, by rugzak.Person, id rugzak.ThemeID) (LetterList, error) {
	v := LetterList{CanCurate: rugzak.CanCurate(by)}
	err := s.view(ctx, "theme letters", func(r rugzak.Reader) error {
		v.Lines = nil
		t, err := lookTheme(r, by, id)
		if err != nil {
			return err
		}
		v.Theme = shownTheme(by, t)
		v.Lines, err = lettersOf(r, by, t)
		return err
	})
	return v, err
}

func lettersOf(r rugzak.Reader, by rugzak.Person, t rugzak.Theme) (out []LetterLine, err error) {
	if !rugzak.CanReadThread(by, t) {
		return nil, nil
	}
	all, err := r.ThemeLetters(t.ID)
	for _, l := range all {
		if l.Sent() || rugzak.CanCurate(by) {
			out = append(out, LetterLine{Letter: bareLetter(l)})
		}
	}
	return out, err
}

// rawLetter is a letter of which the cards have to be finished.
type rawLetter struct {
	view             LetterView
	entries          []rawCard
	whys             []string
	question, method []rawCard
}

// ThemeLetter shows one letter.
func (s *Service) ThemeLetter(ctx context.Context, by rugzak.Person, id string) (LetterView, error) {
	var raw rawLetter
	err := s.view(ctx, "theme letter", func(r rugzak.Reader) error {
		l, t, err := lookLetter(r, by, id)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		raw, err = n.letter(by, t, l)
		return err
	})
	if err != nil {
		return LetterView{}, err
	}
	return s.finishLetterView(ctx, raw)
}

func (s *Service) finishLetterView(ctx context.Context, raw rawLetter) (LetterView, error) {
	v := raw.view
	for i, c := range s.finish(ctx, raw.entries) {
		v.Entries = append(v.Entries, LetterEntry{Card: c, Why: raw.whys[i]})
	}
	if cards := s.finish(ctx, raw.question); len(cards) > 0 {
		v.Question = &cards[0]
	}
	if cards := s.finish(ctx, raw.method); len(cards) > 0 {
		v.Method = &cards[0]
	}
	return v, s.renderThread(ctx, &v.Thread)
}

// letter reads what a letter tells of, with the rights of now.
func (n *names) letter(by rugzak.Person, t rugzak.Theme, l rugzak.ThemeLetter) (raw rawLetter, err error) {
	v := &raw.view
	v.Letter, v.Theme, v.CanCurate = bareLetter(l), shownTheme(by, t), rugzak.CanCurate(by)
	if err := n.letterThread(by, t, l, v); err != nil {
		return raw, err
	}
	tokens, kind := rugzak.ThemeTokens(t), n.kind
	card := func(id rugzak.EntryID) ([]rawCard, error) {
		e, mine, err := look(n.reader, by, id)
		if id == "" || isMissing(err) || err == nil && !e.State.Public() {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		v.Some = v.Some || v.CanCurate && !rugzak.Covers(e, tokens, kind)
		return []rawCard{n.card(by, e, mine)}, nil
	}
	for _, p := range l.Picks {
		cards, err := card(p.Entry)
		if err != nil {
			return raw, err
		}
		for _, c := range cards {
			raw.entries, raw.whys = append(raw.entries, c), append(raw.whys, p.Why)
		}
	}
	if raw.question, err = card(l.Question); err != nil {
		return raw, err
	}
	if raw.method, err = card(l.Method); err != nil || l.Meeting == "" {
		return raw, err
	}
	m, err := lookMeeting(n.reader, by, l.Meeting)
	if err == nil {
		var line MeetingLine
		line, err = n.meeting(by, m)
		v.Meeting = &line
	}
	if isMissing(err) {
		v.Meeting, err = nil, nil
	}
	return raw, err
}

// letterThread adds the version of the thread a letter tells, or the newest
// where that is gone, for who may read all it is made of. Partners see the newest
// only: an older one was not written for them.
func (n *names) letterThread(by rugzak.Person, t rugzak.Theme, l rugzak.ThemeLetter, v *LetterView) error {
	x, err := newestThread(n.reader, t)
	if err == nil && x.Number != l.Thread {
		var then rugzak.Thread
		switch then, err = n.reader.ThreadVersion(t.ID, l.Thread); {
		case isMissing(err):
			err = nil
		case !by.IsMember():
			return err
		default:
			x = then
		}
	}
	if err != nil {
		return err
	}
	reads, err := readsThread(n.reader, by, t, x)
	if err != nil || !reads || x.Empty() {
		return err
	}
	v.Thread, err = n.showThread(by, t, x)
	v.Some = v.Some || v.CanCurate && x.Bound
	return err
}

// forgetLetters takes away the letters of a theme whose texts were purged.
func forgetLetters(w rugzak.Writer, id rugzak.ThemeID) error {
	all, err := w.ThemeLetters(id)
	for _, l := range all {
		if err == nil {
			err = w.RemoveThemeLetter(l.ID)
		}
	}
	return err
}

// letterDetail: a letter is told while it is there for its reader.
func letterDetail(r rugzak.Reader, by rugzak.Person, line *NoticeLine) (bool, error) {
	l, t, err := lookLetter(r, by, line.Notice.About)
	if isMissing(err) || err == nil && (!l.Sent() || l.Theme != line.Notice.Theme) {
		return false, nil
	}
	line.Letter, line.Args = l.ID, []any{t.Title}
	return err == nil, err
}
