// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"

	"rugzak/pkg/rugzak"
)

// Terms lists the groups of words that mean the same, by their preferred word.
func (s *Service) Terms(ctx context.Context, by rugzak.Person) ([]rugzak.Term, error) {
	if !rugzak.CanCurate(by) {
		return nil, rugzak.Forbidden("error.curators_only")
	}
	var all []rugzak.Term
	err := s.view(ctx, "terms", func(r rugzak.Reader) (err error) {
		all, err = r.Terms()
		return err
	})
	return all, err
}

// Term returns one group.
func (s *Service) Term(ctx context.Context, by rugzak.Person, id rugzak.TermID) (rugzak.Term, error) {
	if !rugzak.CanCurate(by) {
		return rugzak.Term{}, rugzak.Forbidden("error.curators_only")
	}
	var t rugzak.Term
	err := s.view(ctx, "term", func(r rugzak.Reader) (err error) {
		t, err = r.Term(id)
		return err
	})
	return t, err
}

// SaveTerm makes a group (base 0, under an id of NewID) or changes one. The
// next search goes by it: nothing is indexed anew. A form that is sent again
// makes nothing twice.
func (s *Service) SaveTerm(ctx context.Context, by rugzak.Person, t rugzak.Term, base int) error {
	if !rugzak.CanCurate(by) {
		return rugzak.Forbidden("error.curators_only")
	}
	t = t.Clean()
	if err := s.checkTerm(t); err != nil {
		return err
	}
	t.UpdatedAt = s.now()
	return s.withTerms(ctx, "save term", func(all []rugzak.Term) (func(rugzak.Writer) error, error) {
		err := s.elsewhere(t, all)
		return func(w rugzak.Writer) error {
			before, missing := w.Term(t.ID)
			switch {
			case base == 0 && missing == nil && before.Same(t):
				return nil // this very form, once more
			case base == 0 && !rugzak.ValidID(string(t.ID)), base > 0 && isMissing(missing):
				return rugzak.NotFound()
			case missing != nil && !isMissing(missing):
				return missing
			case before.Version != base:
				return rugzak.Conflict()
			case base == 0 && len(all) >= rugzak.MaxTerms:
				return rugzak.Forbidden("error.term.many", rugzak.MaxTerms)
			case err != nil:
				return err
			}
			if err := w.SaveTerm(t, base); err != nil {
				return err
			}
			return w.Log(rugzak.Change{At: s.now(), Actor: "person:" + string(by.ID), Verb: rugzak.VerbTermSaved, Subject: rugzak.TermSubject(t.ID)})
		}, nil
	})
}

// errTermsMoved says that the groups changed while somebody looked at them.
var errTermsMoved = errors.New("the groups of words changed meanwhile")

// withTerms decides by all groups, outside of a transaction because only the
// index can compare words, and then writes; once more when they changed
// meanwhile.
func (s *Service) withTerms(ctx context.Context, what string, decide func(all []rugzak.Term) (func(rugzak.Writer) error, error)) error {
	for {
		var all []rugzak.Term
		var version int
		err := s.view(ctx, what, func(r rugzak.Reader) (err error) {
			if version, err = r.TermsVersion(); err != nil {
				return err
			}
			all, err = r.Terms()
			return err
		})
		if err != nil {
			return err
		}
		write, err := decide(all)
		if err != nil || write == nil {
			return err
		}
		_, err = s.update(ctx, what, func(w rugzak.Writer) error {
			now, err := w.TermsVersion()
			if err == nil && now != version {
				err = errTermsMoved
			}
			if err != nil {
				return err
			}
			return write(w)
		})
		if !errors.Is(err, errTermsMoved) || ctx.Err() != nil {
			return err
		}
	}
}

// RemoveTerm takes a group away. base is the version the reader saw.
func (s *Service) RemoveTerm(ctx context.Context, by rugzak.Person, id rugzak.TermID, base int) error {
	if !rugzak.CanCurate(by) {
		return rugzak.Forbidden("error.curators_only")
	}
	_, err := s.update(ctx, "remove term", func(w rugzak.Writer) error {
		before, err := w.Term(id)
		if err != nil {
			return err
		}
		if before.Version != base {
			return rugzak.Conflict()
		}
		if err := w.RemoveTerm(id); err != nil {
			return err
		}
		return w.Log(rugzak.Change{At: s.now(), Actor: "person:" + string(by.ID), Verb: rugzak.VerbTermRemoved, Subject: rugzak.TermSubject(id)})
	})
	return err
}

// checkTerm refuses what breaks a limit, holds a citizen service number, or
// says nothing to a search.
func (s *Service) checkTerm(t rugzak.Term) error {
	if err := t.Validate(); err != nil {
		return err
	}
	if err := s.refuseNumbers(termTexts(t)...); err != nil {
		return err
	}
	var p rugzak.Problems
	for i, word := range t.Words() {
		if s.Index.TermKey(word) == "" {
			p.Add(termField(i), "error.term.says_nothing", word)
		}
	}
	return p.Err()
}

// elsewhere refuses a word that stands in another group: a search would not
// know which of the two is meant.
func (s *Service) elsewhere(t rugzak.Term, all []rugzak.Term) error {
	groups := map[string]string{}
	for _, other := range all {
		if other.ID != t.ID {
			for _, word := range other.Words() {
				groups[s.Index.TermKey(word)] = other.Preferred
			}
		}
	}
	var p rugzak.Problems
	for i, word := range t.Words() {
		if group, taken := groups[s.Index.TermKey(word)]; taken {
			p.Add(termField(i), "error.term.elsewhere", word, group)
		}
	}
	return p.Err()
}

// termField is the field of the form in which a word of a group stands.
func termField(i int) string {
	if i == 0 {
		return "preferred"
	}
	return "others"
}

func termTexts(t rugzak.Term) []field {
	out := []field{{"id", string(t.ID)}, {"preferred", t.Preferred}, {"meaning", t.Meaning}}
	for _, word := range t.Others {
		out = append(out, field{"others", word})
	}
	return out
}
