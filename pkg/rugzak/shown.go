// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"cmp"
	"slices"
)

// FewPeople is the number below which a count of people is not told exactly:
// "<5".
const FewPeople = 5

// PeopleCount is a number of people as it may be shown. A number that is few
// stays out of it altogether.
type PeopleCount struct {
	N   int  // 0 when few or held back
	Few bool // at least one, fewer than FewPeople
	// Held back: this number and the others would tell a small one.
	Held bool
}

// Any reports whether there is anybody.
func (c PeopleCount) Any() bool { return c.N > 0 || c.Few || c.Held }

// ShownPeople is a total of people and what it is made of, so that no number
// and no difference between them tells of fewer than FewPeople. Parts without
// anybody are left out.
func ShownPeople[K cmp.Ordered](parts map[K]int) (total PeopleCount, shown map[K]PeopleCount) {
	keys := make([]K, 0, len(parts))
	sum := 0
	for k, n := range parts {
		if n > 0 {
			keys = append(keys, k)
			sum += n
		}
	}
	if sum == 0 {
		return PeopleCount{}, nil
	}
	slices.SortFunc(keys, func(a, b K) int { return cmp.Or(cmp.Compare(parts[a], parts[b]), cmp.Compare(a, b)) })
	shown = map[K]PeopleCount{}
	held, count := 0, 0
	for _, k := range keys { // from small to large, until what is held back tells nothing
		if parts[k] >= FewPeople && (count == 0 || count > 1 && held >= FewPeople) && sum >= FewPeople {
			shown[k] = PeopleCount{N: parts[k]}
			continue
		}
		shown[k] = PeopleCount{Held: true}
		held, count = held+parts[k], count+1
	}
	if sum < FewPeople {
		return PeopleCount{Few: true}, shown
	}
	return PeopleCount{N: sum}, shown
}
