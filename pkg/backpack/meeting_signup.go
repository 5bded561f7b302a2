// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// meetingSubject names a meeting as something to join.
func meetingSubject(id string) rugzak.Subject {
	return rugzak.Subject(string(rugzak.OfMeeting) + ":" + id)
}

// isComing reports whether a person signed up for a meeting.
func isComing(r rugzak.Reader, by rugzak.Person, id string) (bool, error) {
	_, err := r.Participation(by.ID, meetingSubject(id))
	if isMissing(err) {
		return false, nil
	}
	return err == nil, err
}

// SignUp says that a person comes to a meeting: a way of thinking along, for
// this one time. Doing it again changes whether others see their name.
func (s *Service) SignUp(ctx context.Context, by rugzak.Person, id string, showName bool) error {
	if !rugzak.CanPost(by) {
		return rugzak.Forbidden("error.may_not_post")
	}
	_, err := s.update(ctx, "sign up", func(w rugzak.Writer) error {
		m, err := lookMeeting(w, by, id)
		if err != nil {
			return err
		}
		if m.Cancelled || m.Reported || !m.Upcoming(s.now()) {
			return rugzak.Forbidden("error.meeting_over")
		}
		if !m.Invites(by) {
			return rugzak.Forbidden("error.meeting_invited")
		}
		p := rugzak.Participation{Person: by.ID, Of: meetingSubject(id), Way: rugzak.WayThink, Meeting: id, ShowName: showName, At: s.now()}
		if old, err := w.Participation(by.ID, p.Of); err == nil {
			p.At = old.At
		} else if !isMissing(err) {
			return err
		}
		if err := p.Validate(); err != nil {
			return err
		}
		return w.SaveParticipation(p)
	})
	return err
}

// SignOff takes it back, without a reason. It works for what is out of sight by
// now, and the answer does not tell.
func (s *Service) SignOff(ctx context.Context, by rugzak.Person, id string) error {
	if by.ID == "" {
		return mustSignIn()
	}
	_, err := s.update(ctx, "sign off", func(w rugzak.Writer) error {
		coming, err := isComing(w, by, id)
		if err != nil || !coming {
			return err
		}
		return w.RemoveParticipation(by.ID, meetingSubject(id))
	})
	return err
}

// comers counts who comes, per organisation, and names those who chose so, of
// organisations the reader may know.
func (n *names) comers(by rugzak.Person, m rugzak.Meeting, v *MeetingView) error {
	parts, named := map[rugzak.OrganisationID]int{}, map[rugzak.OrganisationID]int{}
	for p, err := range n.reader.Participants(meetingSubject(m.ID)) {
		if err != nil {
			return err
		}
		if p.Member.Inactive || !m.Invites(p.Member) {
			continue
		}
		if p.Person == by.ID {
			v.ShowName = p.ShowName
		}
		o := p.Member.Organisation
		if !n.mayName(by, o) {
			o = ""
		}
		parts[o]++
		if p.ShowName && o != "" {
			named[o]++
			v.Names = append(v.Names, n.writer(by, p.Person))
		}
	}
	slices.SortFunc(v.Names, func(a, b Writer) int { return cmp.Or(byName(a.Name, b.Name), cmp.Compare(a.Profile, b.Profile)) })
	total, shown := rugzak.ShownWithNames(parts, named)
	v.Total = total
	for o, count := range shown {
		line := OrganisationCount{Count: count}
		if o != "" {
			line.Organisation = n.organisation(o)
		}
		v.Counts = append(v.Counts, line)
	}
	slices.SortFunc(v.Counts, func(a, b OrganisationCount) int {
		if (a.Organisation.ID == "") != (b.Organisation.ID == "") { // the others last
			return cmp.Compare(b.Organisation.ID, a.Organisation.ID)
		}
		return byName(a.Organisation.Name, b.Organisation.Name)
	})
	return nil
}

// tellComers tells who signed up, except who does it.
func (s *Service) tellComers(w rugzak.Writer, by rugzak.Person, m rugzak.Meeting, kind rugzak.NoticeKind) error {
	var to []rugzak.PersonID
	for p, err := range w.Participants(meetingSubject(m.ID)) {
		if err != nil {
			return err
		}
		if p.Person != by.ID && !p.Member.Inactive {
			to = append(to, p.Person)
		}
	}
	for _, id := range to {
		n := rugzak.Notice{ID: rugzak.NewID(s.now()), Person: id, Kind: kind, About: m.ID, At: s.now()}
		if err := w.SaveNotice(n); err != nil {
			return err
		}
	}
	return nil
}

// worksOn reports whether a person leads a question or takes part in it.
func worksOn(r rugzak.Reader, by rugzak.Person, id rugzak.EntryID) (bool, error) {
	i, err := r.Inquiry(id)
	if err != nil && !isMissing(err) {
		return false, err
	}
	if err == nil && i.Lead == by.ID {
		return true, nil
	}
	return takesPart(r, by, rugzak.Subject(rugzak.EntrySubject(id)))
}

// takesPart reports whether a person takes part in something (meedoen).
func takesPart(r rugzak.Reader, by rugzak.Person, of rugzak.Subject) (bool, error) {
	p, err := r.Participation(by.ID, of)
	if isMissing(err) {
		return false, nil
	}
	return err == nil && p.Way == rugzak.WayDo, err
}
