// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"testing"
)

// Quarters is a picture whose Corners have colours of their own.
func Quarters(w, h int) *image.NRGBA {
	p := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			p.SetNRGBA(x, y, Corners[y*2/h*2+x*2/w])
		}
	}
	return p
}

// Corners are the colours from the top left, as one reads.
var Corners = [4]color.NRGBA{{R: 220, A: 255}, {G: 180, A: 255}, {B: 220, A: 255}, {R: 200, G: 200, A: 255}}

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

// Photo is a JPEG as a phone makes it: turned, with where it was made and what
// its maker wrote.
func Photo(t testing.TB, w, h int, orientation uint16) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, Quarters(w, h), &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	comment := append([]byte{0xff, 0xfe, 0, 18}, "kanarie in beeld"...)
	return bytes.Join([][]byte{b.Bytes()[:2], exif(orientation), comment, b.Bytes()[2:], []byte("kanarie achter het beeld")}, nil)
}

// Word makes a Word document of parts, each a name and a text.
func Word(t testing.TB, document string, more ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	parts := append([]string{"[Content_Types].xml", `<Types/>`, "_rels/.rels", `<Relationships/>`, "word/document.xml", document}, more...)
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

// Letter is the document of a short letter.
const Letter = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` +
	`<w:p><w:r><w:t>Samen aan tafel</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">Eerst luisteren, </w:t></w:r><w:r><w:t>dan praten.</w:t></w:r></w:p>` +
	`<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Wie</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:instrText>HYPERLINK</w:instrText></w:r></w:p></w:body></w:document>`

// OnePage makes a PDF with one line of text.
func OnePage(text string) []byte {
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
