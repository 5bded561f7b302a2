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
// those that everybody who may read the lesson may read too, or is told of, so
// that the order of what is found tells nobody of an application they may not
// know of.
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
		if !e.Application.Helped() {
			continue
		}
		if u.kinds == nil {
			if u.kinds, err = kindsOf(u.reader); err != nil {
				return 0, err
			}
		}
		if e.Told(lesson.ID, tokens, u.kinds) {
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
	applied []rugzak.EntryID // applications others may newly know of
}

// Log implements rugzak.Writer.
func (w *usedWriter) Log(c rugzak.Change) error {
	if id, ok := c.EntryOf(); ok && tellsUse(c.Verb) && !slices.Contains(w.applied, id) {
		w.applied = append(w.applied, id)
	}
	return w.Writer.Log(c)
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

// logUse tells the followers of the lessons that were noted, and people of the
// applications.
func (s *Service) logUse(w *usedWriter) error {
	for _, id := range w.applied {
		if err := s.tellUse(w, id); err != nil {
			return err
		}
	}
	for _, id := range w.lessons {
		c := rugzak.Change{At: s.now(), Actor: "system", Verb: rugzak.VerbLessonUse, Subject: rugzak.EntrySubject(id)}
		if err := w.Log(c); err != nil {
			return err
		}
	}
	return nil
}
