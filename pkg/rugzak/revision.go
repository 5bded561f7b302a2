// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "time"

// Revision is a full snapshot of a shared entry as it was after an edit. The
// newest revision is the entry itself.
type Revision struct {
	Entry  Entry // as it was; Entry.Revision is its number
	Actor  string
	At     time.Time
	Reason RevisionReason
}

// RevisionReason says what made a revision.
type RevisionReason string

// The reasons.
const (
	ReasonShared   RevisionReason = "shared"
	ReasonRevised  RevisionReason = "revised"
	ReasonRestored RevisionReason = "restored"
	ReasonImported RevisionReason = "imported"
)
