// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"
)

// UploadAttack is a file somebody sends to do harm, and what becomes of it: refused
// with a key, or taken as what it is.
type UploadAttack struct {
	Name   string // what is tried
	Called string // the name it is sent under
	File   []byte
	Want   string // code and key of the refusal, or the kind it is taken as
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

// PNG is a PNG that says it has so many pixels; what it holds is Zeros, packed.
func PNG(w, h uint32, depth, colours byte, content []byte) []byte {
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

// Zeros are so many zeros, packed as in a PNG.
func Zeros(t testing.TB, count int) []byte {
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
	b := Word(t, Letter)
	// The size of the document, unpacked, in the list at the end of the zip.
	at := bytes.LastIndex(b, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(b[at+24:], 300<<20)
	return b
}

func manyParts(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range append([]string{"[Content_Types].xml", "word/document.xml"}, make([]string, 5000)...) {
		if _, err := z.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// UploadAttacks are those that are tried.
func UploadAttacks(t testing.TB) []UploadAttack {
	t.Helper()
	var drawing, snapshot bytes.Buffer
	if err := png.Encode(&drawing, Quarters(40, 40)); err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(&snapshot, Quarters(40, 40), nil); err != nil {
		t.Fatal(err)
	}
	html := "<!DOCTYPE html><script>alert(1)</script>"
	pdf := OnePage("tekst")
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
	return []UploadAttack{
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
		{"zip called picture", "foto.png", Word(t, Letter), refusedName},
		{"old Word", "stuk.doc", plus("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", make([]byte, 600)), "invalid error.attachment.old_word"},
		{"macros under another name", "stuk.docx", Word(t, Letter, "word/vbaProject.bin", "x"), refusedMacros},
		{"macros in capitals", "stuk.docx", Word(t, Letter, "word/VBAPROJECT.BIN", "x"), refusedMacros},
		{"controls in a document", "stuk.docx", Word(t, Letter, "word/activeX/activeX1.xml", "x"), refusedMacros},
		{"part outside the document", "stuk.docx", Word(t, Letter, "../../etc/cron.d/x", "x"), refusedDamaged},
		{"part from the root", "stuk.docx", Word(t, Letter, "/etc/passwd", "x"), refusedDamaged},
		{"part with backslashes", "stuk.docx", Word(t, Letter, `..\..\x`, "x"), refusedDamaged},
		{"bomb that says so", "stuk.docx", lyingWord(t), refusedBomb},
		{"bomb of many parts", "stuk.docx", manyParts(t), refusedBomb},
		{"program before a document", "stuk.docx", plus(exe, Word(t, Letter)), refusedKind},
		{"picture before a document", "foto.jpg", plus(snapshot.Bytes(), Word(t, Letter)), "image"}, // made anew: only the picture stays
		{"page behind a picture", "foto.jpg", plus(snapshot.Bytes(), html), "image"},
		{"page in the comment of a picture", "foto.jpg", plus(snapshot.Bytes()[:2], "\xff\xfe\x00\x2a", html, snapshot.Bytes()[2:]), "image"},
		{"document that is a page as well", "stuk.pdf", plus("%PDF-1.4\n", html), refusedDamaged},
		{"document with a program behind it", "stuk.pdf", plus(pdf, exe), refusedDamaged},
		{"document with a zip behind it", "stuk.pdf", plus(pdf, Word(t, Letter)), refusedDamaged},
		{"document behind rubbish", "stuk.pdf", plus("rommel\n", pdf), refusedDamaged},
		{"document cut short", "stuk.pdf", pdf[:len(pdf)/2], refusedDamaged},
		{"picture of 100 by 100 thousand pixels", "plaat.png", PNG(100_000, 100_000, 8, 2, Zeros(t, 1000)), refusedPixels},
		{"picture of one line, four thousand million wide", "plaat.png", PNG(1<<31-1, 1, 8, 2, Zeros(t, 1000)), refusedPixels},
		{"picture of 40 million deep pixels", "plaat.png", PNG(8000, 5000, 16, 6, Zeros(t, 1000)), refusedPixels},
		{"picture without pixels", "plaat.png", PNG(0, 0, 8, 2, Zeros(t, 10)), refusedDamaged},
		{"picture that unpacks to more than it is", "plaat.png", PNG(20, 20, 8, 2, Zeros(t, 50<<20)), refusedDamaged},
		{"picture that holds too little", "plaat.png", PNG(2000, 2000, 8, 2, Zeros(t, 10)), refusedDamaged},
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
		{"real Letter", "brief.docx", Word(t, Letter), "word"},
		{"real text", "brief.txt", []byte("Gewoon een tekst, met < en > erin."), "text"},
		{"real text of a program", "lijst.csv", []byte("naam,aantal\nbuurt,3\n"), "text"},
	}
}
