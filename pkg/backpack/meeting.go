// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"math"
	"slices"

	"rugzak/pkg/rugzak"
)

// MeetingLine is a meeting in a list, as one reader may see it.
type MeetingLine struct {
	Meeting       rugzak.Meeting
	About         *Card         // the question it is about
	Theme         *rugzak.Theme // or the theme
	Method        *Card         // by which it is done, for who may read that
	Organisations []rugzak.Organisation
	Whole         bool // all departments are invited
	Upcoming      bool
	Coming        bool // the reader signed up
}

// MeetingList is what a reader may come to, the next one first, and what was,
// the last one first.
type MeetingList struct {
	Upcoming, Past []MeetingLine
	CanMake        bool // one about nothing in particular, or about what they look at
}

// mostPast is how many meetings that are over are shown.
const mostPast = 20

// Meetings lists the meetings a reader may see.
func (s *Service) Meetings(ctx context.Context, by rugzak.Person) (MeetingList, error) {
	return s.meetings(ctx, by, rugzak.SeenLists(by), func(rugzak.Reader) (bool, error) { return rugzak.CanCurate(by), nil })
}

// MeetingsAbout lists those about an entry, or about a theme.
func (s *Service) MeetingsAbout(ctx context.Context, by rugzak.Person, entry rugzak.EntryID, theme rugzak.ThemeID) (MeetingList, error) {
	var about []rugzak.MeetingList
	if entry != "" {
		about = append(about, rugzak.MeetingEntryList(entry))
	}
	if theme != "" {
		about = append(about, rugzak.MeetingThemeList(theme))
	}
	return s.meetings(ctx, by, about, func(r rugzak.Reader) (bool, error) {
		err := mayMeetAbout(r, by, entry, theme)
		if code := rugzak.CodeOf(err); code == rugzak.CodeForbidden || code == rugzak.CodeNotFound {
			return false, nil
		}
		return err == nil, err
	})
}

func (s *Service) meetings(ctx context.Context, by rugzak.Person, lists []rugzak.MeetingList, canMake func(rugzak.Reader) (bool, error)) (MeetingList, error) {
	var out MeetingList
	if by.ID == "" {
		return out, mustSignIn()
	}
	err := s.view(ctx, "meetings", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		out = MeetingList{}
		if out.CanMake, err = canMake(r); err != nil {
			return err
		}
		now := s.now()
		if out.Upcoming, err = n.upcoming(by, lists, now, math.MaxInt, rugzak.Meeting.Upcoming); err != nil {
			return err
		}
		out.Past, err = n.past(by, lists, now, mostPast)
		return err
	})
	return out, err
}

// upcomingMeetings are the meetings a person signed up for that have not ended
// and were not cancelled, the next one first: for their backpack and calendar.
func (s *Service) upcomingMeetings(r rugzak.Reader, by rugzak.Person) ([]rugzak.Meeting, error) {
	all, err := r.Participations(by.ID)
	if err != nil {
		return nil, err
	}
	joined, err := joinedMeetings(r, by, all)
	return slices.DeleteFunc(joined, func(m rugzak.Meeting) bool { return m.Cancelled || !m.Upcoming(s.now()) }), err
}

// joinedMeetings are the meetings somebody signed up for and may still see, the
// first one first. What it costs depends on how much they take part in.
func joinedMeetings(r rugzak.Reader, by rugzak.Person, all []rugzak.Participation) ([]rugzak.Meeting, error) {
	var out []rugzak.Meeting
	met := map[string]bool{}
	for _, p := range all {
		meeting := p.Meeting
		if kind, id := p.Of.Split(); kind == rugzak.OfMeeting {
			meeting = id
		}
		if meeting == "" || met[meeting] {
			continue
		}
		met[meeting] = true
		m, err := lookMeeting(r, by, meeting)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	slices.SortStableFunc(out, func(a, b rugzak.Meeting) int { return cmp.Or(a.Begins().Compare(b.Begins()), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

// meeting makes the line of a meeting; one the reader may not see is missing.
func (n *names) meeting(by rugzak.Person, m rugzak.Meeting) (MeetingLine, error) {
	line := MeetingLine{Meeting: m}
	var err error
	if line.Coming, err = isComing(n.reader, by, m.ID); err != nil {
		return line, err
	}
	reads := m.Entry == "" && m.Theme == ""
	if m.Entry != "" {
		e, mine, err := look(n.reader, by, m.Entry)
		switch {
		case err == nil:
			card := n.card(by, e, mine).Card
			line.About, reads = &card, true
		case !isMissing(err):
			return line, err
		}
	}
	if t, ok := n.themes[m.Theme]; ok && m.Theme != "" {
		line.Theme, reads = &t, true
	}
	if !rugzak.CanSeeMeeting(by, m, reads, line.Coming) {
		return MeetingLine{}, rugzak.NotFound()
	}
	for _, id := range m.Organisations {
		if id == rugzak.WholeMunicipality {
			line.Whole = true
		} else if n.mayName(by, id) {
			line.Organisations = append(line.Organisations, n.organisation(id))
		}
	}
	sortOrganisations(line.Organisations)
	line.Meeting.Organisations = nil
	if rugzak.CanChangeMeeting(by, m) {
		unknown := n.unknownTo(by, m.Organisations)
		line.Meeting.Organisations = slices.DeleteFunc(slices.Clone(m.Organisations), func(id rugzak.OrganisationID) bool { return slices.Contains(unknown, id) })
	}
	line.Meeting.MadeBy = ""
	if m.Method != "" {
		e, mine, err := look(n.reader, by, m.Method)
		if err == nil && e.State.Public() {
			card := n.card(by, e, mine).Card
			line.Method = &card
		} else if line.Meeting.Method = ""; err != nil && !isMissing(err) {
			return line, err
		}
	}
	if line.About == nil {
		line.Meeting.Entry = ""
	}
	if line.Theme == nil {
		line.Meeting.Theme = ""
	}
	return line, nil
}

// lookMeeting fetches a meeting the person may see.
func lookMeeting(r rugzak.Reader, by rugzak.Person, id string) (rugzak.Meeting, error) {
	if !rugzak.ValidID(id) {
		return rugzak.Meeting{}, rugzak.NotFound()
	}
	m, err := r.Meeting(id)
	if err != nil {
		return m, err
	}
	coming, err := isComing(r, by, id)
	if err != nil {
		return m, err
	}
	reads, err := readsAbout(r, by, m)
	if err == nil && !rugzak.CanSeeMeeting(by, m, reads, coming) {
		return rugzak.Meeting{}, rugzak.NotFound()
	}
	return m, err
}

// readsAbout reports whether a reader may see what a meeting is about.
func readsAbout(r rugzak.Reader, by rugzak.Person, m rugzak.Meeting) (bool, error) {
	var err error
	switch {
	case m.Entry != "":
		_, err = sees(r, by, m.Entry)
	case m.Theme != "":
		_, err = lookTheme(r, by, m.Theme)
	}
	if isMissing(err) {
		return false, nil
	}
	return err == nil, err
}

// MeetingView is the page of a meeting.
type MeetingView struct {
	MeetingLine
	CanSignUp, CanChange bool
	CanHarvest           bool     // it began, and they may write
	Harvested            []Card   // what came of it that the reader may read
	ShowName             bool     // what the reader chose
	Names                []Writer // of who chose to show their name
	Total                rugzak.PeopleCount
	Counts               []OrganisationCount
}

// OrganisationCount is how many people of an organisation come. An organisation
// the reader may not know has no name.
type OrganisationCount struct {
	Organisation rugzak.Organisation
	Count        rugzak.PeopleCount
}

// Meeting returns the page of a meeting. Names are shown of those who chose so,
// to everybody who sees the meeting; to its maker no more than to others.
func (s *Service) Meeting(ctx context.Context, by rugzak.Person, id string) (MeetingView, error) {
	var v MeetingView
	var harvested []rawCard
	if by.ID == "" {
		return v, mustSignIn()
	}
	err := s.view(ctx, "meeting", func(r rugzak.Reader) error {
		m, err := lookMeeting(r, by, id)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		line, err := n.meeting(by, m)
		if err != nil {
			return err
		}
		v = MeetingView{MeetingLine: line, CanChange: rugzak.CanChangeMeeting(by, m)}
		v.Upcoming = m.Upcoming(s.now())
		v.CanSignUp = v.Upcoming && !m.Cancelled && !m.Reported && rugzak.CanPost(by) && m.Invites(by)
		v.CanChange = v.CanChange && v.Upcoming && !m.Cancelled
		v.CanHarvest = rugzak.CanPost(by) && !m.Cancelled && !m.Reported
		if _, harvested, err = n.harvested(by, id); err != nil {
			return err
		}
		return n.comers(by, m, &v)
	})
	v.Harvested = s.finish(ctx, harvested)
	return v, err
}

// meetingLine is what a notice about a meeting says; ok is false where it is
// gone or out of sight.
func meetingLine(r rugzak.Reader, by rugzak.Person, n rugzak.Notice) (line NoticeLine, ok bool, err error) {
	line.Notice, line.Times = n, 1
	m, err := lookMeeting(r, by, n.About)
	if isMissing(err) {
		return line, false, nil
	}
	line.Title, line.Meeting = m.Title, m.ID
	return line, err == nil, err
}
