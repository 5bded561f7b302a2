// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"

	"rugzak/pkg/rugzak"
)

// enoughUse is up to where applications of a lesson are counted: beyond it the
// number makes no difference to where the lesson stands among what is found.
const enoughUse = 16

// usefulness counts how many applications of a lesson helped. It counts only
// those that everybody who may read the lesson may read too, so that the order
// of what is found tells nobody of an application they may not see.
type usefulness struct {
	reader rugzak.Reader
	kinds  func(rugzak.OrganisationID) rugzak.OrganisationKind // read when first needed
}

// of counts for one lesson.
func (u *usefulness) of(lesson rugzak.Entry) (int, error) {
	tokens := rugzak.AudienceTokens(lesson)
	if len(tokens) == 0 {
		return 0, nil
	}
	count := 0
	for e, err := range u.reader.RelatedTo(lesson.ID) {
		if err != nil {
			return 0, err
		}
		if !e.Application.Helped() || e.Application.Lesson != lesson.ID {
			continue
		}
		if u.kinds == nil {
			if u.kinds, err = kindsOf(u.reader); err != nil {
				return 0, err
			}
		}
		if rugzak.Covers(e, tokens, u.kinds) {
			if count++; count == enoughUse {
				break
			}
		}
	}
	return count, nil
}

// usedWriter is the Writer of every use case. It notes of which lessons the
// applications change, by whatever way, and logs that they did: then the index
// looks at the lesson again.
type usedWriter struct {
	rugzak.Writer
	lessons []rugzak.EntryID
}

// SaveEntry implements rugzak.Writer.
func (w *usedWriter) SaveEntry(e rugzak.Entry, base int, note *rugzak.RevisionNote) error {
	if err := w.noteStored(e.ID); err != nil {
		return err
	}
	if err := w.Writer.SaveEntry(e, base, note); err != nil {
		return err
	}
	w.note(e)
	return nil
}

// RemoveEntry implements rugzak.Writer.
func (w *usedWriter) RemoveEntry(id rugzak.EntryID) error {
	if err := w.noteStored(id); err != nil {
		return err
	}
	return w.Writer.RemoveEntry(id)
}

// PurgeEntry implements rugzak.Writer.
func (w *usedWriter) PurgeEntry(id rugzak.EntryID) error {
	if err := w.noteStored(id); err != nil {
		return err
	}
	return w.Writer.PurgeEntry(id)
}

// noteStored notes the lesson of an entry as it is before a change.
func (w *usedWriter) noteStored(id rugzak.EntryID) error {
	e, err := w.Writer.Entry(id)
	if isMissing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	w.note(e)
	return nil
}

// note notes the lesson of an application that counts for some reader.
func (w *usedWriter) note(e rugzak.Entry) {
	if e.Application.Helped() && len(rugzak.AudienceTokens(e)) > 0 && !slices.Contains(w.lessons, e.Application.Lesson) {
		w.lessons = append(w.lessons, e.Application.Lesson)
	}
}

// logUse tells the followers of the lessons that were noted.
func (s *Service) logUse(w *usedWriter) error {
	for _, id := range w.lessons {
		c := rugzak.Change{At: s.now(), Actor: "system", Verb: rugzak.VerbLessonUse, Subject: rugzak.EntrySubject(id)}
		if err := w.Log(c); err != nil {
			return err
		}
	}
	return nil
}
