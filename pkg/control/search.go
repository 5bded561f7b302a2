// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package control

import (
	"net/http"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// SearchRequest asks what a person would find.
type SearchRequest struct {
	As       string        `json:"as"` // e-mail address
	Query    string        `json:"query"`
	Filter   rugzak.Filter `json:"filter,omitempty"`
	Newest   bool          `json:"newest,omitempty"`
	Archived bool          `json:"archived,omitempty"`
	Literal  bool          `json:"literal,omitempty"`
	Limit    int           `json:"limit"`
	// Plain leaves out the facets.
	Plain bool `json:"plain,omitempty"`
}

// SearchAnswer is what they find.
type SearchAnswer struct {
	Total  int     `json:"total"`
	Hits   []Hit   `json:"hits"`
	Facets []Facet `json:"facets"`
	// Meant are the words that were probably meant; Corrected says that those
	// were looked for. Also are words that mean the same as some of the query.
	Meant     string   `json:"meant,omitempty"`
	Corrected bool     `json:"corrected,omitempty"`
	Also      []string `json:"also,omitempty"`
}

// Hit is an entry that was found.
type Hit struct {
	ID           rugzak.EntryID `json:"id"`
	Title        string         `json:"title"`
	Score        float64        `json:"score"`
	Kind         rugzak.Kind    `json:"kind"`
	Lang         rugzak.Lang    `json:"lang"`
	Organisation string         `json:"organisation"`
	Date         string         `json:"date"` // the day, or the month for an entry without name
}

// Facet is a property with the number of hits for each of its values.
type Facet struct {
	Facet  rugzak.Facet `json:"facet"`
	Values []FacetValue `json:"values"`
}

// FacetValue is a value; Name is empty where the catalogue names it.
type FacetValue struct {
	Value string `json:"value"`
	Name  string `json:"name,omitempty"`
	Count int    `json:"count"`
}

// MaxHits is the largest number of hits of one request.
const MaxHits = 10_000

func (s *Server) search(r *http.Request) (any, error) {
	var in SearchRequest
	if err := read(r, &in); err != nil {
		return nil, err
	}
	if in.Limit < 0 || in.Limit > MaxHits {
		var p rugzak.Problems
		p.Add("limit", "cli.error.limit", MaxHits)
		return nil, p.Err()
	}
	person, err := s.Service.PersonByEmail(r.Context(), s.by, in.As)
	if err != nil {
		return nil, err
	}
	asked := backpack.Asked{Query: in.Query, Filter: in.Filter, Archived: in.Archived, Literal: in.Literal, Sort: rugzak.ByRelevance, Plain: in.Plain}
	if in.Newest {
		asked.Sort = rugzak.ByNewest
	}
	// Everything that was acknowledged counts.
	if err := s.Service.CatchUp(r.Context()); err != nil {
		return nil, err
	}
	out := SearchAnswer{Hits: []Hit{}, Facets: []Facet{}}
	for first := true; first || len(out.Hits) < in.Limit && asked.After != ""; first = false {
		asked.Size = min(max(in.Limit-len(out.Hits), 1), rugzak.MaxPage)
		found, err := s.Service.Search(r.Context(), person, asked)
		if err != nil {
			return nil, err
		}
		if first {
			out.Total, out.Facets = found.Total, facetsOf(found.Facets)
			out.Meant, out.Corrected, out.Also = found.Meant, found.Corrected, found.Also
			asked.Plain = true
		}
		for _, h := range found.Hits {
			if len(out.Hits) < in.Limit {
				out.Hits = append(out.Hits, hitOf(h))
			}
		}
		asked.After = found.Next
	}
	return out, nil
}

func hitOf(h backpack.HitCard) Hit {
	date := h.At.Format(time.DateOnly)
	if h.MonthOnly {
		date = h.At.Format("2006-01")
	}
	return Hit{ID: h.ID, Title: h.Title, Score: h.Score, Kind: h.Kind, Lang: h.Lang, Organisation: h.Organisation.Name, Date: date}
}

func facetsOf(views []backpack.FacetView) []Facet {
	out := []Facet{}
	for _, v := range views {
		f := Facet{Facet: v.Facet, Values: []FacetValue{}}
		for _, x := range v.Values {
			f.Values = append(f.Values, FacetValue{Value: x.Value, Name: x.Name, Count: x.Count})
		}
		out = append(out, f)
	}
	return out
}
