// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// attachTo attaches a text to an entry, in the name of who wrote it.
func (s *site) attachTo(who string, id rugzak.EntryID, name, text string) rugzak.Attachment {
	s.Helper()
	a, _, err := s.Service.Attach(s.Context(), s.people[who], id, backpack.NewAttachment{
		Name: name, File: strings.NewReader(text), Said: backpack.AttachmentWords{People: rugzak.ShowsNobody},
	})
	if err != nil {
		s.Fatal(err)
	}
	return a
}

// aDraft is a draft of somebody.
func (s *site) aDraft(who string) rugzak.Entry {
	s.Helper()
	saved, err := s.Service.SaveDraft(s.Context(), s.people[who], s.idFor(who), 0, backpack.Input{
		Kind: rugzak.KindExperience, Lang: rugzak.Dutch, Title: "Een muur vol briefjes", Body: "Wat we zagen.", Mode: rugzak.ByName,
		Audience: rugzak.Audience{Level: rugzak.LevelInternal},
	})
	if err != nil {
		s.Fatal(err)
	}
	return saved.Entry
}

// broughtFile is a file in an upload.
type broughtFile struct {
	name    string
	content []byte
}

// upload sends files as a browser does, with fields of names and values before.
func (c *client) upload(path string, files []broughtFile, namesAndValues ...string) *answer {
	c.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for i := 0; i < len(namesAndValues); i += 2 {
		if err := form.WriteField(namesAndValues[i], namesAndValues[i+1]); err != nil {
			c.Fatal(err)
		}
	}
	for _, f := range files {
		part, err := form.CreateFormFile("file", f.name)
		if err == nil {
			_, err = part.Write(f.content)
		}
		if err != nil {
			c.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		c.Fatal(err)
	}
	r, err := http.NewRequestWithContext(c.Context(), http.MethodPost, c.URL+path, &b)
	if err != nil {
		c.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	return c.do(r)
}

func aPicture(t testing.TB) []byte {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 900, 600))
	for x := range 900 {
		m.SetGray(x, x%600, color.Gray{Y: uint8(x)})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Without a script: a draft is stored, files are chosen and described, the entry
// is shared, and its readers see them.
func TestAttachWithoutScript(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	me := s.as(participant)
	e := s.aDraft(participant)
	form := me.get(at(pathEntryEdit, string(e.ID))).want(http.StatusOK)
	page := form.submit(theForm, "do", doAttach).follow().want(http.StatusOK)
	if page.Path != at(pathAttachments, string(e.ID)) || page.find("input[type=file]").AttrOr("name", "") != "file" {
		t.Fatalf("the button leads to %s", page.Path)
	}
	page = me.upload(page.Path, nil).want(http.StatusUnprocessableEntity)
	page.shows("Kies eerst een bestand.")
	page = me.upload(page.Path, []broughtFile{{"muur.png", aPicture(t)}, {"verslag.txt", []byte("Wat er op de briefjes stond.")}}).follow().want(http.StatusOK)
	page.shows("Toegevoegd.")
	page.shows("verslag.txt")
	all, err := s.Service.Attachments(t.Context(), s.people[participant], e.ID)
	if err != nil || len(all) != 2 {
		t.Fatalf("attached: %v, %v", all, err)
	}
	alt, people := backpack.AttachmentField(all[0].ID, "alt"), backpack.AttachmentField(all[0].ID, "people")
	form = me.get(at(pathEntryEdit, string(e.ID)))
	refused := form.submit(theForm, "do", doShare).want(http.StatusUnprocessableEntity)
	if refused.find("#"+alt).AttrOr("aria-invalid", "") != "true" || refused.find(`.rz-error-summary a[href="#`+people+`"]`).Length() != 1 {
		t.Error("what misses is not said beside its field")
	}
	shared := refused.submit(theForm, "do", doShare, alt, "Een muur met gele briefjes", people, "nobody", backpack.AttachmentField(all[1].ID, "people"), "agreed").follow().want(http.StatusOK)
	img := shared.find(".rz-files img")
	if img.AttrOr("alt", "") != "Een muur met gele briefjes" || img.AttrOr("width", "") != "900" || img.AttrOr("loading", "") != "lazy" {
		t.Error("the picture is not shown as it should")
	}
	reader := s.as(colleague).get(at(pathEntry, string(e.ID))).want(http.StatusOK)
	reader.shows("verslag.txt")
	s.as(colleague).get(at(pathAttachments, string(e.ID))).want(http.StatusForbidden)
	s.as(colleague).get(at(pathAttachmentRemoving, string(all[1].ID))).want(http.StatusForbidden)

	confirm := me.get(at(pathAttachmentRemoving, string(all[1].ID))).want(http.StatusOK)
	confirm.submit("main form").follow().shows("De bijlage is weg.")
	s.as(colleague).get(at(pathEntry, string(e.ID))).hides("verslag.txt")

	later := me.upload(at(pathAttachments, string(e.ID)), []broughtFile{{"later.png", aPicture(t)}}, "alt", "", "people", "nobody").want(http.StatusUnprocessableEntity)
	later.shows("Beschrijf wat er op de afbeelding te zien is.")
	me.upload(at(pathAttachments, string(e.ID)), []broughtFile{{"later.png", aPicture(t)}}, "alt", "Dezelfde muur, leeg", "people", "nobody").want(http.StatusSeeOther)
}

// Texts hold the address under which an attachment is served.
func TestAttachmentAddress(t *testing.T) {
	id := rugzak.NewAttachmentID()
	if a := (rugzak.Attachment{ID: id}); a.Address() != at(pathAttachment, string(id)) {
		t.Errorf("%s is served at %s", a.Address(), at(pathAttachment, string(id)))
	}
}

// A file is served to the readers of its entry, so that it can do nothing; for
// anybody else it is not there.
func TestServeAttachment(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	e := s.aDraft(participant)
	a := s.attachTo(participant, e.ID, `Verslag "café" 50%.txt`, "0123456789")
	me := s.as(participant)
	got := me.get(a.Address()).want(http.StatusOK)
	for name, want := range map[string]string{
		"Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": filePolicy,
		"Cache-Control": "no-store, private", "Content-Length": "10", "Accept-Ranges": "bytes", "Cross-Origin-Resource-Policy": "same-origin",
		"Content-Disposition": `attachment; filename="Verslag _caf__ 50_.txt"; filename*=UTF-8''Verslag%20%22caf%C3%A9%22%2050%25.txt`,
	} {
		if got.Header.Get(name) != want {
			t.Errorf("%s: %q, want %q", name, got.Header.Get(name), want)
		}
	}
	_, params, err := mime.ParseMediaType(got.Header.Get("Content-Disposition"))
	if err != nil || params["filename"] != a.Name {
		t.Errorf("a browser reads the name %q: %v", params["filename"], err)
	}
	ranged := s.as(participant)
	ranged.header.Set("Range", "bytes=2-4")
	if got := ranged.get(a.Address()).want(http.StatusPartialContent); got.Body != "234" || got.Header.Get("Content-Range") != "bytes 2-4/10" {
		t.Errorf("a piece: %q, %q", got.Body, got.Header.Get("Content-Range"))
	}
	ranged.header.Set("Range", "bytes=20-")
	ranged.get(a.Address()).want(http.StatusRequestedRangeNotSatisfiable)
	if got := me.send(http.MethodHead, a.Address(), nil).want(http.StatusOK); got.Body != "" || got.Header.Get("Content-Length") != "10" {
		t.Error("HEAD tells something else")
	}
	absent := s.as(colleague).get(at(pathAttachment, string(rugzak.NewAttachmentID()))).want(http.StatusNotFound)
	for _, path := range []string{pathAttachment, pathAttachmentSmall, pathAttachmentRemoving} {
		hidden := s.as(colleague).get(at(path, string(a.ID))).want(http.StatusNotFound)
		if len(hidden.Header) != len(absent.Header) || hidden.Header.Get("Content-Disposition") != "" {
			t.Errorf("the headers tell of %s: %v, absent %v", path, hidden.Header, absent.Header)
		}
	}
	s.as(nobody).get(a.Address()).want(http.StatusSeeOther)
}

// A script is told in JSON what became of a file, and where it is.
func TestUploadByScript(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	e := s.aDraft(participant)
	me := s.as(participant)
	me.header.Set("Accept", "application/json")
	send := func(status int, name string, content []byte, fields ...string) uploadAnswer {
		t.Helper()
		got := me.upload(at(pathAttachments, string(e.ID)), []broughtFile{{name, content}}, fields...).want(status)
		var told uploadAnswer
		if err := json.Unmarshal([]byte(got.Body), &told); err != nil {
			t.Fatal(err)
		}
		return told
	}
	told := send(http.StatusCreated, "muur.png", aPicture(t), "alt", "Een [gele] muur")
	if told.Address != pathOf(t, told) || told.Kind != rugzak.AttachedImage || told.Width != 900 || told.Markdown != `![Een \[gele\] muur](`+told.Address+`)` ||
		!strings.Contains(told.Row, backpack.AttachmentField(told.ID, "people")) {
		t.Errorf("told %+v", told)
	}
	if got := me.get(told.Small).want(http.StatusOK); got.Header.Get("Content-Disposition") != `inline; filename="muur.jpg"; filename*=UTF-8''muur.jpg` {
		t.Errorf("the small one: %v", got.Header)
	}
	for name, content := range map[string][]byte{"muur.svg": []byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), "muur.jpg": aPicture(t), "leeg.txt": nil} {
		if told := send(http.StatusUnprocessableEntity, name, content); told.Message == "" || len(told.Errors) != 1 || told.Errors[0].Field != "file" {
			t.Errorf("%s: told %+v", name, told)
		}
	}
	me.upload(at(pathAttachments, string(newID())), []broughtFile{{"muur.png", aPicture(t)}}).want(http.StatusNotFound)
	// What a text says its picture shows, is said.
	values := formValues(s.as(participant).get(at(pathEntryEdit, string(e.ID))).find(theForm))
	values.Del(backpack.AttachmentField(told.ID, "alt"))
	second := send(http.StatusCreated, "twee.png", aPicture(t))
	values.Set("body", "Zie ![Twee muren naast elkaar]("+second.Address+") hier.")
	me.send(http.MethodPost, at(pathEntryDraft, string(e.ID)), values).want(http.StatusOK)
	all, err := s.Service.Attachments(t.Context(), s.people[participant], e.ID)
	if err != nil || all[1].Alt != "Twee muren naast elkaar" {
		t.Errorf("attached: %+v, %v", all, err)
	}
	shown := s.as(participant).get(at(pathEntry, string(e.ID)))
	if img := shown.find(".rz-prose img"); img.AttrOr("width", "") != "900" || !strings.Contains(img.AttrOr("srcset", ""), second.Small) {
		t.Error("the picture in the text has no size")
	}
}

func pathOf(t *testing.T, told uploadAnswer) string {
	t.Helper()
	if !rugzak.ValidID(string(told.ID)) {
		t.Errorf("id %q", told.ID)
	}
	return at(pathAttachment, string(told.ID))
}

// Only where files may come, and only as much as the settings say, a body is
// larger than a form.
func TestUploadBounds(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	e := s.aDraft(participant)
	me := s.as(participant)
	large := bytes.Repeat([]byte("Veel tekst. "), 2_000_000/12)
	for _, path := range []string{at(pathEntryDraft, string(e.ID)), at(pathAttachmentsSay, string(e.ID)), pathShare} {
		me.upload(path, []broughtFile{{"tekst.txt", large}}).want(http.StatusRequestEntityTooLarge)
	}
	me.upload(at(pathAttachments, string(e.ID)), []broughtFile{{"tekst.txt", large}}).want(http.StatusSeeOther)
	form := `form[action="` + pathSettingsFiles + `"]`
	page := s.as(administrator).get(pathSettings)
	page.submit(form, fieldFilesImage, "0", fieldFilesAudio, "61").want(http.StatusUnprocessableEntity).shows("Vul een heel getal in van 1 tot en met 60.")
	page.submit(form, fieldFilesImage, "1", fieldFilesDocument, "1", fieldFilesAudio, "1", fieldFilesEntry, "3").follow().want(http.StatusOK)
	me.upload(at(pathAttachments, string(e.ID)), []broughtFile{{"tekst.txt", large}}).want(http.StatusUnprocessableEntity).shows("Het mag hooguit 1 MB zijn.")
	me.upload(at(pathAttachments, string(e.ID)), []broughtFile{{"tekst.txt", bytes.Repeat(large, 3)}}).want(http.StatusRequestEntityTooLarge)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+at(pathAttachments, string(e.ID)), io.MultiReader(strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nafgebroken")))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	me.do(r).want(http.StatusBadRequest)
	if all, err := s.Service.Attachments(t.Context(), s.people[participant], e.ID); err != nil || len(all) != 1 {
		t.Errorf("attached: %d, %v", len(all), err)
	}
}

// In a draft a picture may have no alternative text yet: its link is called by
// the name of the file.
func TestPictureWithoutWords(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	e := s.aDraft(participant)
	me := s.as(participant)
	me.upload(at(pathAttachments, string(e.ID)), []broughtFile{{"muur.jpg", rugzaktest.Photo(t, 40, 30, 1)}}).want(http.StatusSeeOther)
	img := me.get(entryPath(e.ID)).want(http.StatusOK).find(".rz-files__picture a img")
	if alt := img.AttrOr("alt", ""); !strings.Contains(alt, "muur") || img.AttrOr("lang", "") != "" {
		t.Errorf("the picture is called %q", alt)
	}
}
