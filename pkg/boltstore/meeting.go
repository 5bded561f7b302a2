// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"cmp"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

var bucketMeetings = []byte("meetings") // id -> meeting

type meetingRecord struct {
	Title     string    `json:"t"`
	Day       string    `json:"d"`
	Start     string    `json:"b"`
	End       string    `json:"f,omitempty"`
	Place     string    `json:"pl,omitempty"`
	Entry     string    `json:"e,omitempty"`
	Theme     string    `json:"th,omitempty"`
	Method    string    `json:"m,omitempty"`
	Orgs      []string  `json:"o,omitempty"`
	MadeBy    string    `json:"p,omitempty"`
	Cancelled bool      `json:"c,omitempty"`
	Sample    bool      `json:"sa,omitempty"`
	Reported  bool      `json:"r,omitempty"`
	At        time.Time `json:"at"`
	Updated   time.Time `json:"ua,omitzero"`
	Version   int       `json:"v"`
}

func (r meetingRecord) meeting(id string) rugzak.Meeting {
	return rugzak.Meeting{
		ID: id, Title: r.Title, Day: r.Day, Start: r.Start, End: r.End, Place: r.Place, Entry: rugzak.EntryID(r.Entry),
		Theme: rugzak.ThemeID(r.Theme), Method: rugzak.EntryID(r.Method), Organisations: words[string, rugzak.OrganisationID](r.Orgs),
		MadeBy: rugzak.PersonID(r.MadeBy), Cancelled: r.Cancelled, Sample: r.Sample, Reported: r.Reported, At: r.At, UpdatedAt: r.Updated, Version: r.Version,
	}
}

// Meeting returns one meeting.
func (r *reader) Meeting(id string) (rugzak.Meeting, error) {
	var record meetingRecord
	if err := r.get(bucketMeetings, []byte(id), &record); err != nil {
		return rugzak.Meeting{}, err
	}
	return record.meeting(id), nil
}

// Meetings lists all, by the moment they begin.
func (r *reader) Meetings() (out []rugzak.Meeting, err error) {
	each(r, bucketMeetings, func(id string, record meetingRecord, failed error) bool {
		out, err = append(out, record.meeting(id)), failed
		return err == nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(out, func(a, b rugzak.Meeting) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Start, b.Start), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

// SaveMeeting stores a meeting.
func (w *writer) SaveMeeting(m rugzak.Meeting, base int) error {
	if err := validID(m.ID); err != nil {
		return err
	}
	before, err := w.Meeting(m.ID)
	if err := fits(err, before.Version, base); err != nil {
		return err
	}
	if err := w.forgetPlaces(before); err != nil {
		return err
	}
	for _, key := range meetingKeys(m) {
		if err := w.store(bucketMeetingLists, key, nil); err != nil {
			return err
		}
	}
	return w.put(bucketMeetings, []byte(m.ID), meetingRecord{
		Title: m.Title, Day: m.Day, Start: m.Start, End: m.End, Place: m.Place, Entry: string(m.Entry), Theme: string(m.Theme), Method: string(m.Method),
		Orgs: words[rugzak.OrganisationID, string](m.Organisations), MadeBy: string(m.MadeBy), Cancelled: m.Cancelled,
		Sample: m.Sample, Reported: m.Reported, At: m.At, Updated: m.UpdatedAt, Version: base + 1,
	})
}

// RemoveMeeting takes a meeting away.
func (w *writer) RemoveMeeting(id string) error {
	old, err := w.Meeting(id)
	if err != nil {
		return err
	}
	if err := w.forgetPlaces(old); err != nil {
		return err
	}
	return w.remove(bucketMeetings, []byte(id))
}

// leaveMeetings takes somebody who is going out of the meetings they made.
func (w *writer) leaveMeetings(id rugzak.PersonID) error {
	var theirs []rugzak.Meeting
	for m, err := range w.MeetingsFrom(rugzak.MadeByList(id), "") {
		if err != nil {
			return err
		}
		theirs = append(theirs, m)
	}
	for _, m := range theirs {
		m.MadeBy = ""
		if err := w.SaveMeeting(m, m.Version); err != nil {
			return err
		}
	}
	return nil
}

// meetings checks meetings: they can be read, and lead to people who are there.
func (c *checker) meetings() {
	each(&c.reader, bucketMeetings, func(id string, record meetingRecord, err error) bool {
		if !c.good("meeting "+id, err) {
			return true
		}
		for _, key := range meetingKeys(record.meeting(id)) {
			c.expect(bucketMeetingLists, key, "")
		}
		if record.MadeBy != "" && !c.has(bucketPeople, record.MadeBy) {
			c.report("a meeting of a person who is gone: " + record.MadeBy)
		}
		return true
	})
}
