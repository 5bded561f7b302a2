// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"cmp"

	"rugzak/pkg/rugzak"
)

// hiddenAuthors are the authors of an entry without name. They are written
// only when the owner of the data asks for them.
type hiddenAuthors struct {
	entry  rugzak.EntryID
	people []rugzak.PersonID
}

func readHidden(data []byte, p *problems) map[rugzak.EntryID][]rugzak.PersonID {
	out := map[rugzak.EntryID][]rugzak.PersonID{}
	for _, m := range readList(data, p) {
		entry := rugzak.EntryID(m.slug("entry"))
		m.once(out[entry] != nil, "entry", string(entry))
		if out[entry] = list[rugzak.PersonID](m, "people"); len(out[entry]) == 0 {
			m.problem("people", "exchange.needed", "people")
		}
		m.done()
	}
	return out
}

func hiddenFile(all []hiddenAuthors) []byte {
	return listFile(len(all), func(i int, y *emitter) {
		emitText(y, "entry", all[i].entry)
		emitList(y, "people", all[i].people)
	})
}

func compareKeeps(a, b rugzak.Keep) int {
	return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Entry, b.Entry))
}
