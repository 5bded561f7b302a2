// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"cmp"
	"slices"
)

// ToldByName lists the organisations whose figures stand by their name, by how
// many accounts each has. The others are told together, departments and partners
// apart. What is told together is at least two organisations with five accounts
// between them, so that it is never one small organisation under another name:
// where it would be, the smallest that could have had its name joins. own is
// always named, to its own people.
func ToldByName(accounts map[OrganisationID]int, kind func(OrganisationID) OrganisationKind, own OrganisationID) []OrganisationID {
	var named []OrganisationID
	for _, k := range []OrganisationKind{Department, Partner} {
		var large []OrganisationID
		together, people := 0, 0
		for o, n := range accounts {
			switch {
			case kind(o) != k || o == own || n == 0:
			case n < FewPeople:
				together, people = together+1, people+n
			default:
				large = append(large, o)
			}
		}
		slices.SortFunc(large, func(a, b OrganisationID) int {
			return cmp.Or(cmp.Compare(accounts[a], accounts[b]), cmp.Compare(a, b))
		})
		for together > 0 && (together < 2 || people < FewPeople) && len(large) > 0 {
			together, people = together+1, people+accounts[large[0]]
			large = large[1:]
		}
		named = append(named, large...)
	}
	slices.Sort(named)
	return named
}

// Held takes the time until a response away unless at least five people gave the
// first responses: else it could be the time of one of them.
func (h ResultHours) Held(people int) ResultHours {
	if people < FewPeople {
		return ResultHours{Few: h.Few || h.Of > 0}
	}
	return h
}

// InFivesOf rounds a number of people down, and never tells that it is all of
// them: that would tell it of each.
func InFivesOf(count, all int) int { return InFives(min(count, all-1)) }
