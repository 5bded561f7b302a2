// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// RoomToReport looks up a need for room somebody is about to report.
func (s *Service) RoomToReport(ctx context.Context, by rugzak.Person, id string) (ReportTarget, error) {
	var t ReportTarget
	if by.ID == "" {
		return t, mustSignIn()
	}
	err := s.view(ctx, "need to report", func(r rugzak.Reader) error {
		need, err := lookRoom(r, by, id)
		t = ReportTarget{Need: need.ID, Title: need.Text, Lang: rugzak.Dutch}
		return err
	})
	return t, err
}

// ReportRoom hides a need for room, with all that was said about it, at once from
// everybody but who wrote it and privacy officers.
func (s *Service) ReportRoom(ctx context.Context, by rugzak.Person, id string, reason rugzak.ReportReason) (rugzak.Position, error) {
	if by.ID == "" {
		return "", mustSignIn()
	}
	reason, err := reportReason(reason)
	if err != nil {
		return "", err
	}
	return s.update(ctx, "report need", func(w rugzak.Writer) error {
		need, err := lookRoom(w, by, id)
		if err != nil || need.Reported { // pressed twice
			return err
		}
		if err := s.mayReport(w, by); err != nil {
			return err
		}
		readers, err := countPeople(w, func(p rugzak.Person) bool { return p.ID != need.Writer && rugzak.CanSeeRoom(p, need) })
		if err != nil {
			return err
		}
		need.Reported = true
		if err := w.SaveRoomNeed(need, need.Version); err != nil {
			return err
		}
		if err := s.tellRoom(w, need.Writer, rugzak.NoticeRoomReported, need.ID); err != nil {
			return err
		}
		i := rugzak.Incident{
			ID: rugzak.NewID(s.now()), Need: need.ID, Found: s.now(), Reason: reason, Reporter: by.ID, Version: need.Version + 1,
			Audience: rugzak.Audience{Level: rugzak.LevelTeam}, Organisation: need.Organisation, Team: need.Team, Readers: readers,
		}
		return s.openIncident(w, i, i.Subject(), rugzak.VerbRoomReported)
	})
}

// settleRoom ends the report of a need: nobody can change what it says, so it is
// shown again as it was, or it goes.
func (s *Service) settleRoom(w rugzak.Writer, by rugzak.Person, i rugzak.Incident, how rugzak.Settlement) error {
	need, err := w.RoomNeed(i.Need)
	if isMissing(err) { // withdrawn meanwhile
		return s.closeIncident(w, by, i, rugzak.SettledPurged)
	}
	if err != nil {
		return err
	}
	switch how {
	case rugzak.SettledMended:
		return settleProblem("error.report_not_mended")
	case rugzak.SettledPurged:
		if err := forgetRoomNotices(w, need); err != nil {
			return err
		}
		if err := w.RemoveRoomNeed(need.ID); err != nil {
			return err
		}
		return s.buryGathered(w, by, i, need.Writer, rugzak.VerbRoomPurged)
	}
	need.Reported = false
	if err := w.SaveRoomNeed(need, need.Version); err != nil {
		return err
	}
	if err := s.tellRoom(w, need.Writer, rugzak.NoticeRoomSettled, need.ID); err != nil {
		return err
	}
	return s.closeIncident(w, by, i, how)
}
