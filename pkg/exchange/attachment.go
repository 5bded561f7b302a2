// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"cmp"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// The files of what is attached: what is said of it, what is written in each, and
// the bytes, under their hash.
const (
	attachmentsName = "attachments.yaml"
	attachedTexts   = "attachments/"
	attachedFiles   = "files/"
)

func attachedTextName(id rugzak.AttachmentID) string { return attachedTexts + string(id) + ".txt" }

// Attachment writes what is attached to an entry; what is the same in bytes is
// written once. Its entry comes first.
func (w *Writer) Attachment(f rugzak.AttachedFile) error {
	if w.stage != inEntries {
		return w.fail(errStage)
	}
	w.attached = append(w.attached, f.Attachment)
	if f.Text != "" {
		w.put(attachedTextName(f.ID), []byte(strings.ReplaceAll(f.Text, "\r", "\n")))
	}
	for _, part := range []struct {
		h    rugzak.BlobHash
		from io.Reader
	}{{f.Blob, f.Bytes}, {f.Small, f.SmallBytes}} {
		if part.from == nil || w.err != nil || w.files[part.h] {
			continue
		}
		if w.files == nil {
			w.files = map[rugzak.BlobHash]bool{}
		}
		w.files[part.h] = true
		if err := w.target.copy(attachedFiles+string(part.h), part.from); err != nil {
			return w.fail(fmt.Errorf("write %s: %w", part.h, err))
		}
	}
	return w.err
}

// attachmentsFile lists what is attached, by id.
func attachmentsFile(all []rugzak.Attachment) []byte {
	all = slices.SortedFunc(slices.Values(all), func(a, b rugzak.Attachment) int { return cmp.Compare(a.ID, b.ID) })
	return listFile(len(all), func(i int, y *emitter) {
		a := all[i]
		emitText(y, "id", a.ID)
		emitText(y, "entry", a.Entry)
		y.number("order", a.Order)
		emitText(y, "kind", a.Kind)
		emitText(y, "type", a.Type)
		emitText(y, "name", a.Name)
		emitText(y, "file", a.Blob)
		y.number("size", int(a.Size))
		emitText(y, "small", a.Small)
		y.number("width", a.Width)
		y.number("height", a.Height)
		emitText(y, "alt", a.Alt)
		emitText(y, "spoken", a.Spoken)
		emitText(y, "people", a.People)
		emitList(y, "not_bsn", a.NotBSN)
		y.flag("sample", a.Sample)
	})
}

func readAttachments(data []byte, p *problems) []rugzak.ExportedAttachment {
	var out []rugzak.ExportedAttachment
	seen := map[rugzak.AttachmentID]bool{}
	for _, m := range readList(data, p) {
		a := rugzak.Attachment{
			ID: rugzak.AttachmentID(m.text("id")), Entry: rugzak.EntryID(m.text("entry")), Order: m.number("order"),
			Kind: choice(m, "kind", rugzak.AttachmentKinds()...), Type: m.text("type"), Name: m.text("name"),
			Blob: rugzak.BlobHash(m.text("file")), Size: int64(m.number("size")), Small: rugzak.BlobHash(m.text("small")),
			Width: m.number("width"), Height: m.number("height"), Alt: m.text("alt"), Spoken: m.text("spoken"),
			People: rugzak.AboutPeople(m.text("people")), Sample: m.flag("sample"), NotBSN: list[string](m, "not_bsn"),
		}
		m.done()
		m.check(a.ValidateKept())
		m.once(seen[a.ID], "id", string(a.ID))
		seen[a.ID] = true
		out = append(out, rugzak.ExportedAttachment{Attachment: a})
	}
	return out
}

// readAttached reads the list of what is attached and the texts beside it. The
// files themselves are opened one by one, when they are kept.
func (w *Whole) readAttached(r *folderReader) {
	b := &w.backpack
	r.optional(attachmentsName, func(data []byte, p *problems) {
		b.Attachments = readAttachments(data, p)
		for _, a := range b.Attachments {
			w.wantEntry(string(a.Entry), p)
			for _, h := range []rugzak.BlobHash{a.Blob, a.Small} {
				if h != "" && !w.source.has(attachedFiles+string(h)) {
					p.unknown("file", string(h))
				}
			}
		}
	})
	for i, a := range b.Attachments {
		r.optional(attachedTextName(a.ID), func(data []byte, _ *problems) { b.Attachments[i].Text = string(data) })
	}
	if len(b.Attachments) > 0 {
		b.Files = wholeFiles{w.source}
	}
}

// attachedNames are the names of files that belong to what is attached.
func (w *Whole) attachedNames() map[string]bool {
	names := map[string]bool{attachmentsName: true}
	for _, a := range w.backpack.Attachments {
		names[attachedTextName(a.ID)] = true
		names[attachedFiles+string(a.Blob)], names[attachedFiles+string(a.Small)] = true, true
	}
	return names
}

// wholeFiles opens the files of an export, each for reading once. It never gives
// more than the limits allow.
type wholeFiles struct{ source *Source }

// Open opens one.
func (f wholeFiles) Open(h rugzak.BlobHash) (io.ReadCloser, error) {
	s, name := f.source, attachedFiles+string(h)
	if !h.Valid() || !s.has(name) {
		return nil, refuse(name, 0, "exchange.missing_file")
	}
	file, err := s.open(name)
	if err != nil {
		return nil, refuse(name, 0, "exchange.unreadable")
	}
	return &streamed{ReadCloser: file, source: s, name: name}, nil
}

type streamed struct {
	io.ReadCloser
	source *Source
	name   string
}

func (r *streamed) Read(p []byte) (int, error) {
	n, err := r.ReadCloser.Read(p)
	if r.source.left -= int64(n); r.source.left < 0 {
		return n, r.source.spent()
	}
	if err != nil && err != io.EOF {
		err = refuse(r.name, 0, "exchange.unreadable")
	}
	return n, err
}

// putAttached writes what is attached to an entry of somebody's own files, in a
// folder, with what is said of it beside it.
func putAttached(to target, folder string, f rugzak.AttachedFile) error {
	name := folder + string(f.ID)
	if err := to.copy(name+f.Ending(), f.Bytes); err != nil {
		return err
	}
	return to.put(name+".yaml", attachmentsFile([]rugzak.Attachment{f.Attachment}))
}

// beside leads the pictures and links of a text to the files beside it.
func beside(body string, all []rugzak.Attachment, folder string) string {
	var pairs []string
	for _, a := range all {
		pairs = append(pairs, "]("+a.Address(), "]("+path.Join("..", folder, string(a.ID)+a.Ending()))
	}
	return strings.NewReplacer(pairs...).Replace(body)
}
