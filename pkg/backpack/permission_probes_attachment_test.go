// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"fmt"
	"strings"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// attached gives the id of something that is attached to an entry, and attaches
// it when there is none. To an entry that is not there nothing is attached.
func (h *house) attached(ctx context.Context, e rugzak.EntryID, text string) (id rugzak.AttachmentID, err error) {
	hash, size, err := h.Blobs.Put(ctx, strings.NewReader(text), 1000)
	if err != nil {
		return "", err
	}
	_, err = h.store.Update(ctx, func(w rugzak.Writer) error {
		if _, err := w.Rights(e); err != nil {
			id = rugzak.NewAttachmentID()
			return nil
		}
		all, err := w.Attachments(e)
		if err != nil || len(all) > 0 {
			if len(all) > 0 {
				id = all[0].ID
			}
			return err
		}
		id = rugzak.NewAttachmentID()
		return w.SaveAttachment(rugzak.Attachment{
			ID: id, Entry: e, Kind: rugzak.AttachedText, Type: "text/plain; charset=utf-8", Name: text + ".txt",
			Blob: hash, Size: size, People: rugzak.ShowsNobody, Order: 1,
		})
	})
	return id, err
}

func attachmentProbes() map[string]probe {
	return map[string]probe{
		"SaveFileSettings": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.SaveFileSettings(ctx, by, -1, rugzak.DefaultSettings().Files) // a conflict, but only to who may
		},
		"Attachments": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.Attachments(ctx, by, e.ID)
			return err
		},
		"OpenAttachment": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			id, err := c.attached(ctx, e.ID, "proef")
			if err != nil {
				return err
			}
			f, err := c.OpenAttachment(ctx, by, id, false)
			if err != nil {
				return err
			}
			return f.Close()
		},
		"Attach": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, _, err := c.Attach(ctx, by, e.ID, brought("proef.txt", fmt.Append(nil, "Proef ", c.NewID()), "", rugzak.ShowsNobody))
			return err
		},
		"AttachmentsToEdit": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return second(c.AttachmentsToEdit(ctx, by, e.ID))
		},
		"DescribeAttachments": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			id, err := c.attached(ctx, e.ID, "proef")
			if err != nil {
				return err
			}
			return second(c.DescribeAttachments(ctx, by, e.ID, map[rugzak.AttachmentID]backpack.AttachmentWords{id: {People: rugzak.ShowsAgreed}}))
		},
		"RemoveAttachment": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			id, err := c.attached(ctx, e.ID, "proef")
			if err != nil {
				return err
			}
			return second(c.RemoveAttachment(ctx, by, id))
		},
	}
}
