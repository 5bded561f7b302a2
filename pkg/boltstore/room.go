// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"iter"
	"time"

	"rugzak/pkg/rugzak"
)

var (
	bucketRoomNeeds = []byte("roomneeds") // id -> need for room
	bucketRoomTeams = []byte("roomteams") // organisation 0 team 0 id -> nothing
)

type roomRecord struct {
	Org     string           `json:"o"`
	Team    string           `json:"t"`
	Writer  string           `json:"w,omitempty"`
	ForTeam bool             `json:"ft,omitempty"`
	Kind    string           `json:"k"`
	Text    string           `json:"x"`
	Entry   string           `json:"e,omitempty"`
	State   string           `json:"s"`
	Lines   []roomLineRecord `json:"l,omitempty"`
	At      time.Time        `json:"at"`
	DoneAt  time.Time        `json:"d,omitzero"`
	Sample  bool             `json:"sa,omitempty"`
	Report  bool             `json:"r,omitempty"`
	Version int              `json:"v"`
}

type roomLineRecord struct {
	Kind string    `json:"k"`
	By   string    `json:"p,omitempty"`
	Text string    `json:"x,omitempty"`
	At   time.Time `json:"at"`
}

func (r roomRecord) need(id string) rugzak.RoomNeed {
	n := rugzak.RoomNeed{
		ID: id, Organisation: rugzak.OrganisationID(r.Org), Team: rugzak.TeamID(r.Team), Writer: rugzak.PersonID(r.Writer),
		ForTeam: r.ForTeam, Kind: rugzak.RoomKind(r.Kind), Text: r.Text, Entry: rugzak.EntryID(r.Entry),
		State: rugzak.RoomState(r.State), At: r.At, DoneAt: r.DoneAt, Sample: r.Sample, Reported: r.Report, Version: r.Version,
	}
	for _, l := range r.Lines {
		n.Lines = append(n.Lines, rugzak.RoomLine{Kind: rugzak.RoomLineKind(l.Kind), By: rugzak.PersonID(l.By), Text: l.Text, At: l.At})
	}
	return n
}

func roomTeamKey(n rugzak.RoomNeed) []byte { return pair(pair(n.Organisation, n.Team), n.ID) }

// RoomNeed returns one need.
func (r *reader) RoomNeed(id string) (rugzak.RoomNeed, error) {
	var record roomRecord
	if err := r.get(bucketRoomNeeds, []byte(id), &record); err != nil {
		return rugzak.RoomNeed{}, err
	}
	return record.need(id), nil
}

// RoomNeeds lists those of a team, oldest first.
func (r *reader) RoomNeeds(o rugzak.OrganisationID, t rugzak.TeamID) ([]rugzak.RoomNeed, error) {
	if o == "" || t == "" {
		return nil, nil
	}
	ids, err := r.second(bucketRoomTeams, pair(pair(o, t), ""))
	if err != nil {
		return nil, err
	}
	var out []rugzak.RoomNeed
	for _, id := range ids {
		n, err := r.RoomNeed(id)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

// AllRoomNeeds yields every need, by id.
func (r *reader) AllRoomNeeds() iter.Seq2[rugzak.RoomNeed, error] {
	return func(yield func(rugzak.RoomNeed, error) bool) {
		each(r, bucketRoomNeeds, func(id string, record roomRecord, err error) bool {
			return yield(record.need(id), err) && err == nil
		})
	}
}

// SaveRoomNeed stores a need.
func (w *writer) SaveRoomNeed(n rugzak.RoomNeed, base int) error {
	if err := errors.Join(validID(n.ID), validID(n.Organisation), validID(n.Team)); err != nil {
		return err
	}
	before, err := w.RoomNeed(n.ID)
	if err := fits(err, before.Version, base); err != nil {
		return err
	}
	if base > 0 {
		if err := w.remove(bucketRoomTeams, roomTeamKey(before)); err != nil {
			return err
		}
	}
	record := roomRecord{
		Org: string(n.Organisation), Team: string(n.Team), Writer: string(n.Writer), ForTeam: n.ForTeam, Kind: string(n.Kind),
		Text: n.Text, Entry: string(n.Entry), State: string(n.State), At: n.At, DoneAt: n.DoneAt, Sample: n.Sample, Report: n.Reported, Version: base + 1,
	}
	for _, l := range n.Lines {
		record.Lines = append(record.Lines, roomLineRecord{Kind: string(l.Kind), By: string(l.By), Text: l.Text, At: l.At})
	}
	return errors.Join(w.store(bucketRoomTeams, roomTeamKey(n), nil), w.put(bucketRoomNeeds, []byte(n.ID), record))
}

// RemoveRoomNeed takes a need away.
func (w *writer) RemoveRoomNeed(id string) error {
	n, err := w.RoomNeed(id)
	if err != nil {
		return err
	}
	return errors.Join(w.remove(bucketRoomTeams, roomTeamKey(n)), w.remove(bucketRoomNeeds, []byte(id)))
}

// leaveRoom takes somebody who is going out of the needs they wrote or spoke
// about: those are their team's.
func (w *writer) leaveRoom(id rugzak.PersonID) error {
	var left []rugzak.RoomNeed
	for n, err := range w.AllRoomNeeds() {
		if err != nil {
			return err
		}
		there := n.Writer == id
		if there {
			n.Writer, n.ForTeam = "", true
		}
		for i, l := range n.Lines {
			if l.By == id {
				n.Lines[i].By, there = "", true
			}
		}
		if there {
			left = append(left, n)
		}
	}
	for _, n := range left {
		if err := w.SaveRoomNeed(n, n.Version); err != nil {
			return err
		}
	}
	return nil
}

// roomNeeds checks needs: they can be read, and lead to people who are there.
func (c *checker) roomNeeds() {
	each(&c.reader, bucketRoomNeeds, func(id string, record roomRecord, err error) bool {
		if !c.good("the need for room "+id, err) {
			return true
		}
		c.expect(bucketRoomTeams, roomTeamKey(record.need(id)), "")
		if record.Writer != "" && !c.has(bucketPeople, record.Writer) {
			c.report("a need for room of a person who is gone: " + record.Writer)
		}
		return true
	})
}
