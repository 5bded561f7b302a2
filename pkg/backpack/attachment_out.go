// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"fmt"

	"rugzak/pkg/rugzak"
)

// AttachmentSink takes what is attached to entries. The bytes are read before it
// returns.
type AttachmentSink interface {
	Attachment(f rugzak.AttachedFile) error
}

// passAttached passes on what is attached to an entry, as far as somebody may read
// it at this moment.
func (s *Service) passAttached(ctx context.Context, by rugzak.Person, id rugzak.EntryID, to AttachmentSink) error {
	var all []rugzak.AttachedFile
	err := s.view(ctx, "attachments to take out", func(r rugzak.Reader) (err error) {
		mine, err := sees(r, by, id)
		if isMissing(err) {
			return nil
		} else if err != nil {
			return err
		}
		if all, err = attachedFiles(r, id); mine {
			return err
		}
		for i := range all {
			all[i].NotBSN = nil
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.passFiles(ctx, all, to)
}

// passAttachments passes on what is attached to an entry.
func (s *Service) passAttachments(ctx context.Context, r rugzak.Reader, id rugzak.EntryID, to AttachmentSink) error {
	all, err := attachedFiles(r, id)
	if err != nil {
		return err
	}
	return s.passFiles(ctx, all, to)
}

// attachedFiles reads what is attached to an entry, without the bytes.
func attachedFiles(r rugzak.Reader, id rugzak.EntryID) (out []rugzak.AttachedFile, err error) {
	all, err := r.Attachments(id)
	for _, a := range all {
		if err != nil {
			return nil, err
		}
		var text string
		text, err = r.AttachedText(a.ID)
		out = append(out, rugzak.AttachedFile{Attachment: a, Text: text})
	}
	return out, err
}

func (s *Service) passFiles(ctx context.Context, all []rugzak.AttachedFile, to AttachmentSink) error {
	for _, f := range all {
		if err := s.passFile(ctx, f, to); err != nil {
			return fmt.Errorf("attachment %s: %w", f.ID, err)
		}
	}
	return nil
}

func (s *Service) passFile(ctx context.Context, f rugzak.AttachedFile, to AttachmentSink) error {
	file, err := s.Blobs.Open(ctx, f.Blob)
	if err != nil {
		return fmt.Errorf("file %s: %w", f.Blob, err)
	}
	f.Bytes = file
	if f.Small == "" {
		return errors.Join(to.Attachment(f), file.Close())
	}
	small, err := s.Blobs.Open(ctx, f.Small)
	if err != nil {
		return errors.Join(fmt.Errorf("file %s: %w", f.Small, err), file.Close())
	}
	f.SmallBytes = small
	return errors.Join(to.Attachment(f), small.Close(), file.Close(), ctx.Err())
}
