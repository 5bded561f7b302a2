// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"fmt"
	"math"
)

// List names one of the lists in which the store keeps entries, newest first.
type List string

// SampleEntries holds the entries of the starter content.
const SampleEntries List = "sample"

// AllEntries holds every entry, drafts and withdrawn ones included.
const AllEntries List = "all"

// AuthorList holds what a person wrote by name, drafts included: what carries
// their token.
func AuthorList(id PersonID) List { return TokenList(PersonToken(id)) }

// DraftList holds a person's drafts: few among all they wrote.
func DraftList(id PersonID) List { return List("draft:" + string(id)) }

// WithdrawnList holds what a person wrote by name and took back.
func WithdrawnList(id PersonID) List { return List("withdrawn:" + string(id)) }

// ReportedList holds what a person wrote by name and somebody reported.
func ReportedList(id PersonID) List { return List("reported:" + string(id)) }

// ThemeList holds the entries of a theme.
func ThemeList(id ThemeID) List { return List("theme:" + string(id)) }

// OrganisationList holds the entries of an organisation.
func OrganisationList(id OrganisationID) List { return List("organisation:" + string(id)) }

// TokenList holds the entries that carry a reader's token; see EntryTokens.
func TokenList(token string) List { return List("token:" + token) }

// Lists returns the lists an entry is in.
func (e Entry) Lists() []List {
	lists := []List{AllEntries, OrganisationList(e.Organisation)}
	if e.Sample {
		lists = append(lists, SampleEntries)
	}
	for _, a := range e.Authors {
		switch e.State {
		case StateDraft:
			lists = append(lists, DraftList(a))
		case StateWithdrawn:
			lists = append(lists, WithdrawnList(a))
		case StateReported:
			lists = append(lists, ReportedList(a))
		}
	}
	for _, t := range e.Themes {
		lists = append(lists, ThemeList(t))
	}
	for _, t := range EntryTokens(e) {
		lists = append(lists, TokenList(t))
	}
	return lists
}

// Mark is the place of an entry in a list, newest first: marks compare as
// strings. The empty mark lies before the newest.
type Mark string

// Mark returns the entry's place in every list it is in.
func (e Entry) Mark() Mark {
	return Mark(fmt.Sprintf("%016x%s", uint64(math.MaxInt64-e.ListedAt().UnixMilli()), e.ID))
}

// Valid reports whether m has the form of a mark.
func (m Mark) Valid() bool {
	if m == "" {
		return true
	}
	if len(m) < 17 || len(m) > 16+MaxSlug {
		return false
	}
	for i := range 16 {
		if c := m[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
