// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"rugzak/pkg/rugzak"
)

// NewAttachment is a file that a writer brings, with what they say of it.
type NewAttachment struct {
	Name   string
	File   io.Reader
	Said   AttachmentWords
	NotBSN []string // numbers in it of which the writer declares that they are no BSN
}

// AttachmentWords is what a writer says of an attachment.
type AttachmentWords struct {
	Alt    string
	Spoken string
	People rugzak.AboutPeople
	NotBSN []string // numbers in it of which the writer declares that they are no BSN
}

func (said AttachmentWords) fill(a *rugzak.Attachment) {
	a.Alt, a.Spoken, a.People = rugzak.Line(said.Alt), rugzak.Newlines(said.Spoken), said.People
}

// FileLimits returns how large files may be.
func (s *Service) FileLimits(ctx context.Context) (limits rugzak.FileSettings, err error) {
	err = s.view(ctx, "file limits", func(r rugzak.Reader) error {
		all, err := r.Settings()
		limits = all.Files
		return err
	})
	return limits, err
}

// SaveFileSettings changes how large files may be. What is there stays.
func (s *Service) SaveFileSettings(ctx context.Context, by rugzak.Person, base int, files rugzak.FileSettings) error {
	return s.saveSettings(ctx, by, base, "files", func(all *rugzak.Settings) { all.Files = files })
}

// Attach adds a file to a draft or an entry of one's own. What readers see at
// once, because the entry is shared, must be complete.
func (s *Service) Attach(ctx context.Context, by rugzak.Person, id rugzak.EntryID, in NewAttachment) (_ rugzak.Attachment, _ rugzak.Position, err error) {
	var limits rugzak.FileSettings
	err = s.view(ctx, "attach", func(r rugzak.Reader) error {
		if _, err := lookMine(r, by, id); err != nil {
			return err
		}
		all, err := r.Settings()
		limits = all.Files
		return err
	})
	if err != nil {
		return rugzak.Attachment{}, "", err
	}
	file, size, err := s.Blobs.Aside(ctx, in.File, limits.Largest()) // however long it takes to come in
	if rugzak.CodeOf(err) == rugzak.CodeTooLarge {
		err = fileProblem("error.attachment.larger", limits.Largest()/1_000_000)
	}
	if rugzak.CodeOf(err) == rugzak.CodeUnavailable {
		s.Log.ErrorContext(ctx, "no room for files", "err", err)
		err = fileProblem("error.attachment.no_room")
	}
	if err != nil {
		return rugzak.Attachment{}, "", err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	defer s.keepingFiles()() // nothing is collected until the entry refers to it
	a, text, err := s.takeFile(ctx, in, file, size, limits)
	if err != nil {
		return rugzak.Attachment{}, "", err
	}
	pos, err := s.update(ctx, "attach", func(w rugzak.Writer) error {
		e, err := lookMine(w, by, id)
		if err != nil {
			return err
		}
		if a.Order, err = roomFor(w, id, a, limits); err != nil {
			return err
		}
		a.Entry = id
		return s.saveAttachment(w, by, e, a, &text)
	})
	return a, pos, err
}

// roomFor returns the place of one more among those of an entry.
func roomFor(r rugzak.Reader, id rugzak.EntryID, a rugzak.Attachment, limits rugzak.FileSettings) (order int, err error) {
	others, err := r.Attachments(id)
	if err != nil {
		return 0, err
	}
	size := a.Size
	for _, o := range others {
		size += o.Size
		order = max(order, o.Order)
	}
	var p rugzak.Problems
	switch {
	case len(others) >= rugzak.MaxAttachments:
		p.Add("file", "error.attachment.many", rugzak.MaxAttachments)
	case size > int64(limits.Entry)*1_000_000:
		p.Add("file", "error.attachment.full", limits.Entry)
	}
	return order + 1, p.Err()
}

// takeFile looks at a file, and keeps it under its hash.
func (s *Service) takeFile(ctx context.Context, in NewAttachment, file rugzak.Upload, size int64, limits rugzak.FileSettings) (a rugzak.Attachment, text string, err error) {
	kind, mediaType, err := s.Media.Sort(file, size, in.Name)
	if err != nil {
		return a, "", asFileProblem(err)
	}
	if size > limits.Of(kind) {
		return a, "", fileProblem("error.attachment.larger", limits.Of(kind)/1_000_000)
	}
	a = rugzak.Attachment{
		ID: rugzak.NewAttachmentID(), Kind: kind, Type: mediaType, Name: fileName(in.Name),
	}
	in.Said.fill(&a)
	if err := a.Validate(); err != nil {
		return a, "", err
	}
	var content io.Reader
	if kind == rugzak.AttachedImage {
		p, err := s.Media.Picture(ctx, file)
		if err != nil {
			return a, "", asFileProblem(err)
		}
		a.Type, a.Width, a.Height = p.Type, p.Width, p.Height
		content = bytes.NewReader(p.Data)
		if p.Small != nil {
			if a.Small, _, err = s.Blobs.Put(ctx, bytes.NewReader(p.Small), limits.Largest()); err != nil {
				return a, "", err
			}
		}
	} else {
		if text, err = s.Media.Text(ctx, kind, file, size); err != nil {
			return a, "", err
		}
		bare := s.Media.Bare(kind, mediaType, file, size)
		defer func() { err = errors.Join(err, bare.Close()) }()
		content = bare
	}
	found := s.screen(attachmentTexts(a, text), in.NotBSN)
	if a.NotBSN, err = block(found); err != nil {
		return a, "", &NumbersFound{err, shownFindings(found)}
	}
	a.Blob, a.Size, err = s.Blobs.Put(ctx, content, rugzak.MaxFile*1_000_000)
	return a, text, asFileProblem(err)
}

// attachmentTexts lists every text of an attachment, under the name of its field.
func attachmentTexts(a rugzak.Attachment, text string) []field {
	name := strings.TrimSuffix(a.Name, path.Ext(a.Name))
	return []field{{"file", name}, {"alt", a.Alt}, {"spoken", a.Spoken}, {"file", text}}
}

// fileName makes of what a browser calls a file a name that can be shown.
func fileName(name string) string {
	name = rugzak.Line(name[strings.LastIndexAny(name, `/\`)+1:])
	ending := []rune(path.Ext(name))
	whole := []rune(strings.TrimSuffix(name, string(ending)))
	if room := rugzak.MaxAttachmentName - len(ending); len(whole) > room && room > 0 {
		whole = whole[:room]
	}
	return string(whole) + string(ending)
}

func fileProblem(key string, args ...any) error {
	var p rugzak.Problems
	p.Add("file", key, args...)
	return p.Err()
}

// asFileProblem puts a refusal of a file next to its field.
func asFileProblem(err error) error {
	if e, ok := errors.AsType[*rugzak.Error](err); ok && e.Code == rugzak.CodeInvalid && len(e.Fields) == 0 {
		return fileProblem(e.Key, e.Args...)
	}
	return err
}

// saveAttachment stores an attachment of an entry of one's own, and its text where
// it is new.
func (s *Service) saveAttachment(w rugzak.Writer, by rugzak.Person, e rugzak.Entry, a rugzak.Attachment, text *string) error {
	if e.State != rugzak.StateDraft {
		if err := a.Ready(); err != nil {
			return err
		}
		if err := s.attachedMayCross(w, e, a, text); err != nil {
			return err
		}
		if e.Mode == rugzak.Anonymous { // what a file is called may tell who wrote
			a.Name = ""
		}
	}
	if err := w.SaveAttachment(a); err != nil {
		return err
	}
	if text != nil {
		if err := w.SaveAttachedText(a.ID, *text); err != nil {
			return err
		}
	}
	if e.State == rugzak.StateDraft {
		if err := s.touched(w, e.ID); err != nil {
			return err
		}
	}
	return w.Log(s.change(e, by, rugzak.VerbAttached))
}

// AttachmentFile is an attachment opened for a reader.
type AttachmentFile struct {
	rugzak.Attachment
	io.ReadSeekCloser
}

// OpenAttachment opens an attachment for who may read its entry; small asks for
// the smaller picture. Absent and hidden are the same. Who calls closes it.
func (s *Service) OpenAttachment(ctx context.Context, by rugzak.Person, id rugzak.AttachmentID, small bool) (AttachmentFile, error) {
	var f AttachmentFile
	err := s.view(ctx, "open attachment", func(r rugzak.Reader) error {
		a, err := r.Attachment(id)
		if err != nil {
			return err
		}
		f.Attachment = a
		if _, err = sees(r, by, a.Entry); isMissing(err) {
			err = readsWhereMerged(r, by, a.Entry)
		}
		return err
	})
	if err != nil {
		return AttachmentFile{}, err
	}
	h := f.Blob
	if small && f.Small != "" {
		h = f.Small
	}
	f.ReadSeekCloser, err = s.Blobs.Open(ctx, h)
	if isMissing(err) { // it should be there: that is our fault, and says nothing
		err = fmt.Errorf("open attachment %s: its file is missing", id)
	}
	return f, err
}

// readsWhereMerged is nil for who reads a text, and what is attached to it, on the
// page of the entry it went into.
func readsWhereMerged(r rugzak.Reader, by rugzak.Person, id rugzak.EntryID) error {
	m, err := r.EntryMerge(id)
	if err != nil {
		return err
	}
	from, err := r.Rights(id)
	if err != nil {
		return err
	}
	into, err := r.Rights(m.Into)
	if err != nil {
		return err
	}
	if mine, err := isMine(r, by, into); err != nil {
		return err
	} else if !mine && !rugzak.CanRead(by, into) || !seesMerged(by, from, into) {
		return rugzak.NotFound()
	}
	return nil
}

// Attachments lists what is attached to an entry one may read.
func (s *Service) Attachments(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (all []rugzak.Attachment, err error) {
	err = s.view(ctx, "attachments", func(r rugzak.Reader) error {
		if _, err := sees(r, by, id); err != nil {
			return err
		}
		all, err = r.Attachments(id)
		return err
	})
	return all, err
}
