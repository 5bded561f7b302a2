// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "slices"

// Crossings are the organisations that an entry reaches across a border: for an
// entry of a department its partners, for an entry of a partner everybody
// outside that partner, the whole municipality as one. Drafts and withdrawn
// entries reach nobody. kind tells the kind of an organisation, and is empty for
// one that is gone.
func Crossings(e Entry, kind func(OrganisationID) OrganisationKind) []OrganisationID {
	if !e.State.Public() {
		return nil
	}
	var out []OrganisationID
	for _, o := range e.Audience.Also {
		switch {
		case o == e.Organisation:
		case o == WholeMunicipality && e.OrganisationKind == Partner,
			e.OrganisationKind == Partner && kind(o) != "",
			kind(o) == Partner:
			out = append(out, o)
		}
	}
	return out
}

// NewCrossings are the crossings of an entry that were none before: what its
// author has to confirm.
func NewCrossings(before, e Entry, kind func(OrganisationID) OrganisationKind) []OrganisationID {
	had := Crossings(before, kind)
	whole := slices.Contains(had, WholeMunicipality)
	return slices.DeleteFunc(Crossings(e, kind), func(o OrganisationID) bool {
		return slices.Contains(had, o) || whole && kind(o) == Department
	})
}
