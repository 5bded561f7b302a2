// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package media

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// maker is who made a file; what is left of one must not say so.
const maker = "Kanarie Jansen"

func box(name string, inside ...[]byte) []byte {
	all := bytes.Join(inside, nil)
	return joined(binary.BigEndian.AppendUint32(nil, uint32(8+len(all))), []byte(name), all)
}

func chunk(name string, inside []byte) []byte {
	return joined([]byte(name), binary.LittleEndian.AppendUint32(nil, uint32(len(inside))), inside, make([]byte, len(inside)%2))
}

func joined(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// withInfo puts properties and an XMP packet in a PDF, between its last object and
// its table, which nothing counts.
func withInfo(pdf []byte, info string) []byte {
	at := bytes.Index(pdf, []byte("xref\n0"))
	pdf = bytes.Replace(pdf, []byte("xref\n0"), []byte(info+"\nxref\n0"), 1)
	return bytes.Replace(pdf, fmt.Appendf(nil, "startxref\n%d\n", at), fmt.Appendf(nil, "startxref\n%d\n", at+len(info)+1), 1)
}

func inHex(text string) string { return fmt.Sprintf("%X", text) }

// madeBy are files as programs write them, with their maker in every place that is
// known.
func madeBy(t *testing.T) map[string]struct {
	kind rugzak.AttachmentKind
	name string
	file []byte
} {
	type made = struct {
		kind rugzak.AttachmentKind
		name string
		file []byte
	}
	changed := strings.Replace(rugzaktest.Letter, "<w:r>", `<w:ins w:id="1" w:author="`+maker+`" w:date="2026-01-01T00:00:00Z"/><w:del w:author='`+maker+` > ik'/><!-- it's --><w:r>`, 1)
	word := rugzaktest.Word(t, changed,
		"docProps/core.xml", `<cp:coreProperties><dc:creator>`+maker+`</dc:creator></cp:coreProperties>`,
		"docProps/app.xml", `<Properties><Manager>`+maker+`</Manager></Properties>`, "docProps/custom.xml", `<Properties>`+maker+`</Properties>`,
		"word/people.xml", `<w15:people><w15:person w15:author="`+maker+`"/></w15:people>`,
		"word/comments.xml", `<w:comments><w:comment w:author="`+maker+`" w:initials="`+maker+`"><w:t>author="blijft"</w:t></w:comment></w:comments>`,
		"word/media/image1.png", "png")
	pdf := withInfo(rugzaktest.OnePage("Samen aan tafel"), "7 0 obj\n<< /Title (Titel) /Author ("+maker+" \\( \\) (x)) /Company<"+inHex(maker)+"> /Manager 8 0 R >>\nendobj\n8 0 obj ("+maker+") endobj\n"+
		`9 0 obj << /Type /Metadata >> stream
<x:xmpmeta><rdf:Description pdf:Author="`+maker+`"><dc:creator><rdf:Seq><rdf:li>`+maker+`</rdf:li></rdf:Seq></dc:creator></rdf:Description></x:xmpmeta>
endstream endobj`)
	sound := append([]byte{0xff, 0xfb, 0x90, 0x64}, bytes.Repeat([]byte{1}, 413)...)
	tag := joined([]byte("TPE1"), binary.BigEndian.AppendUint32(nil, uint32(1+len(maker))), []byte{0, 0, 3}, []byte(maker))
	mp3 := joined([]byte("ID3\x03\x00\x40\x00\x00\x00"), []byte{byte(len(tag))}, tag, sound, sound, []byte("TAG"), []byte(maker), make([]byte, 125-len(maker)))
	m4a := joined(box("ftyp", []byte("M4A \x00\x00\x00\x00M4A isom")), box("moov", box("mvhd", make([]byte, 100)), box("trak", box("udta", []byte(maker))), box("udta", box("meta", []byte(maker)))), box("uuid", []byte(maker)), box("mdat", []byte("sound")))
	inside := joined([]byte("WAVE"), chunk("fmt ", make([]byte, 16)), chunk("LIST", []byte("INFOIART"+maker)), chunk("data", []byte("sound")), chunk("id3 ", []byte(maker)))
	return map[string]made{
		"word": {rugzak.AttachedWord, "brief.docx", word}, "pdf": {rugzak.AttachedPDF, "brief.pdf", pdf}, "mp3": {rugzak.AttachedAudio, "opname.mp3", mp3},
		"m4a": {rugzak.AttachedAudio, "opname.m4a", m4a}, "wav": {rugzak.AttachedAudio, "opname.wav", chunk("RIFF", inside)},
		"text": {rugzak.AttachedText, "brief.txt", []byte("Samen aan tafel")},
	}
}

// unpacked is a file with its parts unpacked, when it has any.
func unpacked(t *testing.T, file []byte) string {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return string(file)
	}
	all := ""
	for _, part := range z.File {
		f, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(part.Name, err)
		}
		all += part.Name + "\n" + string(b) + "\n"
	}
	return all
}

// What a file says of its maker goes, and nothing else: it is the same kind of
// file, with the same words and sound.
func TestBare(t *testing.T) {
	f := New(outside())
	for name, c := range madeBy(t) {
		size := int64(len(c.file))
		kind, mediaType, err := f.Sort(bytes.NewReader(c.file), size, c.name)
		if err != nil || kind != c.kind {
			t.Fatalf("%s is a %s: %v", name, kind, err)
		}
		r := f.Bare(kind, mediaType, bytes.NewReader(c.file), size)
		bare, err := io.ReadAll(r)
		if err != nil || r.Close() != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, canary := range []string{maker, inHex(maker)} {
			if got := unpacked(t, bare); strings.Contains(got, canary) {
				t.Errorf("%s still tells of its maker: %q", name, got)
			}
		}
		again, againType, err := f.Sort(bytes.NewReader(bare), int64(len(bare)), c.name)
		if err != nil || again != kind || againType != mediaType {
			t.Errorf("%s became a %s, %s: %v", name, again, againType, err)
		}
		before, err1 := f.Text(t.Context(), kind, bytes.NewReader(c.file), size)
		after, err2 := f.Text(t.Context(), kind, bytes.NewReader(bare), int64(len(bare)))
		if err1 != nil || err2 != nil || before != after || kind != rugzak.AttachedAudio && !strings.Contains(after, "Samen aan tafel") {
			t.Errorf("%s says %q, and said %q: %v, %v", name, after, before, err1, err2)
		}
		if kind == rugzak.AttachedWord {
			if got := unpacked(t, bare); !strings.Contains(got, `author="blijft"`) || !strings.Contains(got, "word/media/image1.png\npng") || !strings.Contains(got, `w:date="2026-01-01T00:00:00Z"`) {
				t.Errorf("more went than names: %q", got)
			}
		} else if len(bare) != len(c.file) || kind == rugzak.AttachedAudio && bytes.Count(bare, []byte("sound")) != bytes.Count(c.file, []byte("sound")) {
			t.Errorf("%s: %d bytes became %d", name, len(c.file), len(bare))
		}
	}
}

// A file that is signed stays what was signed, and one that is broken is passed on
// as it is, or refused with a sentence.
func TestBareStays(t *testing.T) {
	f := New(outside())
	pdf := withInfo(rugzaktest.OnePage("Tafel"), "<< /Author ("+maker+") /ByteRange [0 1 2 3] >>")
	for name, c := range map[string]struct {
		kind      rugzak.AttachmentKind
		mediaType string
		file      []byte
	}{
		"signed":               {rugzak.AttachedPDF, "application/pdf", pdf},
		"author without end":   {rugzak.AttachedPDF, "application/pdf", []byte("%PDF-1.4 /Author (" + maker)},
		"author at the end":    {rugzak.AttachedPDF, "application/pdf", []byte("%PDF-1.4 /Author")},
		"box that is too long": {rugzak.AttachedAudio, "audio/mp4", []byte("\xff\xff\xff\xffudta")},
		"box without size":     {rugzak.AttachedAudio, "audio/mp4", []byte("\x00\x00\x00\x01mdat")},
		"chunk cut off":        {rugzak.AttachedAudio, "audio/wav", []byte("RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff")},
		"nothing":              {rugzak.AttachedAudio, "audio/mpeg", nil},
	} {
		r := f.Bare(c.kind, c.mediaType, bytes.NewReader(c.file), int64(len(c.file)))
		got, err := io.ReadAll(r)
		if err != nil || r.Close() != nil || !bytes.Equal(got, c.file) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	broken := rugzaktest.Word(t, rugzaktest.Letter)
	at := bytes.Index(broken, []byte("word/document.xml")) + len("word/document.xml")
	copy(broken[at+10:], strings.Repeat("x", 20))
	r := f.Bare(rugzak.AttachedWord, "", bytes.NewReader(broken), int64(len(broken)))
	if _, err := io.ReadAll(r); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("a broken document gives %v", err)
	}
	// Who stops reading leaves nothing behind.
	whole := rugzaktest.Word(t, rugzaktest.Letter)
	if err := f.Bare(rugzak.AttachedWord, "", bytes.NewReader(whole), int64(len(whole))).Close(); err != nil {
		t.Error(err)
	}
}

// What stands on the edge of two pieces of a file is found too.
func TestFound(t *testing.T) {
	file := bytes.Repeat([]byte("."), 600<<10)
	for _, at := range []int{0, 256<<10 - 3, 512<<10 - 1, len(file) - 4} {
		copy(file[at:], "hier")
	}
	got, err := found(bytes.NewReader(file), int64(len(file)), "hier")
	if err != nil || fmt.Sprint(got) != fmt.Sprint([]int64{0, 256<<10 - 3, 512<<10 - 1, int64(len(file) - 4)}) {
		t.Errorf("found at %v, %v", got, err)
	}
}

// A file that says everywhere that its maker stands elsewhere takes no more than
// any other.
func TestBareBounds(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	for n := 0; b.Len() < 20<<20; n++ {
		fmt.Fprintf(&b, "/Author %d 0 R /Author (x /Company <%s\n", n, strings.Repeat("0", 50))
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f := New(outside())
	r := f.Bare(rugzak.AttachedPDF, "application/pdf", bytes.NewReader(b.Bytes()), int64(b.Len()))
	counted := &readings{ReaderAt: bytes.NewReader(b.Bytes())}
	if _, err := barePDF(counted, int64(b.Len())); err != nil || counted.bytes > 60*int64(b.Len()) {
		t.Errorf("%d bytes of %d are read: %v", counted.bytes, b.Len(), err)
	}
	if n, err := io.Copy(io.Discard, r); err != nil || n != int64(b.Len()) {
		t.Errorf("%d of %d bytes come out: %v", n, b.Len(), err)
	}
	runtime.ReadMemStats(&after)
	if asked := after.TotalAlloc - before.TotalAlloc; asked > 100<<20 {
		t.Errorf("it asked for %d MB", asked>>20)
	}
}

// readings counts what is read.
type readings struct {
	io.ReaderAt
	bytes int64
}

func (r *readings) ReadAt(b []byte, at int64) (int, error) {
	n, err := r.ReaderAt.ReadAt(b, at)
	r.bytes += int64(n)
	return n, err
}

// A photo within a document tells nothing of where and by whom it was taken. Its
// pixels are the same, and so is how it was held.
func TestBarePhotos(t *testing.T) {
	f := New(outside())
	for held := range uint16(10) {
		photo := rugzaktest.Photo(t, 40, 30, held)
		word := rugzaktest.Word(t, rugzaktest.Letter, "word/media/image1.jpeg", string(photo))
		got := unpacked(t, bareOf(t, f, word))
		for _, canary := range []string{"Telefoon", "kanarie", "N\x00\x00\x00"} {
			if strings.Contains(got, canary) {
				t.Errorf("held as %d: it still tells %q", held, canary)
			}
		}
		_, after, _ := strings.Cut(got, "word/media/image1.jpeg\n")
		if a, b := picture(t, f, []byte(after)), picture(t, f, photo); !bytes.Equal(a.Data, b.Data) {
			t.Errorf("held as %d: it became another picture", held)
		}
	}
	plain := string(rugzaktest.Photo(t, 40, 30, 1))
	for name, file := range map[string]string{
		"nothing": "", "no photo": "<svg/>", "begin only": "\xff\xd8", "cut off": plain[:len(plain)/2], "cut off in its head": plain[:30],
		"segment without length": "\xff\xd8\xff\xe2\x00\x01abc", "cut marker": "\xff\xd8\xff",
	} {
		got := unpacked(t, bareOf(t, f, rugzaktest.Word(t, rugzaktest.Letter, "word/media/image1.jpg", file)))
		_, after, found := strings.Cut(got, "word/media/image1.jpg\n")
		if !found || name != "cut off" && name != "cut off in its head" && strings.TrimSuffix(after, "\n") != file {
			t.Errorf("%s became %q", name, after)
		}
	}
}

func bareOf(t *testing.T, f *Files, word []byte) []byte {
	t.Helper()
	r := f.Bare(rugzak.AttachedWord, "", bytes.NewReader(word), int64(len(word)))
	bare, err := io.ReadAll(r)
	if err != nil || r.Close() != nil {
		t.Fatal(err)
	}
	return bare
}

// Whatever somebody makes of a file, a sound or a PDF comes out as long as it
// went in, and nothing hangs or breaks.
func FuzzBare(f *testing.F) {
	for _, seed := range []string{"%PDF-1.4 /Author (x) /Company<41> /Manager 1 0 R 1 0 obj (y) <dc:creator><a>b</a></dc:creator>", "ID3\x03\x00\x00\x00\x00\x00\x05abcdeTAG", "\x00\x00\x00\x10moov\x00\x00\x00\x08udta", "RIFF\x00\x00\x00\x00WAVELIST\x02\x00\x00\x00ab", "\xff\xd8\xff\xe1\x00\x08Exif\x00\x00\xff\xda\x00\x02a\xff\x00b\xff\xd9c"} {
		f.Add([]byte(seed))
	}
	files := New(Outside{})
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, sort := range sorts {
			if sort.kind == rugzak.AttachedImage || sort.kind == rugzak.AttachedWord {
				continue
			}
			r := files.Bare(sort.kind, sort.served, bytes.NewReader(b), int64(len(b)))
			if n, err := io.Copy(io.Discard, r); err != nil || n != int64(len(b)) || r.Close() != nil {
				t.Errorf("%s: %d bytes became %d: %v", sort.served, len(b), n, err)
			}
		}
		var photo bytes.Buffer
		if err := barePhoto(&photo, bytes.NewReader(b)); err != nil || photo.Len() > 2*len(b)+36 {
			t.Errorf("a photo of %d bytes became %d: %v", len(b), photo.Len(), err)
		}
		word := rugzaktest.Word(t, string(b), "word/media/image1.jpg", string(b), "word/comments.xml", string(b))
		r := files.Bare(rugzak.AttachedWord, wordType, bytes.NewReader(word), int64(len(word)))
		bare, err := io.ReadAll(r)
		if err == nil {
			_, err = zip.NewReader(bytes.NewReader(bare), int64(len(bare)))
		}
		if err := errors.Join(err, r.Close()); err != nil && rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("a document: %v", err)
		}
	})
}
