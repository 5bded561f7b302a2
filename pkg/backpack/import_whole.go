// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"iter"
	"slices"

	"rugzak/pkg/rugzak"
)

// WholeEntry is an entry of a whole export with its past revisions, oldest
// first, and its hidden authors where the export holds them.
type WholeEntry struct {
	Entry  rugzak.Entry
	Note   rugzak.RevisionNote // of the newest revision
	Past   []rugzak.Revision
	Hidden []rugzak.PersonID
}

// ImportWhole fills an empty backpack from a whole export, all or nothing. The
// files are trusted: they are the data owner's own.
func (s *Service) ImportWhole(ctx context.Context, by rugzak.Person, b rugzak.Backpack, entries iter.Seq2[WholeEntry, error], progress Progress) (int, error) {
	if !rugzak.CanAdminister(by) {
		return 0, rugzak.Forbidden("error.administrators_only")
	}
	defer s.purger.wake()    // of what is not taken in, no file stays
	defer s.keepingFiles()() // nothing is collected until the entries refer to it
	if err := s.putExportedFiles(ctx, b); err != nil {
		return 0, err
	}
	if err := s.screenBackpack(b); err != nil {
		return 0, err
	}
	count := 0
	_, err := s.update(ctx, "import whole backpack", func(w rugzak.Writer) error {
		count = 0
		purged := map[rugzak.EntryID]bool{}
		var gone []WholeEntry
		if err := mustBeEmpty(w); err != nil {
			return err
		}
		if err := s.putBackpack(w, b); err != nil {
			return err
		}
		for whole, err := range entries {
			if err != nil {
				return err
			}
			if slices.ContainsFunc(b.Tombstones, func(t rugzak.Tombstone) bool { return t.Covers(whole.Entry) }) {
				purged[whole.Entry.ID] = true
				gone = append(gone, whole)
				continue
			}
			if err := s.putWhole(w, whole); err != nil {
				return err
			}
			if count++; progress != nil && count%100 == 0 {
				progress(count, 0)
			}
		}
		if err := s.putAttachments(w, b, purged); err != nil {
			return err
		}
		for _, k := range b.Keeps {
			if purged[k.Entry] {
				continue
			}
			if err := w.SaveKeep(k); err != nil {
				return err
			}
		}
		if err := s.putResponses(w, b, purged); err != nil {
			return err
		}
		for _, q := range b.SavedSearches {
			q.Since = s.now()
			if err := errors.Join(q.Validate(), w.SaveSearch(q)); err != nil {
				return err
			}
		}
		if err := putJoining(w, b, purged); err != nil {
			return err
		}
		if err := putCare(w, b, purged); err != nil {
			return err
		}
		if err := putRefusals(w, b, purged); err != nil {
			return err
		}
		if err := putMessages(w, b, purged); err != nil {
			return err
		}
		if err := putCoreTeam(w, b); err != nil {
			return err
		}
		if err := putThreads(w, b, purged); err != nil {
			return err
		}
		if err := s.putRoomAndMeetings(w, b); err != nil {
			return err
		}
		if err := putRounds(w, b); err != nil {
			return err
		}
		for _, i := range b.Interims { // before the tombstones, which take stories away
			if err := errors.Join(i.Validate(), w.SaveInterim(i)); err != nil {
				return err
			}
		}
		if err := s.putReportedTexts(w, b); err != nil {
			return err
		}
		for _, t := range b.Tombstones {
			if _, _, need := rugzak.Subject(t.Subject).NeedOf(); need {
				t.Version = 1 // as organisations are stored now
			}
			if err := w.SaveTombstone(t); err != nil {
				return err
			}
		}
		return forgetRepeated(w, gone)
	})
	return count, err
}

// forgetRepeated takes out what an older export repeats of entries that were
// purged since.
func forgetRepeated(w rugzak.Writer, all []WholeEntry) error {
	for _, whole := range all {
		said := []rugzak.Entry{whole.Entry}
		for _, rev := range whole.Past {
			said = append(said, rev.Entry)
		}
		if err := w.ForgetRepeated(whole.Entry, rugzak.NewGone(whole.Entry.ID, said, nil)); err != nil {
			return err
		}
	}
	return nil
}

// screenBackpack refuses citizen service numbers outside the entries.
func (s *Service) screenBackpack(b rugzak.Backpack) error {
	for _, t := range b.Themes {
		if _, err := block(s.screen(append(themeTexts(t), field{"thread", t.Thread}, field{"id", string(t.ID)}), t.NotBSN)); err != nil {
			return err
		}
	}
	for _, t := range b.Threads {
		if _, err := block(s.screen(threadTexts(t), t.NotBSN)); err != nil {
			return err
		}
	}
	if err := s.screenCare(b); err != nil {
		return err
	}
	var texts []field
	for _, o := range b.Organisations {
		texts = append(texts, field{"id", string(o.ID)}, field{"name", o.Name})
		texts = append(texts, needTexts(o.Need)...)
		for _, t := range o.Teams {
			texts = append(texts, field{"teams", string(t.ID)}, field{"teams", t.Name})
		}
	}
	for _, p := range b.People {
		texts = append(texts, field{"name", p.Name}, field{"email", p.Email}, field{"why", p.Why})
	}
	texts = append(texts, roomAndMeetingTexts(b)...)
	texts = append(texts, coreTeamTexts(b)...)
	texts = append(texts, joiningTexts(b)...)
	texts = append(texts, roundTexts(b)...)
	texts = append(texts, digestTexts(b)...)
	texts = append(texts, letterTexts(b)...)
	for _, q := range b.SavedSearches {
		texts = append(texts, savedTexts(q)...)
	}
	for _, k := range b.Keeps {
		texts = append(texts, keepTexts(k)...)
	}
	for _, t := range b.Terms {
		texts = append(texts, termTexts(t)...)
	}
	for _, c := range b.PastCompasses {
		texts = append(texts, compassTexts(c)...)
	}
	for _, i := range b.Interims {
		texts = append(texts, field{"title", i.Title}, field{"text", i.Text})
		for _, story := range i.Stories {
			texts = append(texts, field{"title", story.Title}, field{"text", story.Text})
		}
	}
	return s.refuseNumbers(append(texts, movementTexts(b.Movement)...)...)
}

func movementTexts(m rugzak.Movement) []field {
	out := compassTexts(m.Compass)
	for _, a := range m.Agenda {
		out = append(out, field{"agenda", a.ID}, field{"agenda", a.Title}, field{"agenda", a.Text}, field{"agenda", a.Learned})
		for _, p := range a.Progress {
			out = append(out, field{"agenda", p.Text})
		}
	}
	for _, w := range m.Wordings {
		out = append(out, field{"wording", w.NL}, field{"wording", w.EN})
	}
	for _, r := range m.Rounds {
		out = append(out, field{"round", r.ID}, field{"round", r.Title}, field{"round", r.Text})
		for _, q := range r.Questions {
			out = append(out, field{"round", q})
		}
	}
	for _, f := range m.Phases {
		out = append(out, field{"phase", string(f.ID)}, field{"phase", f.NameNL}, field{"phase", f.NameEN})
	}
	return out
}

func compassTexts(c rugzak.Compass) []field {
	out := []field{{"compass", c.Purpose}, {"compass", c.Why}}
	for _, d := range c.Drives {
		out = append(out, field{"compass", string(d.ID)}, field{"compass", d.Name}, field{"compass", d.Meaning})
	}
	return out
}

func mustBeEmpty(r rugzak.Reader) error {
	full := &rugzak.Error{Code: rugzak.CodeConflict, Key: "error.not_empty"}
	if some, err := anyEntry(r, rugzak.AllEntries); err != nil || some {
		return errors.Join(err, full)
	}
	for range r.People() {
		return full
	}
	all, err := r.Organisations()
	if err == nil && len(all) > 0 {
		return full
	}
	return err
}

// putBackpack stores everything but the entries. Versions are kept as they
// were, so that a second export has the same bytes.
func (s *Service) putBackpack(w rugzak.Writer, b rugzak.Backpack) error {
	for _, o := range b.Organisations {
		if err := o.Validate(); err != nil {
			return err
		}
		if err := w.SaveOrganisation(o, 0); err != nil {
			return err
		}
	}
	for _, p := range b.People {
		o, err := w.Organisation(p.Organisation)
		if err != nil {
			return err
		}
		p.Kind = o.Kind
		if err := p.Validate(o); err != nil {
			return err
		}
		if err := w.SavePerson(p, 0); err != nil {
			return err
		}
	}
	for _, t := range b.Themes {
		if err := t.Validate(); err != nil {
			return err
		}
		if err := w.SaveTheme(t, 0); err != nil {
			return err
		}
		if t.Reported { // somebody must be able to settle it
			incident := rugzak.Incident{
				ID: rugzak.NewID(s.now()), Theme: t.ID, Found: s.now(), Reason: rugzak.ReasonElse, Version: 1, Audience: t.Audience,
			}
			if err := w.SaveIncident(incident); err != nil {
				return err
			}
		}
	}
	if err := s.putTerms(w, b.Terms); err != nil {
		return err
	}
	if err := w.SaveMovement(b.Movement); err != nil {
		return err
	}
	for _, c := range b.PastCompasses {
		if err := w.PutPastCompass(c); err != nil {
			return err
		}
	}
	return w.Log(rugzak.Change{At: s.now(), Actor: "system", Verb: rugzak.VerbMovementSaved, Subject: "movement"})
}

func (s *Service) putWhole(w rugzak.Writer, whole WholeEntry) error {
	e := whole.Entry
	o, err := w.Organisation(e.Organisation)
	if err != nil {
		return err
	}
	e.OrganisationKind = o.Kind
	if e.State == rugzak.StateDraft {
		err = e.ValidateDraft()
	} else {
		err = e.Validate()
	}
	if err != nil {
		return err
	}
	if err := checkNumbers(whole); err != nil {
		return err
	}
	if _, err := block(s.screen(append(s.InputOf(e).texts(), field{"id", e.External.ID}), e.NotBSN)); err != nil {
		return err
	}
	for _, r := range whole.Past {
		if _, err := block(s.screen(s.InputOf(r.Entry).texts(), r.Entry.NotBSN)); err != nil {
			return err
		}
		r.Entry.OrganisationKind = o.Kind
		if err := w.PutRevision(r); err != nil {
			return err
		}
	}
	if len(whole.Hidden) > 0 {
		if err := w.SetHiddenAuthors(e.ID, whole.Hidden); err != nil {
			return err
		}
	}
	var note *rugzak.RevisionNote
	if e.Revision > 0 {
		note = &whole.Note
	}
	if err := w.SaveEntry(e, 0, note); err != nil {
		return err
	}
	if e.State == rugzak.StateReported { // somebody must be able to settle it
		incident := rugzak.Incident{
			ID: rugzak.NewID(s.now()), Entry: e.ID, Found: s.now(), Reason: rugzak.ReasonElse, State: rugzak.StateShared,
			Version: e.Version, Revision: e.Revision, Audience: e.Audience, Organisation: e.Organisation, Team: e.Team,
		}
		if err := w.SaveIncident(incident); err != nil {
			return err
		}
	}
	return w.Log(rugzak.Change{At: s.now(), Actor: "system", Verb: rugzak.VerbEntryImported, Subject: rugzak.EntrySubject(e.ID)})
}

// checkNumbers wants an entry with every revision it counts, and nothing of
// another entry.
func checkNumbers(whole WholeEntry) error {
	e := whole.Entry
	draft := e.State == rugzak.StateDraft
	good := rugzak.ValidID(string(e.ID)) && e.Version > 0 && draft == (e.Revision == 0) && len(whole.Past) == max(e.Revision-1, 0)
	for i, r := range whole.Past {
		good = good && r.Entry.ID == e.ID && r.Entry.Revision == i+1
	}
	if good {
		return nil
	}
	var p rugzak.Problems
	p.Add("revisions", "exchange.missing_file")
	return p.Err()
}
