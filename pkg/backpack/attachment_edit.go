// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"slices"

	"rugzak/pkg/rugzak"
)

// AttachmentsToEdit is what is attached to an entry of one's own, for a form.
type AttachmentsToEdit struct {
	Entry  rugzak.Entry
	All    []rugzak.Attachment
	Limits rugzak.FileSettings
}

// AttachmentsToEdit returns what is attached to a draft or an entry of one's own.
func (s *Service) AttachmentsToEdit(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (out AttachmentsToEdit, err error) {
	err = s.view(ctx, "attachments to edit", func(r rugzak.Reader) error {
		var err error
		if out.Entry, err = lookMine(r, by, id); err != nil {
			return err
		}
		if out.All, err = r.Attachments(id); err != nil {
			return err
		}
		all, err := r.Settings()
		out.Limits = all.Files
		return err
	})
	return out, err
}

// DescribeAttachments changes what is said of attachments of an entry of one's
// own. Those of which nothing is said stay as they are.
func (s *Service) DescribeAttachments(ctx context.Context, by rugzak.Person, id rugzak.EntryID, said map[rugzak.AttachmentID]AttachmentWords) (rugzak.Position, error) {
	return s.update(ctx, "describe attachments", func(w rugzak.Writer) error {
		e, err := lookMine(w, by, id)
		if err != nil {
			return err
		}
		all, err := w.Attachments(id)
		if err != nil {
			return err
		}
		var p rugzak.Problems
		var found []Found
		for _, a := range all {
			words, ok := said[a.ID]
			if before := a; ok {
				if words.fill(&a); a.Alt == before.Alt && a.Spoken == before.Spoken && a.People == before.People {
					continue
				}
				err := a.Validate()
				if err == nil {
					numbers := s.screen(attachmentTexts(a, ""), slices.Concat(declaredIn(e, a), words.NotBSN))
					for _, f := range numbers {
						f.Field = AttachmentField(a.ID, f.Field)
						found = append(found, f)
					}
					var declared []string
					declared, err = block(numbers)
					a.NotBSN = unique(slices.Concat(before.NotBSN, declared))
				}
				if err == nil {
					err = s.saveAttachment(w, by, e, a, nil)
				}
				if err := ofAttachment(a.ID, err, &p); err != nil {
					return err
				}
			}
		}
		if err := p.Err(); err != nil {
			return &NumbersFound{err, shownFindings(found)}
		}
		return nil
	})
}

// ofAttachment puts problems of an attachment next to it; any other error stays.
func ofAttachment(id rugzak.AttachmentID, err error, p *rugzak.Problems) error {
	refused, ok := errors.AsType[*rugzak.Error](err)
	if !ok || refused.Code != rugzak.CodeInvalid {
		return err
	}
	for _, f := range refused.Fields {
		p.Add(AttachmentField(id, f.Field), f.Key, f.Args...)
	}
	return nil
}

// RemoveAttachment takes an attachment of one's own away for good, its bytes as
// well.
func (s *Service) RemoveAttachment(ctx context.Context, by rugzak.Person, id rugzak.AttachmentID) (rugzak.Position, error) {
	pos, err := s.update(ctx, "remove attachment", func(w rugzak.Writer) error {
		_, e, err := lookMyAttachment(w, by, id)
		if err != nil {
			return err
		}
		if err := w.RemoveAttachment(id); err != nil {
			return err
		}
		return w.Log(s.change(e, by, rugzak.VerbAttached))
	})
	if err == nil {
		s.purger.wake()
	}
	return pos, err
}

// lookMyAttachment fetches an attachment of an entry that the person may change.
func lookMyAttachment(r rugzak.Reader, by rugzak.Person, id rugzak.AttachmentID) (rugzak.Attachment, rugzak.Entry, error) {
	a, err := r.Attachment(id)
	if err != nil {
		return rugzak.Attachment{}, rugzak.Entry{}, err
	}
	e, err := lookMine(r, by, a.Entry)
	return a, e, err
}
