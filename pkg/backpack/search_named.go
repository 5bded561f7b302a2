// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// themesNamed lists the themes the reader may see whose title or synonyms hold
// the words.
func (s *Service) themesNamed(r rugzak.Reader, by rugzak.Person, words string) ([]string, error) {
	isNamed := s.calledBy(words)
	themes, err := s.themeNames(r)
	var ids []string
	for _, t := range themes {
		if rugzak.CanReadTheme(by, t) && (string(t.ID) == words ||
			isNamed(t.Title) || slices.ContainsFunc(t.Synonyms, isNamed)) {
			ids = append(ids, string(t.ID))
		}
	}
	if err != nil || len(ids) > 0 || !rugzak.ValidSlug(words) {
		return ids, err
	}
	now, err := themeNow(r, by, rugzak.ThemeID(words))
	if isMissing(err) {
		return nil, nil
	}
	return []string{string(now)}, err
}

// writersNamed lists organisations and people whose name holds the words. It
// needs no rights: the reader's filter lets through only what they may see,
// and entries without name carry no person. people gives everybody.
func (s *Service) writersNamed(r rugzak.Reader, words string, people func() ([]rugzak.Person, error)) ([]string, error) {
	isNamed := s.calledBy(words)
	var ids []string
	all, err := r.Organisations()
	if err != nil {
		return nil, err
	}
	for _, o := range all {
		if isNamed(o.Name) || string(o.ID) == words {
			ids = append(ids, rugzak.OrganisationToken(o.ID))
		}
	}
	everybody, err := people()
	for _, p := range everybody {
		if isNamed(p.Name) {
			ids = append(ids, rugzak.PersonToken(p.ID))
		}
	}
	return ids, err
}

// peopleNames are all people, with no more than their names.
func peopleNames(r rugzak.Reader) ([]rugzak.Person, error) {
	var out []rugzak.Person
	for p, err := range r.People() {
		if err != nil {
			return nil, err
		}
		out = append(out, rugzak.Person{ID: p.ID, Name: p.Name})
	}
	return out, nil
}

// calledBy gives what tells whether a name is meant by words: it holds them, or has
// them in another spelling, as the suggestions go by.
func (s *Service) calledBy(words string) func(name string) bool {
	recognise := s.Index.Recognise(words)
	return func(name string) bool {
		_, known := recognise(name)
		return known || holds(name, words)
	}
}

// holds reports whether a name holds words that begin at the start of a word.
func holds(name, words string) bool {
	name, words = " "+strings.ToLower(name), " "+strings.ToLower(words)
	return strings.Contains(strings.ReplaceAll(name, "-", " "), strings.ReplaceAll(words, "-", " "))
}
