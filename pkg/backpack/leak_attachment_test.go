// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// put attaches files to entries that are called after their titles and hold the
// words of their texts, which whoever may not read them may not learn.
func (w *world) put(t testing.TB, attached map[rugzak.EntryID]rugzak.AttachmentID) {
	t.Helper()
	for entry, id := range attached {
		e, _ := w.stored(t, entry)
		hash, size, err := w.Blobs.Put(t.Context(), strings.NewReader(e.Body), 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.store.Update(t.Context(), func(x rugzak.Writer) error {
			if err := x.SaveAttachment(rugzak.Attachment{
				ID: id, Entry: entry, Kind: rugzak.AttachedText, Type: "text/plain; charset=utf-8", Name: e.Title + ".txt", Blob: hash, Size: size,
				People: rugzak.ShowsNobody, Order: 1,
			}); err != nil {
				return err
			}
			if err := x.SaveAttachedText(id, "Een "+lijster(id)+" zingt"); err != nil {
				return err
			}
			return x.Log(rugzak.Change{At: w.clock.Now(), Actor: "system", Verb: rugzak.VerbAttached, Subject: rugzak.EntrySubject(entry)})
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// lijster is a word that stands in one attachment only.
func lijster(id rugzak.AttachmentID) string { return "lijster" + string(id) + "x" }

// attach gives every entry of the world an attachment.
func (w *world) attach(t testing.TB) {
	t.Helper()
	w.attached = map[rugzak.EntryID]rugzak.AttachmentID{}
	for _, id := range w.entries {
		w.attached[id] = rugzak.NewAttachmentID()
	}
	w.put(t, w.attached)
}

// attachments: who may read an entry has what is attached to it, and for anybody
// else it is not there.
func (c check) attachments(t *testing.T) {
	t.Helper()
	_, absent := c.OpenAttachment(t.Context(), c.p, rugzak.NewAttachmentID(), false)
	opened, searched := 0, 0
	for id, e := range c.m.entries {
		all, listed := c.Attachments(t.Context(), c.p, id)
		if word := lijster(c.attached[id]); searched < 12 {
			searched++
			v, err := c.Search(t.Context(), c.p, backpack.Asked{Query: word})
			if found := len(v.Hits) == 1 && v.Hits[0].ID == id && v.Hits[0].Attached != nil && v.Hits[0].Attached.ID == c.attached[id]; err != nil ||
				found != c.m.found(c.p, e) || !found && (v.Total != 0 || len(v.Hits) > 0) {
				t.Errorf("searched for what is attached: %+v, %v; it may be found: %t", v, err, c.m.found(c.p, e))
			}
			c.clean(t, "what is found in attachments", v)
		}
		f, err := c.OpenAttachment(t.Context(), c.p, c.attached[id], false)
		if !c.m.sees(c.p, e) {
			if fmt.Sprint(err) != fmt.Sprint(absent) || rugzak.CodeOf(listed) != rugzak.CodeNotFound {
				t.Errorf("attached to a hidden entry: %v, absent: %v; listed %v", err, absent, listed)
			}
			continue
		}
		if err != nil || listed != nil || len(all) != 1 || !reflect.DeepEqual(all[0], f.Attachment) {
			t.Fatalf("attached: %v, %v, %+v", err, listed, all)
		}
		c.clean(t, "attachments", all)
		if err := f.Close(); err != nil {
			t.Error(err)
		}
		opened++
	}
	if opened == 0 {
		t.Error("nothing is opened: the test sees nothing")
	}
}
