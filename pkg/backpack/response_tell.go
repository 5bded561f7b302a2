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

// seesToldResponse reports whether what a notice tells of is still there for who
// is told. Other notices always are.
func seesToldResponse(r rugzak.Reader, by rugzak.Person, n rugzak.Notice) (bool, error) {
	if n.Kind != rugzak.NoticeResponse && n.Kind != rugzak.NoticeMention {
		return true, nil
	}
	_, _, _, err := lookResponse(r, by, n.Entry, n.About)
	if isMissing(err) {
		return false, nil
	}
	return err == nil, err
}
