// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"

	"rugzak/pkg/rugzak"
)

// tellResponse tells whom a new response concerns, each once: whom it names, who
// wrote the entry, and who spoke in the thread before. Who may not read it now
// is told nothing.
func (s *Service) tellResponse(w rugzak.Writer, e rugzak.Entry, x rugzak.Response, all []rugzak.Response) error {
	told := []rugzak.PersonID{x.Author}
	if err := s.tellMentioned(w, e, x, all, x.Mentions); err != nil {
		return err
	}
	told = append(told, x.Mentions...)
	for _, a := range e.Authors {
		if slices.Contains(told, a) {
			continue
		}
		told = append(told, a)
		if err := s.tellOfResponse(w, e, x, all, a, rugzak.NoticeResponse); err != nil {
			return err
		}
	}
	for _, other := range all {
		if other.Thread() != x.Thread() || !other.Shown() || slices.Contains(told, other.Author) {
			continue
		}
		told = append(told, other.Author)
		if err := s.tellOfResponse(w, e, x, all, other.Author, rugzak.NoticeResponse); err != nil {
			return err
		}
	}
	if e.Mode != rugzak.Anonymous {
		return nil
	}
	hidden, err := w.HiddenAuthors(e.ID)
	if err != nil {
		return err
	}
	for _, a := range hidden {
		if slices.Contains(told, a) {
			continue
		}
		if err := s.tellUnnamed(w, a, rugzak.NoticeResponseUnnamed); err != nil {
			return err
		}
	}
	return nil
}

// tellMentioned tells people that a response names them.
func (s *Service) tellMentioned(w rugzak.Writer, e rugzak.Entry, x rugzak.Response, all []rugzak.Response, who []rugzak.PersonID) error {
	for _, id := range who {
		if id == x.Author {
			continue
		}
		if err := s.tellOfResponse(w, e, x, all, id, rugzak.NoticeMention); err != nil {
			return err
		}
	}
	return nil
}

// tellOfResponse leaves a notice of a response for somebody who may read it.
func (s *Service) tellOfResponse(w rugzak.Writer, e rugzak.Entry, x rugzak.Response, all []rugzak.Response, to rugzak.PersonID, kind rugzak.NoticeKind) error {
	p, err := w.Person(to)
	if isMissing(err) || err == nil && (p.Inactive || !rugzak.CanRead(p, e)) {
		return nil
	}
	if err != nil {
		return err
	}
	if sees, err := seesResponse(w, p, x, all); err != nil || !sees {
		return err
	}
	return s.leave(w, rugzak.Notice{Person: to, Kind: kind, Entry: e.ID, About: x.ID})
}

// tellUnnamed tells who wrote without name that something happened, without
// saying to what: nothing outside the link to the author may lead from one to
// the other. One that was not read yet says enough.
func (s *Service) tellUnnamed(w rugzak.Writer, to rugzak.PersonID, kind rugzak.NoticeKind) error {
	p, err := w.Person(to)
	if isMissing(err) || err == nil && p.Inactive {
		return nil
	}
	if err != nil {
		return err
	}
	notices, err := w.Notices(to)
	if err != nil || slices.ContainsFunc(notices, func(n rugzak.Notice) bool { return n.Kind == kind && !n.Read }) {
		return err
	}
	return s.leave(w, rugzak.Notice{Person: to, Kind: kind})
}

// responseDetail leads a notice to the response it is about; what is not there
// any more for who is told, is not told.
func responseDetail(r rugzak.Reader, by rugzak.Person, line *NoticeLine) (bool, error) {
	_, x, _, err := lookResponse(r, by, line.Notice.Entry, line.Notice.About)
	if isMissing(err) {
		return false, nil
	}
	line.Response = x.ID
	return err == nil, err
}

// ownResponseDetail leads to a response of the person, as long as there is one.
func ownResponseDetail(r rugzak.Reader, by rugzak.Person, line *NoticeLine) (bool, error) {
	_, err := responseDetail(r, by, line)
	return err == nil, err
}

// mostThankers is how many who thank are named.
const mostThankers = 3

// thanksDetail says who thanks. It never tells more than the name, and only of
// somebody the person may know.
func thanksDetail(r rugzak.Reader, by rugzak.Person, line *NoticeLine) (bool, error) {
	err := addThanker(r, by, line, line.Notice)
	line.Notice.About = ""
	return err == nil, err
}

// addThanker adds the name of who thanks by another notice of the same line.
func addThanker(r rugzak.Reader, by rugzak.Person, line *NoticeLine, n rugzak.Notice) error {
	if len(line.Who) == mostThankers {
		return nil
	}
	p, err := r.Person(rugzak.PersonID(n.About))
	if isMissing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	present := map[rugzak.PersonID]bool{}
	if !by.IsMember() {
		e, _, err := look(r, by, n.Entry)
		if isMissing(err) {
			return nil
		}
		if err != nil {
			return err
		}
		all, err := r.Responses(n.Entry)
		if err != nil {
			return err
		}
		if present, err = onThePage(r, by, e, all); err != nil {
			return err
		}
	}
	if rugzak.CanSeeProfile(by, p, present[p.ID]) {
		line.Who = append(line.Who, p.Name)
	}
	return nil
}
