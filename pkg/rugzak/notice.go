// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "time"

// NoticeKind says what a notice is about; it names its sentence in the
// catalogue ("notice_item.KIND"), without arguments unless backpack's
// noticeDetails fills them in, and the one about several ("notice_items.KIND").
// Whoever adds a kind adds the constant beside what makes it, a row to
// NoticeRules and the sentences in both languages; the list shows the title of the entry or theme beneath it, and leaves out a
// notice whose entry or theme the reader may no longer see, or whose kind has
// no sentence.
type NoticeKind string

// Notice tells a person something in the site. It holds ids and codes only:
// what is shown is read, with the rights of the reader, when it is shown.
type Notice struct {
	ID     string // as made by NewID
	Person PersonID
	Kind   NoticeKind
	Entry  EntryID // may be empty
	Theme  ThemeID // may be empty
	// About is another id or code the kind needs; may be empty.
	About string
	At    time.Time
	Read  bool
}

// NoticeReader reads notices.
type NoticeReader interface {
	// Notices lists the notices of a person, newest first.
	Notices(person PersonID) ([]Notice, error)
	// NoticesSince lists those that were made at or after a moment, newest first.
	// It looks no further than that.
	NoticesSince(person PersonID, since time.Time) ([]Notice, error)
	Notice(person PersonID, id string) (Notice, error)
	// NoticeByID finds a notice without its person.
	NoticeByID(id string) (Notice, error)
	// NewestNotice is the last notice of a person. It costs one look, however
	// many there are.
	NewestNotice(person PersonID) (Notice, error)
}

// NoticeWriter writes notices.
type NoticeWriter interface {
	// SaveNotice stores a notice, new or again. A new one is logged as a change
	// (VerbNoticeMade), which who sends mail follows.
	SaveNotice(n Notice) error
	RemoveNotice(person PersonID, id string) error
}

// MailKind says which mail is meant; it names its texts in the catalogue
// ("mail.KIND.subject", "mail.KIND.text").
type MailKind string

// Mail is a message that waits to be sent. It holds ids and codes only:
// address, text and links are made when it is sent, so that the queue holds
// neither secrets nor personal data, and what was revoked meanwhile is not
// sent.
type Mail struct {
	ID         string // as made by NewID: mail goes out in this order
	Kind       MailKind
	To         PersonID // or
	Invitation string   // who has no account yet
	Entry      EntryID  // may be empty
	Notice     string   // what the person was told, for a mail about it; may be empty
	Week       Week     // of the message it is; may be empty
	At         time.Time
	// Attempts that failed, and when to try again.
	Attempts  int
	NotBefore time.Time
}

// MailReader reads the queue of mail.
type MailReader interface {
	// MailQueue lists what waits, oldest first.
	MailQueue() ([]Mail, error)
}

// MailWriter writes the queue of mail.
type MailWriter interface {
	QueueMail(m Mail) error
	RemoveMail(id string) error
}
