// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// The notices about reports.
const (
	NoticeReported      rugzak.NoticeKind = "reported"       // to who wrote it: what to do now
	NoticeReport        rugzak.NoticeKind = "report"         // to privacy officers; about: the incident
	NoticeReportAsked   rugzak.NoticeKind = "report_asked"   // to privacy officers: the text was changed
	NoticeReportSettled rugzak.NoticeKind = "report_settled" // to who wrote it; about: how
	NoticePurged        rugzak.NoticeKind = "purged"         // to who wrote it; about: the id that is gone
)

// reportActor stands in logs for who reported a text. Only the incident holds
// their name, for privacy officers: nobody should have to fear for a report.
const reportActor = "system"

// Report hides an entry at once from everybody but its authors and privacy
// officers, because it says something of a person. Whoever may read it may
// report it.
func (s *Service) Report(ctx context.Context, by rugzak.Person, id rugzak.EntryID, reason rugzak.ReportReason) (rugzak.Position, error) {
	reason, err := reportReason(reason)
	if err != nil {
		return "", err
	}
	return s.update(ctx, "report entry", func(w rugzak.Writer) error {
		e, err := lookToReport(w, by, id)
		if err != nil {
			return err
		}
		if e.State == rugzak.StateReported {
			return nil // pressed twice
		}
		if err := s.mayReport(w, by); err != nil {
			return err
		}
		shown := e
		shown.State = rugzak.StateShared // as one that went into another is read there
		readers, err := readersOf(w, shown)
		if err != nil {
			return err
		}
		e.Version++
		incident := rugzak.Incident{
			ID: rugzak.NewID(s.now()), Entry: id, Found: s.now(), Reason: reason, Reporter: by.ID, State: e.State,
			Version: e.Version, Revision: e.Revision, Audience: e.Audience, Organisation: e.Organisation, Team: e.Team, Readers: readers,
		}
		e.State = rugzak.StateReported
		if err := w.SaveEntry(e, e.Version-1, nil); err != nil {
			return err
		}
		if err := s.tellReported(w, e, NoticeReported, ""); err != nil {
			return err
		}
		return s.openIncident(w, incident, rugzak.EntrySubject(id), rugzak.VerbEntryReported)
	})
}

// lookToReport fetches an entry for who is about to report it: one that is
// shared, or what they read of it on the page of the one it went into.
func lookToReport(r rugzak.Reader, by rugzak.Person, id rugzak.EntryID) (rugzak.Entry, error) {
	e, _, hidden := look(r, by, id)
	switch {
	case hidden == nil && (e.State.Public() || e.State == rugzak.StateReported):
		return e, nil
	case hidden == nil:
		hidden = rugzak.Forbidden("error.report_shared_only")
	case !isMissing(hidden) || !rugzak.ValidID(string(id)):
		return e, hidden
	}
	m, err := r.EntryMerge(id)
	if isMissing(err) {
		return e, hidden
	}
	if err != nil {
		return e, err
	}
	into, _, err := look(r, by, m.Into)
	if isMissing(err) {
		return e, hidden
	}
	if err != nil {
		return e, err
	}
	if e, err = r.Entry(id); err == nil && !seesMerged(by, e, into) {
		err = hidden
	}
	return e, err
}

// ReportTheme hides what is written in a theme from everybody but its curators
// and privacy officers.
func (s *Service) ReportTheme(ctx context.Context, by rugzak.Person, id rugzak.ThemeID, reason rugzak.ReportReason) (rugzak.Position, error) {
	reason, err := reportReason(reason)
	if err != nil {
		return "", err
	}
	return s.update(ctx, "report theme", func(w rugzak.Writer) error {
		t, err := lookTheme(w, by, id)
		if err != nil {
			return err
		}
		if t.Reported {
			return nil // pressed twice, or there is nothing to see
		}
		if err := s.mayReport(w, by); err != nil {
			return err
		}
		readers, err := countPeople(w, func(p rugzak.Person) bool { return rugzak.CanReadTheme(p, t) })
		if err != nil {
			return err
		}
		t.Reported = true
		if err := w.SaveTheme(t, t.Version); err != nil {
			return err
		}
		for _, curator := range t.Curators {
			if err := s.leave(w, rugzak.Notice{Person: curator, Kind: NoticeReported, Theme: id}); err != nil {
				return err
			}
		}
		return s.openIncident(w, rugzak.Incident{
			ID: rugzak.NewID(s.now()), Theme: id, Found: s.now(), Reason: reason, Reporter: by.ID,
			Version: t.Version + 1, Audience: t.Audience, Readers: readers,
		}, rugzak.ThemeSubject(id), rugzak.VerbThemeReported)
	})
}

// reportReason checks a reason; none counts as something else.
func reportReason(reason rugzak.ReportReason) (rugzak.ReportReason, error) {
	if reason == "" {
		return rugzak.ReasonElse, nil
	}
	if !slices.Contains(rugzak.ReportReasons(), reason) {
		var p rugzak.Problems
		p.Add("reason", "error.choose")
		return "", p.Err()
	}
	return reason, nil
}

// openIncident stores an incident, writes it down in the logs and tells the
// privacy officers.
func (s *Service) openIncident(w rugzak.Writer, i rugzak.Incident, subject string, verb rugzak.Verb) error {
	if err := w.SaveIncident(i); err != nil {
		return err
	}
	if err := w.Log(rugzak.Change{At: s.now(), Actor: reportActor, Verb: verb, Subject: subject}); err != nil {
		return err
	}
	act := rugzak.AuditAct{At: s.now(), Verb: rugzak.AuditReported, By: reportActor, Subject: subject, Detail: string(i.Reason)}
	if err := w.Audit(act); err != nil {
		return err
	}
	return s.tellOfficers(w, i, NoticeReport)
}

// mayReport bounds how much one person can hide in a day.
func (s *Service) mayReport(r rugzak.Reader, by rugzak.Person) error {
	count := 0
	since := s.now().Add(-24 * time.Hour)
	for i, err := range r.Incidents() {
		if err != nil {
			return err
		}
		if i.Reporter == by.ID && i.Found.After(since) {
			count++
		}
	}
	if count >= rugzak.MaxReportsPerDay {
		return &rugzak.Error{Code: rugzak.CodeTooMany, Key: "error.report_bound", Args: []any{rugzak.MaxReportsPerDay}}
	}
	return nil
}

// readersOf counts the people whom the audience of an entry lets in, its
// authors aside.
func readersOf(r rugzak.Reader, e rugzak.Entry) (int, error) {
	authors := e.Authors
	if e.Mode == rugzak.Anonymous {
		var err error
		if authors, err = r.HiddenAuthors(e.ID); err != nil {
			return 0, err
		}
	}
	return countPeople(r, func(p rugzak.Person) bool { return !slices.Contains(authors, p.ID) && rugzak.CanRead(p, e) })
}

func countPeople(r rugzak.Reader, which func(rugzak.Person) bool) (count int, err error) {
	for p, err := range r.People() {
		if err != nil {
			return 0, err
		}
		if which(p) {
			count++
		}
	}
	return count, nil
}

func privacyOfficers(r rugzak.Reader) (out []rugzak.Person, err error) {
	for p, err := range r.People() {
		if err != nil {
			return nil, err
		}
		if rugzak.CanHandlePrivacy(p) {
			out = append(out, p)
		}
	}
	return out, nil
}

// leave leaves a notice for somebody.
func (s *Service) leave(w rugzak.Writer, n rugzak.Notice) error {
	n.ID, n.At = rugzak.NewID(s.now()), s.now()
	return w.SaveNotice(n)
}

// tellReported leaves a notice for who wrote an entry. That of an entry without
// name does not say which: who wrote it stands in one place only.
func (s *Service) tellReported(w rugzak.Writer, e rugzak.Entry, kind rugzak.NoticeKind, about string) error {
	authors, entry := e.Authors, e.ID
	if kind == NoticePurged {
		entry = ""
	}
	if len(authors) == 0 {
		var err error
		if authors, err = w.HiddenAuthors(e.ID); err != nil {
			return err
		}
		if entry = ""; kind == NoticePurged {
			about = ""
		}
	}
	for _, a := range authors {
		if err := s.leave(w, rugzak.Notice{Person: a, Kind: kind, Entry: entry, About: about}); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) tellOfficers(w rugzak.Writer, i rugzak.Incident, kind rugzak.NoticeKind) error {
	officers, err := privacyOfficers(w)
	if err != nil {
		return err
	}
	for _, p := range officers {
		n := rugzak.Notice{Person: p.ID, Kind: kind, Entry: i.Entry, Theme: i.Theme, About: i.ID}
		if i.Response != "" {
			n.Entry = "" // which an officer may not be able to read
		}
		if err := s.leave(w, n); err != nil {
			return err
		}
	}
	return nil
}

// openReport finds the incident of a reported entry.
func openReport(r rugzak.Reader, id rugzak.EntryID) (rugzak.Incident, error) {
	return openIncidentAbout(r, func(i rugzak.Incident) bool { return i.Subject() == rugzak.EntrySubject(id) })
}

// openIncidentAbout finds the incident that is open about something.
func openIncidentAbout(r rugzak.Reader, about func(rugzak.Incident) bool) (rugzak.Incident, error) {
	for i, err := range r.Incidents() {
		if err != nil || i.Open() && about(i) {
			return i, err
		}
	}
	return rugzak.Incident{}, rugzak.NotFound()
}

// askToSettle tells the privacy officers, once, that what was reported can be
// looked at again.
func (s *Service) askToSettle(w rugzak.Writer, i rugzak.Incident) error {
	if !i.Asked.IsZero() {
		return nil
	}
	i.Asked = s.now()
	if err := w.SaveIncident(i); err != nil {
		return err
	}
	return s.tellOfficers(w, i, NoticeReportAsked)
}

// AskPutBack tells the privacy officers that the author of a reported entry is
// ready: they decide whether it is shown again.
func (s *Service) AskPutBack(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (rugzak.Position, error) {
	return s.update(ctx, "ask to put back", func(w rugzak.Writer) error {
		e, err := lookMine(w, by, id)
		if err != nil {
			return err
		}
		if e.State != rugzak.StateReported {
			return rugzak.Conflict()
		}
		i, err := openReport(w, id)
		if err != nil {
			return err
		}
		return s.askToSettle(w, i)
	})
}
