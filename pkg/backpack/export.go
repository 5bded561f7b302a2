// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// Sink takes a whole export, in the order of these calls: Backpack once, then
// the entries by id.
type Sink interface {
	Backpack(b rugzak.Backpack) error
	// Entry takes an entry with all its revisions, oldest first; the last one
	// is the entry itself. A draft has none.
	Entry(e rugzak.Entry, revisions []rugzak.Revision, hidden []rugzak.PersonID) error
	AttachmentSink
}

// Export writes the whole backpack, drafts included, from one consistent
// state: it is for the owner of the data. Who wrote without name is told only
// when asked for.
func (s *Service) Export(ctx context.Context, by rugzak.Person, sink Sink, hiddenAuthors bool, progress Progress) error {
	if !rugzak.CanAdminister(by) {
		return rugzak.Forbidden("error.administrators_only")
	}
	what := rugzak.ExportWhole
	if hiddenAuthors {
		what = rugzak.ExportWholeHidden
	}
	if err := s.noteExport(ctx, by, what); err != nil {
		return err
	}
	s.purger.copying.RLock()
	defer s.purger.copying.RUnlock()
	return s.view(ctx, "export", func(r rugzak.Reader) error {
		b, err := readBackpack(r)
		if err == nil {
			err = readResponsesWhole(r, &b, hiddenAuthors)
		}
		if err != nil {
			return err
		}
		if err := sink.Backpack(b); err != nil {
			return err
		}
		var ids []rugzak.EntryID
		for e, err := range r.Entries(rugzak.AllEntries, "") {
			if err != nil {
				return err
			}
			ids = append(ids, e.ID)
		}
		slices.Sort(ids)
		for i, id := range ids {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := exportEntry(r, sink, id, hiddenAuthors); err != nil {
				return err
			}
			if progress != nil {
				progress(i+1, len(ids))
			}
		}
		for _, id := range ids {
			if err := s.passAttachments(ctx, r, id, sink); err != nil {
				return err
			}
		}
		return nil
	})
}

func readBackpack(r rugzak.Reader) (b rugzak.Backpack, err error) {
	if b.Organisations, err = r.Organisations(); err != nil {
		return b, err
	}
	slices.SortFunc(b.Organisations, func(x, y rugzak.Organisation) int { return byName(string(x.ID), string(y.ID)) })
	for p, err := range r.People() {
		if err != nil {
			return b, err
		}
		b.People = append(b.People, p)
	}
	if b.Themes, err = r.Themes(); err != nil {
		return b, err
	}
	slices.SortFunc(b.Themes, func(x, y rugzak.Theme) int { return byName(string(x.ID), string(y.ID)) })
	if b.Movement, err = r.Movement(); err != nil {
		return b, err
	}
	if b.PastCompasses, err = r.PastCompasses(); err != nil {
		return b, err
	}
	if b.Tombstones, err = r.Tombstones(); err != nil {
		return b, err
	}
	if b.Terms, err = readTerms(r); err != nil {
		return b, err
	}
	for q, err := range r.AllSavedSearches() {
		if err != nil {
			return b, err
		}
		q.Since, q.Fresh, q.Told, q.ToldAt = time.Time{}, nil, nil, time.Time{}
		b.SavedSearches = append(b.SavedSearches, q)
	}
	if err := readJoining(r, &b); err != nil {
		return b, err
	}
	if err := readCare(r, &b); err != nil {
		return b, err
	}
	if err := readReportedTexts(r, &b); err != nil {
		return b, err
	}
	if err := readRefusals(r, &b); err != nil {
		return b, err
	}
	if err := exportMessages(r, &b); err != nil {
		return b, err
	}
	if err := exportThreads(r, &b); err != nil {
		return b, err
	}
	for need, err := range r.AllRoomNeeds() {
		if err != nil {
			return b, err
		}
		b.RoomNeeds = append(b.RoomNeeds, need)
	}
	if err := exportCoreTeam(r, &b); err != nil {
		return b, err
	}
	if b.Meetings, err = r.Meetings(); err != nil {
		return b, err
	}
	if err := exportRounds(r, &b); err != nil {
		return b, err
	}
	if b.Interims, err = r.Interims(); err != nil {
		return b, err
	}
	for k, err := range r.AllKeeps() {
		if err != nil {
			return b, err
		}
		b.Keeps = append(b.Keeps, k)
	}
	return b, nil
}

func exportEntry(r rugzak.Reader, sink Sink, id rugzak.EntryID, hiddenAuthors bool) error {
	e, err := r.Entry(id)
	if err != nil {
		return err
	}
	var revs []rugzak.Revision
	if e.Revision > 0 {
		for rev, err := range r.Revisions(id) {
			if err != nil {
				return err
			}
			revs = append(revs, rev)
		}
		slices.Reverse(revs)
	}
	var hidden []rugzak.PersonID
	if !hiddenAuthors && e.State == rugzak.StateDraft && e.Mode == rugzak.Anonymous {
		e.Authors = nil // will be shared without name
	}
	if hiddenAuthors {
		if hidden, err = r.HiddenAuthors(id); err != nil {
			return err
		}
	}
	return sink.Entry(e, revs, hidden)
}
