// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"fmt"
	"io"

	"rugzak/pkg/rugzak"
)

// putExportedFiles keeps the files of an export, before anything refers to them.
func (s *Service) putExportedFiles(ctx context.Context, b rugzak.Backpack) error {
	type told struct {
		hash       rugzak.BlobHash
		mime, name string
		size       int64
	}
	done := map[told]bool{}
	for _, a := range b.Attachments {
		if err := a.ValidateKept(); err != nil {
			return err
		}
		for _, h := range []rugzak.BlobHash{a.Blob, a.Small} {
			this := told{h, a.Type, a.Name, a.Size}
			if h == "" || done[this] {
				continue
			}
			done[this] = true
			if err := s.putExportedFile(ctx, b, a.Attachment, h); err != nil {
				return err
			}
		}
	}
	return nil
}

// putExportedFile keeps one, if it is what its attachment says: readers are served
// it as that.
func (s *Service) putExportedFile(ctx context.Context, b rugzak.Backpack, a rugzak.Attachment, h rugzak.BlobHash) (err error) {
	from, err := b.Files.Open(h)
	if err != nil {
		return err
	}
	file, size, err := s.Blobs.Aside(ctx, from, rugzak.MaxFile*1_000_000)
	if err := errors.Join(err, from.Close()); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	name := a.Name
	if a.Kind == rugzak.AttachedImage || name == "" { // pictures were made anew
		name = "x" + a.Ending()
	}
	kind, mediaType, err := s.Media.Sort(file, size, name)
	if err != nil && rugzak.CodeOf(err) != rugzak.CodeInvalid {
		return err
	}
	if err != nil || kind != a.Kind || mediaType != a.Type || h == a.Blob && size != a.Size {
		return &rugzak.Error{Code: rugzak.CodeInvalid, Key: "exchange.file_other", Args: []any{string(h)}, Err: err}
	}
	got, _, err := s.Blobs.Put(ctx, io.NewSectionReader(file, 0, size), rugzak.MaxFile*1_000_000)
	if err == nil && got != h {
		err = &rugzak.Error{Code: rugzak.CodeInvalid, Key: "exchange.file_damaged", Args: []any{string(h)}, Err: fmt.Errorf("it has the hash %s", got)}
	}
	return err
}

// putAttachments attaches what an export holds to its entries.
func (s *Service) putAttachments(w rugzak.Writer, b rugzak.Backpack, purged map[rugzak.EntryID]bool) error {
	for _, a := range b.Attachments {
		if purged[a.Entry] {
			continue
		}
		e, err := w.Entry(a.Entry)
		if err != nil {
			return err
		}
		if _, err := block(s.screen(attachmentTexts(a.Attachment, a.Text), declaredIn(e, a.Attachment))); err != nil {
			return err
		}
		if err := w.SaveAttachment(a.Attachment); err != nil {
			return err
		}
		if err := w.SaveAttachedText(a.ID, a.Text); err != nil {
			return err
		}
	}
	return nil
}
