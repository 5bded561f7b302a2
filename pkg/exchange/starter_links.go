// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import "rugzak/pkg/rugzak"

// links knows everything the starter content holds, by sort and id.
type links struct {
	reader *folderReader
	known  map[[2]string]bool
}

// checkStarterLinks wants everything that is named to be there.
func checkStarterLinks(r *folderReader, b rugzak.Backpack, entries []rugzak.Incoming) {
	l := links{reader: r, known: map[[2]string]bool{}}
	for _, p := range b.People {
		l.known[[2]string{"person", string(p.ID)}] = true
	}
	for _, t := range b.Themes {
		l.known[[2]string{"theme", string(t.ID)}] = true
	}
	for _, o := range b.Organisations {
		l.known[[2]string{"organisation", string(o.ID)}] = true
	}
	for _, d := range b.Movement.Compass.Drives {
		l.known[[2]string{"drive", string(d.ID)}] = true
	}
	for _, f := range b.Movement.Phases {
		l.known[[2]string{"phase", string(f.ID)}] = true
	}
	for _, in := range entries {
		l.known[[2]string{"entry", in.Entry.External.ID}] = true
	}
	for _, t := range b.Themes {
		place := themeName(t.ID)
		want(l, place, "person", t.Curators...)
		want(l, place, "entry", t.Pins...)
	}
	for _, a := range b.Movement.Agenda {
		want(l, "agenda.yaml", "organisation", a.Organisations...)
	}
	for _, i := range b.Ideas {
		want(l, ideasName, "organisation", i.Organisations...)
		for _, a := range i.Answers {
			want(l, ideasName, "organisation", a.Organisation)
		}
	}
	for _, n := range b.RoomNeeds {
		want(l, roomName, "organisation", n.Organisation)
		want(l, roomName, "person", n.Writer)
		if n.Entry != "" {
			want(l, roomName, "entry", n.Entry)
		}
	}
	for _, x := range b.Responses {
		want(l, responsesName, "person", x.Author)
		want(l, responsesName, "entry", x.Entry)
	}
	for _, i := range b.Inquiries {
		l.inquiry(i)
	}
	for _, j := range b.Participations {
		_, id := j.Of.Split()
		want(l, participationsName, "person", j.Person)
		want(l, participationsName, "entry", id)
	}
	for _, m := range b.SampleMeetings {
		l.meeting(m.Meeting)
	}
	for _, r := range b.SampleRounds {
		l.round(b, r)
	}
	for _, in := range entries {
		l.entry(in)
	}
}

func (l links) meeting(m rugzak.Meeting) {
	want(l, meetingsName, "person", m.MadeBy)
	if m.Entry != "" {
		want(l, meetingsName, "entry", m.Entry)
	}
	if m.Method != "" {
		want(l, meetingsName, "entry", m.Method)
	}
	if m.Theme != "" {
		want(l, meetingsName, "theme", m.Theme)
	}
	for _, o := range m.Organisations {
		if o != rugzak.WholeMunicipality {
			want(l, meetingsName, "organisation", o)
		}
	}
}

func (l links) inquiry(i rugzak.Inquiry) {
	want(l, inquiriesName, "entry", i.Entry, i.Answer)
	want(l, inquiriesName, "person", i.Lead)
	for _, m := range i.Moves {
		want(l, inquiriesName, "organisation", m.Organisation)
	}
	for _, pass := range i.Passes {
		want(l, inquiriesName, "organisation", pass.Organisation)
	}
	for _, a := range i.Asks {
		want(l, inquiriesName, "organisation", a.From, a.To)
		want(l, inquiriesName, "person", a.Asker)
	}
	for _, turn := range i.Leads {
		want(l, inquiriesName, "person", turn.Person)
		want(l, inquiriesName, "organisation", turn.Organisation)
	}
	for _, x := range i.Experiments {
		want(l, inquiriesName, "person", x.Person)
		want(l, inquiriesName, "organisation", x.Organisation)
	}
}

func (l links) entry(in rugzak.Incoming) {
	e := in.Entry
	want(l, in.Place, "person", in.Author)
	want(l, in.Place, "theme", e.Themes...)
	want(l, in.Place, "drive", e.Drives...)
	want(l, in.Place, "phase", e.Phase)
	for _, o := range e.Audience.Also {
		if o != rugzak.WholeMunicipality {
			want(l, in.Place, "organisation", o)
		}
	}
	for _, r := range e.Relations {
		want(l, in.Place, "entry", r.To)
	}
	if e.Application != nil {
		want(l, in.Place, "entry", e.Application.Lesson)
	}
	if e.Question != nil {
		want(l, in.Place, "organisation", e.Question.BallWith)
	}
}

// want notes the ids that lead nowhere; an empty one leads nowhere on purpose.
func want[T ~string](l links, place, sort string, ids ...T) {
	p := &problems{place: place}
	for _, id := range ids {
		if id != "" && !l.known[[2]string{sort, string(id)}] {
			p.unknown(sort, string(id))
		}
	}
	l.reader.note(p)
}
