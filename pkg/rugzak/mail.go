// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"context"
	"time"
)

// Message is a mail as it goes out: plain text, to one address.
type Message struct {
	ID       string // the same for each attempt, so that a mail system can tell
	To       string
	From     string // what the sender is called; the address is the mailer's
	Subject  string
	Text     string
	Composed time.Time
}

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
)
