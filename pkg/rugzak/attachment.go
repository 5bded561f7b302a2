// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"context"
	"crypto/rand"
	"io"
	"iter"
	"slices"
	"strings"
	"time"
)

// AttachmentID names an attachment (bijlage). It tells nothing of the time or of
// the entry: an entry that is shared without name takes its attachments along,
// and their addresses in its text stay as they are.
type AttachmentID string

// NewAttachmentID draws an id. Like NewID it never looks like a number of eight
// digits or more.
func NewAttachmentID() AttachmentID {
	for {
		var b [16]byte
		_, _ = rand.Read(b[:]) // crypto/rand never fails: it ends the program
		if id := strings.ToLower(idEncoding.EncodeToString(b[:])); !holdsNumber(id) {
			return AttachmentID(id)
		}
	}
}

// AttachmentKind is what an attachment is for a reader.
type AttachmentKind string

// The kinds of attachments.
const (
	AttachedImage AttachmentKind = "image" // shown in the text; always made anew, without metadata
	AttachedPDF   AttachmentKind = "pdf"
	AttachedWord  AttachmentKind = "word"
	AttachedText  AttachmentKind = "text"
	AttachedAudio AttachmentKind = "audio" // with its words beside it
)

// AttachmentKinds lists the kinds in the order in which they are named.
func AttachmentKinds() []AttachmentKind {
	return []AttachmentKind{AttachedImage, AttachedPDF, AttachedWord, AttachedText, AttachedAudio}
}

// AboutPeople is the answer to whether people can be recognised in an
// attachment, by a face, a voice or a name.
type AboutPeople string

// The answers. Nothing answered keeps an entry from being shared.
const (
	ShowsNobody  AboutPeople = "nobody"
	ShowsAgreed  AboutPeople = "agreed" // they know and find it good
	ShowsUnasked AboutPeople = ""
)

// The limits of attachments.
const (
	MaxAttachments    = 20  // of an entry
	MaxAttachmentName = 120 // characters, as those below
	MaxAlt            = 300
	MaxSpoken         = 60_000    // of the words beside a sound
	MaxAttachedText   = 512 << 10 // bytes
	// MaxPixels is how many pixels a picture may have before it is unpacked.
	MaxPixels = 40_000_000
)

// Attachment (bijlage) is a file of one entry, which decides who may see it.
// The file itself is kept beside the store, under the hash of its bytes.
type Attachment struct {
	ID    AttachmentID
	Entry EntryID
	Kind  AttachmentKind
	Type  string // media type it is served as
	// Name is what the writer called it, cleaned; readers of an entry without
	// name are shown one made up from the kind.
	Name          string
	Blob          BlobHash
	Size          int64    // bytes of Blob
	Small         BlobHash // a picture made smaller; may be empty
	Width, Height int      // of a picture
	Alt           string   // what a picture shows, for who does not see it
	Spoken        string   // what is said in a sound
	People        AboutPeople
	Order         int // among those of the entry
	// NotBSN holds the numbers, digits only, of which the writer declared that
	// they are no citizen service number.
	NotBSN []string
	Sample bool
}

// AttachmentAddress begins the address of an attachment, which texts hold: it
// stays as it is.
const AttachmentAddress = "/bijlagen/"

// Address is where a reader finds it.
func (a Attachment) Address() string { return AttachmentAddress + string(a.ID) }

// Markdown shows it in a text: a picture as one, anything else as a link.
func (a Attachment) Markdown() string {
	words := strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`)
	if a.Kind == AttachedImage {
		return "![" + words.Replace(a.Alt) + "](" + a.Address() + ")"
	}
	return "[" + words.Replace(a.Name) + "](" + a.Address() + ")"
}

// Validate checks what a writer says of it.
func (a Attachment) Validate() error {
	var p Problems
	checkLine(&p, "file", a.Name, MaxAttachmentName)
	checkLine(&p, "alt", a.Alt, MaxAlt)
	checkText(&p, "spoken", a.Spoken, MaxSpoken)
	switch a.People {
	case ShowsUnasked, ShowsNobody, ShowsAgreed:
	default:
		p.Add("people", "error.choose")
	}
	return p.Err()
}

// ValidateKept checks one that comes back from an export.
func (a Attachment) ValidateKept() error {
	var p Problems
	if !ValidID(string(a.ID)) {
		p.Add("id", "error.choose")
	}
	if !ValidID(string(a.Entry)) {
		p.Add("entry", "error.choose")
	}
	if !slices.Contains(AttachmentKinds(), a.Kind) {
		p.Add("kind", "error.choose")
	}
	if a.Ending() == "" || (a.Kind == AttachedImage) != strings.HasPrefix(a.Type, "image/") || (a.Kind == AttachedAudio) != strings.HasPrefix(a.Type, "audio/") {
		p.Add("type", "error.choose")
	}
	if !a.Blob.Valid() || a.Small != "" && !a.Small.Valid() || a.Size < 0 || a.Width < 0 || a.Height < 0 {
		p.Add("blob", "error.choose")
	}
	if err := p.Err(); err != nil {
		return err
	}
	return a.Validate()
}

// Ready reports what keeps an entry from being shared with this attachment: a
// picture without alternative text, a sound without words, and the question about
// people that is still open.
func (a Attachment) Ready() error {
	var p Problems
	switch {
	case a.Kind == AttachedImage && a.Alt == "":
		p.Add("alt", "error.attachment.alt")
	case a.Kind == AttachedAudio && a.Spoken == "":
		p.Add("spoken", "error.attachment.spoken")
	}
	if a.People == ShowsUnasked {
		p.Add("people", "error.attachment.people")
	}
	return p.Err()
}

// FileSettings say how large files may be that somebody attaches, in megabytes of
// a million bytes.
type FileSettings struct {
	Image, Document, Audio int // one of the kind; documents are PDF, Word and text
	Entry                  int // all of one entry, as they are kept
}

// The bounds of those settings, in megabytes. More than MaxFile does not fit in
// the process that reads documents.
const (
	MaxFile      = 60
	MaxEntrySize = 1000
)

func (s FileSettings) check(p *Problems) {
	for name, n := range map[string]int{"files_image": s.Image, "files_document": s.Document, "files_audio": s.Audio} {
		if n < 1 || n > MaxFile {
			p.Add(name, "error.between", 1, MaxFile)
		}
	}
	if s.Entry < 1 || s.Entry > MaxEntrySize {
		p.Add("files_entry", "error.between", 1, MaxEntrySize)
	}
}

// Of is how large a file of a kind may be, in bytes.
func (s FileSettings) Of(kind AttachmentKind) int64 {
	const mega = 1_000_000
	switch kind {
	case AttachedImage:
		return int64(s.Image) * mega
	case AttachedAudio:
		return int64(s.Audio) * mega
	}
	return int64(s.Document) * mega
}

// Largest is how large any file may be, in bytes.
func (s FileSettings) Largest() int64 {
	return max(s.Of(AttachedImage), s.Of(AttachedPDF), s.Of(AttachedAudio))
}

// fileEndings are those of the types that files are made to or told to be.
var fileEndings = map[string]string{
	"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf", "audio/mpeg": ".mp3", "audio/mp4": ".m4a", "audio/ogg": ".ogg", "audio/wav": ".wav",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx", "text/plain; charset=utf-8": ".txt",
}

// Ending is how the name of its file ends, such as ".jpg"; empty for a type that
// nothing is kept as.
func (a Attachment) Ending() string { return fileEndings[a.Type] }

// AttachedFile is an attachment on its way out, with what is written in it and its
// bytes. SmallBytes is nil where there is no smaller picture.
type AttachedFile struct {
	Attachment
	Text              string
	Bytes, SmallBytes io.Reader
}

// ExportedAttachment is an attachment of an export that is read back.
type ExportedAttachment struct {
	Attachment
	Text string
}

// ExportedFiles opens the files of an export, each once.
type ExportedFiles interface {
	Open(h BlobHash) (io.ReadCloser, error)
}

// BlobHash is the SHA-256 of a file's bytes, in lower-case hexadecimal.
type BlobHash string

// Valid reports whether it looks like one.
func (h BlobHash) Valid() bool {
	return len(h) == 64 && strings.Trim(string(h), "0123456789abcdef") == ""
}

// Blobs keeps files under the hash of their bytes, outside the store. It is safe
// for concurrent use by the process that holds the store.
type Blobs interface {
	// Put keeps what r gives and is durable when it returns. At most limit bytes
	// are read; more gives CodeTooLarge and keeps nothing. A file that is there
	// already is kept as it is, and is safe from Collect as if it were new.
	Put(ctx context.Context, r io.Reader, limit int64) (BlobHash, int64, error)
	// Aside keeps what r gives where it can be looked at, until it is closed or the
	// process ends. At most limit bytes are read; more gives CodeTooLarge. Where too
	// little room would be left for texts it gives CodeUnavailable.
	Aside(ctx context.Context, r io.Reader, limit int64) (Aside, int64, error)
	// Open gives CodeNotFound for what is not there.
	Open(ctx context.Context, h BlobHash) (io.ReadSeekCloser, error)
	// All yields what is there, in no order, with its size in bytes.
	All(ctx context.Context) iter.Seq2[Blob, error]
	// Collect removes every file for which used says no, unless it was put less
	// than grace ago: what refers to it may be under way. It returns how many.
	Collect(ctx context.Context, grace time.Duration, used func(BlobHash) (bool, error)) (removed int, err error)
	// Verify reads a file and says whether its bytes are still those of its name.
	Verify(ctx context.Context, h BlobHash) error
}

// Aside is a file that came in and is not kept yet.
type Aside interface {
	Upload
	io.Closer
}

// Blob is a file that is kept.
type Blob struct {
	Hash BlobHash
	Size int64
	At   time.Time // when it was last put
}

// AttachmentReader reads attachments.
type AttachmentReader interface {
	Attachment(id AttachmentID) (Attachment, error)
	// Attachments lists those of an entry in their order.
	Attachments(entry EntryID) ([]Attachment, error)
	// AttachedText is what is written in a file, for the search; nothing is no
	// error.
	AttachedText(id AttachmentID) (string, error)
	// UsesBlob reports whether an attachment refers to a file.
	UsesBlob(h BlobHash) (bool, error)
	// UsedBlobs lists the files that attachments refer to, each once.
	UsedBlobs() ([]BlobHash, error)
}

// AttachmentWriter writes attachments.
type AttachmentWriter interface {
	// SaveAttachment stores one; its entry must be there. Another entry than
	// before moves it.
	SaveAttachment(a Attachment) error
	// SaveAttachedText stores what is written in a file; nothing removes it.
	SaveAttachedText(id AttachmentID, text string) error
	// RemoveAttachment takes one away with its text. Its files are collected
	// later. Those of an entry go with the entry.
	RemoveAttachment(id AttachmentID) error
}
