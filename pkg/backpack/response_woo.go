// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"slices"

	"rugzak/pkg/rugzak"
)

// wooSaid reads what was said about an entry of a selection and is shown, as far
// as whoever selects may read it, by thread. Whoever holds the data gets all.
func wooSaid(r rugzak.Reader, by rugzak.Person, entry rugzak.EntryID) ([]rugzak.Response, error) {
	all, err := r.Responses(entry)
	if err != nil {
		return nil, err
	}
	var out []rugzak.Response
	for _, x := range all {
		if !x.Shown() {
			continue
		}
		sees := by.ID == Operator().ID
		if !sees {
			if sees, err = seesResponse(r, by, x, all); err != nil {
				return nil, err
			}
		}
		if sees {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(a, b rugzak.Response) int {
		// What began a thread comes first, also when it was answered in the same moment.
		return cmp.Or(cmp.Compare(a.Thread(), b.Thread()), order(b.To != "")-order(a.To != ""), a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

// wooResponses puts names to what was said.
func (n *names) wooResponses(said []rugzak.Response) []rugzak.WooResponse {
	var out []rugzak.WooResponse
	for _, x := range said {
		named := n.mentioned(n.by, x)
		out = append(out, rugzak.WooResponse{
			Response: x, Author: n.person(x.Author), Organisation: n.organisation(x.Organisation).Name,
			Body: rugzak.NameMentions(x.Body, func(id rugzak.PersonID) string { return named[id] }),
		})
	}
	return out
}

// wooResponseMarks lists the places in responses that must be looked at: the
// name of who said it, whom it names, and what the screener finds.
func (s *Service) wooResponseMarks(known rugzak.Known, all []rugzak.WooResponse) []rugzak.WooMark {
	var marks []rugzak.WooMark
	for i, x := range all {
		if x.Author != "" {
			marks = append(marks, rugzak.WooMark{Class: rugzak.WooAuthor, Field: "response_author", Response: i + 1})
		}
		for range x.Response.Mentions {
			marks = append(marks, rugzak.WooMark{Class: rugzak.WooAuthor, Field: "response", Response: i + 1})
		}
		texts := []field{{"response", x.Body}}
		for _, f := range s.inspectWith(known, texts, x.Response.NotBSN) {
			marks = append(marks, rugzak.WooMark{Class: string(f.Class), Field: "response", Response: i + 1, Line: f.Line, At: column(texts, f)})
		}
	}
	return marks
}
