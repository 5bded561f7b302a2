// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// upcoming are the first meetings to come of some lists that a reader may see
// and that are wanted.
func (n *names) upcoming(by rugzak.Person, lists []rugzak.MeetingList, now time.Time, most int, wanted func(rugzak.Meeting, time.Time) bool) ([]MeetingLine, error) {
	from := func(l rugzak.MeetingList) iter.Seq2[rugzak.Meeting, error] {
		return n.reader.MeetingsFrom(l, rugzak.UpcomingFrom(now))
	}
	out, err := n.meetingsOf(by, lists, from, most, func(m rugzak.Meeting) bool { return wanted(m, now) })
	for i := range out {
		out[i].Upcoming = true
	}
	return out[:min(len(out), most)], err
}

// past are the last meetings that are over, the last one first.
func (n *names) past(by rugzak.Person, lists []rugzak.MeetingList, now time.Time, most int) ([]MeetingLine, error) {
	back := func(l rugzak.MeetingList) iter.Seq2[rugzak.Meeting, error] {
		return n.reader.MeetingsBefore(l, rugzak.BegunBefore(now))
	}
	out, err := n.meetingsOf(by, lists, back, most, func(m rugzak.Meeting) bool { return !m.Upcoming(now) })
	slices.Reverse(out)
	return out[:min(len(out), most)], err
}

// meetingsOf reads from each list as many as are asked for of the meetings that
// are wanted and that the reader may see, and puts them in the order in which
// they begin. The first ones of all lists are among them.
func (n *names) meetingsOf(by rugzak.Person, lists []rugzak.MeetingList, read func(rugzak.MeetingList) iter.Seq2[rugzak.Meeting, error], most int, wanted func(rugzak.Meeting) bool) ([]MeetingLine, error) {
	var out []MeetingLine
	met := map[string]bool{}
	for _, list := range lists {
		left := most
		for m, err := range read(list) {
			if err != nil {
				return nil, err
			}
			if met[m.ID] || !wanted(m) {
				continue
			}
			line, err := n.meeting(by, m)
			if isMissing(err) {
				continue
			}
			if err != nil {
				return nil, err
			}
			met[m.ID], out = true, append(out, line)
			if left--; left == 0 {
				break
			}
		}
	}
	slices.SortFunc(out, func(a, b MeetingLine) int {
		return cmp.Or(cmp.Compare(a.Meeting.Day, b.Meeting.Day), cmp.Compare(a.Meeting.Start, b.Meeting.Start), cmp.Compare(a.Meeting.ID, b.Meeting.ID))
	})
	return out, nil
}
