// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"cmp"
	"slices"

	"rugzak/pkg/rugzak"
)

// The files of needs for room and of meetings.
const (
	roomName     = "room.yaml"
	meetingsName = "meetings.yaml"
)

// readRoom reads needs for room.
func readRoom(data []byte, p *problems) []rugzak.RoomNeed {
	var out []rugzak.RoomNeed
	seen := map[string]bool{}
	for _, m := range readList(data, p) {
		n := rugzak.RoomNeed{
			ID: m.slug("id"), Organisation: rugzak.OrganisationID(m.text("organisation")), Team: rugzak.TeamID(m.text("team")),
			Writer: rugzak.PersonID(m.text("writer")), ForTeam: m.flag("for_team"),
			Kind: choice(m, "kind", rugzak.RoomKinds()...), Text: m.text("text"), Entry: rugzak.EntryID(m.text("entry")),
			State: choice(m, "state", rugzak.RoomOpen, rugzak.RoomMade, rugzak.RoomClosed),
			At:    m.time("at"), DoneAt: m.time("done_at"), Sample: m.flag("sample"), Reported: m.flag("reported"),
		}
		for _, l := range m.mappings("lines") {
			n.Lines = append(n.Lines, rugzak.RoomLine{
				Kind: rugzak.RoomLineKind(l.text("kind")), By: rugzak.PersonID(l.text("by")), Text: l.text("text"), At: l.time("at"),
			})
			l.done()
		}
		m.done()
		m.check(n.Validate())
		m.once(seen[n.ID], "id", n.ID)
		seen[n.ID] = true
		out = append(out, n)
	}
	return out
}

// roomFile writes needs by id.
func roomFile(all []rugzak.RoomNeed) []byte {
	all = slices.SortedFunc(slices.Values(all), func(a, b rugzak.RoomNeed) int { return cmp.Compare(a.ID, b.ID) })
	return listFile(len(all), func(i int, y *emitter) {
		n := all[i]
		emitText(y, "id", n.ID)
		emitText(y, "organisation", n.Organisation)
		emitText(y, "team", n.Team)
		emitText(y, "writer", n.Writer)
		y.flag("for_team", n.ForTeam)
		emitText(y, "kind", n.Kind)
		emitText(y, "text", n.Text)
		emitText(y, "entry", n.Entry)
		emitText(y, "state", n.State)
		y.mappings("lines", len(n.Lines), func(i int, y *emitter) {
			emitText(y, "kind", n.Lines[i].Kind)
			emitText(y, "by", n.Lines[i].By)
			emitText(y, "text", n.Lines[i].Text)
			y.time("at", n.Lines[i].At)
		})
		y.time("at", n.At)
		y.time("done_at", n.DoneAt)
		y.flag("sample", n.Sample)
		y.flag("reported", n.Reported)
	})
}

// readMeetings reads meetings.
func readMeetings(data []byte, p *problems) []rugzak.Meeting {
	var out []rugzak.Meeting
	seen := map[string]bool{}
	for _, m := range readList(data, p) {
		x := rugzak.Meeting{
			ID: m.slug("id"), Title: m.text("title"), Day: m.text("day"), Start: m.text("start"), End: m.text("end"),
			Place: m.text("place"), Entry: rugzak.EntryID(m.text("entry")), Theme: rugzak.ThemeID(m.text("theme")), Method: rugzak.EntryID(m.text("method")),
			Organisations: list[rugzak.OrganisationID](m, "organisations"), MadeBy: rugzak.PersonID(m.text("made_by")),
			Cancelled: m.flag("cancelled"), Sample: m.flag("sample"), Reported: m.flag("reported"), At: m.time("at"), UpdatedAt: m.time("updated_at"),
		}
		m.done()
		m.check(x.Validate())
		m.once(seen[x.ID], "id", x.ID)
		seen[x.ID] = true
		out = append(out, x)
	}
	return out
}

// meetingsFile writes meetings by id.
func meetingsFile(all []rugzak.Meeting) []byte {
	all = slices.SortedFunc(slices.Values(all), func(a, b rugzak.Meeting) int { return cmp.Compare(a.ID, b.ID) })
	return listFile(len(all), func(i int, y *emitter) {
		m := all[i]
		emitText(y, "id", m.ID)
		emitText(y, "title", m.Title)
		emitText(y, "day", m.Day)
		emitText(y, "start", m.Start)
		emitText(y, "end", m.End)
		emitText(y, "place", m.Place)
		emitText(y, "entry", m.Entry)
		emitText(y, "theme", m.Theme)
		emitText(y, "method", m.Method)
		emitList(y, "organisations", m.Organisations)
		emitText(y, "made_by", m.MadeBy)
		y.flag("cancelled", m.Cancelled)
		y.flag("sample", m.Sample)
		y.flag("reported", m.Reported)
		y.time("at", m.At)
		y.time("updated_at", m.UpdatedAt)
	})
}

// readStarterRoom reads the needs for room of the starter content. They have no
// id and no moment yet.
func readStarterRoom(data []byte, p *problems) []rugzak.RoomNeed {
	var out []rugzak.RoomNeed
	for _, m := range readList(data, p) {
		n := rugzak.RoomNeed{
			Organisation: rugzak.OrganisationID(m.slug("organisation")), Team: rugzak.TeamID(m.slug("team")),
			Writer: rugzak.PersonID(m.slug("writer")), ForTeam: m.flag("for_team"), Kind: choice(m, "kind", rugzak.RoomKinds()...),
			Text: m.needed("text"), Entry: rugzak.EntryID(m.text("entry")), State: rugzak.RoomOpen, Sample: true,
		}
		m.done()
		m.check(n.Validate())
		out = append(out, n)
	}
	return out
}

// readStarterMeetings reads the meetings of the starter content.
func readStarterMeetings(data []byte, p *problems) []rugzak.SampleMeeting {
	var out []rugzak.SampleMeeting
	for _, m := range readList(data, p) {
		out = append(out, rugzak.SampleMeeting{
			Meeting: rugzak.Meeting{
				Title: m.needed("title"), Start: m.needed("start"), End: m.text("end"), Place: m.text("place"),
				Entry: rugzak.EntryID(m.text("entry")), Theme: rugzak.ThemeID(m.text("theme")), Method: rugzak.EntryID(m.text("method")),
				Organisations: list[rugzak.OrganisationID](m, "organisations"), MadeBy: rugzak.PersonID(m.text("made_by")), Sample: true,
			},
			InDays: m.number("in_days"),
		})
		m.done()
	}
	return out
}
