// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// PurgeOwn removes an entry of one's own for good: text, past, everything. A
// tombstone stays. The records are gone when it returns; the files follow, see
// FinishPurges.
func (s *Service) PurgeOwn(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (rugzak.Position, error) {
	pos, err := s.update(ctx, "purge entry", func(w rugzak.Writer) error {
		e, err := lookMine(w, by, id)
		if err != nil {
			return err
		}
		if i, err := openReport(w, id); err == nil {
			i.Settled, i.How = s.now(), rugzak.SettledPurged // by its author, who is not named
			if err := w.SaveIncident(i); err != nil {
				return err
			}
		} else if !isMissing(err) {
			return err
		}
		return s.purgeEntry(w, e.Actor(by.ID), e, rugzak.ReasonAuthor)
	})
	s.purger.wake()
	return pos, err
}

// PurgeOwnPast removes what an entry of one's own was before, and keeps what it
// is now.
func (s *Service) PurgeOwnPast(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (rugzak.Position, error) {
	pos, err := s.update(ctx, "purge past", func(w rugzak.Writer) error {
		e, err := lookMine(w, by, id)
		if err != nil {
			return err
		}
		return s.purgePast(w, e.Actor(by.ID), e, rugzak.ReasonAuthor)
	})
	s.purger.wake()
	return pos, err
}

// PurgeReportedPast removes what an entry that was once reported was before. A
// privacy officer need not be able to read it for that.
func (s *Service) PurgeReportedPast(ctx context.Context, by rugzak.Person, incident string) (rugzak.Position, error) {
	if !rugzak.CanHandlePrivacy(by) {
		return "", rugzak.Forbidden("error.privacy_only")
	}
	pos, err := s.update(ctx, "purge past", func(w rugzak.Writer) error {
		i, err := w.Incident(incident)
		if err != nil {
			return err
		}
		e, err := w.Entry(i.Entry)
		if err != nil {
			return err
		}
		return s.purgePast(w, actorOf(by), e, i.Reason)
	})
	s.purger.wake()
	return pos, err
}

// EraseEntries purges entries for the owner of the data: retention, and the
// command line. It returns how many were there.
func (s *Service) EraseEntries(ctx context.Context, by rugzak.Person, ids []rugzak.EntryID, reason rugzak.ReportReason) (int, error) {
	if by.ID != Operator().ID {
		return 0, rugzak.Forbidden("error.privacy_only")
	}
	if !reason.Valid() {
		var p rugzak.Problems
		p.Add("reason", "error.choose")
		return 0, p.Err()
	}
	count := 0
	_, err := s.update(ctx, "erase entries", func(w rugzak.Writer) error {
		count = 0
		for _, id := range ids {
			e, err := w.Entry(id)
			if isMissing(err) {
				continue
			}
			if err != nil {
				return err
			}
			if i, err := openReport(w, id); err == nil {
				if err := s.closeIncident(w, by, i, rugzak.SettledPurged); err != nil {
					return err
				}
			} else if !isMissing(err) {
				return err
			}
			if err := s.purgeEntry(w, actorOf(by), e, reason); err != nil {
				return err
			}
			count++
		}
		return nil
	})
	s.purger.wake()
	return count, err
}

// purgeEntry removes the records of an entry, leaves a tombstone and begins the
// purge of the files.
func (s *Service) purgeEntry(w rugzak.Writer, actor string, e rugzak.Entry, reason rugzak.ReportReason) error {
	themes, err := w.Themes()
	if err != nil {
		return err
	}
	for _, t := range themes {
		if slices.Contains(t.Pins, e.ID) {
			t.Pins = slices.DeleteFunc(t.Pins, func(id rugzak.EntryID) bool { return id == e.ID })
			if err := w.SaveTheme(t, t.Version); err != nil {
				return err
			}
		}
	}
	authors := e // who wrote without name is known until the entry is gone
	if len(e.Authors) == 0 {
		err = s.tellReported(w, authors, NoticePurged, "")
	}
	if err != nil {
		return err
	}
	if err := w.PurgeEntry(e.ID); err != nil {
		return err
	}
	if len(e.Authors) > 0 {
		if err := s.tellReported(w, e, NoticePurged, string(e.ID)); err != nil {
			return err
		}
	}
	if err := w.Log(rugzak.Change{At: s.now(), Actor: actor, Verb: rugzak.VerbEntryPurged, Subject: rugzak.EntrySubject(e.ID)}); err != nil {
		return err
	}
	return s.bury(w, actor, rugzak.Tombstone{Subject: rugzak.EntrySubject(e.ID), At: s.now(), Reason: reason}, false)
}

// purgePast removes the past revisions of an entry; nothing when there are none.
func (s *Service) purgePast(w rugzak.Writer, actor string, e rugzak.Entry, reason rugzak.ReportReason) error {
	if e.Revision < 2 {
		return nil
	}
	if err := w.PurgePast(e.ID); err != nil {
		return err
	}
	if err := w.Log(rugzak.Change{At: s.now(), Actor: actor, Verb: rugzak.VerbPastPurged, Subject: rugzak.EntrySubject(e.ID)}); err != nil {
		return err
	}
	stone := rugzak.Tombstone{Subject: rugzak.EntrySubject(e.ID), At: s.now(), Reason: reason, Version: e.Version + 1}
	return s.bury(w, actor, stone, true)
}

// bury leaves a tombstone and a job that takes the bytes out of every file.
func (s *Service) bury(w rugzak.Writer, actor string, t rugzak.Tombstone, past bool) error {
	if err := w.SaveTombstone(t); err != nil {
		return err
	}
	job := rugzak.PurgeJob{
		ID: rugzak.NewID(s.now()), Subject: t.Subject, Past: past, Reason: t.Reason, At: t.At, Step: rugzak.PurgeDeleted,
	}
	if err := w.SavePurgeJob(job); err != nil {
		return err
	}
	detail := string(t.Reason)
	if past {
		detail = "past:" + detail
	}
	return w.Audit(rugzak.AuditAct{At: s.now(), Verb: rugzak.AuditPurged, By: actor, Subject: t.Subject, Detail: detail})
}

// isPurged reports whether an id must not be used for a new entry: a form that
// comes late would bring back what was purged, under the id of its draft or of
// what the draft became without name.
func isPurged(r rugzak.Reader, draft rugzak.EntryID) (bool, error) {
	all, err := r.Tombstones()
	if err != nil {
		return false, err
	}
	for _, t := range all {
		id, ok := (rugzak.Change{Subject: t.Subject}).EntryOf()
		if ok && t.Version == 0 && (id == draft || rugzak.AnonymousID(draft, rugzak.MadeAt(id)) == id) {
			return true, nil
		}
	}
	return false, nil
}
