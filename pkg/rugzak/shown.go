// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// FewPeople is the number below which a count of people is not told exactly:
// "<5".
const FewPeople = 5

// InFives rounds a number of people down, so that no two of them differ by
// fewer than FewPeople: 0 when there are few, or nobody.
func InFives(count int) int { return max(count, 0) / FewPeople * FewPeople }

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
// and no difference between them tells of fewer than FewPeople: as soon as one
// part is few, all of them are held back and the total stands alone. Parts
// without anybody are left out.
func ShownPeople[K comparable](parts map[K]int) (total PeopleCount, shown map[K]PeopleCount) {
	sum, few := 0, false
	for _, n := range parts {
		sum += max(n, 0)
		few = few || n > 0 && n < FewPeople
	}
	for k, n := range parts {
		if n <= 0 {
			continue
		}
		if shown == nil {
			shown = map[K]PeopleCount{}
		}
		if shown[k] = (PeopleCount{N: n}); few {
			shown[k] = PeopleCount{Held: true}
		}
	}
	if sum > 0 && sum < FewPeople {
		return PeopleCount{Few: true}, shown
	}
	return PeopleCount{N: sum}, shown
}

// ShownWithNames is ShownPeople for parts of which some people are named: what
// is left when they are taken off tells of fewer than FewPeople neither. A total
// is held back when people are named and fewer than FewPeople, or none, are left.
func ShownWithNames[K comparable](parts, named map[K]int) (total PeopleCount, shown map[K]PeopleCount) {
	total, shown = ShownPeople(parts)
	all, rest, hold := 0, 0, false
	few := func(named, rest int) bool { return named > 0 && rest > 0 && rest < FewPeople }
	for k, n := range parts {
		all += named[k]
		rest += n - named[k]
		hold = hold || few(named[k], n-named[k])
	}
	if hold {
		for k := range shown {
			shown[k] = PeopleCount{Held: true}
		}
	}
	if all > 0 && rest < FewPeople {
		total = PeopleCount{Held: true}
	}
	return total, shown
}
