// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// ReportState is what the page of a reported entry says to its authors and to
// privacy officers.
type ReportState struct {
	Incident string // for privacy officers only
	Reason   rugzak.ReportReason
	Found    time.Time
	Asked    bool // the author is ready
	Mended   bool // the text was changed since
	Past     int  // revisions before the present one
}

// reportState describes the open report of an entry.
func reportState(r rugzak.Reader, by rugzak.Person, e rugzak.Entry) (*ReportState, error) {
	if e.State != rugzak.StateReported {
		return nil, nil
	}
	i, err := openReport(r, e.ID)
	if isMissing(err) {
		return &ReportState{}, nil
	}
	if err != nil {
		return nil, err
	}
	st := &ReportState{
		Reason: i.Reason, Found: i.Found, Asked: !i.Asked.IsZero(), Mended: e.Revision != i.Revision, Past: max(e.Revision-1, 0),
	}
	if rugzak.CanHandlePrivacy(by) {
		st.Incident = i.ID
	}
	return st, nil
}

// IncidentLine is an incident in the list of privacy officers. Title is told
// while they may read what it is about.
type IncidentLine struct {
	rugzak.Incident
	Title        string
	Theme        bool
	Gone         bool
	Organisation string
}

// IncidentView is the page of an incident.
type IncidentView struct {
	IncidentLine
	Reporter string // empty when nobody knows any more, or for who wrote the text
	SettleBy string // who settled it
	Audience AudienceWords
	// Few says that fewer than five people could read it: then the number is
	// not told.
	Few       bool
	Mended    bool // the text was changed since
	Readable  bool // the officer may open it
	MayDecide bool
	Past      int // revisions before the present one that can be purged
	Purges    []rugzak.PurgeJob
	Said      *IncidentResponse // the response it is about, as long as the report is open
	Lines     []string          // what a meeting, a need or a shared text says, as long as the report is open
}

// fewPeople is the number of people below which a count is not told.
const fewPeople = 5

// Incidents lists the reports: what is open first, then the newest.
func (s *Service) Incidents(ctx context.Context, by rugzak.Person) ([]IncidentLine, error) {
	if !rugzak.CanHandlePrivacy(by) {
		return nil, rugzak.Forbidden("error.privacy_only")
	}
	var out []IncidentLine
	err := s.view(ctx, "incidents", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		for i, err := range r.Incidents() {
			if err != nil {
				return err
			}
			l, err := n.incident(by, i)
			if err != nil {
				return err
			}
			out = append(out, l)
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b IncidentLine) int {
		switch {
		case a.Open() == b.Open():
			return 0
		case a.Open():
			return -1
		}
		return 1
	})
	return out, err
}

// incident makes the line of an incident.
func (n *names) incident(by rugzak.Person, i rugzak.Incident) (IncidentLine, error) {
	l := IncidentLine{Incident: i, Theme: i.Theme != "", Organisation: n.organisation(i.Organisation).Name}
	if i.Meeting != "" || i.Need != "" {
		return l, n.incidentGathered(i, &l)
	}
	if i.Text != "" {
		_, err := textNow(n.reader, i.Text)
		if l.Gone = isMissing(err) || i.How == rugzak.SettledPurged; isMissing(err) {
			err = nil
		}
		return l, err
	}
	if l.Theme {
		t, err := n.reader.Theme(i.Theme)
		l.Title, l.Gone = t.Title, isMissing(err)
		if l.Gone {
			err = nil
		}
		return l, err
	}
	switch e, _, err := look(n.reader, by, i.Entry); {
	case err == nil:
		l.Title = e.Title
	case !isMissing(err):
		return l, err
	default:
		_, err := n.reader.Rights(i.Entry)
		if l.Gone = isMissing(err); err != nil && !l.Gone {
			return l, err
		}
	}
	return l, nil
}

// Incident shows one report to a privacy officer.
func (s *Service) Incident(ctx context.Context, by rugzak.Person, id string) (IncidentView, error) {
	if !rugzak.CanHandlePrivacy(by) {
		return IncidentView{}, rugzak.Forbidden("error.privacy_only")
	}
	var v IncidentView
	err := s.view(ctx, "incident", func(r rugzak.Reader) error {
		i, err := r.Incident(id)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		if v.IncidentLine, err = n.incident(by, i); err != nil {
			return err
		}
		own, err := ownIncident(r, by, i)
		if err != nil {
			return err
		}
		if !own && i.Reporter != "" { // who wrote it never learns who reported it
			v.Reporter = n.person(i.Reporter)
		}
		v.SettleBy = n.person(i.By)
		v.MayDecide = mayDecide(r, by, i) == nil
		v.Few = i.Readers < fewPeople
		return n.incidentSubject(by, i, &v)
	})
	if err == nil && v.Said != nil {
		v.Said.HTML, err = s.responseHTML(ctx, v.Said.text, v.Said.names)
	}
	return v, err
}

// incidentSubject fills in what the entry or theme of an incident is now.
func (n *names) incidentSubject(by rugzak.Person, i rugzak.Incident, v *IncidentView) error {
	subject := i.Subject()
	if v.Theme {
		if !v.Gone {
			t, err := n.reader.Theme(i.Theme)
			if err != nil {
				return err
			}
			v.Mended, v.Readable = t.Version != i.Version, true
		}
		v.IncidentLine.Incident.Audience = i.Audience
		v.Audience = AudienceWords{Level: rugzak.LevelInternal}
		for _, id := range i.Audience.Also {
			v.Audience.Also = append(v.Audience.Also, n.organisation(id))
		}
	} else {
		was := rugzak.Entry{State: rugzak.StateShared, Audience: i.Audience, Organisation: i.Organisation, Team: i.Team}
		v.Audience = n.audience(by, was, true)
		if !v.Gone && i.Entry != "" {
			e, err := n.reader.Entry(i.Entry)
			if err != nil {
				return err
			}
			v.Mended, v.Past = e.Revision != i.Revision, max(e.Revision-1, 0)
			_, err = sees(n.reader, by, i.Entry)
			if v.Readable = err == nil; err != nil && !isMissing(err) {
				return err
			}
		}
	}
	if i.Response != "" {
		if err := n.incidentResponse(by, i, v); err != nil {
			return err
		}
	}
	if err := n.gatheredNow(i, v); err != nil {
		return err
	}
	if i.Text != "" {
		if err := n.incidentText(i, v); err != nil {
			return err
		}
	}
	jobs, err := n.reader.PurgeJobs()
	for _, j := range jobs {
		if j.Subject == subject {
			v.Purges = append(v.Purges, j)
		}
	}
	return err
}

// Purges lists what was purged and how far that is, newest first, without
// saying what it was.
func (s *Service) Purges(ctx context.Context, by rugzak.Person) ([]rugzak.PurgeJob, error) {
	if !rugzak.CanHandlePrivacy(by) {
		return nil, rugzak.Forbidden("error.privacy_only")
	}
	var out []rugzak.PurgeJob
	err := s.view(ctx, "purges", func(r rugzak.Reader) (err error) {
		out, err = r.PurgeJobs()
		return err
	})
	return out, err
}

// Tombstones lists what was purged, for the owner of the data: restoring an
// older backup elsewhere needs it.
func (s *Service) Tombstones(ctx context.Context, by rugzak.Person) ([]rugzak.Tombstone, error) {
	if by.ID != Operator().ID {
		return nil, rugzak.Forbidden("error.privacy_only")
	}
	var out []rugzak.Tombstone
	err := s.view(ctx, "tombstones", func(r rugzak.Reader) (err error) {
		out, err = r.Tombstones()
		return err
	})
	return out, err
}

// purgedOwn lists what of a person was purged, from what they were told.
func purgedOwn(r rugzak.Reader, by rugzak.Person) ([]rugzak.Notice, error) {
	all, err := r.Notices(by.ID)
	return slices.DeleteFunc(all, func(n rugzak.Notice) bool { return n.Kind != NoticePurged }), err
}

// ReportTarget is what the page on which somebody reports a text says of it.
type ReportTarget struct {
	Entry    rugzak.EntryID
	Theme    rugzak.ThemeID
	Response string         // to the entry, instead of the entry itself
	Meeting  string         // or a meeting
	Need     string         // or a need for room
	Text     rugzak.Subject // or a shared text
	Title    string
	Lang     rugzak.Lang
}

// EntryToReport looks up an entry somebody is about to report.
func (s *Service) EntryToReport(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (ReportTarget, error) {
	var t ReportTarget
	err := s.view(ctx, "entry to report", func(r rugzak.Reader) error {
		e, err := lookToReport(r, by, id)
		if err != nil {
			return err
		}
		if e.State == rugzak.StateReported {
			return rugzak.Forbidden("error.report_shared_only")
		}
		t = ReportTarget{Entry: e.ID, Title: strings.TrimSpace(e.Title), Lang: e.Lang}
		return nil
	})
	return t, err
}

// ThemeToReport looks up a theme whose text somebody is about to report.
func (s *Service) ThemeToReport(ctx context.Context, by rugzak.Person, id rugzak.ThemeID) (ReportTarget, error) {
	var target ReportTarget
	err := s.view(ctx, "theme to report", func(r rugzak.Reader) error {
		t, err := lookTheme(r, by, id)
		target = ReportTarget{Theme: t.ID, Title: t.Title, Lang: rugzak.Dutch}
		return err
	})
	return target, err
}
