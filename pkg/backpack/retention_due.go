// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import "rugzak/pkg/rugzak"

// retentionDue is what the terms ask for at this moment.
type retentionDue struct {
	announce, remove, review []rugzak.EntryID
	lines                    map[RetentionLine]int
	former                   int
	audit                    uint64 // the records up to and with this one are too old
	auditCount               int
}

// RetentionLine says what happens to what: a part of the preview.
type RetentionLine struct {
	What         string // "announce", "remove" or "review"
	Organisation rugzak.OrganisationID
	Kind         rugzak.Kind
}

func (s *Service) due(r rugzak.Reader, terms rugzak.RetentionSettings) (retentionDue, error) {
	due := retentionDue{lines: map[RetentionLine]int{}}
	for e, err := range r.Entries(rugzak.AllEntries, "") {
		if err != nil {
			return due, err
		}
		if e.Sample {
			continue // taken away in one action
		}
		what, err := s.dueEntry(r, terms, e)
		if err != nil {
			return due, err
		}
		switch what {
		case "announce":
			due.announce = append(due.announce, e.ID)
		case "remove":
			due.remove = append(due.remove, e.ID)
		case "review":
			due.review = append(due.review, e.ID)
		default:
			continue
		}
		due.lines[RetentionLine{what, e.Organisation, e.Kind}]++
	}
	for p, err := range r.People() {
		if err != nil {
			return due, err
		}
		if at, ok := p.ErasesAt(terms); ok && !s.now().Before(at) {
			due.former++
		}
	}
	var err error
	due.audit, due.auditCount, err = s.dueAudit(r, terms)
	return due, err
}

// dueEntry says what the terms ask for an entry now; empty when nothing.
func (s *Service) dueEntry(r rugzak.Reader, terms rugzak.RetentionSettings, e rugzak.Entry) (string, error) {
	now := s.now()
	if at, ok := e.ReviewsAt(terms); ok && !now.Before(at) {
		return "review", nil
	}
	if e.State == rugzak.StateToReview { // its authors were told, unless it came from elsewhere
		if _, err := r.Announced(e.ID, rugzak.NoticeReview); isMissing(err) {
			return "review", nil
		} else if err != nil {
			return "", err
		}
	}
	if e.State != rugzak.StateDraft {
		return "", nil
	}
	told, err := r.Announced(e.ID, rugzak.NoticeDraftOld)
	if err != nil && !isMissing(err) {
		return "", err
	}
	if at, ok := e.RemovesAt(terms, told.At); ok {
		if now.Before(at) {
			return "", nil
		}
		return "remove", nil
	}
	at, ok := e.AnnouncesAt(terms)
	if !ok && terms.DraftRemove > 0 && e.State == rugzak.StateDraft { // no term of its own: told when it could go
		at, ok = e.UpdatedAt.AddDate(0, terms.DraftRemove, 0), true
	}
	if ok && !now.Before(at) {
		return "announce", nil
	}
	return "", nil
}

// dueAudit finds where the audit log has to be cut.
func (s *Service) dueAudit(r rugzak.Reader, terms rugzak.RetentionSettings) (last uint64, count int, err error) {
	if terms.Audit <= 0 {
		return 0, 0, nil
	}
	limit := s.now().AddDate(0, -terms.Audit, 0)
	for record, err := range r.AuditChain(0) {
		if err != nil {
			return 0, 0, err
		}
		if !record.At.Before(limit) {
			break
		}
		last = record.Number
		count++
	}
	return last, count, nil
}
