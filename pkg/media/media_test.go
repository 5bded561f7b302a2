// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package media

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// childKind makes this test program read a document as the process of its own.
const childKind = "RUGZAK_TEST_READ"

func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == childKind {
		if err := Inside(rugzak.AttachmentKind(os.Args[2]), os.Stdin, os.Stdout, 0); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func outside() Outside { return Outside{Program: os.Args[0], Args: []string{childKind}} }

// quarters is a picture whose corners have colours of their own.
func quarters(w, h int) *image.NRGBA {
	p := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			p.SetNRGBA(x, y, corners[y*2/h*2+x*2/w])
		}
	}
	return p
}

// corners are the colours from the top left, as one reads.
var corners = [4]color.NRGBA{{R: 220, A: 255}, {G: 180, A: 255}, {B: 220, A: 255}, {R: 200, G: 200, A: 255}}

// exif is an APP1 segment with an orientation and a place on earth.
func exif(orientation uint16) []byte {
	var t bytes.Buffer
	order := binary.BigEndian
	put := func(values ...any) {
		for _, v := range values {
			_ = binary.Write(&t, order, v)
		}
	}
	put([]byte("MM"), uint16(42), uint32(8))
	put(uint16(3))
	put(uint16(0x0112), uint16(3), uint32(1), orientation, uint16(0))           // orientation
	put(uint16(0x010f), uint16(2), uint32(12), uint32(8+2+3*12+4))              // make
	put(uint16(0x8825), uint16(4), uint32(1), uint32(8+2+3*12+4+12), uint32(0)) // where the place is
	put([]byte("Telefoon 47\x00"))                                              // 12 bytes
	put(uint16(2))                                                              // the place
	put(uint16(1), uint16(2), uint32(2), []byte("N\x00\x00\x00"))               // north
	put(uint16(2), uint16(5), uint32(3), uint32(8+2+3*12+4+12+2+2*12+4))        // how far
	put(uint32(0), uint32(52), uint32(1), uint32(4), uint32(1), uint32(471100), uint32(10000))
	body := append([]byte("Exif\x00\x00"), t.Bytes()...)
	return append([]byte{0xff, 0xe1, byte((len(body) + 2) >> 8), byte(len(body) + 2)}, body...)
}

// photo is a JPEG as a phone makes it: turned, with where it was made and what
// its maker wrote.
func photo(t testing.TB, w, h int, orientation uint16) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, quarters(w, h), &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	comment := append([]byte{0xff, 0xfe, 0, 18}, "kanarie in beeld"...)
	return bytes.Join([][]byte{b.Bytes()[:2], exif(orientation), comment, b.Bytes()[2:], []byte("kanarie achter het beeld")}, nil)
}

func picture(t testing.TB, f *Files, b []byte) rugzak.Picture {
	t.Helper()
	p, err := f.Picture(t.Context(), bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// seen reads the colours of the corners of a picture.
func seen(t testing.TB, b []byte) (out [4]color.NRGBA, size image.Point) {
	t.Helper()
	p, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	r := p.Bounds()
	for n := range out {
		x, y := r.Dx()/4+n%2*r.Dx()/2, r.Dy()/4+n/2*r.Dy()/2
		out[n] = color.NRGBAModel.Convert(p.At(x, y)).(color.NRGBA)
	}
	return out, r.Size()
}

func alike(a, b color.NRGBA) bool {
	for _, d := range []int{int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B)} {
		if d < -30 || d > 30 {
			return false
		}
	}
	return true
}

// A photo comes out upright and tells nothing of where it was made.
func TestPhoto(t *testing.T) {
	f := New(outside())
	// What stands where once the picture is upright, per orientation of EXIF.
	want := map[uint16][4]int{
		1: {0, 1, 2, 3}, 2: {1, 0, 3, 2}, 3: {3, 2, 1, 0}, 4: {2, 3, 0, 1},
		5: {0, 2, 1, 3}, 6: {2, 0, 3, 1}, 7: {3, 1, 2, 0}, 8: {1, 3, 0, 2},
		0: {0, 1, 2, 3}, 9: {0, 1, 2, 3},
	}
	for orientation, order := range want {
		from := photo(t, 1200, 800, orientation)
		if !bytes.Contains(from, []byte("Telefoon 47")) {
			t.Fatal("the photo does not hold what must go")
		}
		p := picture(t, f, from)
		for name, b := range map[string][]byte{"large": p.Data, "small": p.Small} {
			got, size := seen(t, b)
			if turned := orientation >= 5 && orientation <= 8; turned != (size.Y > size.X) {
				t.Errorf("%d, %s: %v", orientation, name, size)
			}
			for n, c := range got {
				if !alike(c, corners[order[n]]) {
					t.Errorf("%d, %s: corner %d is %v, want %v", orientation, name, n, c, corners[order[n]])
				}
			}
			for _, canary := range []string{"Telefoon", "Exif", "kanarie", "MM\x00\x2a"} {
				if bytes.Contains(b, []byte(canary)) {
					t.Errorf("%d, %s: %q is still there", orientation, name, canary)
				}
			}
		}
		if p.Type != "image/jpeg" || max(p.Width, p.Height) != 1200 {
			t.Errorf("%d: %s of %d by %d", orientation, p.Type, p.Width, p.Height)
		}
	}
}

func TestPictures(t *testing.T) {
	f := New(outside())
	glass := quarters(300, 200)
	glass.SetNRGBA(5, 5, color.NRGBA{})
	encoded := func(write func(io.Writer) error) []byte {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for _, c := range []struct {
		name      string
		from      []byte
		mediaType string
		w, h      int
		small     bool
	}{
		{"drawing", encoded(func(w io.Writer) error { return png.Encode(w, quarters(300, 200)) }), "image/jpeg", 300, 200, false},
		{"with glass", encoded(func(w io.Writer) error { return png.Encode(w, glass) }), "image/png", 300, 200, false},
		{"large", encoded(func(w io.Writer) error { return png.Encode(w, quarters(4096, 1024)) }), "image/jpeg", 2048, 512, true},
		{"thin", encoded(func(w io.Writer) error { return png.Encode(w, quarters(8000, 2)) }), "image/jpeg", 2048, 1, true},
		{"gif", encoded(func(w io.Writer) error { return gif.Encode(w, quarters(700, 200), nil) }), "image/jpeg", 700, 200, true},
		{"one pixel", encoded(func(w io.Writer) error { return png.Encode(w, quarters(1, 1)) }), "image/jpeg", 1, 1, false},
	} {
		p := picture(t, f, c.from)
		if p.Type != c.mediaType || p.Width != c.w || p.Height != c.h || (p.Small != nil) != c.small {
			t.Errorf("%s: %s of %d by %d, small %v", c.name, p.Type, p.Width, p.Height, p.Small != nil)
		}
		if _, size := seen(t, p.Data); size != image.Pt(c.w, c.h) {
			t.Errorf("%s is %v", c.name, size)
		}
	}
}

// word makes a Word document of parts.
func word(t testing.TB, document string, more ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	parts := append([]string{"[Content_Types].xml", `<Types/>`, "_rels/.rels", `<Relationships/>`, wordDocument, document}, more...)
	for n := 0; n < len(parts); n += 2 {
		w, err := z.Create(parts[n])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, parts[n+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const letter = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` +
	`<w:p><w:r><w:t>Samen aan tafel</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">Eerst luisteren, </w:t></w:r><w:r><w:t>dan praten.</w:t></w:r></w:p>` +
	`<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Wie</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:instrText>HYPERLINK</w:instrText></w:r></w:p></w:body></w:document>`

// onePage makes a PDF with one line of text.
func onePage(text string) []byte {
	var b bytes.Buffer
	var at []int
	object := func(body string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), body)
	}
	b.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 100] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>")
	stream := fmt.Sprintf("BT /F1 18 Tf 20 50 Td (%s) Tj ET", text)
	object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(stream), stream))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

func TestText(t *testing.T) {
	within, outside := New(Outside{}), New(outside())
	for _, c := range []struct {
		name string
		kind rugzak.AttachmentKind
		file []byte
		want string
	}{
		{"word", rugzak.AttachedWord, word(t, letter), "Samen aan tafel\nEerst luisteren, dan praten.\nWie"},
		{"pdf", rugzak.AttachedPDF, onePage("Huisbezoek met twee"), "Huisbezoek met twee"},
		{"text", rugzak.AttachedText, []byte("\xef\xbb\xbfEerste regel\r\nTweede\x00 regel  \n"), "Eerste regel\nTweede regel"},
		{"a sound has no text", rugzak.AttachedAudio, []byte("ID3"), ""},
		{"nothing to read", rugzak.AttachedPDF, []byte("%PDF-1.4\n%%EOF"), ""},
		{"declares", rugzak.AttachedWord, word(t, `<!DOCTYPE x [<!ENTITY a "lol">]><w:document><w:t>&a;</w:t></w:document>`), ""},
		{"broken off", rugzak.AttachedWord, word(t, letter[:strings.Index(letter, "dan praten")]), "Samen aan tafel\nEerst luisteren,"},
	} {
		for where, f := range map[string]*Files{"within": within, "outside": outside} {
			got, err := f.Text(t.Context(), c.kind, bytes.NewReader(c.file), int64(len(c.file)))
			if got != c.want || err != nil {
				t.Errorf("%s, %s: %q, %v; want %q", c.name, where, got, err, c.want)
			}
		}
	}
}

// A document that takes too much ends its own process and nothing else; what it
// said until then is kept.
func TestTextBounds(t *testing.T) {
	long := word(t, `<w:document><w:p><w:t>begin `+strings.Repeat("woord ", 200_000)+`</w:t></w:p></w:document>`)
	got, err := New(outside()).Text(t.Context(), rugzak.AttachedWord, bytes.NewReader(long), int64(len(long)))
	if err != nil || len(got) > rugzak.MaxAttachedText || len(got) < rugzak.MaxAttachedText-10 || !strings.HasPrefix(got, "begin woord") {
		t.Errorf("a long one: %d bytes, %v", len(got), err)
	}
	slow := outside()
	slow.Patience = time.Nanosecond
	if got, err := New(slow).Text(t.Context(), rugzak.AttachedWord, bytes.NewReader(long), int64(len(long))); err != nil || got != "" {
		t.Errorf("without patience: %d bytes, %v", len(got), err)
	}
	nobody := Outside{Program: "/bestaat/niet"}
	if _, err := New(nobody).Text(t.Context(), rugzak.AttachedWord, bytes.NewReader(long), int64(len(long))); err == nil {
		t.Error("no program to read with, and no error")
	}
}

func codeAndKey(err error) string {
	e, ok := errors.AsType[*rugzak.Error](err)
	if !ok {
		return fmt.Sprint(err)
	}
	return string(e.Code) + " " + e.Key
}
