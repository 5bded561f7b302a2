// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "slices"

// CanKnowOrganisation reports whether a reader may be told that an organisation
// is there. Members of departments know all, everybody knows the departments
// and their own organisation. A partner knows another partner only by what that
// one itself shows them: shown are the organisations whose own text or shared
// theme the reader is looking at.
func CanKnowOrganisation(p Person, o Organisation, shown ...OrganisationID) bool {
	if p.ID == "" || p.Inactive {
		return false
	}
	return p.IsMember() || o.ID == p.Organisation || o.Kind == Department || o.ID != "" && slices.Contains(shown, o.ID)
}

// CanKnowPerson reports whether a reader may be told who somebody is. Members
// of departments may; a partner knows people only as authors, by name, of what
// they may read. Everybody knows themselves.
func CanKnowPerson(p Person, other PersonID, author bool) bool {
	if p.ID == "" || p.Inactive || other == "" {
		return false
	}
	return p.ID == other || p.IsMember() || author
}
