// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// searchesName is the file of what people saved of their searches.
const searchesName = "searches.yaml"

// readSearches reads saved searches of these people.
func readSearches(data []byte, people []rugzak.Person, p *problems) []rugzak.SavedSearch {
	known, seen := map[rugzak.PersonID]bool{}, map[string]bool{}
	for _, person := range people {
		known[person.ID] = true
	}
	var out []rugzak.SavedSearch
	for _, m := range readList(data, p) {
		s := rugzak.SavedSearch{
			Person: rugzak.PersonID(m.slug("person")), ID: m.slug("id"), Name: m.text("name"), Query: m.text("query"),
			Newest: m.flag("newest"), Archived: m.flag("archived"), Notify: m.flag("notify"), At: m.time("at"),
		}
		for _, chosen := range list[string](m, "filter") {
			facet, value, _ := strings.Cut(chosen, ":")
			if s.Filter == nil {
				s.Filter = rugzak.Filter{}
			}
			s.Filter[rugzak.Facet(facet)] = append(s.Filter[rugzak.Facet(facet)], value)
		}
		if !known[s.Person] {
			p.unknown("person", string(s.Person))
		}
		m.done()
		m.check(s.Validate())
		m.once(seen[s.ID], "id", s.ID)
		seen[s.ID] = true
		out = append(out, s)
	}
	return out
}

// searchesFile writes saved searches by person and id.
func searchesFile(all []rugzak.SavedSearch) []byte {
	all = slices.SortedFunc(slices.Values(all), func(a, b rugzak.SavedSearch) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.ID, b.ID))
	})
	return listFile(len(all), func(i int, y *emitter) {
		s := all[i]
		emitText(y, "person", s.Person)
		emitText(y, "id", s.ID)
		emitText(y, "name", s.Name)
		emitText(y, "query", s.Query)
		var filter []string
		for _, facet := range slices.Sorted(maps.Keys(s.Filter)) {
			for _, value := range s.Filter[facet] {
				filter = append(filter, string(facet)+":"+value)
			}
		}
		emitList(y, "filter", filter)
		y.flag("newest", s.Newest)
		y.flag("archived", s.Archived)
		y.flag("notify", s.Notify)
		y.time("at", s.At)
	})
}
