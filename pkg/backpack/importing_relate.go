// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"reflect"
	"slices"

	"rugzak/pkg/rugzak"
)

// relate makes the relations of the files, now that all of them have an id.
// What a relation leads to must be in the same source, or in the backpack
// under this very id where the author may see it.
func (run *importRun) relate(ctx context.Context) error {
	for part := range slices.Chunk(run.related, importBatch) {
		_, err := run.update(ctx, "relate imported entries", func(w rugzak.Writer) error {
			for _, it := range part {
				if err := run.relateOne(w, it.Entry); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (run *importRun) relateOne(w rugzak.Writer, want rugzak.Entry) error {
	e, err := w.Entry(want.ID)
	if err != nil {
		return err
	}
	before := e.Clone()
	e.Relations = nil
	for _, rel := range want.Relations {
		to, err := run.referred(w, rel.To)
		if err != nil {
			return err
		}
		if to != "" && to != e.ID {
			e.Relations = append(e.Relations, rugzak.Relation{Type: rel.Type, To: to})
		}
	}
	e.Relations = unique(e.Relations)
	if want.Application != nil {
		to, err := run.referred(w, want.Application.Lesson)
		if err != nil {
			return err
		}
		e.Application = &rugzak.ApplicationData{Lesson: to, Outcome: want.Application.Outcome}
		if was := before.Application; was != nil && was.Lesson == to {
			e.Application.Tell = was.Tell
		}
		switch err := checkLesson(w, before, e); {
		case rugzak.CodeOf(err) == rugzak.CodeInvalid: // its lesson came in by this very import
			e.Application.Lesson = ""
		case err != nil:
			return err
		}
	}
	if reflect.DeepEqual(e, before) {
		return nil
	}
	return w.SaveEntry(e, e.Version, nil)
}

// fitsLesson refuses an application that would be for more people than its
// lesson, as far as the lesson is there already. id is that of the lesson in the
// files, before is empty for a new application.
func (run *importRun) fitsLesson(r rugzak.Reader, before, e rugzak.Entry, id rugzak.EntryID) error {
	lesson, err := run.referred(r, id)
	if err != nil || lesson == "" || e.Application == nil {
		return err
	}
	a := *e.Application
	a.Lesson = lesson
	e.Application = &a
	return checkLesson(r, before, e)
}

// referred finds an entry by the id it has in the files; empty when there is none.
func (run *importRun) referred(r rugzak.Reader, id rugzak.EntryID) (rugzak.EntryID, error) {
	to, err := r.EntryByExternal(rugzak.External{Source: run.options.Source, ID: string(id)})
	if isMissing(err) {
		_, err = sees(r, run.options.Author, id)
		to = id
	}
	if isMissing(err) {
		return "", nil
	}
	return to, err
}
