// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"rugzak/pkg/rugzak"
)

// Asked is one question to the search page.
type Asked struct {
	Query         string
	Filter        rugzak.Filter
	Sort          rugzak.Sort
	After, Before rugzak.Cursor
	Size          int // hits on a page; 0 is the usual number
	// WaitFor is the position of the reader's own last write.
	WaitFor  rugzak.Position
	Archived bool
	// Literal takes the words as they were typed: no typing error is repaired.
	Literal bool
	// among limits the search to these entries, unless it is nil.
	among []rugzak.EntryID
	// Plain leaves out facets and fragments.
	Plain bool
	// Uncounted are facets whose choice belongs to the page: their values are not
	// offered, and so not counted.
	Uncounted []rugzak.Facet
	// Counted are the facets that the page offers; nil for those of the search
	// page.
	Counted []rugzak.Facet
}

// counted lists the facets that the page offers.
func (a Asked) counted() []rugzak.Facet {
	if a.Counted != nil {
		return slices.Clone(a.Counted)
	}
	return rugzak.Facets()
}

// SearchView is a page of hits.
type SearchView struct {
	Query rugzak.Query
	// Filter is what was chosen, with the themes into which those went that are no
	// longer there.
	Filter         rugzak.Filter
	Hits           []HitCard
	Total          int
	Facets         []FacetView
	Next, Previous rugzak.Cursor
	// Meant and Corrected are those of rugzak.Results.
	Meant     string
	Corrected bool
	// Also are words that mean the same as words of the query: they were looked
	// for too.
	Also []string
	// Behind says that the reader's newest change is kept but not yet found.
	Behind bool
}

// HitCard is a hit with what to mark in it. Score is for the command line only.
type HitCard struct {
	Card
	Score      float64
	TitleMarks []rugzak.Span
	Fragments  []rugzak.Fragment
	// Tags are the tags, where nothing else says why it was found.
	Tags []rugzak.Fragment
	// ByMeaning says that the words do not find it: what it means does.
	ByMeaning bool
	Why       Why
	// Attached is the attachment in which it was found, where nothing else shows it.
	Attached *FoundAttached
}

// FacetView is a facet with the values the hits have.
type FacetView struct {
	Facet  rugzak.Facet
	Values []FacetValue
}

// FacetValue is one value to choose. Name is empty when the catalogue names it.
type FacetValue struct {
	Value, Name string
	Count       int
	Selected    bool
}

const (
	usualPage      = 10
	fragmentsOfHit = 2
	fragmentLength = 180 // characters
	// patience is how long a search waits for the index (DESIGN section 10).
	patience = 500 * time.Millisecond
)

// Search finds entries for one reader. It waits briefly until the reader's own
// last write is in the index, and never answers from an index that has not yet
// followed an entry out of some reader's sight.
func (s *Service) Search(ctx context.Context, by rugzak.Person, a Asked) (SearchView, error) {
	search, v, err := s.searchFor(ctx, by, a)
	if err != nil {
		return v, err
	}
	found, byMeaning, err := s.searchBoth(ctx, by, search, a.Query)
	if err != nil {
		return v, err
	}
	v.Total, v.Next, v.Previous = found.Total, found.Next, found.Previous
	v.Meant, v.Corrected, v.Also = found.Meant, found.Corrected, found.Also
	marked := search.Query
	if v.Corrected { // what was found is about those words
		if marked, _, err = s.understand(ctx, by, rugzak.ParseQuery(v.Meant), nil); err != nil {
			return v, err
		}
	}
	err = s.fillHits(ctx, by, &v, found, marked, a)
	for i := range v.Hits {
		v.Hits[i].ByMeaning = byMeaning[v.Hits[i].ID]
	}
	return v, err
}

// searchFor makes the search of a question, and waits until the index may answer
// it.
func (s *Service) searchFor(ctx context.Context, by rugzak.Person, a Asked) (rugzak.Search, SearchView, error) {
	v := SearchView{Query: rugzak.ParseQuery(a.Query)}
	head, narrowed, err := s.Store.Head(ctx)
	if err != nil {
		return rugzak.Search{}, v, err
	}
	if a.WaitFor > head { // made up, or of a store that was restored
		a.WaitFor = ""
	}
	if v.Filter, err = s.ledOn(ctx, by, a.Filter); err != nil {
		return rugzak.Search{}, v, err
	}
	q, filter, err := s.understand(ctx, by, v.Query, v.Filter)
	if err != nil {
		return rugzak.Search{}, v, err
	}
	reached, err := s.waitFor(ctx, max(narrowed, a.WaitFor), patience)
	if err != nil {
		return rugzak.Search{}, v, err
	}
	if reached == "" && head != "" { // an index that has only just been made
		if reached, err = s.waitFor(ctx, head, patience); err != nil {
			return rugzak.Search{}, v, err
		}
	}
	if !answers(reached, head, narrowed) {
		return rugzak.Search{}, v, &rugzak.Error{Code: rugzak.CodeUnavailable, Key: "error.search_rebuilding"}
	}
	v.Behind = reached < a.WaitFor
	same, err := s.sameGroups(ctx)
	if err != nil {
		return rugzak.Search{}, v, err
	}
	search := rugzak.Search{
		Query: q, Tokens: rugzak.ReaderTokens(by), Filter: filter, Sort: a.Sort, Size: a.Size,
		After: a.After, Before: a.Before, Archived: a.Archived, Literal: a.Literal, Among: a.among, Now: s.now(), Same: same,
	}
	if search.Size <= 0 || search.Size > rugzak.MaxPage {
		search.Size = usualPage
	}
	if search.Sort != rugzak.ByNewest {
		search.Sort = rugzak.ByRelevance
	}
	if q.IsZero() {
		search.Sort = rugzak.ByNewest
	}
	if !a.Plain {
		search.Facets = slices.DeleteFunc(a.counted(), func(f rugzak.Facet) bool { return slices.Contains(a.Uncounted, f) })
	}
	return search, v, nil
}

// understand fills in which themes, organisations and people the query names,
// and leaves themes out of the filter that the reader may not see.
func (s *Service) understand(ctx context.Context, by rugzak.Person, q rugzak.Query, filter rugzak.Filter) (rugzak.Query, rugzak.Filter, error) {
	named := func(c rugzak.Clause) bool { return c.Field == rugzak.FieldTheme || c.Field == rugzak.FieldFrom }
	if !slices.ContainsFunc(q.Clauses, named) && len(filter[rugzak.FacetTheme]) == 0 {
		return q, filter, nil
	}
	q.Clauses = slices.Clone(q.Clauses)
	err := s.view(ctx, "understand query", func(r rugzak.Reader) error {
		people := sync.OnceValues(func() ([]rugzak.Person, error) { return peopleNames(r) })
		for i, c := range q.Clauses {
			var err error
			switch c.Field {
			case rugzak.FieldTheme:
				q.Clauses[i].IDs, err = s.themesNamed(r, by, c.Text)
			case rugzak.FieldFrom:
				q.Clauses[i].IDs, err = s.writersNamed(r, c.Text, people)
			}
			if err != nil {
				return err
			}
		}
		var err error
		filter, err = withoutHiddenThemes(r, by, filter)
		return err
	})
	return q, filter, err
}

// ledOn is a filter in which themes that went into another are that one, for
// those who may see it: what somebody kept of an address or a search goes on.
func (s *Service) ledOn(ctx context.Context, by rugzak.Person, filter rugzak.Filter) (rugzak.Filter, error) {
	chosen := filter[rugzak.FacetTheme]
	if len(chosen) == 0 {
		return filter, nil
	}
	var now []string
	err := s.view(ctx, "themes that were chosen", func(r rugzak.Reader) error {
		for _, id := range chosen {
			to, err := themeNow(r, by, rugzak.ThemeID(id))
			if isMissing(err) {
				to, err = rugzak.ThemeID(id), nil
			}
			if err != nil {
				return err
			}
			if !slices.Contains(now, string(to)) {
				now = append(now, string(to))
			}
		}
		return nil
	})
	filter = maps.Clone(filter)
	filter[rugzak.FacetTheme] = now
	return filter, err
}

// noTheme is a value of the theme facet that no entry has.
const noTheme = "-"

// withoutHiddenThemes makes choosing a hidden theme the same as choosing one
// that does not exist.
func withoutHiddenThemes(r rugzak.Reader, by rugzak.Person, filter rugzak.Filter) (rugzak.Filter, error) {
	if len(filter[rugzak.FacetTheme]) == 0 {
		return filter, nil
	}
	filter = maps.Clone(filter)
	chosen := slices.Clone(filter[rugzak.FacetTheme])
	filter[rugzak.FacetTheme] = chosen
	for i, id := range chosen {
		if _, err := lookTheme(r, by, rugzak.ThemeID(id)); isMissing(err) {
			chosen[i] = noTheme
		} else if err != nil {
			return nil, err
		}
	}
	return filter, nil
}

// fillHits reads the entries of the hits from the store, checks each again and
// marks what was found in it.
func (s *Service) fillHits(ctx context.Context, by rugzak.Person, v *SearchView, found rugzak.Results, q rugzak.Query, a Asked) error {
	var raw []rawCard
	var scores []float64
	err := s.view(ctx, "read hits", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		for _, h := range found.Hits {
			e, mine, err := look(r, by, h.ID)
			if isMissing(err) {
				v.Total-- // gone since the index was asked
				continue
			}
			if err != nil {
				return err
			}
			raw, scores = append(raw, n.card(by, e, mine)), append(scores, h.Score)
		}
		v.Facets = n.facets(by, a.counted(), found.Facets, v.Filter)
		return nil
	})
	if err != nil {
		return err
	}
	marks, whys := s.newMarks(withAlso(q, found.Also), a.Literal), s.newWhys(q, found.Also)
	for i, c := range raw {
		hit := HitCard{Card: c.Card, Score: scores[i]}
		switch {
		case a.Plain:
		case q.IsZero(): // there is nothing to mark
			hit.Card = s.finish(ctx, raw[i:i+1])[0]
		default:
			text := c.textWith(s.plain(ctx, c.entry))
			marks.show(&hit, c, text)
			hit.Why = whys.why(&hit, text)
		}
		v.Hits = append(v.Hits, hit)
	}
	if a.Plain || q.IsZero() {
		return nil
	}
	return s.lookInAttached(ctx, marks, v.Hits)
}
