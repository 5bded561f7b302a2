// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"context"
	"io"
	"iter"
	"time"
)

// Store keeps the truth. It is safe for concurrent use; several processes may
// share one where the implementation allows it.
//
// Missing records give an *Error with CodeNotFound. After a write that the
// disk refused the store stays readable and answers every further Update with
// CodeUnavailable.
type Store interface {
	// View runs fn on one consistent state. Nothing read in it may be used to
	// decide a later Update. fn must not render, call the index or wait.
	View(ctx context.Context, fn func(Reader) error) error
	// Update runs fn in one transaction: everything it wrote is durable when
	// Update returns nil, nothing of it is kept when fn or Update fails. It
	// returns the position of the last change the transaction logged, or the
	// head when it logged none. fn may run more than once.
	Update(ctx context.Context, fn func(Writer) error) (Position, error)
	// Changes returns at most limit changes after a position, in order. No
	// later commit can put a change before one that was returned.
	Changes(ctx context.Context, after Position, limit int) ([]Change, error)
	// Head is the position of the newest change, and of the newest change that
	// took an entry out of some reader's sight.
	Head(ctx context.Context) (head, narrowed Position, err error)
	// Backup writes a consistent, compacted copy of the store while it is in use.
	Backup(ctx context.Context, w io.Writer) error
	// Compact writes the files anew without what was removed, while the store
	// is in use: writers wait, readers go on. It returns when nothing reads the
	// old bytes any more, and takes what was purged out of the copies the store
	// keeps.
	Compact(ctx context.Context) error
	// Check reads everything and calls report, in plain English, for each thing
	// that is wrong.
	Check(ctx context.Context, report func(problem string)) error
	// Healthy returns the error after which the store stopped writing; nil as
	// long as it writes. Reading goes on either way.
	Healthy() error
	// Size is the room the store takes, in bytes.
	Size() (int64, error)
	Close() error
}

// Reader reads one consistent state of the store. Values are the caller's to
// keep and to change. A Reader ends with the function it was given to.
type Reader interface {
	// State names the state that is read. As long as the name is the same,
	// nothing was written: what was made of it still holds.
	State() string
	Entry(id EntryID) (Entry, error)
	// Rights returns of an entry only what decides who may see it: state, author
	// mode, authors, audience, organisation with its kind, and team. What it
	// costs does not depend on the text, so that nobody can tell a hidden entry
	// from an absent one by the time it takes.
	Rights(id EntryID) (Entry, error)
	// EntryByExternal finds an imported entry by its origin.
	EntryByExternal(x External) (EntryID, error)
	// Entries yields a list newest first, beginning after a mark.
	Entries(list List, after Mark) iter.Seq2[Entry, error]
	// RelatedTo yields the entries with a relation, or an application, that
	// leads to this one.
	RelatedTo(id EntryID) iter.Seq2[Entry, error]
	// NewestRelatedTo yields the same, those that were begun last first.
	NewestRelatedTo(id EntryID) iter.Seq2[Entry, error]
	// Revision returns one revision; the newest is the entry itself.
	Revision(id EntryID, number int) (Revision, error)
	// Revisions yields an entry's revisions, newest first.
	Revisions(id EntryID) iter.Seq2[Revision, error]
	// IsHiddenAuthor reports whether the person wrote this entry without name.
	// Only the code that decides on editing and notifying may ask.
	IsHiddenAuthor(id EntryID, person PersonID) (bool, error)
	// HiddenEntries lists what a person wrote without name, for that person only.
	HiddenEntries(person PersonID) ([]EntryID, error)
	// HiddenAuthors is for the code that notifies, and for the export of the
	// data's owner.
	HiddenAuthors(id EntryID) ([]PersonID, error)

	Organisation(id OrganisationID) (Organisation, error)
	Organisations() ([]Organisation, error) // by name
	Person(id PersonID) (Person, error)
	PersonByEmail(email string) (Person, error)
	People() iter.Seq2[Person, error] // by id
	Theme(id ThemeID) (Theme, error)
	Themes() ([]Theme, error) // by title
	// ThemesVersion changes with every theme that is saved or removed, so that
	// whoever keeps what Themes gave knows whether it still holds.
	ThemesVersion() (int, error)
	Movement() (Movement, error)
	CompassReader
	WordingReader

	Session(hash string) (Session, error)
	Sessions(person PersonID) ([]Session, error)
	Credential(person PersonID) (Credential, error)
	Token(hash string) (Token, error)

	KeyReader
	KeepReader
	AuditReader
	IncidentReader
	PurgeReader
	NoticeReader
	MailReader
	FalseAlarmReader
	SettingsReader
	ChecklistReader
	RetentionReader
	RequestReader
	FactorReader
	WideningReader
	MadeReader
	IdentityReader
	InvitationReader
	TermReader
	SavedSearchReader
	SearchGapReader
	InquiryReader
	OverlapReader
	ParticipationReader
	ResponseReader
	SignalReader
	FeedTokenReader
	RoomReader
	MeetingReader
	RoundReader
	NoticeSettingsReader
	DigestReader
	UnsubscribeReader
	ThreadReader
	LetterReader
	CelebrationReader
	ThemeMergeReader
	EntryMergeReader
	EnrichmentReader
	TextProposalReader
	TallyReader
	InterimReader
	ThemeRefusalReader
	IdeaReader
	SelfCheckReader
	AttachmentReader
}

// Writer changes the store inside one transaction.
type Writer interface {
	Reader

	// SaveEntry stores an entry with its lists and keys. The stored version must
	// be base (0: there must be none), or it gives CodeConflict; e.Version is
	// stored as it is. With a note the entry as it was becomes a past revision
	// and e.Revision must be one more than before; without one the newest
	// revision is written over.
	SaveEntry(e Entry, base int, note *RevisionNote) error
	// PutRevision stores a past revision as it is: for the import of a whole
	// backpack.
	PutRevision(r Revision) error
	// RemoveEntry takes away an entry, its revisions, keys, keeps and hidden authors.
	RemoveEntry(id EntryID) error
	SetHiddenAuthors(id EntryID, people []PersonID) error

	// The other saves check the version the same way: base is the version that
	// was read, 0 for a new record, and the stored version becomes base+1.
	SaveOrganisation(o Organisation, base int) error
	RemoveOrganisation(id OrganisationID) error
	// SavePerson gives CodeConflict with key "error.email_taken" when another
	// person has the address.
	SavePerson(p Person, base int) error
	RemovePerson(id PersonID) error // with credential, factors, sessions, tokens and keeps
	SaveTheme(t Theme, base int) error
	RemoveTheme(id ThemeID) error // the entries' Themes are the caller's to change
	SaveMovement(m Movement) error
	CompassWriter

	SaveSession(s Session) error
	RemoveSession(hash string) error
	SaveCredential(c Credential) error
	// SaveToken stores a link; an older one for the same person and purpose goes.
	SaveToken(t Token) error
	RemoveToken(hash string) error
	// RemoveTokens takes the links of a person for a purpose away; none there is
	// no error.
	RemoveTokens(person PersonID, purpose TokenPurpose) error

	KeepWriter
	AuditWriter
	IncidentWriter
	PurgeWriter
	NoticeWriter
	MailWriter
	FalseAlarmWriter
	SettingsWriter
	ChecklistWriter
	RetentionWriter
	RequestWriter
	FactorWriter
	WideningWriter
	MadeWriter
	IdentityWriter
	InvitationWriter
	TermWriter
	SavedSearchWriter
	SearchGapWriter
	InquiryWriter
	OverlapWriter
	ParticipationWriter
	ResponseWriter
	SignalWriter
	FeedTokenWriter
	RoomWriter
	MeetingWriter
	RoundWriter
	NoticeSettingsWriter
	DigestWriter
	UnsubscribeWriter
	ThreadWriter
	LetterWriter
	CelebrationWriter
	ThemeMergeWriter
	EntryMergeWriter
	EnrichmentWriter
	TextProposalWriter
	TallyWriter
	InterimWriter
	ThemeRefusalWriter
	IdeaWriter
	SelfCheckWriter
	AttachmentWriter
	LeaseWriter

	// Log appends to the change log. The position is made at commit.
	Log(c Change) error
}

// RevisionNote says who made the new revision, when and why.
type RevisionNote struct {
	Actor  string
	Reason RevisionReason
	At     time.Time // the entry's UpdatedAt when zero
}
