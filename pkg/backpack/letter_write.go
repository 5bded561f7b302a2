// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"fmt"
	"slices"

	"rugzak/pkg/rugzak"
)

// LetterInput is what the form of a theme letter holds.
type LetterInput struct {
	Lead             string
	Picks            []rugzak.LetterPick
	Question, Method rugzak.EntryID
	Meeting          string
	Day, What        string
}

func (in LetterInput) clean() LetterInput {
	in.Lead, in.What = rugzak.Line(in.Lead), rugzak.Line(in.What)
	var picks []rugzak.LetterPick
	for _, p := range in.Picks {
		if p.Why = rugzak.Line(p.Why); p.Entry != "" {
			picks = append(picks, p)
		}
	}
	in.Picks = picks
	return in
}

// LetterDraft is what somebody makes a letter from.
type LetterDraft struct {
	Theme                       rugzak.Theme
	Letter                      rugzak.ThemeLetter // as far as the writer may see it
	Entries, Questions, Methods []LetterChoice
	Meetings                    []MeetingLine
	// Thread: there is a common thread to tell. Followers: somebody is told.
	Thread, Followers bool
	// Wait says that the theme had a letter shortly before.
	Wait bool
}

// LetterChoice is an entry that can be chosen.
type LetterChoice struct {
	ID           rugzak.EntryID
	Title        string
	Lang         rugzak.Lang
	Organisation string
}

// mostLetterChoices bounds what is offered of each.
const mostLetterChoices = 60

// LetterToWrite is what the form of a letter is filled with: of a new one (empty
// id) with a proposal.
func (s *Service) LetterToWrite(ctx context.Context, by rugzak.Person, theme rugzak.ThemeID, id string) (LetterDraft, error) {
	var d LetterDraft
	if !rugzak.CanCurate(by) {
		return d, rugzak.Forbidden("error.curators_only")
	}
	err := s.view(ctx, "letter to write", func(r rugzak.Reader) error {
		d = LetterDraft{}
		t, err := lookTheme(r, by, theme)
		if err != nil {
			return err
		}
		if !rugzak.CanReadThread(by, t) {
			return rugzak.Forbidden("error.thread_reported")
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		d.Theme = shownTheme(by, t)
		if err := n.letterChoices(by, t, &d, s); err != nil {
			return err
		}
		followers, err := followersOf(r, rugzak.Subject(rugzak.ThemeSubject(t.ID)))
		if err != nil {
			return err
		}
		d.Followers = len(followers) > 0
		if d.Wait, err = s.letterWaits(r, t.ID, id); err != nil {
			return err
		}
		x, sees, err := seesThread(r, by, t)
		if err != nil {
			return err
		}
		d.Thread = sees && !x.Empty()
		if id == "" {
			d.propose(t)
			return nil
		}
		l, of, err := lookLetter(r, by, id)
		if err != nil {
			return err
		}
		if of.ID != t.ID || l.Sent() {
			return rugzak.NotFound()
		}
		d.Letter = l
		return n.seenIn(by, &d.Letter)
	})
	return d, err
}

// seenIn leaves out of a letter what this one may not read.
func (n *names) seenIn(by rugzak.Person, l *rugzak.ThemeLetter) error {
	for _, id := range l.Entries() {
		if _, err := sees(n.reader, by, id); isMissing(err) {
			*l, _ = l.Without(id)
		} else if err != nil {
			return err
		}
	}
	if l.Meeting != "" {
		if _, err := lookMeeting(n.reader, by, l.Meeting); isMissing(err) {
			l.Meeting = ""
		} else if err != nil {
			return err
		}
	}
	return nil
}

// letterChoices lists what can stand in a letter of a theme.
func (n *names) letterChoices(by rugzak.Person, t rugzak.Theme, d *LetterDraft, s *Service) error {
	add := func(to *[]LetterChoice, e rugzak.Entry) {
		if len(*to) < mostLetterChoices && !slices.ContainsFunc(*to, func(c LetterChoice) bool { return c.ID == e.ID }) {
			*to = append(*to, LetterChoice{ID: e.ID, Title: e.Title, Lang: e.Lang, Organisation: n.organisation(e.Organisation).Name})
		}
	}
	for e, err := range n.reader.Entries(rugzak.ThemeList(t.ID), "") {
		if err != nil {
			return err
		}
		if !e.State.Public() || e.State == rugzak.StateArchived || !rugzak.CanRead(by, e) {
			continue
		}
		switch {
		case e.IsOpenQuestion():
			add(&d.Questions, e)
		case e.Kind == rugzak.KindMethod:
			add(&d.Methods, e)
		case e.Kind != rugzak.KindQuestion:
			add(&d.Entries, e)
		}
		if min(len(d.Questions), len(d.Methods), len(d.Entries)) == mostLetterChoices {
			break
		}
	}
	for e, err := range atMost(readable(n.reader, by, ""), 10*mostLetterChoices) { // a method may come from anywhere
		if err != nil {
			return err
		}
		if e.Kind == rugzak.KindMethod && e.State.Public() && e.State != rugzak.StateArchived && rugzak.CanRead(by, e) {
			add(&d.Methods, e)
		}
	}
	var err error
	d.Meetings, err = n.upcoming(by, append([]rugzak.MeetingList{rugzak.MeetingThemeList(t.ID)}, rugzak.SeenLists(by)...), s.now(), mostLetterChoices, rugzak.Meeting.Upcoming)
	return err
}

// propose fills a new letter: what stands under "begin hier" or is newest, the
// first open question, a method and the first meeting about the theme.
func (d *LetterDraft) propose(t rugzak.Theme) {
	pick := func(id rugzak.EntryID) {
		if len(d.Letter.Picks) < rugzak.MaxLetterEntries && !slices.ContainsFunc(d.Letter.Picks, func(p rugzak.LetterPick) bool { return p.Entry == id }) {
			d.Letter.Picks = append(d.Letter.Picks, rugzak.LetterPick{Entry: id})
		}
	}
	for _, pin := range t.Pins {
		if slices.ContainsFunc(d.Entries, func(c LetterChoice) bool { return c.ID == pin }) {
			pick(pin)
		}
	}
	for _, e := range d.Entries {
		pick(e.ID)
	}
	if len(d.Questions) > 0 {
		d.Letter.Question = d.Questions[0].ID
	}
	if len(d.Methods) > 0 {
		d.Letter.Method = d.Methods[0].ID
	}
	if i := slices.IndexFunc(d.Meetings, func(m MeetingLine) bool { return m.Meeting.Theme == t.ID }); i >= 0 {
		d.Letter.Meeting = d.Meetings[i].Meeting.ID
	}
}

// letterWaits reports whether the theme had another letter so short ago that the
// next one has to wait.
func (s *Service) letterWaits(r rugzak.Reader, theme rugzak.ThemeID, but string) (bool, error) {
	all, err := r.ThemeLetters(theme)
	return slices.ContainsFunc(all, func(l rugzak.ThemeLetter) bool {
		return l.ID != but && l.Sent() && s.now().Before(l.SentAt.Add(rugzak.LetterPause))
	}), err
}

// SaveLetter keeps a letter that is being made; id is empty for a new one. With
// send it goes to its readers: whoever joins in with the theme is told, and
// mailed if they want that.
func (s *Service) SaveLetter(ctx context.Context, by rugzak.Person, theme rugzak.ThemeID, id string, base int, in LetterInput, send bool) (rugzak.ThemeLetter, error) {
	var l rugzak.ThemeLetter
	if !rugzak.CanCurate(by) {
		return l, rugzak.Forbidden("error.curators_only")
	}
	in = in.clean()
	found, err := s.shortTexts(ctx, textsOfLetter(rugzak.ThemeLetter{Lead: in.Lead, Picks: in.Picks, Day: in.Day, What: in.What})...)
	if err == nil {
		err = refusePartners(found) // whoever may read it, now or later
	}
	if err != nil {
		return l, err
	}
	_, err = s.update(ctx, "save letter", func(w rugzak.Writer) error {
		t, err := lookTheme(w, by, theme)
		if err != nil {
			return err
		}
		if !rugzak.CanReadThread(by, t) {
			return rugzak.Forbidden("error.thread_reported")
		}
		if l, err = s.letterToSave(w, by, t, id, base); err != nil {
			return err
		}
		l.Lead, l.Picks, l.Question, l.Method = in.Lead, in.Picks, in.Question, in.Method
		l.Meeting, l.Day, l.What, l.At = in.Meeting, in.Day, in.What, s.now()
		if err := l.Validate(); err != nil {
			return err
		}
		if err := checkLetter(w, by, t, l); err != nil {
			return err
		}
		if send {
			return s.sendLetter(w, by, t, &l, base)
		}
		if err := w.SaveThemeLetter(l, base); err != nil {
			return err
		}
		l.Version = base + 1
		return w.Log(rugzak.Change{At: s.now(), Actor: rugzak.PersonActor(by.ID), Verb: rugzak.VerbLetterSaved, Subject: rugzak.LetterSubject(l.ID)})
	})
	return l, err
}

// letterToSave is the letter as it is, or a new one.
func (s *Service) letterToSave(w rugzak.Writer, by rugzak.Person, t rugzak.Theme, id string, base int) (rugzak.ThemeLetter, error) {
	if id == "" {
		return rugzak.ThemeLetter{ID: rugzak.NewID(s.now()), Theme: t.ID}, nil
	}
	l, of, err := lookLetter(w, by, id)
	switch {
	case err != nil:
		return l, err
	case of.ID != t.ID:
		return l, rugzak.NotFound()
	case l.Sent():
		return l, rugzak.Forbidden("error.letter.sent")
	case l.Version != base:
		return l, rugzak.Conflict()
	}
	return l, nil
}

// checkLetter wants everything in a letter to be something its writer may read
// and share, each of its kind.
func checkLetter(r rugzak.Reader, by rugzak.Person, t rugzak.Theme, l rugzak.ThemeLetter) error {
	var p rugzak.Problems
	want := func(at string, id rugzak.EntryID, fits func(rugzak.Entry) bool) error {
		if id == "" {
			return nil
		}
		e, _, err := look(r, by, id)
		if isMissing(err) || err == nil && (!e.State.Public() || !fits(e)) {
			p.Add(at, "error.choose")
			return nil
		}
		return err
	}
	for i, pick := range l.Picks {
		in := func(e rugzak.Entry) bool { return slices.Contains(e.Themes, t.ID) }
		if err := want(fmt.Sprintf("entry_%d", i+1), pick.Entry, in); err != nil {
			return err
		}
	}
	if err := want("question", l.Question, rugzak.Entry.IsOpenQuestion); err != nil {
		return err
	}
	if err := want("method", l.Method, func(e rugzak.Entry) bool { return e.Kind == rugzak.KindMethod }); err != nil {
		return err
	}
	if l.Meeting != "" {
		if _, err := lookMeeting(r, by, l.Meeting); isMissing(err) {
			p.Add("meeting", "error.choose")
		} else if err != nil {
			return err
		}
	}
	if err := p.Err(); err != nil {
		return err
	}
	narrow, err := narrowSources(r, by, rugzak.Quotes(l.Lead), rugzak.ThemeTokens(t))
	if err != nil {
		return err
	}
	return tooWide("lead", narrow)
}

// sendLetter makes a letter be there for its readers.
func (s *Service) sendLetter(w rugzak.Writer, by rugzak.Person, t rugzak.Theme, l *rugzak.ThemeLetter, base int) error {
	if t.Closed {
		return rugzak.Forbidden("error.theme_closed")
	}
	if waits, err := s.letterWaits(w, t.ID, l.ID); err != nil {
		return err
	} else if waits {
		return rugzak.Forbidden("error.letter.wait")
	}
	x, sees, err := seesThread(w, by, t)
	if err != nil {
		return err
	}
	if !sees || x.Empty() {
		var p rugzak.Problems
		p.Add("lead", "error.letter.thread")
		return p.Err()
	}
	l.Thread, l.SentAt = x.Number, s.now()
	if err := w.SaveThemeLetter(*l, base); err != nil {
		return err
	}
	l.Version = base + 1
	followers, err := followersOf(w, rugzak.Subject(rugzak.ThemeSubject(t.ID)))
	if err != nil {
		return err
	}
	for _, id := range followers {
		if id == by.ID {
			continue
		}
		if err := s.leave(w, rugzak.Notice{Person: id, Kind: rugzak.NoticeThemeLetter, Theme: t.ID, About: l.ID}); err != nil {
			return err
		}
	}
	return w.Log(rugzak.Change{At: s.now(), Actor: rugzak.PersonActor(by.ID), Verb: rugzak.VerbLetterSent, Subject: rugzak.LetterSubject(l.ID)})
}

// RemoveLetter takes a letter away, sent or not: who was told of it finds
// nothing any more, and a mail that waits is not sent.
func (s *Service) RemoveLetter(ctx context.Context, by rugzak.Person, id string) (rugzak.ThemeID, error) {
	var theme rugzak.ThemeID
	_, err := s.update(ctx, "remove letter", func(w rugzak.Writer) error {
		if !rugzak.CanCurate(by) {
			return rugzak.Forbidden("error.curators_only")
		}
		l, _, err := lookLetter(w, by, id)
		if err != nil {
			return err
		}
		theme = l.Theme
		if err := w.RemoveThemeLetter(id); err != nil {
			return err
		}
		return w.Log(rugzak.Change{At: s.now(), Actor: rugzak.PersonActor(by.ID), Verb: rugzak.VerbLetterRemoved, Subject: rugzak.LetterSubject(id)})
	})
	return theme, err
}
