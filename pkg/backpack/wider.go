// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// WiderView is what may help somebody whose search found nothing. Every number
// is exact, and counts what the reader may see.
type WiderView struct {
	// Same are the words for which was looked too, because they mean the same.
	Same []string
	// NoFilter is how many there are without the chosen filters, Archived how
	// many are in the archive.
	NoFilter, Archived int
	// Meant is the query as it was probably meant; empty when it finds nothing
	// either.
	Meant WiderQuery
	// Fewer are queries with less in them that do find something, the most
	// first. Unfiltered says that they do so without the chosen filters only.
	Fewer      []WiderQuery
	Unfiltered bool
	Themes     []WiderTheme
}

// WiderQuery is another query and how much it finds.
type WiderQuery struct {
	Query string
	Count int
}

// WiderTheme is a theme one of whose names holds a word of the query.
type WiderTheme struct {
	ID    rugzak.ThemeID
	Title string
}

const (
	// widerTried bounds how many other queries are tried, widerShown how many
	// are shown.
	widerTried = 8
	widerShown = 3
	// widerWithin is how long looking around may take.
	widerWithin = 5 * time.Second
	// widerWord is the shortest word by which a theme is proposed, in characters.
	widerWord = 3
)

// Wider looks around a search that found nothing: what there is without its
// filters, in the archive, with fewer words, and which themes fit. meant is
// what that search answered. Its work is bounded, whatever is asked: what takes
// too long is left out.
func (s *Service) Wider(ctx context.Context, by rugzak.Person, a Asked, meant string) (WiderView, error) {
	a.After, a.Before, a.Size, a.Plain, a.WaitFor = "", "", 1, true, ""
	search, _, err := s.searchFor(ctx, by, a)
	if err != nil {
		return WiderView{}, err
	}
	v := WiderView{Same: otherWords(a.Query, search.Same)}
	limited, stop := context.WithTimeout(ctx, widerWithin)
	defer stop()
	err = s.lookAround(limited, by, &v, a, search, meant)
	if err != nil && (ctx.Err() != nil || !errors.Is(err, context.DeadlineExceeded)) {
		return v, err
	}
	v.Themes, err = s.fittingThemes(ctx, by, rugzak.ParseQuery(a.Query), search.Same)
	return v, err
}

// lookAround counts what other searches find.
func (s *Service) lookAround(ctx context.Context, by rugzak.Person, v *WiderView, a Asked, search rugzak.Search, meant string) (err error) {
	if len(a.Filter) > 0 && !search.Query.IsZero() {
		without := search
		without.Filter = nil
		if v.NoFilter, _, err = s.count(ctx, without); err != nil {
			return err
		}
	}
	if !a.Archived {
		archive := search
		archive.Archived = true
		if v.Archived, _, err = s.count(ctx, archive); err != nil {
			return err
		}
	}
	if v.Meant, err = s.countQuery(ctx, by, search, meant); err != nil {
		return err
	}
	if v.Fewer, err = s.fewerWords(ctx, by, search, a.Query); err != nil || len(v.Fewer) > 0 || len(a.Filter) == 0 {
		return err
	}
	search.Filter = nil
	v.Fewer, err = s.fewerWords(ctx, by, search, a.Query)
	v.Unfiltered = len(v.Fewer) > 0
	return err
}

// fewerWords lists the queries with less in them that find something under the
// choices of a search: with an error, those that were tried before it.
func (s *Service) fewerWords(ctx context.Context, by rugzak.Person, search rugzak.Search, query string) (out []WiderQuery, err error) {
	for _, q := range rugzak.ParseQuery(query).Wider(widerTried) {
		var fewer WiderQuery
		if fewer, err = s.countQuery(ctx, by, search, q.String()); err != nil {
			break
		}
		if fewer.Count > 0 {
			out = append(out, fewer)
		}
	}
	slices.SortStableFunc(out, func(a, b WiderQuery) int { return cmp.Compare(b.Count, a.Count) })
	return out[:min(len(out), widerShown)], err
}

// count is how many entries a search finds; other says that they are those of
// other words than were asked.
func (s *Service) count(ctx context.Context, search rugzak.Search) (n int, other bool, err error) {
	found, err := s.Index.Search(ctx, search)
	return found.Total, found.Corrected, err
}

// countQuery counts what other words find under the same choices; nothing when
// it would be found by yet other words.
func (s *Service) countQuery(ctx context.Context, by rugzak.Person, search rugzak.Search, query string) (WiderQuery, error) {
	if query == "" {
		return WiderQuery{}, nil
	}
	var err error
	if search.Query, _, err = s.understand(ctx, by, rugzak.ParseQuery(query), nil); err != nil || search.Query.IsZero() {
		return WiderQuery{}, err
	}
	n, other, err := s.count(ctx, search)
	if err != nil || other || n == 0 {
		return WiderQuery{}, err
	}
	return WiderQuery{Query: query, Count: n}, nil
}

// otherWords lists what means the same as something in the query and does not
// stand in it.
func otherWords(query string, same [][]string) []string {
	var out []string
	for _, group := range same {
		if !slices.ContainsFunc(group, func(w string) bool { return holdsWhole(query, w) }) {
			continue
		}
		for _, word := range group {
			if !holdsWhole(query, word) && !slices.Contains(out, word) {
				out = append(out, word)
			}
		}
	}
	return out
}

// holdsWhole reports whether words stand in a query, as whole words.
func holdsWhole(query, words string) bool {
	plain := func(text string) string {
		return " " + strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(` "*-:`, r) }), " ") + " "
	}
	return strings.TrimSpace(words) != "" && strings.Contains(plain(query), plain(words))
}

// fittingThemes lists themes the reader may see of which a name holds a word of
// the query, or one that means the same.
func (s *Service) fittingThemes(ctx context.Context, by rugzak.Person, q rugzak.Query, same [][]string) ([]WiderTheme, error) {
	var words []string
	for _, c := range q.Clauses {
		if c.Exclude || c.Field == rugzak.FieldFrom {
			continue
		}
		words = append(words, append(strings.Fields(c.Text), c.Text)...)
		words = append(words, otherWords(c.Text, same)...)
	}
	words = slices.DeleteFunc(words, func(w string) bool { return utf8.RuneCountInString(w) < widerWord })
	if len(words) == 0 {
		return nil, nil
	}
	named := make([]func(name string) bool, len(words))
	for i, w := range words {
		named[i] = s.calledBy(w)
	}
	var out []WiderTheme
	err := s.view(ctx, "themes that fit", func(r rugzak.Reader) error {
		out = nil
		themes, err := s.themeNames(r)
		for _, t := range themes {
			fits := func(name string) bool {
				return slices.ContainsFunc(named, func(is func(string) bool) bool { return is(name) })
			}
			if len(out) < widerShown && rugzak.CanReadTheme(by, t) && (fits(t.Title) || slices.ContainsFunc(t.Synonyms, fits)) {
				out = append(out, WiderTheme{ID: t.ID, Title: t.Title})
			}
		}
		return err
	})
	return out, err
}
