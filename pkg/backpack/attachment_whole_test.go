// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// What is attached comes back from an export as it was, and an export in which a
// file is something else than it says, or holds a number, is refused as a whole.
func TestAttachmentsComeBack(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer := h.person(t, "deelnemer@voorbeeld.test")
	const number = "111222333"
	e := h.share(t, writer, simple("Een muur vol briefjes", "Samen plakten we wat we zagen.", rugzak.LevelInternal))
	declared := brought("order "+number+".txt", []byte("Order "+number), "", rugzak.ShowsNobody)
	declared.NotBSN = []string{number, "999999990"}
	text := h.attach(t, writer, e.ID, declared)
	if !slices.Equal(text.NotBSN, []string{number}) {
		t.Errorf("declared %q", text.NotBSN)
	}
	h.attach(t, writer, e.ID, brought("muur.png", drawing(t), "Een muur", rugzak.ShowsNobody))
	whole := h.export(t, true)
	at := func(r *recorder, kind rugzak.AttachmentKind) *rugzak.ExportedAttachment {
		i := slices.IndexFunc(r.Everything.Attachments, func(a rugzak.ExportedAttachment) bool { return a.Entry == e.ID && a.Kind == kind })
		return &r.Everything.Attachments[i]
	}
	file := func(r *recorder, text string) rugzak.BlobHash {
		sum := sha256.Sum256([]byte(text))
		h := rugzak.BlobHash(hex.EncodeToString(sum[:]))
		r.files[h] = []byte(text)
		return h
	}
	for name, spoil := range map[string]func(*recorder){
		"":                                  func(*recorder) {},
		"a number in what is written in it": func(r *recorder) { at(r, rugzak.AttachedText).Text = "Nummer 123456782" },
		"a number nobody declared":          func(r *recorder) { at(r, rugzak.AttachedText).NotBSN = nil },
		"another size":                      func(r *recorder) { at(r, rugzak.AttachedText).Size++ },
		"another kind": func(r *recorder) {
			a := at(r, rugzak.AttachedText)
			a.Kind, a.Type = rugzak.AttachedPDF, "application/pdf"
		},
		"another type":          func(r *recorder) { at(r, rugzak.AttachedImage).Type = "image/png" },
		"the name of a program": func(r *recorder) { at(r, rugzak.AttachedText).Name = "order.exe" },
		"a page that is called a text": func(r *recorder) {
			a := at(r, rugzak.AttachedText)
			a.Blob, a.Size = file(r, "<script>alert(1)</script>"), 25
		},
		"a page in place of the small picture": func(r *recorder) { at(r, rugzak.AttachedImage).Small = file(r, "<svg onload='alert(1)'/>") },
		"other bytes":                          func(r *recorder) { r.files[at(r, rugzak.AttachedText).Blob] = []byte("Order 111222334") },
	} {
		r := *whole
		r.Everything.Attachments, r.files = slices.Clone(r.Everything.Attachments), takenFiles{}
		for hash, b := range whole.files {
			r.files[hash] = b
		}
		r.Everything.Files = r.files
		spoil(&r)
		empty := newHouse(t)
		_, err := empty.ImportWhole(t.Context(), backpack.Operator(), r.Everything, r.whole, nil)
		if name != "" {
			if rugzak.CodeOf(err) != rugzak.CodeInvalid {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if a, b := whole.comparable(t), empty.export(t, true).comparable(t); a != b {
			t.Error(firstDifference(a, b))
		}
	}
}

// Who reads an export from a file holds that file. A collection does not wait for
// it: the import would wait for the collection.
func TestImportWhileCollecting(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer := h.person(t, "deelnemer@voorbeeld.test")
	e := h.share(t, writer, simple("Een muur vol briefjes", "Samen plakten we wat we zagen.", rugzak.LevelInternal))
	a := h.attach(t, writer, e.ID, brought("een.txt", []byte("een"), "", rugzak.ShowsNobody))
	whole := h.export(t, true)
	release := h.HoldFile()
	defer release()
	if _, err := h.RemoveAttachment(t.Context(), writer, a.ID); err != nil {
		t.Fatal(err)
	}
	h.waitGone(t, a.Blob)
	if _, err := h.ImportWhole(t.Context(), backpack.Operator(), whole.Everything, whole.whole, nil); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Error(err)
	}
}
