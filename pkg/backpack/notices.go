// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// NoticeLine is something a person is told, as they may see it now.
type NoticeLine struct {
	Notice rugzak.Notice
	Title  string      // of the entry or theme; empty when it is about none
	Lang   rugzak.Lang // of the title
	// Saved is the saved search it is about, else nil, and Count how much of
	// what was new the person may read now.
	Saved *rugzak.SavedSearch
	Count int
	// Args are what the sentence of the kind holds, such as the name of an
	// organisation the reader may know. Times is how many notices this line
	// stands for: several of one kind about one thing are one line.
	Args  []any
	Times int
	// Room and Meeting are the ids of a need for room and of a meeting; else
	// empty. Title is then what it says.
	Room, Meeting string
	// Agenda is the id of an item of the agenda; else empty. Title is then its.
	Agenda string
	// Shared is the text that was reported, where it is no entry; else empty.
	Shared rugzak.Subject
	// Round is the id of a reflection round, and RoundNumber its number; else empty.
	Round       string
	RoundNumber int
	// Response is the one it leads to; else empty. Who are the names of who
	// thanks, as far as the person may know them: of all, when as many as Times.
	Response string
	Who      []string
	// Used is the use of a lesson it is about, else nil.
	Used *LessonUsed
	// Letter is the theme letter it is about; else empty.
	Letter string
	// Due is what was taken along and is asked about, else nil.
	Due *rugzak.Keep
}

// noticeDetails read what the sentence of a kind says besides the title of an
// entry or theme, with the rights of now: they fill in Args, or say that the
// person may not be told any more. Whoever adds a kind whose sentence has
// arguments adds a row.
var noticeDetails = map[rugzak.NoticeKind]func(rugzak.Reader, rugzak.Person, *NoticeLine) (ok bool, err error){
	rugzak.NoticeLessonUsed:         usedDetail,
	rugzak.NoticeLessonUsedNameless: usedDetail,
	rugzak.NoticeKeepDue:            keepDueDetail,
	rugzak.NoticeResponse:           responseDetail,
	rugzak.NoticeMention:            responseDetail,
	NoticeResponseReported:          ownResponseDetail,
	NoticeResponseSettled:           ownResponseDetail,
	rugzak.NoticeThanks:             thanksDetail,
	rugzak.NoticeRoundOpen:          roundDetail,
	rugzak.NoticeRoundOutcome:       roundDetail,
	rugzak.NoticeThemeLetter:        letterDetail,
}

// NoticePage is what a person is told, newest first.
type NoticePage struct {
	Lines []NoticeLine
	News  bool // one of them is new
}

// maxNotices is how many notices are shown; older ones wait until newer ones
// are taken away.
const maxNotices = 200

// Key names the sentence of a line. Several of one kind have a sentence that
// counts them, where the catalogue has one.
func (l NoticeLine) Key() string { return "notice_item." + string(l.Notice.Kind) }

// outside is the title as it may leave the site, in a mail or a feed. A need for
// room is nothing but its text, and no mailbox is to tell which lesson its owner
// wrote without name: of those only the sentence goes out.
func (l NoticeLine) outside() string {
	if n := l.Notice; n.Entry == "" && n.Theme == "" && l.Meeting == "" && l.Agenda == "" && l.Round == "" && l.Saved == nil {
		return ""
	}
	return l.Title
}

// Notices lists what a person is told. What a notice is about is read with the
// rights of now: one about an entry or a theme they may no longer see is left
// out, as if it had never been there. So is what they do not want to see here.
func (s *Service) Notices(ctx context.Context, by rugzak.Person) (NoticePage, error) {
	var out NoticePage
	err := s.view(ctx, "notices", func(r rugzak.Reader) error {
		shown, err := shownTo(r, by.ID)
		if err != nil {
			return err
		}
		out, err = readNotices(r, by, shown)
		return err
	})
	return out, err
}

// shownTo tells which notices a person wants to see in the site. One of a kind
// this version does not know is shown: another version may have left it.
func shownTo(r rugzak.Reader, id rugzak.PersonID) (func(rugzak.Notice) bool, error) {
	settings, err := r.NoticeSettings(id)
	return func(n rugzak.Notice) bool {
		rule, known := n.Kind.Rule()
		return !known || !settings.Of(rule).Hidden
	}, err
}

// readNotices reads the notices of a person that are wanted. Several of one kind
// about one thing are one line, in the place of the newest.
func readNotices(r rugzak.Reader, by rugzak.Person, wanted func(rugzak.Notice) bool) (out NoticePage, err error) {
	all, err := r.Notices(by.ID)
	if err != nil {
		return out, err
	}
	at := map[rugzak.Notice]int{}
	for _, n := range all {
		if !wanted(n) {
			continue
		}
		if i, there := at[sameLine(n)]; there {
			out.Lines[i].Times++
			if n.Kind == rugzak.NoticeThanks {
				if err := addThanker(r, by, &out.Lines[i], n); err != nil {
					return out, err
				}
			}
			continue
		}
		if len(out.Lines) == maxNotices {
			break
		}
		line, ok, err := noticeLine(r, by, n)
		if err != nil {
			return out, err
		}
		if !ok {
			continue
		}
		if groups(n) {
			at[sameLine(n)] = len(out.Lines)
		}
		out.Lines = append(out.Lines, line)
		out.News = out.News || !n.Read
	}
	return out, nil
}

// groups reports whether notices of a kind about one thing are one line: those
// about nothing in particular each say something else, and so does each use of
// a lesson.
func groups(n rugzak.Notice) bool {
	return (n.Entry != "" || n.Theme != "" || n.Kind == rugzak.NoticeAgendaMoved) &&
		n.Kind != rugzak.NoticeLessonUsed && n.Kind != rugzak.NoticeThemeLetter
}

// sameLine is what notices of one line have in common.
func sameLine(n rugzak.Notice) rugzak.Notice {
	same := rugzak.Notice{Person: n.Person, Kind: n.Kind, Entry: n.Entry, Theme: n.Theme, Read: n.Read}
	if n.Kind == rugzak.NoticeAgendaMoved {
		same.About = n.About
	}
	return same
}

// noticeLine reads what a notice is about; ok is false for what the person may
// not see.
func noticeLine(r rugzak.Reader, by rugzak.Person, n rugzak.Notice) (line NoticeLine, ok bool, err error) {
	line.Notice, line.Times = n, 1
	if detail, there := noticeDetails[n.Kind]; there {
		if ok, err := detail(r, by, &line); !ok || err != nil {
			return line, false, err
		}
	}
	switch {
	case n.Kind == rugzak.NoticeSavedSearch:
		return savedSearchLine(r, by, n)
	case rugzak.RoomNotice(n.Kind):
		return roomLine(r, by, n)
	case rugzak.MeetingNotice(n.Kind):
		return meetingLine(r, by, n)
	case n.Kind == rugzak.NoticeTextReported || n.Kind == rugzak.NoticeTextSettled:
		return textLine(r, by, n)
	case n.Kind == rugzak.NoticeAgendaMoved:
		return agendaNotice(r, by, n)
	case n.Entry != "":
		e, _, err := look(r, by, n.Entry)
		if isMissing(err) {
			return line, false, nil
		}
		if err != nil {
			return line, false, err
		}
		line.Title, line.Lang = e.Title, e.Lang
		return line, err == nil, err
	case n.Theme != "":
		t, err := r.Theme(n.Theme)
		if isMissing(err) || err == nil && !rugzak.CanReadTheme(by, t) {
			return line, false, nil
		}
		line.Title = t.Title
		return line, err == nil, err
	}
	return line, true, nil
}

// SeenNotices marks everything a person was told until now as read.
func (s *Service) SeenNotices(ctx context.Context, by rugzak.Person) error {
	if by.ID == "" {
		return mustSignIn()
	}
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		all, err := w.Notices(by.ID)
		if err != nil {
			return err
		}
		for _, n := range all {
			if n.Read {
				continue
			}
			n.Read = true
			if err := w.SaveNotice(n); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// RemoveNotice takes one of a person's own notices away, with those that share
// its line. What came after it stays.
func (s *Service) RemoveNotice(ctx context.Context, by rugzak.Person, id string) error {
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		n, err := w.Notice(by.ID, id)
		if err != nil {
			return err
		}
		if !groups(n) {
			return w.RemoveNotice(by.ID, id)
		}
		all, err := w.Notices(by.ID)
		if err != nil {
			return err
		}
		for _, o := range all {
			if o.ID > id || sameLine(o) != sameLine(n) {
				continue
			}
			if err := w.RemoveNotice(by.ID, o.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// hasNews reports whether the newest thing a person was told is new. It looks
// at one record, for every page asks; more only when the newest is of a kind the
// person does not want to see.
func hasNews(r rugzak.Reader, id rugzak.PersonID) (bool, error) {
	n, err := r.NewestNotice(id)
	if isMissing(err) {
		return false, nil
	}
	if err != nil || n.Read {
		return false, err
	}
	shown, err := shownTo(r, id)
	if err != nil || shown(n) {
		return err == nil, err
	}
	all, err := r.Notices(id)
	for _, n := range all {
		if shown(n) {
			return !n.Read, err
		}
	}
	return false, err
}
