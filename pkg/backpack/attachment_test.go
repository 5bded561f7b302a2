// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// drawing is a small picture.
func drawing(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 800, 600))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func brought(name string, content []byte, alt string, people rugzak.AboutPeople) backpack.NewAttachment {
	return backpack.NewAttachment{
		Name: name, File: bytes.NewReader(content), Said: backpack.AttachmentWords{Alt: alt, People: people},
	}
}

func (h *house) attach(t testing.TB, by rugzak.Person, id rugzak.EntryID, in backpack.NewAttachment) rugzak.Attachment {
	t.Helper()
	a, _, err := h.Attach(t.Context(), by, id, in)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// opens reads an attachment as somebody does; empty where they may not.
func (h *house) opens(t testing.TB, by rugzak.Person, id rugzak.AttachmentID) string {
	t.Helper()
	f, err := h.OpenAttachment(t.Context(), by, id, false)
	if err != nil {
		if rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("open: %v", err)
		}
		return ""
	}
	b, err := io.ReadAll(f)
	if err != nil || f.Close() != nil {
		t.Error(err)
	}
	return string(b)
}

// An attachment has the rights of its entry, from draft to withdrawal.
func TestAttachmentRights(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer, reader, partner := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test"), h.person(t, "partner@voorbeeld.test")
	id := h.idFor(writer)
	in := simple("Een muur vol briefjes", "Samen plakten we wat we zagen.", rugzak.LevelInternal)
	draft, err := h.SaveDraft(t.Context(), writer, id, 0, in)
	if err != nil {
		t.Fatal(err)
	}
	text := h.attach(t, writer, id, brought(`C:\Mijn stukken\verslag.txt`, []byte("Wat er op de briefjes stond"), "", ""))
	picture := h.attach(t, writer, id, brought("muur.png", drawing(t), "", ""))
	if text.Name != "verslag.txt" || text.Kind != rugzak.AttachedText || picture.Type != "image/jpeg" || picture.Small == "" {
		t.Errorf("attached %+v, %+v", text, picture)
	}
	for _, by := range []rugzak.Person{reader, partner} {
		if h.opens(t, by, text.ID) != "" {
			t.Errorf("%s opens what is attached to a draft", by.Name)
		}
		if _, _, err := h.Attach(t.Context(), by, id, brought("x.txt", []byte("x"), "", "")); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("%s attaches to a draft: %v", by.Name, err)
		}
	}
	if _, err := h.Share(t.Context(), writer, id, draft.Entry.Version, in); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Fatalf("shared with a picture nobody can see: %v", err)
	}
	if _, err := h.DescribeAttachments(t.Context(), writer, id, map[rugzak.AttachmentID]backpack.AttachmentWords{
		text.ID: {People: rugzak.ShowsNobody}, picture.ID: {Alt: "Een muur met gele briefjes", People: rugzak.ShowsNobody},
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Share(t.Context(), writer, id, draft.Entry.Version, in); err != nil {
		t.Fatal(err)
	}
	if got := h.opens(t, reader, text.ID); got != "Wat er op de briefjes stond" {
		t.Errorf("a reader opens %q", got)
	}
	if h.opens(t, partner, text.ID) != "" {
		t.Error("a partner opens what is attached to an internal entry")
	}
	if _, err := h.RemoveAttachment(t.Context(), reader, text.ID); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("a reader removes it: %v", err)
	}
	if _, _, err := h.Attach(t.Context(), writer, id, brought("later.png", drawing(t), "", rugzak.ShowsNobody)); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("a picture without words beside a shared text: %v", err)
	}
	if _, err := h.Withdraw(t.Context(), writer, id); err != nil {
		t.Fatal(err)
	}
	if h.opens(t, reader, text.ID) != "" || h.opens(t, writer, text.ID) == "" {
		t.Error("withdrawn: readers open it, or its author does not")
	}
}

// What is attached to a draft goes along when it is shared without name, and its
// file's name does not.
func TestAttachmentWithoutName(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer, reader := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	id := h.idFor(writer)
	in := simple("Wat ik niet durfde te zeggen", "Ik wachtte te lang.", rugzak.LevelInternal)
	in.Mode = rugzak.Anonymous
	draft, err := h.SaveDraft(t.Context(), writer, id, 0, in)
	if err != nil {
		t.Fatal(err)
	}
	a := h.attach(t, writer, id, brought("brief van mij.txt", []byte("Lieve collega's"), "", rugzak.ShowsNobody))
	shared, err := h.Share(t.Context(), writer, id, draft.Entry.Version, in)
	if err != nil {
		t.Fatal(err)
	}
	all, err := h.Attachments(t.Context(), reader, shared.Entry.ID)
	if err != nil || len(all) != 1 || all[0].ID != a.ID || all[0].Name != "" {
		t.Errorf("attached to it: %+v, %v", all, err)
	}
	if got := h.opens(t, reader, a.ID); got != "Lieve collega's" {
		t.Errorf("a reader opens %q", got)
	}
	later := h.attach(t, writer, shared.Entry.ID, brought("nog een brief van mij.txt", []byte("Dag"), "", rugzak.ShowsNobody))
	if all, _ := h.Attachments(t.Context(), reader, shared.Entry.ID); len(all) != 2 || all[1].ID != later.ID || all[1].Name != "" {
		t.Errorf("attached later: %+v", all)
	}
	// Nor is the writer named by what their program put in the file.
	letter := rugzaktest.Word(t, rugzaktest.Letter, "docProps/core.xml", "<cp:coreProperties><dc:creator>Kanarie Jansen</dc:creator></cp:coreProperties>")
	word := h.attach(t, writer, shared.Entry.ID, brought("brief.docx", letter, "", rugzak.ShowsNobody))
	got := h.opens(t, reader, word.ID)
	z, err := zip.NewReader(strings.NewReader(got), int64(len(got)))
	if err != nil {
		t.Fatal(err)
	}
	core, err := fs.ReadFile(z, "docProps/core.xml")
	if err != nil || strings.Contains(string(core), "Kanarie") || word.Size != int64(len(got)) {
		t.Errorf("its properties are %q, %v; it has %d bytes and says %d", core, err, len(got), word.Size)
	}
}

// A citizen service number is not kept in a file, in what it is called or in what
// is said of it.
func TestAttachmentNumbers(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer := h.person(t, "deelnemer@voorbeeld.test")
	id := h.idFor(writer)
	if _, err := h.SaveDraft(t.Context(), writer, id, 0, simple("Titel", "Tekst", rugzak.LevelTeam)); err != nil {
		t.Fatal(err)
	}
	const number = "111222333"
	for name, in := range map[string]backpack.NewAttachment{
		"in the text":   brought("verslag.txt", []byte("Nummer "+number), "", ""),
		"in the name":   brought("verslag "+number+".txt", []byte("Tekst"), "", ""),
		"in the words":  brought("muur.png", drawing(t), "Foto van "+number, ""),
		"what was said": {Name: "a.txt", File: strings.NewReader("x"), Said: backpack.AttachmentWords{Spoken: number}},
	} {
		if _, _, err := h.Attach(t.Context(), writer, id, in); rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.holdsNowhere(t, number)
	declared := brought("verslag.txt", []byte("Nummer "+number), "", "")
	declared.NotBSN = []string{number}
	a := h.attach(t, writer, id, declared)
	describe := func(said backpack.AttachmentWords) error {
		_, err := h.DescribeAttachments(t.Context(), writer, id, map[rugzak.AttachmentID]backpack.AttachmentWords{a.ID: said})
		return err
	}
	const other = "123456782"
	for _, alt := range []string{"Kast " + other, "BSN " + number} {
		err := describe(backpack.AttachmentWords{Alt: alt, NotBSN: []string{number}})
		if refused, ok := errors.AsType[*backpack.NumbersFound](err); !ok || len(refused.Found) == 0 || fieldKey(err, backpack.AttachmentField(a.ID, "alt")) == "" {
			t.Errorf("described with %q: %v", alt, err)
		}
	}
	if err := describe(backpack.AttachmentWords{Alt: "Kast " + number}); err != nil { // declared with the file
		t.Errorf("described with a number that was declared: %v", err)
	}
	if err := describe(backpack.AttachmentWords{Alt: "Kast " + other, NotBSN: []string{other}}); err != nil {
		t.Errorf("described and declared: %v", err)
	}
	if err := describe(backpack.AttachmentWords{Alt: "Kast " + other, People: rugzak.ShowsNobody}); err != nil {
		t.Errorf("what was declared is asked again: %v", err)
	}
}

// holdsNowhere looks for text in every file of the house.
func (h *house) holdsNowhere(t testing.TB, text string) {
	t.Helper()
	err := filepath.WalkDir(h.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if bytes.Contains(b, []byte(text)) {
			t.Errorf("%s holds %q", path, text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A file goes when its attachment is removed, or its entry purged; one that
// another attachment holds as well stays.
func TestAttachmentFilesGo(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer := h.person(t, "deelnemer@voorbeeld.test")
	id := h.idFor(writer)
	if _, err := h.SaveDraft(t.Context(), writer, id, 0, simple("Titel", "Tekst", rugzak.LevelTeam)); err != nil {
		t.Fatal(err)
	}
	one := h.attach(t, writer, id, brought("een.txt", []byte("kanarie een"), "", ""))
	same := h.attach(t, writer, id, brought("weer.txt", []byte("kanarie een"), "", ""))
	two := h.attach(t, writer, id, brought("twee.txt", []byte("kanarie twee"), "", ""))
	if one.Blob != same.Blob {
		t.Error("the same bytes are kept twice")
	}
	for _, a := range []rugzak.Attachment{one, two} {
		if _, err := h.RemoveAttachment(t.Context(), writer, a.ID); err != nil {
			t.Fatal(err)
		}
	}
	h.waitGone(t, two.Blob)
	if h.opens(t, writer, same.ID) != "kanarie een" {
		t.Error("a file that is in use is gone")
	}
	if _, err := h.PurgeOwn(t.Context(), writer, id); err != nil {
		t.Fatal(err)
	}
	if err := h.FinishPurges(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.waitGone(t, one.Blob)
	h.close()
	h.holdsNowhere(t, "kanarie een")
}

// waitGone waits until a file is not there any more.
func (h *house) waitGone(t testing.TB, hash rugzak.BlobHash) {
	t.Helper()
	for range 500 {
		f, err := h.Blobs.Open(t.Context(), hash)
		if rugzak.CodeOf(err) == rugzak.CodeNotFound {
			return
		}
		if err != nil || f.Close() != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%s is still there", hash)
}

// How many and how large is bounded, and told with the bound.
func TestAttachmentBounds(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer := h.person(t, "deelnemer@voorbeeld.test")
	id := h.idFor(writer)
	if _, err := h.SaveDraft(t.Context(), writer, id, 0, simple("Titel", "Tekst", rugzak.LevelTeam)); err != nil {
		t.Fatal(err)
	}
	for range rugzak.MaxAttachments {
		h.attach(t, writer, id, brought("een.txt", []byte("tekst"), "", ""))
	}
	_, _, err := h.Attach(t.Context(), writer, id, brought("een.txt", []byte("tekst"), "", ""))
	if fieldKey(err, "file") != "error.attachment.many" {
		t.Errorf("one too many: %v", err)
	}
	if _, _, err := h.Attach(t.Context(), writer, id, brought("een.exe", []byte("MZ"), "", "")); fieldKey(err, "file") == "" {
		t.Errorf("a program: %v", err)
	}
}

// fieldKey is what is wrong with a field.
func fieldKey(err error, field string) string {
	e, ok := errors.AsType[*rugzak.Error](err)
	if !ok {
		return ""
	}
	for _, f := range e.Fields {
		if f.Field == field {
			return f.Key
		}
	}
	return ""
}

// What identifies somebody in a file stays on this side of a border, whichever
// way its entry goes over it.
func TestAttachmentCrossing(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer, partner := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "partner@voorbeeld.test").Organisation
	const iban = "Rekening NL91 ABNA 0417 1643 00 van haar"
	wide := simple("Een gesprek", "We vroegen wat er nodig was.", rugzak.LevelInternal)
	wide.Audience.Also, wide.Confirmed = []rugzak.OrganisationID{partner}, []rugzak.OrganisationID{partner}
	id := h.idFor(writer)
	draft, err := h.SaveDraft(t.Context(), writer, id, 0, wide)
	if err != nil {
		t.Fatal(err)
	}
	a := h.attach(t, writer, id, brought("verslag.txt", []byte(iban), "", rugzak.ShowsNobody))
	field := backpack.AttachmentField(a.ID, "file")
	if got := problems(second(h.Share(t.Context(), writer, id, draft.Entry.Version, wide))); !strings.HasPrefix(got[field], "privacy.partners.") {
		t.Errorf("shared with a partner: %v", got)
	}
	narrow := wide
	narrow.Audience.Also = nil
	shared, err := h.Share(t.Context(), writer, id, draft.Entry.Version, narrow)
	if err != nil {
		t.Fatal(err)
	}
	if got := problems(second(h.ChangeAudience(t.Context(), writer, id, shared.Entry.Version, wide.Audience, partner))); got["audience"] != "privacy.partners_file" {
		t.Errorf("widened to a partner: %v", got)
	}
	if _, err := h.RemoveAttachment(t.Context(), writer, a.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := h.ChangeAudience(t.Context(), writer, id, shared.Entry.Version, wide.Audience, partner); err != nil {
		t.Fatal(err)
	}
	for name, in := range map[string]backpack.NewAttachment{
		"in the text": brought("verslag.txt", []byte(iban), "", rugzak.ShowsNobody),
		"in words":    brought("muur.png", drawing(t), iban, rugzak.ShowsNobody),
	} {
		if _, _, err := h.Attach(t.Context(), writer, id, in); rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("attached to what a partner reads, %s: %v", name, err)
		}
	}
}

// fullDisk takes no files.
type fullDisk struct{ rugzak.Blobs }

func (fullDisk) Aside(context.Context, io.Reader, int64) (rugzak.Aside, int64, error) {
	return nil, 0, &rugzak.Error{Code: rugzak.CodeUnavailable, Key: "error.attachment.no_room"}
}

// Who brings a file when there is no room for it is told so beside the field, and
// can save their text as always.
func TestAttachmentWithoutRoom(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer := h.person(t, "deelnemer@voorbeeld.test")
	id := h.idFor(writer)
	draft, err := h.SaveDraft(t.Context(), writer, id, 0, simple("Titel", "Tekst", rugzak.LevelTeam))
	if err != nil {
		t.Fatal(err)
	}
	h.stop() // nothing collects files meanwhile
	h.Blobs = fullDisk{h.Blobs}
	_, _, err = h.Attach(t.Context(), writer, id, brought("een.txt", []byte("kanarie"), "", ""))
	if e, ok := errors.AsType[*rugzak.Error](err); !ok || e.Code != rugzak.CodeInvalid || len(e.Fields) != 1 || e.Fields[0].Field != "file" || e.Fields[0].Key != "error.attachment.no_room" {
		t.Errorf("a full disk gives %v", err)
	}
	if _, err := h.SaveDraft(t.Context(), writer, id, draft.Entry.Version, simple("Titel", "Een andere tekst", rugzak.LevelTeam)); err != nil {
		t.Error(err)
	}
}
