// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"fmt"
	"reflect"
	"testing"

	"rugzak/pkg/rugzak"
)

func testStoreAttachments(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	first, second := Entry(1), Entry(2)
	storeUpdate(t, s, func(w rugzak.Writer) error { return PutEntries(w, first, second) })
	attached := func(n int, entry rugzak.EntryID) rugzak.Attachment {
		return rugzak.Attachment{
			ID: rugzak.AttachmentID(fmt.Sprintf("bijlage%d", n)), Entry: entry, Kind: rugzak.AttachedImage, Type: "image/jpeg",
			Name: "Muur met briefjes.jpg", Blob: blobHash(n), Size: 4096, Small: blobHash(100 + n), Width: 1600, Height: 1200,
			Alt: "Een muur met gele briefjes", Spoken: "Welkom allemaal.", People: rugzak.ShowsNobody, Order: 10 - n, NotBSN: []string{"111222333"}, Sample: true,
		}
	}
	wantEveryField(t, reflect.ValueOf(attached(1, first.ID)), "Attachment")
	one, two, other := attached(1, first.ID), attached(2, first.ID), attached(3, second.ID)
	two.Blob, two.Small = one.Blob, "" // the same file twice
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, a := range []rugzak.Attachment{one, two, other} {
			if err := w.SaveAttachment(a); err != nil {
				return err
			}
		}
		return w.SaveAttachedText(one.ID, "Wat er op de briefjes staat")
	})
	of := func(e rugzak.EntryID) (all []rugzak.Attachment) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) (err error) { all, err = r.Attachments(e); return err })
		return all
	}
	uses := func(h rugzak.BlobHash) (yes bool) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) (err error) { yes, err = r.UsesBlob(h); return err })
		return yes
	}
	Same(t, "those of an entry, in their order", of(first.ID), []rugzak.Attachment{two, one})
	Same(t, "those of another entry", of(second.ID), []rugzak.Attachment{other})
	Same(t, "those of nothing", of(""), nil)
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Attachment(one.ID)
		Same(t, "one attachment", got, one)
		_, missing := r.Attachment("weg")
		storeMissing(t, "an attachment that is not there", missing)
		text, failed := r.AttachedText(one.ID)
		Same(t, "what is written in it", text, "Wat er op de briefjes staat")
		if nothing, err := r.AttachedText(two.ID); nothing != "" || err != nil {
			t.Errorf("text of one without: %q, %v", nothing, err)
		}
		used, err2 := r.UsedBlobs()
		Same(t, "files in use", used, []rugzak.BlobHash{one.Blob, other.Blob, one.Small, other.Small})
		if err != nil {
			return err
		}
		if failed != nil {
			return failed
		}
		return err2
	})
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.SaveAttachment(attached(4, "bestaat-niet")) })
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.SaveAttachedText("weg", "tekst") })
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveAttachment("weg") })
	storeRefuses(t, s, rugzak.CodeInvalid, func(w rugzak.Writer) error {
		bad := attached(5, first.ID)
		bad.Blob = "../../etc/passwd"
		return w.SaveAttachment(bad)
	})
	one.Entry, one.Alt = second.ID, "Een andere omschrijving"
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveAttachment(one) })
	Same(t, "after one was moved", of(first.ID), []rugzak.Attachment{two})
	Same(t, "where it was moved to", of(second.ID), []rugzak.Attachment{other, one})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveAttachment(two.ID) })
	if !uses(one.Blob) {
		t.Error("a file that another attachment uses is not in use")
	}
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(second.ID) })
	Same(t, "with its entry", of(second.ID), nil)
	if uses(one.Blob) || uses(other.Small) || uses("") {
		t.Error("files of attachments that are gone are in use")
	}
	storeView(t, s, func(r rugzak.Reader) error {
		_, missing := r.Attachment(one.ID)
		storeMissing(t, "an attachment of an entry that is gone", missing)
		text, err := r.AttachedText(one.ID)
		Same(t, "its text", text, "")
		return err
	})
}

// blobHash makes a hash that no file has.
func blobHash(n int) rugzak.BlobHash { return rugzak.BlobHash(fmt.Sprintf("%064x", n)) }
