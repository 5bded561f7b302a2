// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// Suggests says what a suggestion is.
type Suggests string

// What can be suggested, in the order in which it is shown.
const (
	SuggestsWords        Suggests = "words" // what was typed, with its last word finished
	SuggestsEntry        Suggests = "entry"
	SuggestsTheme        Suggests = "theme"
	SuggestsTerm         Suggests = "term" // words that mean the same, by the preferred one
	SuggestsOrganisation Suggests = "organisation"
	SuggestsKind         Suggests = "kind"
)

// Suggestion is one thing that somebody who is typing may be looking for.
type Suggestion struct {
	Is    Suggests
	Text  string
	Marks []rugzak.Span // what was typed, in the text
	// By is another name of it, in which the typed words are; Marks are of that
	// then.
	By string
	// Kind and Lang are those of an entry; Kind also that of a kind.
	Kind         rugzak.Kind
	Lang         rugzak.Lang
	Entry        rugzak.EntryID
	Theme        rugzak.ThemeID
	Organisation rugzak.OrganisationID
}

// How many of each are suggested.
const (
	suggestedWords   = 3
	suggestedEntries = 5
	suggestedThemes  = 3
	suggestedTerms   = 3
	suggestedOthers  = 2
)

// Suggest gives what a reader may be looking for who has typed something. It
// waits for nothing: while the index has not followed an entry out of some
// reader's sight, it gives less. kinds are the kinds of entries as they are
// called in the reader's language. What holds a number that may be a citizen
// service number is not looked up, and neither are the signs of the query
// language: who uses those knows what to ask.
func (s *Service) Suggest(ctx context.Context, by rugzak.Person, typed string, kinds map[rugzak.Kind]string) ([]Suggestion, error) {
	if len(typed) > rugzak.MaxTyping || s.HoldsNumber(typed) || !isPlain(rugzak.ParseQuery(typed)) {
		return nil, nil
	}
	head, narrowed, err := s.Store.Head(ctx)
	if err != nil {
		return nil, err
	}
	var found rugzak.Suggested
	if !s.follower.isRebuilding() {
		found, err = s.Index.Suggest(ctx, rugzak.Typing{
			Text: typed, Tokens: rugzak.ReaderTokens(by), Titles: suggestedEntries, Words: suggestedWords,
		})
		if err != nil {
			return nil, err
		}
		if !answers(found.Position, head, narrowed) {
			found = rugzak.Suggested{}
		}
	}
	terms, err := s.sameGroups(ctx)
	if err != nil {
		return nil, err
	}
	names := lookingFor{s.Index.Recognise(typed)}
	var out []Suggestion
	for _, words := range found.Words {
		out = append(out, names.mark(Suggestion{Is: SuggestsWords, Text: words}))
	}
	err = s.view(ctx, "read suggestions", func(r rugzak.Reader) error {
		for _, id := range found.Titles {
			e, _, err := look(r, by, id)
			if isMissing(err) {
				continue // gone since the index was asked
			}
			if err != nil {
				return err
			}
			out = append(out, names.mark(Suggestion{Is: SuggestsEntry, Text: e.Title, Kind: e.Kind, Lang: e.Lang, Entry: e.ID}))
		}
		themes, err := s.themeNames(r)
		if err != nil {
			return err
		}
		organisations, err := names.organisations(r, by)
		out = slices.Concat(out, names.themes(by, themes), names.terms(terms), organisations)
		return err
	})
	if err != nil {
		return nil, err
	}
	var named []Suggestion
	for _, k := range rugzak.Kinds() {
		named = append(named, Suggestion{Is: SuggestsKind, Text: kinds[k], Kind: k})
	}
	return append(out, names.best(suggestedOthers, named)...), nil
}

// isPlain reports whether a query is words only.
func isPlain(q rugzak.Query) bool {
	return !q.IsZero() && !slices.ContainsFunc(q.Clauses, func(c rugzak.Clause) bool { return !c.IsPlain() })
}

// lookingFor looks for what was typed in all that has a name.
type lookingFor struct {
	recognise func(name string) (rugzak.Recognised, bool)
}

// themes looks in the titles and synonyms of the themes the reader may see.
func (l lookingFor) themes(by rugzak.Person, themes []rugzak.Theme) []Suggestion {
	var names []Suggestion
	for _, t := range themes {
		if !rugzak.CanReadTheme(by, t) {
			continue
		}
		for _, other := range append([]string{""}, t.Synonyms...) {
			names = append(names, Suggestion{Is: SuggestsTheme, Text: t.Title, By: other, Theme: t.ID})
		}
	}
	return l.best(suggestedThemes, names)
}

// terms looks in groups of words that mean the same, of which everybody may
// know. The first of each is the one the organisation likes best.
func (l lookingFor) terms(groups [][]string) []Suggestion {
	var names []Suggestion
	for _, words := range groups {
		names = append(names, Suggestion{Is: SuggestsTerm, Text: words[0]})
		for _, other := range words[1:] {
			names = append(names, Suggestion{Is: SuggestsTerm, Text: words[0], By: other})
		}
	}
	return l.best(suggestedTerms, names)
}

// organisations looks in the names of the organisations the reader may know of.
func (l lookingFor) organisations(r rugzak.Reader, by rugzak.Person) ([]Suggestion, error) {
	all, err := r.Organisations()
	if err != nil {
		return nil, err
	}
	var names []Suggestion
	for _, o := range all {
		if rugzak.CanKnowOrganisation(by, o) {
			names = append(names, Suggestion{Is: SuggestsOrganisation, Text: o.Name, Organisation: o.ID})
		}
	}
	return l.best(suggestedOthers, names), nil
}

// mark marks what was typed; a title that was changed since the index was asked
// has nothing to mark.
func (l lookingFor) mark(g Suggestion) Suggestion {
	if r, ok := l.recognise(g.Text); ok {
		g.Marks = r.Marks
	}
	return g
}

// best takes the first of those in which what was typed is found: those that
// begin with it first, then in the order of the alphabet; each thing once, by
// its own name when that will do.
func (l lookingFor) best(most int, names []Suggestion) []Suggestion {
	type ranked struct {
		Suggestion
		rank int
	}
	var fits []ranked
	for _, g := range names {
		r, ok := l.recognise(cmp.Or(g.By, g.Text))
		if !ok {
			continue
		}
		g.Marks = r.Marks
		rank := 0
		if !r.Begins {
			rank++
		}
		if g.By != "" {
			rank += 2
		}
		fits = append(fits, ranked{g, rank})
	}
	slices.SortStableFunc(fits, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), strings.Compare(a.Text, b.Text))
	})
	var out []Suggestion
	for _, f := range fits {
		same := func(g Suggestion) bool {
			return g.Text == f.Text && g.Theme == f.Theme && g.Organisation == f.Organisation && g.Kind == f.Kind
		}
		if len(out) < most && !slices.ContainsFunc(out, same) {
			out = append(out, f.Suggestion)
		}
	}
	return out
}

// themeNames are the themes without their texts, as a transaction has them:
// reading them all with their texts takes longer than everything else.
func (s *Service) themeNames(r rugzak.Reader) ([]rugzak.Theme, error) {
	version, err := r.ThemesVersion()
	if err != nil {
		return nil, err
	}
	return s.named.at(version, func() ([]rugzak.Theme, error) {
		themes, err := r.Themes()
		for i, t := range themes {
			themes[i] = rugzak.Theme{ID: t.ID, Title: t.Title, Synonyms: t.Synonyms, Audience: t.Audience}
		}
		return themes, err
	})
}
