// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "time"

// MaxPurpose is the longest purpose of a keep, in characters.
const MaxPurpose = 200

// Keep is an entry taken along in a person's backpack (meenemen). Nobody but
// that person sees it.
type Keep struct {
	Person  PersonID
	Entry   EntryID
	Purpose string // "voor het overleg met de woningcorporatie"; may be empty
	At      time.Time
}
