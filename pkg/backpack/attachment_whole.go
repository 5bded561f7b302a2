// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"fmt"

	"rugzak/pkg/rugzak"
)

// putExportedFiles keeps the files of an export, before anything refers to them.
func (s *Service) putExportedFiles(ctx context.Context, b rugzak.Backpack) error {
	done := map[rugzak.BlobHash]bool{"": true}
	for _, a := range b.Attachments {
		if err := a.ValidateKept(); err != nil {
			return err
		}
		for _, h := range []rugzak.BlobHash{a.Blob, a.Small} {
			if done[h] {
				continue
			}
			done[h] = true
			if err := s.putExportedFile(ctx, b, h); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) putExportedFile(ctx context.Context, b rugzak.Backpack, h rugzak.BlobHash) error {
	from, err := b.Files.Open(h)
	if err != nil {
		return err
	}
	got, _, err := s.Blobs.Put(ctx, from, rugzak.MaxFile*1_000_000)
	if err == nil && got != h {
		err = &rugzak.Error{Code: rugzak.CodeInvalid, Key: "exchange.file_damaged", Args: []any{string(h)}, Err: fmt.Errorf("it has the hash %s", got)}
	}
	return errors.Join(err, from.Close())
}

// putAttachments attaches what an export holds to its entries. What is written in
// the files was screened when they came in.
func (s *Service) putAttachments(w rugzak.Writer, b rugzak.Backpack, purged map[rugzak.EntryID]bool) error {
	for _, a := range b.Attachments {
		if purged[a.Entry] {
			continue
		}
		if err := s.refuseNumbers(attachmentTexts(a.Attachment, "")...); err != nil {
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
