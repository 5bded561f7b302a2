// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// MeetingToReport looks up a meeting somebody is about to report.
func (s *Service) MeetingToReport(ctx context.Context, by rugzak.Person, id string) (ReportTarget, error) {
	var t ReportTarget
	if by.ID == "" {
		return t, mustSignIn()
	}
	err := s.view(ctx, "meeting to report", func(r rugzak.Reader) error {
		m, err := lookMeeting(r, by, id)
		t = ReportTarget{Meeting: m.ID, Title: m.Title, Lang: rugzak.Dutch}
		return err
	})
	return t, err
}

// ReportMeeting hides a meeting at once from everybody but its maker and privacy
// officers, because it says something of a person. Who signed up sees it again
// when it is put back.
func (s *Service) ReportMeeting(ctx context.Context, by rugzak.Person, id string, reason rugzak.ReportReason) (rugzak.Position, error) {
	if by.ID == "" {
		return "", mustSignIn()
	}
	reason, err := reportReason(reason)
	if err != nil {
		return "", err
	}
	return s.update(ctx, "report meeting", func(w rugzak.Writer) error {
		m, err := lookMeeting(w, by, id)
		if err != nil || m.Reported { // pressed twice
			return err
		}
		if err := s.mayReport(w, by); err != nil {
			return err
		}
		readers, err := readersOfMeeting(w, m)
		if err != nil {
			return err
		}
		m.Reported = true
		if err := w.SaveMeeting(m, m.Version); err != nil {
			return err
		}
		if m.MadeBy != "" {
			if err := s.leave(w, rugzak.Notice{Person: m.MadeBy, Kind: rugzak.NoticeMeetingReported, About: m.ID}); err != nil {
				return err
			}
		}
		i := rugzak.Incident{
			ID: rugzak.NewID(s.now()), Meeting: m.ID, Found: s.now(), Reason: reason, Reporter: by.ID, Version: m.Version + 1,
			Readers: readers,
		}
		i.Audience, i.Organisation = invitedAudience(m)
		return s.openIncident(w, i, i.Subject(), rugzak.VerbMeetingReported)
	})
}

// invitedAudience says for an incident who could see a meeting: everybody of an
// organisation, or of all departments, and of what comes on top.
func invitedAudience(m rugzak.Meeting) (a rugzak.Audience, of rugzak.OrganisationID) {
	a.Level = rugzak.LevelOrganisation
	for _, o := range m.Organisations {
		switch {
		case o == rugzak.WholeMunicipality:
			a.Level = rugzak.LevelInternal
		case of == "":
			of = o
		default:
			a.Also = append(a.Also, o)
		}
	}
	if a.Level == rugzak.LevelInternal && of != "" {
		a.Also, of = append(a.Also, of), ""
	}
	return a, of
}

// readersOfMeeting counts who could see a meeting, its maker aside.
func readersOfMeeting(r rugzak.Reader, m rugzak.Meeting) (int, error) {
	reads := func(rugzak.Person) bool { return true }
	if m.Entry != "" {
		e, err := r.Entry(m.Entry)
		if err != nil && !isMissing(err) {
			return 0, err
		}
		there := err == nil
		reads = func(p rugzak.Person) bool { return there && rugzak.CanRead(p, e) }
	}
	if m.Theme != "" {
		t, err := r.Theme(m.Theme)
		if err != nil && !isMissing(err) {
			return 0, err
		}
		there := err == nil
		reads = func(p rugzak.Person) bool { return there && rugzak.CanReadTheme(p, t) }
	}
	return countPeople(r, func(p rugzak.Person) bool { return p.ID != m.MadeBy && rugzak.CanSeeMeeting(p, m, reads(p), false) })
}

// meetingMended tells the privacy officers that a reported meeting was changed.
func (s *Service) meetingMended(w rugzak.Writer, m rugzak.Meeting) error {
	if !m.Reported {
		return nil
	}
	i, err := openIncidentAbout(w, func(i rugzak.Incident) bool { return i.Meeting == m.ID })
	if isMissing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.askToSettle(w, i)
}

// settleMeeting ends the report of a meeting.
func (s *Service) settleMeeting(w rugzak.Writer, by rugzak.Person, i rugzak.Incident, how rugzak.Settlement) error {
	m, err := w.Meeting(i.Meeting)
	if isMissing(err) { // taken away meanwhile
		return s.closeIncident(w, by, i, rugzak.SettledPurged)
	}
	if err != nil {
		return err
	}
	if how == rugzak.SettledMended && m.Version == i.Version {
		return settleProblem("error.report_not_mended")
	}
	if how == rugzak.SettledPurged {
		if err := w.RemoveParticipants(meetingSubject(m.ID)); err != nil {
			return err
		}
		if err := w.RemoveMeeting(m.ID); err != nil {
			return err
		}
		return s.buryGathered(w, by, i, m.MadeBy, rugzak.VerbMeetingPurged)
	}
	m.Reported = false
	if err := w.SaveMeeting(m, m.Version); err != nil {
		return err
	}
	if m.MadeBy != "" {
		if err := s.leave(w, rugzak.Notice{Person: m.MadeBy, Kind: rugzak.NoticeMeetingSettled, About: m.ID}); err != nil {
			return err
		}
	}
	return s.closeIncident(w, by, i, how)
}

// buryGathered writes down that a meeting or a need for room is gone for good,
// and tells who wrote it.
func (s *Service) buryGathered(w rugzak.Writer, by rugzak.Person, i rugzak.Incident, writer rugzak.PersonID, verb rugzak.Verb) error {
	if writer != "" {
		if err := s.leave(w, rugzak.Notice{Person: writer, Kind: NoticePurged}); err != nil {
			return err
		}
	}
	if err := w.Log(rugzak.Change{At: s.now(), Actor: actorOf(by), Verb: verb, Subject: i.Subject()}); err != nil {
		return err
	}
	stone := rugzak.Tombstone{Subject: i.Subject(), At: s.now(), Reason: i.Reason}
	if err := s.bury(w, actorOf(by), stone, false); err != nil {
		return err
	}
	return s.closeIncident(w, by, i, rugzak.SettledPurged)
}

// ownGathered reports whether the person wrote the meeting or the need of an
// incident.
func ownGathered(r rugzak.Reader, by rugzak.Person, i rugzak.Incident) (bool, error) {
	var writer rugzak.PersonID
	var err error
	if i.Meeting != "" {
		var m rugzak.Meeting
		m, err = r.Meeting(i.Meeting)
		writer = m.MadeBy
	} else {
		var n rugzak.RoomNeed
		n, err = r.RoomNeed(i.Need)
		writer = n.Writer
	}
	if isMissing(err) {
		return false, nil
	}
	return writer != "" && writer == by.ID, err
}

// incidentGathered fills in the line of an incident about a meeting or a need.
func (n *names) incidentGathered(i rugzak.Incident, l *IncidentLine) error {
	var err error
	if i.Meeting != "" {
		_, err = n.reader.Meeting(i.Meeting)
	} else {
		_, err = n.reader.RoomNeed(i.Need)
	}
	if l.Gone = isMissing(err); l.Gone {
		err = nil
	}
	return err
}

// gatheredNow fills in what a reported meeting or need says now. Its text is told
// as long as the report is open.
func (n *names) gatheredNow(i rugzak.Incident, v *IncidentView) error {
	if v.Gone || i.Meeting == "" && i.Need == "" {
		return nil
	}
	if i.Meeting != "" {
		m, err := n.reader.Meeting(i.Meeting)
		if err != nil {
			return err
		}
		v.Mended = m.Version != i.Version
		if i.Open() {
			v.Lines = append(v.Lines, m.Title)
			if m.Place != "" {
				v.Lines = append(v.Lines, m.Place)
			}
		}
		return nil
	}
	need, err := n.reader.RoomNeed(i.Need)
	if err != nil || !i.Open() {
		return err
	}
	v.Lines = append(v.Lines, need.Text)
	for _, l := range need.Lines {
		if l.Text != "" {
			v.Lines = append(v.Lines, l.Text)
		}
	}
	return nil
}
