// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"rugzak/pkg/rugzak"
)

// MineAsks is what asks something of a person that is not an entry: of each
// kind no more than the first few.
type MineAsks struct {
	Due     []DueKeep // taken along: did they use it?
	MoreDue int       // so many more wait behind those
	// Answers are questions in responses that wait for one.
	Answers  []WaitingResponse
	Mentions []NoticeLine  // new ones: a response names them
	Meetings []MeetingLine // they signed up for
	Room     int           // open needs for room of their team
}

// Any reports whether there is something.
func (a MineAsks) Any() bool {
	return len(a.Due)+len(a.Answers)+len(a.Mentions)+len(a.Meetings)+a.Room > 0
}

// rawAsks are the same, before texts were made.
type rawAsks struct {
	MineAsks
	texts []rugzak.Response
}

// mineAsks reads up to most of each kind.
func (s *Service) mineAsks(n *names, by rugzak.Person, most int) (out rawAsks, err error) {
	due, err := s.DueKeeps(n.reader, by)
	if err != nil {
		return out, err
	}
	out.Due = due[:min(len(due), most)]
	out.MoreDue = len(due) - len(out.Due)
	if out.Answers, out.texts, err = s.waitingResponses(n, by, most); err != nil {
		return out, err
	}
	if out.Mentions, err = newMentions(n.reader, by, most); err != nil {
		return out, err
	}
	if out.Meetings, err = s.meetingsOf(n, by, most); err != nil || by.Team == "" {
		return out, err
	}
	out.Room, err = roomOpen(n.reader, by)
	return out, err
}

// newMentions are the responses that name a person and that they did not see
// yet, as far as they want to be told here.
func newMentions(r rugzak.Reader, by rugzak.Person, most int) ([]NoticeLine, error) {
	shown, err := shownTo(r, by.ID)
	if err != nil {
		return nil, err
	}
	page, err := readNotices(r, by, func(n rugzak.Notice) bool {
		return n.Kind == rugzak.NoticeMention && !n.Read && shown(n)
	})
	return page.Lines[:min(len(page.Lines), most)], err
}

// meetingsOf are the next meetings a person signed up for.
func (s *Service) meetingsOf(n *names, by rugzak.Person, most int) ([]MeetingLine, error) {
	all, err := s.upcomingMeetings(n.reader, by)
	if err != nil {
		return nil, err
	}
	var out []MeetingLine
	for _, m := range all[:min(len(all), most)] {
		line, err := n.meeting(by, m)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		line.Upcoming = true
		out = append(out, line)
	}
	return out, nil
}
