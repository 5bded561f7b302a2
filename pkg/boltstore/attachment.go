// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"cmp"
	"slices"

	"rugzak/pkg/rugzak"
)

var (
	bucketAttachments   = []byte("attachments")   // id -> attachment
	bucketAttached      = []byte("attached")      // entry 0 id -> nothing
	bucketAttachedTexts = []byte("attachedtexts") // id -> what is written in the file
	bucketBlobs         = []byte("blobs")         // hash 0 id -> nothing: which files are in use
)

type attachmentRecord struct {
	Entry  string `json:"e"`
	Kind   string `json:"k"`
	Type   string `json:"t"`
	Name   string `json:"n"`
	Blob   string `json:"b"`
	Size   int64  `json:"s"`
	Small  string `json:"sm,omitempty"`
	Width  int    `json:"w,omitempty"`
	Height int    `json:"h,omitempty"`
	Alt    string `json:"a,omitempty"`
	Spoken string `json:"sp,omitempty"`
	People string `json:"p,omitempty"`
	Order  int    `json:"o,omitempty"`
	Sample bool   `json:"sa,omitempty"`

	NotBSN []string `json:"nb,omitempty"`
}

func (r attachmentRecord) attachment(id string) rugzak.Attachment {
	return rugzak.Attachment{
		ID: rugzak.AttachmentID(id), Entry: rugzak.EntryID(r.Entry), Kind: rugzak.AttachmentKind(r.Kind), Type: r.Type, Name: r.Name,
		Blob: rugzak.BlobHash(r.Blob), Size: r.Size, Small: rugzak.BlobHash(r.Small), Width: r.Width, Height: r.Height,
		Alt: r.Alt, Spoken: r.Spoken, People: rugzak.AboutPeople(r.People), Order: r.Order, Sample: r.Sample, NotBSN: r.NotBSN,
	}
}

// attachmentKeys are the derived keys of an attachment, per bucket.
func attachmentKeys(a rugzak.Attachment) (attached []byte, blobs [][]byte) {
	blobs = [][]byte{pair(a.Blob, a.ID)}
	if a.Small != "" && a.Small != a.Blob {
		blobs = append(blobs, pair(a.Small, a.ID))
	}
	return pair(a.Entry, a.ID), blobs
}

// Attachment returns one attachment.
func (r *reader) Attachment(id rugzak.AttachmentID) (rugzak.Attachment, error) {
	var record attachmentRecord
	if err := r.get(bucketAttachments, []byte(id), &record); err != nil {
		return rugzak.Attachment{}, err
	}
	return record.attachment(string(id)), nil
}

// Attachments lists those of an entry in their order.
func (r *reader) Attachments(entry rugzak.EntryID) ([]rugzak.Attachment, error) {
	all, err := collected(listed(r, bucketAttached, string(entry), func(id string) (rugzak.Attachment, error) {
		return r.Attachment(rugzak.AttachmentID(id))
	}))
	slices.SortStableFunc(all, func(a, b rugzak.Attachment) int { return cmp.Compare(a.Order, b.Order) })
	return all, err
}

// AttachedText returns what is written in a file.
func (r *reader) AttachedText(id rugzak.AttachmentID) (string, error) {
	var text string
	err := r.get(bucketAttachedTexts, []byte(id), &text)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		err = nil
	}
	return text, err
}

// UsesBlob reports whether an attachment refers to a file.
func (r *reader) UsesBlob(h rugzak.BlobHash) (bool, error) {
	if !h.Valid() {
		return false, nil
	}
	users, err := r.second(bucketBlobs, pair(h, ""))
	return len(users) > 0, err
}

// UsedBlobs lists the files that attachments refer to.
func (r *reader) UsedBlobs() (out []rugzak.BlobHash, err error) {
	w := walk{tx: r.tx, bucket: bucketBlobs}
	for {
		key, err := w.next()
		if err != nil || key == nil {
			return out, err
		}
		h := rugzak.BlobHash(key[:min(len(key), blobHashLength)])
		if len(out) == 0 || out[len(out)-1] != h {
			out = append(out, h)
		}
	}
}

// blobHashLength is that of a SHA-256 in hexadecimal.
const blobHashLength = 64

// SaveAttachment stores an attachment with its keys.
func (w *writer) SaveAttachment(a rugzak.Attachment) error {
	if err := validID(a.ID); err != nil {
		return err
	}
	if !a.Blob.Valid() || a.Small != "" && !a.Small.Valid() {
		return badID()
	}
	if _, err := w.Rights(a.Entry); err != nil {
		return err
	}
	before, err := w.Attachment(a.ID)
	switch {
	case err == nil:
		err = w.removeAttachmentKeys(before)
	case rugzak.CodeOf(err) == rugzak.CodeNotFound:
		err = nil
	}
	if err != nil {
		return err
	}
	attached, blobs := attachmentKeys(a)
	if err := w.store(bucketAttached, attached, nil); err != nil {
		return err
	}
	for _, key := range blobs {
		if err := w.store(bucketBlobs, key, nil); err != nil {
			return err
		}
	}
	return w.put(bucketAttachments, []byte(a.ID), attachmentRecord{
		Entry: string(a.Entry), Kind: string(a.Kind), Type: a.Type, Name: a.Name, Blob: string(a.Blob), Size: a.Size, Small: string(a.Small),
		Width: a.Width, Height: a.Height, Alt: a.Alt, Spoken: a.Spoken, People: string(a.People), Order: a.Order, Sample: a.Sample, NotBSN: a.NotBSN,
	})
}

func (w *writer) removeAttachmentKeys(a rugzak.Attachment) error {
	attached, blobs := attachmentKeys(a)
	if err := w.remove(bucketAttached, attached); err != nil {
		return err
	}
	for _, key := range blobs {
		if err := w.remove(bucketBlobs, key); err != nil {
			return err
		}
	}
	return nil
}

// SaveAttachedText stores what is written in a file.
func (w *writer) SaveAttachedText(id rugzak.AttachmentID, text string) error {
	if _, err := w.Attachment(id); err != nil {
		return err
	}
	if text == "" {
		return w.remove(bucketAttachedTexts, []byte(id))
	}
	return w.put(bucketAttachedTexts, []byte(id), text)
}

// RemoveAttachment takes an attachment away.
func (w *writer) RemoveAttachment(id rugzak.AttachmentID) error {
	a, err := w.Attachment(id)
	if err != nil {
		return err
	}
	if err := w.removeAttachmentKeys(a); err != nil {
		return err
	}
	if err := w.remove(bucketAttachedTexts, []byte(id)); err != nil {
		return err
	}
	return w.remove(bucketAttachments, []byte(id))
}

// removeAttachments takes away those of an entry that goes.
func (w *writer) removeAttachments(entry rugzak.EntryID) error {
	all, err := w.Attachments(entry)
	for _, a := range all {
		if err == nil {
			err = w.RemoveAttachment(a.ID)
		}
	}
	return err
}

// attachments checks that each leads to an entry, and that its keys are there.
func (c *checker) attachments() {
	each(&c.reader, bucketAttachments, func(id string, record attachmentRecord, err error) bool {
		if !c.good("attachment "+id, err) {
			return true
		}
		if !c.has(bucketEntries, record.Entry) {
			c.report("attachment " + id + " of an entry that is gone: " + record.Entry)
		}
		attached, blobs := attachmentKeys(record.attachment(id))
		c.expect(bucketAttached, attached, "")
		for _, key := range blobs {
			c.expect(bucketBlobs, key, "")
		}
		return true
	})
	each(&c.reader, bucketAttachedTexts, func(id string, _ string, err error) bool {
		if c.good("the text of attachment "+id, err) && !c.has(bucketAttachments, id) {
			c.report("the text of an attachment that is gone: " + id)
		}
		return true
	})
	c.compare(bucketAttached)
	c.compare(bucketBlobs)
}
