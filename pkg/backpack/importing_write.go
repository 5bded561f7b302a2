// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"reflect"
	"slices"

	"rugzak/pkg/rugzak"
)

// importBatch is how many good files share a transaction.
const importBatch = 500

// write stores the good ones of a batch in one transaction.
func (run *importRun) write(ctx context.Context, batch []importItem) error {
	if len(batch) == 0 {
		return nil
	}
	lines := make([]ImportLine, len(batch))
	_, err := run.update(ctx, "import", func(w rugzak.Writer) error {
		themes, err := w.Themes()
		if err != nil {
			return err
		}
		m, err := w.Movement()
		if err != nil {
			return err
		}
		known := func(id rugzak.OrganisationID) bool {
			_, err := w.Organisation(id)
			return err == nil
		}
		for i := range batch {
			lines[i] = ImportLine{Place: batch[i].Place, Line: batch[i].Line, Ignored: batch[i].Ignored, Outcome: ImportRefused, Err: batch[i].Err, Found: batch[i].found}
			if batch[i].Err != nil {
				continue
			}
			refer(&batch[i].Entry, themes, m, known)
			outcome, id, err := run.put(w, batch[i].Entry)
			switch code := rugzak.CodeOf(err); {
			case code == rugzak.CodeInvalid || code == rugzak.CodeConflict:
				lines[i].Err = err
				continue
			case err != nil:
				return err
			}
			lines[i].Outcome, lines[i].ID, lines[i].Declared = outcome, id, batch[i].declared
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i, l := range lines {
		run.count(l)
		if l.Err == nil && (len(batch[i].Entry.Relations) > 0 || batch[i].Entry.Application != nil) {
			batch[i].Entry.ID = l.ID
			run.related = append(run.related, batch[i])
		}
		run.report(l)
	}
	return nil
}

func (run *importRun) count(l ImportLine) {
	run.sum.Declared += l.Declared
	if len(l.Found) > 0 {
		run.sum.Noticed++
	}
	switch l.Outcome {
	case ImportAdded:
		run.sum.Added++
	case ImportUpdated:
		run.sum.Updated++
	case ImportUnchanged:
		run.sum.Unchanged++
	default:
		run.sum.Refused++
	}
}

// refer turns the names of themes into ids and drops what the backpack does
// not know.
func refer(e *rugzak.Entry, themes []rugzak.Theme, m rugzak.Movement, known func(rugzak.OrganisationID) bool) {
	var ids []rugzak.ThemeID
	for _, name := range e.Themes {
		for _, t := range themes {
			if t.ID == name || byName(t.Title, string(name)) == 0 {
				ids = append(ids, t.ID)
			}
		}
	}
	e.Themes = unique(ids)
	e.Drives = slices.DeleteFunc(e.Drives, func(id rugzak.DriveID) bool { _, ok := m.Compass.Drive(id); return !ok })
	e.With = slices.DeleteFunc(e.With, func(id rugzak.OrganisationID) bool { return id == e.Organisation || !known(id) })
	if _, ok := m.Phase(e.Phase); !ok {
		e.Phase = ""
	}
}

// put stores one entry: new, as a new revision, or not at all when it is the
// same as before.
func (run *importRun) put(w rugzak.Writer, e rugzak.Entry) (outcome string, id rugzak.EntryID, err error) {
	now := run.now()
	e.Relations = nil // made when everything is in
	check := e
	if check.Application != nil {
		check.Application = nil
		check.Kind = rugzak.KindExperience
	}
	if err := check.Validate(); err != nil {
		return "", "", err
	}
	note := &rugzak.RevisionNote{Actor: "system", Reason: rugzak.ReasonImported}
	if a := run.options.Author.ID; a != "" {
		note.Actor = "person:" + string(a)
	}
	id, err = w.EntryByExternal(e.External)
	if isMissing(err) {
		e.ID = rugzak.EntryID(rugzak.NewID(now))
		e.State, e.Revision, e.Version = rugzak.StateShared, 1, 1
		e.CreatedAt, e.UpdatedAt, e.SharedAt = now, now, now
		if e.Application != nil {
			if err := run.fitsLesson(w, rugzak.Entry{}, e, e.Application.Lesson); err != nil {
				return "", "", err
			}
			e.Application = &rugzak.ApplicationData{Outcome: e.Application.Outcome}
		}
		if err := w.SaveEntry(e, 0, note); err != nil {
			return "", "", err
		}
		return ImportAdded, e.ID, w.Log(run.imported(note.Actor, e.ID))
	}
	if err != nil {
		return "", "", err
	}
	before, err := w.Entry(id)
	if err != nil {
		return "", "", err
	}
	after := before.Clone()
	input := run.InputOf(e).clean() // an empty list is no change
	input.Themes, input.ThemesShown = before.Themes, before.Themes
	input.Audience, input.Mode = before.Audience, before.Mode
	input.Relations = before.Relations
	if input.Application != nil {
		outcome := input.Application.Outcome
		input.Application = &rugzak.ApplicationData{Outcome: outcome}
		if before.Application != nil {
			input.Application.Lesson = before.Application.Lesson // the right one comes with the relations
			input.Application.Tell = before.Application.Tell
		}
	}
	input.fill(&after)
	if e.Application != nil {
		if err := run.fitsLesson(w, before, after, e.Application.Lesson); err != nil {
			return "", "", err
		}
	}
	if reflect.DeepEqual(after, before) {
		return ImportUnchanged, id, nil
	}
	after.Revision, after.Version, after.UpdatedAt = before.Revision+1, before.Version+1, now
	if err := w.SaveEntry(after, before.Version, note); err != nil {
		return "", "", err
	}
	return ImportUpdated, id, w.Log(run.imported(note.Actor, id))
}

func (run *importRun) imported(actor string, id rugzak.EntryID) rugzak.Change {
	return rugzak.Change{At: run.now(), Actor: actor, Verb: rugzak.VerbEntryImported, Subject: rugzak.EntrySubject(id)}
}
