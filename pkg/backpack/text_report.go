// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// TextToReport looks up a shared text somebody is about to report: what a round
// says, an item of the agenda, the compass, a need or an idea.
func (s *Service) TextToReport(ctx context.Context, by rugzak.Person, text rugzak.Subject) (ReportTarget, error) {
	var t ReportTarget
	if by.ID == "" {
		return t, mustSignIn()
	}
	err := s.view(ctx, "text to report", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		x, err := n.lookText(by, text)
		t = ReportTarget{Text: text, Title: x.title, Lang: rugzak.Dutch}
		return err
	})
	return t, err
}

// ReportText hides a shared text at once from everybody but who mends it and
// privacy officers, because it says something of a person.
func (s *Service) ReportText(ctx context.Context, by rugzak.Person, text rugzak.Subject, reason rugzak.ReportReason) (rugzak.Position, error) {
	if by.ID == "" {
		return "", mustSignIn()
	}
	reason, err := reportReason(reason)
	if err != nil {
		return "", err
	}
	return s.update(ctx, "report text", func(w rugzak.Writer) error {
		n, err := readNames(w, by)
		if err != nil {
			return err
		}
		x, err := n.lookText(by, text)
		if err != nil || slices.Contains(n.reported, text) { // pressed twice, by who mends it
			return err
		}
		if err := s.mayReport(w, by); err != nil {
			return err
		}
		readers, err := countPeople(w, x.reads)
		if err != nil {
			return err
		}
		i := rugzak.Incident{
			ID: rugzak.NewID(s.now()), Text: text, Found: s.now(), Reason: reason, Reporter: by.ID, Version: x.version,
			Audience: x.audience, Organisation: x.organisation, Readers: readers,
		}
		if err := s.openIncident(w, i, i.Subject(), rugzak.VerbTextReported); err != nil {
			return err
		}
		return s.tellMenders(w, text, rugzak.NoticeTextReported)
	})
}

// tellMenders leaves a notice about a shared text for who can mend it.
func (s *Service) tellMenders(w rugzak.Writer, text rugzak.Subject, kind rugzak.NoticeKind) error {
	var to []rugzak.PersonID
	for p, err := range w.People() {
		if err != nil {
			return err
		}
		if rugzak.CanTellMended(p, text) {
			to = append(to, p.ID)
		}
	}
	for _, id := range to {
		if err := s.leave(w, rugzak.Notice{Person: id, Kind: kind, About: string(text)}); err != nil {
			return err
		}
	}
	return nil
}

// textMended tells the privacy officers that a reported text was changed.
func (s *Service) textMended(w rugzak.Writer, text rugzak.Subject) error {
	reported, err := w.ReportedTexts()
	if err != nil || !slices.Contains(reported, text) {
		return err
	}
	i, err := openIncidentAbout(w, func(i rugzak.Incident) bool { return i.Text == text })
	if isMissing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.askToSettle(w, i)
}

// settleText ends the report of a shared text.
func (s *Service) settleText(w rugzak.Writer, by rugzak.Person, i rugzak.Incident, how rugzak.Settlement) error {
	x, err := textNow(w, i.Text)
	if isMissing(err) { // taken away meanwhile
		return s.closeIncident(w, by, i, rugzak.SettledPurged)
	}
	if err != nil {
		return err
	}
	if how == rugzak.SettledMended && x.version == i.Version {
		return settleProblem("error.report_not_mended")
	}
	if how != rugzak.SettledPurged {
		if err := s.tellMenders(w, i.Text, rugzak.NoticeTextSettled); err != nil {
			return err
		}
		return s.closeIncident(w, by, i, how)
	}
	stone := rugzak.Tombstone{Subject: i.Subject(), At: s.now(), Reason: i.Reason}
	if err := w.PurgeText(stone); err != nil {
		return err
	}
	if id, _, need := i.Text.NeedOf(); need {
		o, err := w.Organisation(id)
		if err != nil {
			return err
		}
		stone.Version = o.Version
	}
	if err := w.Log(rugzak.Change{At: s.now(), Actor: actorOf(by), Verb: rugzak.VerbTextPurged, Subject: i.Subject()}); err != nil {
		return err
	}
	if err := s.bury(w, actorOf(by), stone, false); err != nil {
		return err
	}
	if err := s.tellMenders(w, i.Text, rugzak.NoticeTextSettled); err != nil {
		return err
	}
	return s.closeIncident(w, by, i, how)
}

// incidentText fills in what a reported shared text says now: its text is told as
// long as the report is open.
func (n *names) incidentText(i rugzak.Incident, v *IncidentView) error {
	x, err := textNow(n.reader, i.Text)
	if isMissing(err) {
		v.Gone = true
		return nil
	}
	v.Mended = x.version != i.Version
	if i.Open() {
		v.Lines = x.lines
	} else if i.How == rugzak.SettledPurged {
		v.Gone = true
	}
	return err
}

// textLine reads the shared text a notice is about.
func textLine(r rugzak.Reader, by rugzak.Person, n rugzak.Notice) (line NoticeLine, ok bool, err error) {
	line.Notice, line.Times, line.Shared = n, 1, rugzak.Subject(n.About)
	x, err := textNow(r, line.Shared)
	if isMissing(err) || err == nil && !rugzak.CanMend(by, line.Shared) {
		return line, false, nil
	}
	line.Title = x.title
	return line, err == nil, err
}

// readReportedTexts adds the shared texts that are reported to a whole export.
func readReportedTexts(r rugzak.Reader, b *rugzak.Backpack) error {
	all, err := r.ReportedTexts()
	b.ReportedTexts = nil
	for _, text := range all {
		b.ReportedTexts = append(b.ReportedTexts, rugzak.ReportedText{Text: text})
	}
	return err
}

// putReportedTexts opens their reports, once the texts are there.
func (s *Service) putReportedTexts(w rugzak.Writer, b rugzak.Backpack) error {
	for _, t := range b.ReportedTexts {
		x, err := textNow(w, t.Text)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return err
		}
		i := rugzak.Incident{
			ID: rugzak.NewID(s.now()), Text: t.Text, Found: s.now(), Reason: rugzak.ReasonElse, Version: x.version, Audience: x.audience, Organisation: x.organisation,
		}
		if err := w.SaveIncident(i); err != nil {
			return err
		}
	}
	return nil
}
