// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// NoteIncident stores a privacy officer's own note with an incident.
func (s *Service) NoteIncident(ctx context.Context, by rugzak.Person, id, note string) error {
	if !rugzak.CanHandlePrivacy(by) {
		return rugzak.Forbidden("error.privacy_only")
	}
	note = rugzak.Newlines(note)
	if utf8.RuneCountInString(note) > rugzak.MaxIncidentNote {
		var p rugzak.Problems
		p.Add("note", "error.too_long", rugzak.MaxIncidentNote)
		return p.Err()
	}
	if err := s.refuseNumbers(field{"note", note}); err != nil {
		return err
	}
	_, err := s.update(ctx, "note on incident", func(w rugzak.Writer) error {
		i, err := w.Incident(id)
		if err != nil {
			return err
		}
		i.Note = note
		return w.SaveIncident(i)
	})
	return err
}

// Settle ends a report. past says that what the text was before is purged too;
// what a theme said before always is.
func (s *Service) Settle(ctx context.Context, by rugzak.Person, id string, how rugzak.Settlement, past bool) (rugzak.Position, error) {
	if !rugzak.CanHandlePrivacy(by) {
		return "", rugzak.Forbidden("error.privacy_only")
	}
	if !slices.Contains(rugzak.Settlements(), how) {
		return "", settleProblem("error.choose")
	}
	pos, err := s.update(ctx, "settle report", func(w rugzak.Writer) error {
		i, err := w.Incident(id)
		if err != nil {
			return err
		}
		if !i.Open() {
			return rugzak.Conflict()
		}
		if err := mayDecide(w, by, i); err != nil {
			return err
		}
		if i.Theme != "" {
			return s.settleTheme(w, by, i, how)
		}
		if i.Response != "" {
			return s.settleResponse(w, by, i, how)
		}
		if i.Meeting != "" {
			return s.settleMeeting(w, by, i, how)
		}
		if i.Need != "" {
			return s.settleRoom(w, by, i, how)
		}
		if i.Text != "" {
			return s.settleText(w, by, i, how)
		}
		return s.settleEntry(w, by, i, how, past)
	})
	s.purger.wake()
	return pos, err
}

func settleProblem(key string) error {
	var p rugzak.Problems
	p.Add("how", key)
	return p.Err()
}

// mayDecide refuses that somebody settles the report of what they wrote, unless
// nobody else can.
func mayDecide(r rugzak.Reader, by rugzak.Person, i rugzak.Incident) error {
	own, err := ownIncident(r, by, i)
	if err != nil || !own {
		return err
	}
	officers, err := privacyOfficers(r)
	if err == nil && len(officers) > 1 {
		err = rugzak.Forbidden("error.own_report")
	}
	return err
}

// ownIncident reports whether an incident is about what the person wrote.
func ownIncident(r rugzak.Reader, by rugzak.Person, i rugzak.Incident) (bool, error) {
	if i.Theme != "" {
		t, err := r.Theme(i.Theme)
		if isMissing(err) {
			err = nil
		}
		return slices.Contains(t.Curators, by.ID), err
	}
	if i.Response != "" {
		x, err := r.Response(i.Entry, i.Response)
		if isMissing(err) {
			err = nil
		}
		return x.Author == by.ID && by.ID != "", err
	}
	if i.Meeting != "" || i.Need != "" {
		return ownGathered(r, by, i)
	}
	if i.Text != "" {
		return false, nil // nobody's own
	}
	e, err := r.Rights(i.Entry)
	if isMissing(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return isMine(r, by, e)
}

func (s *Service) settleEntry(w rugzak.Writer, by rugzak.Person, i rugzak.Incident, how rugzak.Settlement, past bool) error {
	e, err := w.Entry(i.Entry)
	if isMissing(err) { // taken away meanwhile
		return s.closeIncident(w, by, i, rugzak.SettledPurged)
	}
	if err != nil {
		return err
	}
	if how == rugzak.SettledPurged {
		if err := s.closeIncident(w, by, i, how); err != nil {
			return err
		}
		return s.purgeEntry(w, actorOf(by), e, i.Reason)
	}
	if how == rugzak.SettledMended && e.Revision == i.Revision {
		return settleProblem("error.report_not_mended")
	}
	if e.State = i.State; !e.State.Public() && e.State != rugzak.StateWithdrawn { // which went into another
		e.State = rugzak.StateShared
	}
	e.Version++
	if err := w.SaveEntry(e, e.Version-1, nil); err != nil {
		return err
	}
	if past {
		if err := s.purgePast(w, actorOf(by), e, i.Reason); err != nil {
			return err
		}
	}
	if err := s.tellReported(w, e, NoticeReportSettled, string(how)); err != nil {
		return err
	}
	return s.closeIncident(w, by, i, how)
}

func (s *Service) settleTheme(w rugzak.Writer, by rugzak.Person, i rugzak.Incident, how rugzak.Settlement) error {
	t, err := w.Theme(i.Theme)
	if isMissing(err) {
		return s.closeIncident(w, by, i, rugzak.SettledPurged)
	}
	if err != nil {
		return err
	}
	switch how {
	case rugzak.SettledMended:
		if t.Version == i.Version {
			return settleProblem("error.report_not_mended")
		}
	case rugzak.SettledPurged:
		t.Summary, t.Thread, t.OpenQuestions, t.NotBSN = "", "", nil, nil
		if err := forgetLetters(w, t.ID); err != nil {
			return err
		}
	}
	t.Reported = false
	if how != rugzak.SettledBack {
		if err := w.RemoveThreads(t.ID, how == rugzak.SettledMended); err != nil {
			return err
		}
		t.UpdatedAt = s.now()
		if err := s.bury(w, actorOf(by), rugzak.Tombstone{Subject: rugzak.ThemeSubject(t.ID), At: s.now(), Reason: i.Reason}, true); err != nil {
			return err
		}
	}
	if err := w.SaveTheme(t, t.Version); err != nil {
		return err
	}
	for _, curator := range t.Curators {
		if err := s.leave(w, rugzak.Notice{Person: curator, Kind: NoticeReportSettled, Theme: t.ID, About: string(how)}); err != nil {
			return err
		}
	}
	return s.closeIncident(w, by, i, how)
}

// closeIncident writes down how an incident ended.
func (s *Service) closeIncident(w rugzak.Writer, by rugzak.Person, i rugzak.Incident, how rugzak.Settlement) error {
	i.Settled, i.How, i.By = s.now(), how, by.ID
	if err := w.SaveIncident(i); err != nil {
		return err
	}
	subject, verb := i.Subject(), rugzak.VerbReportSettled
	switch {
	case i.Theme != "":
		verb = rugzak.VerbThemeSaved
	case i.Response != "":
		verb = rugzak.VerbResponseSettled
	case i.Meeting != "":
		verb = rugzak.VerbMeetingSettled
	case i.Need != "":
		verb = rugzak.VerbRoomSettled
	case i.Text != "":
		verb = rugzak.VerbTextSettled
	}
	if err := w.Log(rugzak.Change{At: s.now(), Actor: actorOf(by), Verb: verb, Subject: subject}); err != nil {
		return err
	}
	return s.audit(w, by, rugzak.AuditReportSettled, subject, string(how))
}
