// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// SavedSearchInput is what somebody wants to keep of a search.
type SavedSearchInput struct {
	Name, Query              string
	Filter                   rugzak.Filter
	Newest, Archived, Notify bool
}

// SavedSearches lists what a person saved, by name.
func (s *Service) SavedSearches(ctx context.Context, by rugzak.Person) ([]rugzak.SavedSearch, error) {
	if by.ID == "" {
		return nil, mustSignIn()
	}
	var out []rugzak.SavedSearch
	err := s.view(ctx, "saved searches", func(r rugzak.Reader) (err error) {
		out, err = r.SavedSearches(by.ID)
		return err
	})
	slices.SortStableFunc(out, func(a, b rugzak.SavedSearch) int { return cmp.Or(byName(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return out, err
}

// SavedSearch returns one of a person's own saved searches.
func (s *Service) SavedSearch(ctx context.Context, by rugzak.Person, id string) (rugzak.SavedSearch, error) {
	var out rugzak.SavedSearch
	err := s.view(ctx, "saved search", func(r rugzak.Reader) (err error) {
		out, err = ownSavedSearch(r, by, id)
		return err
	})
	return out, err
}

// ownSavedSearch reads one; somebody else's is absent.
func ownSavedSearch(r rugzak.Reader, by rugzak.Person, id string) (rugzak.SavedSearch, error) {
	if by.ID == "" || !rugzak.ValidID(id) {
		return rugzak.SavedSearch{}, rugzak.NotFound()
	}
	return r.SavedSearch(by.ID, id)
}

// SaveSearch keeps a search for a person, at most so many of them. Saving the
// same question again changes its name and whether to tell.
func (s *Service) SaveSearch(ctx context.Context, by rugzak.Person, in SavedSearchInput) (rugzak.SavedSearch, error) {
	if by.ID == "" || by.ID == Operator().ID {
		return rugzak.SavedSearch{}, mustSignIn()
	}
	saved := rugzak.SavedSearch{
		Person: by.ID, Name: rugzak.Line(in.Name), Query: in.Query, Filter: in.Filter, Newest: in.Newest,
		Archived: in.Archived, Notify: in.Notify,
	}
	if err := saved.Validate(); err != nil {
		return saved, err
	}
	if err := s.refuseNumbers(savedTexts(saved)...); err != nil {
		return saved, err
	}
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		mine, err := w.SavedSearches(by.ID)
		if err != nil {
			return err
		}
		saved.ID, saved.At, saved.Since = rugzak.NewID(s.now()), s.now(), s.now()
		for _, old := range mine {
			if old.SameQuestion(saved) {
				old.Newest = saved.Newest
				saved = s.renamed(old, saved.Name, saved.Notify)
				return w.SaveSearch(saved)
			}
		}
		if len(mine) >= rugzak.MaxSavedSearches {
			var p rugzak.Problems
			p.Add("name", "error.saved_searches_full", rugzak.MaxSavedSearches)
			return p.Err()
		}
		return w.SaveSearch(saved)
	})
	return saved, err
}

// savedTexts lists what somebody typed in a saved search.
func savedTexts(q rugzak.SavedSearch) []field {
	texts := []field{{"name", q.Name}, {"query", q.Query}}
	for _, values := range q.Filter {
		for _, v := range values {
			texts = append(texts, field{"query", v})
		}
	}
	return texts
}

// renamed is a saved search with another name, and with notices on or off.
func (s *Service) renamed(saved rugzak.SavedSearch, name string, notify bool) rugzak.SavedSearch {
	switch {
	case !notify:
		saved.Fresh = nil
	case !saved.Notify:
		saved.Since = s.now()
	}
	saved.Name, saved.Notify = name, notify
	return saved
}

// ChangeSavedSearch gives a person's own saved search another name, and says
// whether to tell of new results.
func (s *Service) ChangeSavedSearch(ctx context.Context, by rugzak.Person, id, name string, notify bool) error {
	name = rugzak.Line(name)
	if err := s.refuseNumbers(field{"name", name}); err != nil {
		return err
	}
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		saved, err := ownSavedSearch(w, by, id)
		if err != nil {
			return err
		}
		saved = s.renamed(saved, name, notify)
		if err := saved.Validate(); err != nil {
			return err
		}
		return w.SaveSearch(saved)
	})
	return err
}

// RemoveSavedSearch takes away a person's own saved search and what they were
// told of it. One that is gone already gives the same answer.
func (s *Service) RemoveSavedSearch(ctx context.Context, by rugzak.Person, id string) error {
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		if _, err := ownSavedSearch(w, by, id); isMissing(err) {
			return nil
		} else if err != nil {
			return err
		}
		if _, err := untellSaved(w, by.ID, id); err != nil {
			return err
		}
		return w.RemoveSavedSearch(by.ID, id)
	})
	return err
}

// untellSaved takes away the notices of a saved search, and says whether one of
// them was new.
func untellSaved(w rugzak.Writer, person rugzak.PersonID, id string) (unread bool, err error) {
	all, err := w.Notices(person)
	if err != nil {
		return false, err
	}
	for _, n := range all {
		if n.Kind != rugzak.NoticeSavedSearch || n.About != id {
			continue
		}
		unread = unread || !n.Read
		if err := w.RemoveNotice(person, n.ID); err != nil {
			return false, err
		}
	}
	return unread, nil
}

// savedSearchLine is what a notice of a saved search says now; ok is false when
// nothing is left of it for the person.
func savedSearchLine(r rugzak.Reader, by rugzak.Person, n rugzak.Notice) (line NoticeLine, ok bool, err error) {
	line.Notice = n
	saved, err := ownSavedSearch(r, by, n.About)
	if isMissing(err) {
		return line, false, nil
	}
	if err != nil {
		return line, false, err
	}
	left, err := newFor(r, by, saved, saved.Told)
	line.Saved, line.Count = &saved, len(left)
	return line, len(left) > 0, err
}
