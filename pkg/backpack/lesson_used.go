// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// LessonUsed is what an author, or somebody who took a lesson along, is told
// when it was applied.
type LessonUsed struct {
	Lesson       rugzak.EntryID
	Mine         bool // it is the reader's own lesson
	Organisation rugzak.Organisation
	Outcome      rugzak.Outcome
	// Story is the application; empty when the reader may know only of its
	// organisation and outcome, and then there is no Body either.
	Story rugzak.EntryID
	Body  string
	Lang  rugzak.Lang
	// Message is what the applier gives back to the first writer, for its
	// authors: found by the words of its heading, see FindMessages.
	Message string
}

// messageLength is how much of a message is shown, in characters.
const messageLength = 400

// FindMessages fills in the messages to the first writer. headings are what may
// stand above them, in a language.
func (p *NoticePage) FindMessages(headings func(rugzak.Lang) []string) {
	for _, l := range p.Lines {
		if u := l.Used; u != nil && u.Mine && u.Body != "" {
			u.Message = excerpt(UnderHeading(u.Body, headings(u.Lang)...), messageLength)
		}
	}
}

// UnderHeading is the text beneath a heading, up to the next one: beneath one of
// several, as an organisation may have words of its own for it.
func UnderHeading(body string, headings ...string) string {
	var out []string
	inside := false
	for line := range strings.Lines(body) {
		if text := strings.TrimLeft(line, "#"); text != line {
			inside = slices.Contains(headings, rugzak.Line(text))
		} else if inside {
			out = append(out, line)
		}
	}
	return strings.TrimSpace(strings.Join(out, ""))
}

// tellsUse are the verbs after which others may newly know of an application.
// An import tells nobody: what comes in by it is of long ago.
func tellsUse(v rugzak.Verb) bool {
	switch v {
	case rugzak.VerbEntryShared, rugzak.VerbEntryRevised, rugzak.VerbEntryRestored, rugzak.VerbEntryPutBack,
		rugzak.VerbAudienceWide, rugzak.VerbAudienceNarrow, rugzak.VerbReportSettled:
		return true
	}
	return false
}

// tellUse tells the authors of a lesson, and who took it along, that it was
// applied: once for each application, and only when that is told to the readers
// of the lesson.
func (s *Service) tellUse(w rugzak.Writer, id rugzak.EntryID) error {
	e, err := w.Entry(id)
	if isMissing(err) || err == nil && (e.Application == nil || e.Sample) {
		return nil
	}
	if err != nil {
		return err
	}
	lesson, err := w.Entry(e.Application.Lesson)
	if isMissing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	kind, err := kindsOf(w)
	if err != nil || !e.Told(lesson.ID, rugzak.AudienceTokens(lesson), kind) {
		return err
	}
	once := rugzak.Announcement{Entry: id, Kind: rugzak.NoticeLessonUsed + rugzak.NoticeKind(":"+lesson.ID), At: s.now()}
	if _, err := w.Announced(id, once.Kind); !isMissing(err) {
		return err
	}
	if err := w.Announce(once); err != nil {
		return err
	}
	return s.tellUsers(w, lesson, e)
}

// tellUsers makes the notices. Who applied the lesson is told nothing, nor is
// who may not see it.
func (s *Service) tellUsers(w rugzak.Writer, lesson, e rugzak.Entry) error {
	appliers, err := authorsToTell(w, e)
	if err != nil {
		return err
	}
	authors, err := authorsToTell(w, lesson)
	if err != nil {
		return err
	}
	takers, err := w.Keepers(lesson.ID)
	if err != nil {
		return err
	}
	told := map[rugzak.PersonID]bool{}
	for _, id := range slices.Concat(authors, takers) {
		if told[id] || slices.Contains(appliers, id) {
			continue
		}
		told[id] = true
		p, err := w.Person(id)
		if isMissing(err) || err == nil && p.Inactive {
			continue
		}
		if err != nil {
			return err
		}
		if _, err := sees(w, p, lesson.ID); isMissing(err) {
			continue
		} else if err != nil {
			return err
		}
		n := rugzak.Notice{ID: rugzak.NewID(s.now()), Person: id, Kind: rugzak.NoticeLessonUsed, Entry: lesson.ID, About: string(e.ID), At: s.now()}
		if lesson.Mode == rugzak.Anonymous && slices.Contains(authors, id) {
			// Who wrote without name must not be found by what they were told.
			if n.About, err = sealedUse(w, id, e.ID); err != nil {
				return err
			}
			n.Kind, n.Entry = rugzak.NoticeLessonUsedNameless, ""
		}
		if err := w.SaveNotice(n); err != nil {
			return err
		}
	}
	return nil
}

// sealedUse stands for an application in a notice to somebody who wrote its
// lesson without name: only who knows what they wrote can tell which it is.
func sealedUse(r rugzak.Reader, person rugzak.PersonID, application rugzak.EntryID) (string, error) {
	key, err := r.Key()
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("lesson used\x00" + string(person) + "\x00" + string(application)))
	return hex.EncodeToString(mac.Sum(nil)[:16]), nil
}

// usedDetail reads what a notice of the use of a lesson is about, with the rights
// of now.
func usedDetail(r rugzak.Reader, by rugzak.Person, line *NoticeLine) (bool, error) {
	lesson, application, ok, err := noticedUse(r, by, line.Notice)
	if err != nil || !ok {
		return false, err
	}
	kind, err := kindsOf(r)
	if err != nil {
		return false, err
	}
	mine, err := isMine(r, by, application)
	if err != nil {
		return false, err
	}
	reads := mine || rugzak.CanRead(by, application)
	if !reads && !application.Told(lesson.ID, rugzak.AudienceTokens(lesson), kind) {
		return false, nil
	}
	own, err := isMine(r, by, lesson)
	if err != nil {
		return false, err
	}
	line.Title, line.Lang = lesson.Title, lesson.Lang
	line.Used = &LessonUsed{Lesson: lesson.ID, Mine: own, Outcome: application.Application.Outcome}
	o, err := r.Organisation(application.Organisation)
	switch {
	case err == nil && (reads || rugzak.CanKnowOrganisation(by, o)):
		o.Teams = nil
		line.Used.Organisation = o
	case err != nil && !isMissing(err):
		return false, err
	}
	line.Notice.About = "" // the reader may know of it what is above
	if reads {
		line.Used.Story, line.Used.Body, line.Used.Lang = application.ID, application.Body, application.Lang
	}
	return true, nil
}

// noticedUse finds the lesson and the application of a notice; ok is false when
// one of them is gone, hidden or belongs to another by now.
func noticedUse(r rugzak.Reader, by rugzak.Person, n rugzak.Notice) (lesson, application rugzak.Entry, ok bool, err error) {
	id := rugzak.EntryID(n.About)
	if n.Kind == rugzak.NoticeLessonUsedNameless {
		if id, err = unsealUse(r, by.ID, n.About); err != nil || id == "" {
			return lesson, application, false, err
		}
	}
	application, err = r.Entry(id)
	if isMissing(err) || err == nil && (application.Application == nil || !application.State.Public()) {
		return lesson, application, false, nil
	}
	if err != nil {
		return lesson, application, false, err
	}
	if n.Entry != "" && application.Application.Lesson != n.Entry {
		return lesson, application, false, nil
	}
	lesson, _, err = look(r, by, application.Application.Lesson)
	if isMissing(err) {
		return lesson, application, false, nil
	}
	return lesson, application, err == nil, err
}

// unsealUse finds the application among those of what a person wrote without
// name; empty when it is not there.
func unsealUse(r rugzak.Reader, person rugzak.PersonID, sealed string) (rugzak.EntryID, error) {
	wrote, err := r.HiddenEntries(person)
	if err != nil {
		return "", err
	}
	for _, id := range wrote {
		for e, err := range r.RelatedTo(id) {
			if err != nil {
				return "", err
			}
			if e.Application == nil || e.Application.Lesson != id {
				continue
			}
			mac, err := sealedUse(r, person, e.ID)
			if err != nil {
				return "", err
			}
			if mac == sealed {
				return e.ID, nil
			}
		}
	}
	return "", nil
}
