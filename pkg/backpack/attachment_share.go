// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"

	"rugzak/pkg/rugzak"
)

// carried is what is attached to a draft that moves to another id.
type carried struct {
	attachment rugzak.Attachment
	text       string
}

// carryAttachments takes up what is attached to a draft.
func carryAttachments(r rugzak.Reader, id rugzak.EntryID) (out []carried, err error) {
	all, err := r.Attachments(id)
	for _, a := range all {
		if err != nil {
			return nil, err
		}
		var text string
		text, err = r.AttachedText(a.ID)
		out = append(out, carried{a, text})
	}
	return out, err
}

// putDown attaches it to where the draft went. What files were called may tell
// who wrote.
func putDown(w rugzak.Writer, all []carried, id rugzak.EntryID) error {
	for _, c := range all {
		c.attachment.Entry, c.attachment.Name = id, ""
		if err := w.SaveAttachment(c.attachment); err != nil {
			return err
		}
		if err := w.SaveAttachedText(c.attachment.ID, c.text); err != nil {
			return err
		}
	}
	return nil
}

// attachmentsReady refuses to share an entry with an attachment that misses
// something, next to the attachment.
func attachmentsReady(all []rugzak.Attachment, p *rugzak.Problems) {
	for _, a := range all {
		_ = ofAttachment(a.ID, a.Ready(), p) // it has problems only
	}
}

// AttachmentField names a field of one attachment in the problems of its entry.
func AttachmentField(id rugzak.AttachmentID, name string) string {
	return "attachment_" + string(id) + "_" + name
}

// attachedMayCross refuses an attachment with what identifies somebody where its
// entry reaches an organisation across a border. Text is what is written in it;
// nil for what is stored.
func (s *Service) attachedMayCross(r rugzak.Reader, e rugzak.Entry, a rugzak.Attachment, text *string) error {
	out, err := crosses(r, e)
	if err != nil || !out {
		return err
	}
	known, err := knownTo(r)
	if err != nil {
		return err
	}
	return s.refuseAttached(r, e, a, known, text)
}

func (s *Service) refuseAttached(r rugzak.Reader, e rugzak.Entry, a rugzak.Attachment, known rugzak.Known, text *string) error {
	if text == nil {
		kept, err := r.AttachedText(a.ID)
		if err != nil {
			return err
		}
		text = &kept
	}
	return refusePartners(s.inspectWith(known, attachmentTexts(a, *text), declaredIn(e, a)))
}

// declaredIn lists the numbers in an attachment of which its writer declared that
// they are no citizen service number: what it shows may be said in the text.
func declaredIn(e rugzak.Entry, a rugzak.Attachment) []string {
	return slices.Concat(e.NotBSN, a.NotBSN)
}

// allMayCross does so for everything that is attached to an entry, next to the
// attachment.
func (s *Service) allMayCross(r rugzak.Reader, e rugzak.Entry, all []rugzak.Attachment, p *rugzak.Problems) error {
	if len(all) == 0 {
		return nil
	}
	out, err := crosses(r, e)
	if err != nil || !out {
		return err
	}
	known, err := knownTo(r)
	if err != nil {
		return err
	}
	for _, a := range all {
		if err := ofAttachment(a.ID, s.refuseAttached(r, e, a, known, nil), p); err != nil {
			return err
		}
	}
	return nil
}
