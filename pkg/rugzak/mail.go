// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"context"
	"time"
)

// Message is a mail as it goes out, to one address: as text, and as HTML too
// unless that is empty.
type Message struct {
	// ID is the same for each attempt, also after a crash, so that a mail system
	// can tell a double.
	ID      string
	To      string
	From    string // what the sender is called; the address is the mailer's
	Subject string
	Text    string
	HTML    string
	// Unsubscribe is the address that stops such mail with one press (RFC 8058);
	// empty for what cannot be stopped.
	Unsubscribe string
	Composed    time.Time
}

// Letter is what a mail says, before it becomes text and HTML.
type Letter struct {
	Lang   Lang
	Site   string
	Title  string
	Lead   []string // paragraphs
	Items  []LetterItem
	Action LetterLink
	Spare  string       // says that the address of the action stands below, where it is shown
	Foot   []LetterLink // small, at the end; those that lead nowhere are only said
}

// LetterItem is one of the things a mail tells of.
type LetterItem struct {
	Reason string
	Title  string // may be empty
	Lang   Lang   // of title and lesson
	Lesson string // may be empty
	Link   string
}

// LetterLink is a text that leads somewhere.
type LetterLink struct{ Text, To string }

// Mailer hands mail to a mail system. It is safe for concurrent use.
//
// CodeInvalid means that trying again is of no use; every other error may pass.
// Errors never hold an address.
type Mailer interface {
	Send(ctx context.Context, m Message) error
}

// LinkTo says where a link in a mail leads.
type LinkTo string

// Where links lead.
const (
	LinkHome       LinkTo = "home"
	LinkSignIn     LinkTo = "sign-in"
	LinkInvitation LinkTo = "invitation" // value: the secret
	LinkPassword   LinkTo = "password"   // value: the secret
	LinkNotices    LinkTo = "notices"
	LinkEntry      LinkTo = "entry"     // value: the id
	LinkTheme      LinkTo = "theme"     // value: the id
	LinkLetter     LinkTo = "letter"    // value: the id of a theme letter
	LinkMessages   LinkTo = "messages"  // how somebody wants to be told
	LinkDigest     LinkTo = "digest"    // the message of the week
	LinkStopMail   LinkTo = "stop-mail" // value: the secret
)
