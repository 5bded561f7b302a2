// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"strconv"

	"rugzak/pkg/rugzak"
)

// newWord stands where the address of a page has an id, for the form of a new
// one: nothing may have it as its id.
const newWord = "nieuw"

// freeSlug tries slug, slug-2, slug-3 and so on.
func freeSlug[ID ~string](slug ID, free func(string) (bool, error)) (ID, error) {
	slug = slug[:min(len(slug), rugzak.MaxSlug-6)]
	for i := 1; ; i++ {
		id := string(slug)
		if i > 1 {
			id += "-" + strconv.Itoa(i)
		}
		if id == newWord {
			continue
		}
		if ok, err := free(id); ok || err != nil {
			return ID(id), err
		}
	}
}
