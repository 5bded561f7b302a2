// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "time"

// OwnAsk is something a person asked of the writer of an entry: to let more
// people read it, to add something, or to take over another text. What the text
// was is told only of an entry they may still read: most of it is its writer's.
type OwnAsk struct {
	Kind   OwnAskKind       `json:"kind"`
	Entry  EntryID          `json:"entry"`
	Title  string           `json:"title,omitempty"`
	State  WideningState    `json:"state"`
	At     time.Time        `json:"at"`
	Level  Level            `json:"level,omitempty"`
	Also   []OrganisationID `json:"also,omitempty"`
	Points []EnrichPoint    `json:"points,omitempty"`
	Text   string           `json:"text,omitempty"` // the words of who asks

	NewTitle  string `json:"proposed_title,omitempty"`
	NewLesson string `json:"proposed_lesson,omitempty"`
	NewBody   string `json:"proposed_body,omitempty"`
}

// OwnAskKind is what was asked.
type OwnAskKind string

// The kinds.
const (
	OwnAskWider OwnAskKind = "wider"
	OwnAskMore  OwnAskKind = "more"
	OwnAskText  OwnAskKind = "text"
)
