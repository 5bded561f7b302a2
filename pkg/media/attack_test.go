// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package media

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image/jpeg"
	"image/png"
	"io"
	"runtime"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// attack is a file somebody sends to do harm, and what becomes of it: refused
// with a key, or taken as what it is.
type attack struct {
	name   string // what is tried
	called string // the name it is sent under
	file   []byte
	want   string // code and key of the refusal, or the kind it is taken as
}

const (
	refusedKind    = "invalid error.attachment.kind"
	refusedName    = "invalid error.attachment.name"
	refusedDamaged = "invalid error.attachment.damaged"
	refusedPixels  = "invalid error.attachment.pixels"
	refusedBomb    = "invalid error.attachment.bomb"
	refusedMacros  = "invalid error.attachment.macros"
	refusedText    = "invalid error.attachment.text"
)

// pngOf is a PNG that says it has so many pixels; what it holds is zeros, packed.
func pngOf(w, h uint32, depth, colours byte, content []byte) []byte {
	b := bytes.NewBufferString("\x89PNG\r\n\x1a\n")
	chunk := func(name string, data []byte) {
		_ = binary.Write(b, binary.BigEndian, uint32(len(data)))
		b.WriteString(name)
		b.Write(data)
		_ = binary.Write(b, binary.BigEndian, crc32.ChecksumIEEE(append([]byte(name), data...)))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	chunk("IHDR", append(head, depth, colours, 0, 0, 0))
	chunk("IDAT", content)
	chunk("IEND", nil)
	return b.Bytes()
}

func zeros(t testing.TB, count int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := io.CopyN(w, zero{}, int64(count)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type zero struct{}

func (zero) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// stored makes a zip whose one entry lies about its size.
func lyingWord(t testing.TB) []byte {
	t.Helper()
	b := word(t, letter)
	// The size of the document, unpacked, in the list at the end of the zip.
	at := bytes.LastIndex(b, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(b[at+24:], 300<<20)
	return b
}

func manyParts(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range append([]string{"[Content_Types].xml", wordDocument}, make([]string, maxParts)...) {
		if _, err := z.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func attacks(t testing.TB) []attack {
	t.Helper()
	var drawing, snapshot bytes.Buffer
	if err := png.Encode(&drawing, quarters(40, 40)); err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(&snapshot, quarters(40, 40), nil); err != nil {
		t.Fatal(err)
	}
	html := "<!DOCTYPE html><script>alert(1)</script>"
	pdf := onePage("tekst")
	plus := func(parts ...any) []byte {
		var b []byte
		for _, p := range parts {
			switch p := p.(type) {
			case string:
				b = append(b, p...)
			case []byte:
				b = append(b, p...)
			}
		}
		return b
	}
	svg := `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`
	exe := plus("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00\xb8", make([]byte, 200))
	elf := plus("\x7fELF\x02\x01\x01", make([]byte, 100))
	return []attack{
		{"svg with a script", "plaat.svg", []byte(svg), "invalid error.attachment.svg"},
		{"svg called png", "plaat.png", []byte(svg), refusedKind},
		{"svg called text", "plaat.txt", []byte(svg), refusedKind},
		{"svg behind an xml line", "plaat.txt", []byte(`<?xml version="1.0"?>` + svg), refusedKind},
		{"page called text", "brief.txt", []byte(html), refusedKind},
		{"page called picture", "foto.jpg", []byte(html), refusedKind},
		{"page", "brief.html", []byte(html), refusedKind},
		{"page behind white space and a mark", "brief.txt", []byte("\xef\xbb\xbf \r\n\t" + html), refusedKind},
		{"script called text", "brief.txt", []byte("<script>alert(1)</script>"), refusedKind},
		{"program for a shell called text", "brief.txt", []byte("#!/bin/sh\nrm -r /\n"), refusedKind},
		{"program of a web server called text", "brief.txt", []byte("<?php system($_GET[0]);"), refusedKind},
		{"program", "werkvorm.exe", exe, refusedKind},
		{"program called pdf", "werkvorm.pdf", exe, refusedKind},
		{"program for Linux called sound", "geluid.mp3", elf, refusedKind},
		{"name that ends twice", "foto.jpg.exe", snapshot.Bytes(), refusedName},
		{"name without an ending", "foto", snapshot.Bytes(), refusedName},
		{"name with an ending behind a null", "foto.exe\x00.jpg", exe, refusedKind},
		{"picture called document", "foto.pdf", snapshot.Bytes(), refusedName},
		{"document called picture", "stuk.jpg", pdf, refusedName},
		{"zip called document", "stuk.docx", plus("PK\x05\x06", make([]byte, 18)), refusedKind},
		{"zip called picture", "foto.png", word(t, letter), refusedName},
		{"old Word", "stuk.doc", plus("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", make([]byte, 600)), "invalid error.attachment.old_word"},
		{"macros under another name", "stuk.docx", word(t, letter, "word/vbaProject.bin", "x"), refusedMacros},
		{"macros in capitals", "stuk.docx", word(t, letter, "word/VBAPROJECT.BIN", "x"), refusedMacros},
		{"controls in a document", "stuk.docx", word(t, letter, "word/activeX/activeX1.xml", "x"), refusedMacros},
		{"part outside the document", "stuk.docx", word(t, letter, "../../etc/cron.d/x", "x"), refusedDamaged},
		{"part from the root", "stuk.docx", word(t, letter, "/etc/passwd", "x"), refusedDamaged},
		{"part with backslashes", "stuk.docx", word(t, letter, `..\..\x`, "x"), refusedDamaged},
		{"bomb that says so", "stuk.docx", lyingWord(t), refusedBomb},
		{"bomb of many parts", "stuk.docx", manyParts(t), refusedBomb},
		{"program before a document", "stuk.docx", plus(exe, word(t, letter)), refusedKind},
		{"picture before a document", "foto.jpg", plus(snapshot.Bytes(), word(t, letter)), "image"}, // made anew: only the picture stays
		{"page behind a picture", "foto.jpg", plus(snapshot.Bytes(), html), "image"},
		{"page in the comment of a picture", "foto.jpg", plus(snapshot.Bytes()[:2], "\xff\xfe\x00\x2a", html, snapshot.Bytes()[2:]), "image"},
		{"document that is a page as well", "stuk.pdf", plus("%PDF-1.4\n", html), refusedDamaged},
		{"document with a program behind it", "stuk.pdf", plus(pdf, exe), refusedDamaged},
		{"document with a zip behind it", "stuk.pdf", plus(pdf, word(t, letter)), refusedDamaged},
		{"document behind rubbish", "stuk.pdf", plus("rommel\n", pdf), refusedDamaged},
		{"document cut short", "stuk.pdf", pdf[:len(pdf)/2], refusedDamaged},
		{"picture of 100 by 100 thousand pixels", "plaat.png", pngOf(100_000, 100_000, 8, 2, zeros(t, 1000)), refusedPixels},
		{"picture of one line, four thousand million wide", "plaat.png", pngOf(1<<31-1, 1, 8, 2, zeros(t, 1000)), refusedPixels},
		{"picture of 40 million deep pixels", "plaat.png", pngOf(8000, 5000, 16, 6, zeros(t, 1000)), refusedPixels},
		{"picture without pixels", "plaat.png", pngOf(0, 0, 8, 2, zeros(t, 10)), refusedDamaged},
		{"picture that unpacks to more than it is", "plaat.png", pngOf(20, 20, 8, 2, zeros(t, 50<<20)), refusedDamaged},
		{"picture that holds too little", "plaat.png", pngOf(2000, 2000, 8, 2, zeros(t, 10)), refusedDamaged},
		{"picture cut short", "foto.jpg", snapshot.Bytes()[:len(snapshot.Bytes())/2], refusedDamaged},
		{"picture of a head only", "foto.jpg", []byte("\xff\xd8\xff\xe0"), refusedDamaged},
		{"picture that never ends its parts", "foto.jpg", plus("\xff\xd8", strings.Repeat("\xff\xe1\x00\x02", 20_000)), refusedDamaged},
		{"webp that lies about its length", "plaat.webp", plus("RIFF\xff\xff\xff\xffWEBPVP8 \xff\xff\xff\xff", make([]byte, 64)), refusedDamaged},
		{"gif of 65 by 65 thousand", "plaat.gif", plus("GIF89a\xff\xff\xff\xff\x00\x00\x00", make([]byte, 20)), refusedPixels},
		{"nothing", "leeg.pdf", nil, "invalid error.attachment.empty"},
		{"text with control characters", "brief.txt", []byte("tekst\x1b[2Jweg"), refusedText},
		{"text in another coding", "brief.txt", []byte("caf\xe9 bij de buurt, gesprek over de hulp"), refusedText},
		{"photo of a telephone", "foto.heic", plus("\x00\x00\x00\x18ftypheic", make([]byte, 40)), "invalid error.attachment.heic"},
		{"film", "film.mp4", plus("\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2", make([]byte, 40)), "invalid error.attachment.video"},
		{"real picture", "foto.jpg", snapshot.Bytes(), "image"},
		{"real drawing", "PLAAT.PNG", drawing.Bytes(), "image"},
		{"real document", "stuk.pdf", pdf, "pdf"},
		{"real letter", "brief.docx", word(t, letter), "word"},
		{"real text", "brief.txt", []byte("Gewoon een tekst, met < en > erin."), "text"},
		{"real text of a program", "lijst.csv", []byte("naam,aantal\nbuurt,3\n"), "text"},
	}
}

// Whatever is sent is refused with a sentence, or taken as what it is, within
// bounds of memory.
func TestAttacks(t *testing.T) {
	f := New(outside())
	var most uint64
	for _, a := range attacks(t) {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got := outcome(t, f, a)
		runtime.ReadMemStats(&after)
		most = max(most, after.TotalAlloc-before.TotalAlloc)
		if got != a.want {
			t.Errorf("%s: %s, want %s", a.name, got, a.want)
		}
	}
	t.Logf("at most %d kB asked for by one file", most>>10)
	if most > 300<<20 {
		t.Errorf("one file asked for %d MB", most>>20)
	}
}

// outcome sends a file the way an upload goes.
func outcome(t testing.TB, f *Files, a attack) string {
	t.Helper()
	file := bytes.NewReader(a.file)
	kind, _, err := f.Sort(file, int64(len(a.file)), a.called)
	if err == nil && kind == rugzak.AttachedImage {
		var p rugzak.Picture
		if p, err = f.Picture(t.Context(), file); err == nil && bytes.Contains(p.Data, []byte("alert")) {
			t.Errorf("%s: its script is still there", a.name)
		}
	}
	if err == nil {
		_, err = f.Text(t.Context(), kind, file, int64(len(a.file)))
	}
	if err != nil {
		return codeAndKey(err)
	}
	return string(kind)
}

// The largest photo that is taken stays within bounds.
func TestLargestPhoto(t *testing.T) {
	from := pngOf(8000, 5000, 8, 2, zeros(t, 5000*(1+8000*3)))
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	picture(t, New(outside()), from)
	runtime.ReadMemStats(&after)
	asked := after.TotalAlloc - before.TotalAlloc
	t.Logf("%d MB asked for", asked>>20)
	if asked > 300<<20 {
		t.Errorf("%d MB asked for", asked>>20)
	}
}

func FuzzPicture(f *testing.F) {
	for _, a := range attacks(f) {
		if len(a.file) < 1<<16 {
			f.Add(a.file)
		}
	}
	f.Add(photo(f, 64, 48, 6))
	files := New(outside())
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := files.Picture(t.Context(), bytes.NewReader(b))
		if err == nil && (max(p.Width, p.Height) > large || len(p.Data) == 0 || rugzak.CodeOf(err) == rugzak.CodeInternal) {
			t.Errorf("%d by %d, %d bytes", p.Width, p.Height, len(p.Data))
		}
	})
}

func FuzzText(f *testing.F) {
	for _, a := range attacks(f) {
		if len(a.file) < 1<<16 {
			f.Add(a.file)
		}
	}
	files := New(Outside{})
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, kind := range []rugzak.AttachmentKind{rugzak.AttachedWord, rugzak.AttachedText} {
			text, _ := files.Text(t.Context(), kind, bytes.NewReader(b), int64(len(b)))
			if len(text) > rugzak.MaxAttachedText || strings.ContainsAny(text, "\x00\x1b\r") {
				t.Errorf("%s: %q", kind, text[:min(len(text), 80)])
			}
		}
		_, _, _ = files.Sort(bytes.NewReader(b), int64(len(b)), "stuk.pdf")
	})
}
