// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"cmp"
	"io/fs"
	"slices"

	"rugzak/pkg/rugzak"
)

// StarterTerms reads the groups of words that come with the product.
func StarterTerms(fsys fs.FS) ([]rugzak.Term, error) {
	const name = "begrippen.yaml"
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, unreadable(err)
	}
	p := &problems{place: name}
	all := readTerms(data, p)
	return all, p.err()
}

// readTerms reads a list of groups of words that mean the same.
func readTerms(data []byte, p *problems) []rugzak.Term {
	out := []rugzak.Term{}
	seen := map[rugzak.TermID]bool{}
	for _, m := range readList(data, p) {
		t := rugzak.Term{
			ID: rugzak.TermID(m.text("id")), Preferred: m.text("preferred"), Others: list[string](m, "others"),
			Meaning: m.text("meaning"), UpdatedAt: m.time("updated_at"),
		}
		m.done()
		m.check(t.Validate())
		m.once(seen[t.ID], "id", string(t.ID))
		seen[t.ID] = true
		out = append(out, t)
	}
	return out
}

// termsFile writes groups of words by id.
func termsFile(all []rugzak.Term) []byte {
	all = slices.SortedFunc(slices.Values(all), func(a, b rugzak.Term) int { return cmp.Compare(a.ID, b.ID) })
	return listFile(len(all), func(i int, y *emitter) {
		emitText(y, "id", all[i].ID)
		emitText(y, "preferred", all[i].Preferred)
		emitList(y, "others", all[i].Others)
		emitText(y, "meaning", all[i].Meaning)
		y.time("updated_at", all[i].UpdatedAt)
	})
}
