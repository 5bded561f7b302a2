// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"slices"

	"rugzak/pkg/rugzak"
)

func sortThemes(themes []rugzak.Theme) {
	slices.SortFunc(themes, func(a, b rugzak.Theme) int {
		return cmp.Or(byName(a.Title, b.Title), cmp.Compare(a.ID, b.ID))
	})
}

func sortOrganisations(all []rugzak.Organisation) {
	slices.SortFunc(all, func(a, b rugzak.Organisation) int {
		return cmp.Or(byName(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
}

func byName(a, b string) int { return rugzak.CompareNames(a, b) }

func sortByMark(entries []rugzak.Entry) {
	slices.SortFunc(entries, func(a, b rugzak.Entry) int { return cmp.Compare(a.Mark(), b.Mark()) })
}
