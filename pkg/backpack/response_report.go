// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"strings"

	"rugzak/pkg/rugzak"
)

// The notices about reports of responses, for who wrote them; about: the
// response.
const (
	NoticeResponseReported rugzak.NoticeKind = "response_reported" // what to do now
	NoticeResponseSettled  rugzak.NoticeKind = "response_settled"
)

// ResponseToReport looks up a response somebody is about to report.
func (s *Service) ResponseToReport(ctx context.Context, by rugzak.Person, entry rugzak.EntryID, id string) (ReportTarget, error) {
	var t ReportTarget
	err := s.view(ctx, "response to report", func(r rugzak.Reader) error {
		e, x, _, err := lookResponse(r, by, entry, id)
		if err == nil && !x.Shown() {
			err = rugzak.Forbidden("error.report_shared_only")
		}
		t = ReportTarget{Entry: e.ID, Response: x.ID, Title: strings.TrimSpace(e.Title), Lang: e.Lang}
		return err
	})
	return t, err
}

// ReportResponse hides a response at once from everybody but who wrote it and
// privacy officers, because it says something of a person.
func (s *Service) ReportResponse(ctx context.Context, by rugzak.Person, entry rugzak.EntryID, id string, reason rugzak.ReportReason) (rugzak.Position, error) {
	reason, err := reportReason(reason)
	if err != nil {
		return "", err
	}
	return s.update(ctx, "report response", func(w rugzak.Writer) error {
		e, x, _, err := lookResponse(w, by, entry, id)
		if err != nil {
			return err
		}
		if x.Reported {
			return nil // pressed twice
		}
		if !x.Shown() || !e.State.Public() {
			return rugzak.Forbidden("error.report_shared_only")
		}
		if err := s.mayReport(w, by); err != nil {
			return err
		}
		readers, err := countPeople(w, func(p rugzak.Person) bool { return p.ID != x.Author && rugzak.CanRead(p, e) })
		if err != nil {
			return err
		}
		x.Reported = true
		if err := w.SaveResponse(x, x.Version); err != nil {
			return err
		}
		if err := settleWaiting(w, e, x.Thread()); err != nil {
			return err
		}
		if err := s.leave(w, rugzak.Notice{Person: x.Author, Kind: NoticeResponseReported, Entry: e.ID, About: x.ID}); err != nil {
			return err
		}
		return s.openIncident(w, rugzak.Incident{
			ID: rugzak.NewID(s.now()), Entry: e.ID, Response: x.ID, Found: s.now(), Reason: reason, Reporter: by.ID,
			State: e.State, Version: x.Version, Audience: e.Audience, Organisation: e.Organisation, Team: e.Team, Readers: readers,
		}, rugzak.ResponseSubject(e.ID, x.ID), rugzak.VerbResponseReported)
	})
}

// openResponseReport finds the incident of a reported response.
func openResponseReport(r rugzak.Reader, x rugzak.Response) (rugzak.Incident, error) {
	return openIncidentAbout(r, func(i rugzak.Incident) bool { return i.Entry == x.Entry && i.Response == x.ID })
}

// responseMended tells the privacy officers that the text of a reported response
// was changed.
func (s *Service) responseMended(w rugzak.Writer, x rugzak.Response) error {
	if !x.Reported {
		return nil
	}
	i, err := openResponseReport(w, x)
	if err != nil {
		return err
	}
	return s.askToSettle(w, i)
}

// settleResponse ends the report of a response.
func (s *Service) settleResponse(w rugzak.Writer, by rugzak.Person, i rugzak.Incident, how rugzak.Settlement) error {
	x, err := w.Response(i.Entry, i.Response)
	if isMissing(err) || err == nil && x.Author == "" { // taken away meanwhile
		return s.closeIncident(w, by, i, rugzak.SettledPurged)
	}
	if err != nil {
		return err
	}
	e, err := w.Entry(i.Entry)
	if err != nil {
		return err
	}
	if how == rugzak.SettledMended && x.Version == i.Version {
		return settleProblem("error.report_not_mended")
	}
	if err := s.leave(w, rugzak.Notice{Person: x.Author, Kind: NoticeResponseSettled, Entry: e.ID, About: x.ID}); err != nil {
		return err
	}
	if err := s.closeIncident(w, by, i, how); err != nil {
		return err
	}
	if how == rugzak.SettledPurged {
		return s.purgeResponse(w, actorOf(by), e, x, i.Reason)
	}
	x.Reported = false
	if err := w.SaveResponse(x, x.Version); err != nil {
		return err
	}
	return settleWaiting(w, e, x.Thread())
}

// IncidentResponse is a reported response as the page of its incident shows it
// to a privacy officer, who may not be able to read the entry.
type IncidentResponse struct {
	HTML   string
	Lang   rugzak.Lang
	Author string
	text   rugzak.Response
	names  map[rugzak.PersonID]string
}

// incidentResponse fills in what the response of an incident is now. Its text is
// told as long as the report is open.
func (n *names) incidentResponse(by rugzak.Person, i rugzak.Incident, v *IncidentView) error {
	x, err := n.reader.Response(i.Entry, i.Response)
	if isMissing(err) || err == nil && x.Author == "" {
		v.Gone = true
		return nil
	}
	if err != nil {
		return err
	}
	v.Mended, v.Past, v.Readable = x.Version != i.Version, 0, false
	if i.Open() && x.Reported {
		v.Said = &IncidentResponse{Lang: x.Lang, Author: n.person(x.Author), text: x, names: n.mentioned(by, x)}
	}
	return nil
}
