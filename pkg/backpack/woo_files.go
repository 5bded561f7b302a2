// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"

	"rugzak/pkg/rugzak"
)

// wooWithFiles hands over an entry of a selection with what is attached to it.
func (s *Service) wooWithFiles(ctx context.Context, by rugzak.Person, known rugzak.Known, w rugzak.WooEntry, each func(rugzak.WooEntry) error) (err error) {
	if err := s.view(ctx, "attachments of a selection", func(r rugzak.Reader) (err error) {
		if by.ID != Operator().ID {
			if _, err := sees(r, by, w.Entry.ID); isMissing(err) { // out of sight by now
				return nil
			} else if err != nil {
				return err
			}
		}
		w.Attachments, err = attachedFiles(r, w.Entry.ID)
		return err
	}); err != nil {
		return err
	}
	for i := range w.Attachments {
		f, openErr := s.Blobs.Open(ctx, w.Attachments[i].Blob)
		if openErr != nil {
			return openErr
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		w.Attachments[i].Bytes = f
	}
	w.Marks = s.wooMarks(known, w)
	return each(w)
}

// wooAttachmentMarks are the places to look at in what is attached: in what is said
// of it, in what is written in it, and each picture and sound as a whole.
func (s *Service) wooAttachmentMarks(known rugzak.Known, w rugzak.WooEntry) (marks []rugzak.WooMark) {
	for i, a := range w.Attachments {
		texts := []field{{"attachment_said", a.Name + "\n" + a.Alt + "\n" + a.Spoken}, {"attachment_text", a.Text}}
		for _, f := range s.inspectWith(known, texts, declaredIn(w.Entry, a.Attachment)) {
			marks = append(marks, rugzak.WooMark{Class: string(f.Class), Field: f.Field, Attachment: i + 1, Line: f.Line, At: column(texts, f)})
		}
		if a.Kind == rugzak.AttachedImage || a.Kind == rugzak.AttachedAudio {
			marks = append(marks, rugzak.WooMark{Class: rugzak.WooAuthor, Field: "attachment_seen", Attachment: i + 1})
		}
	}
	return marks
}
