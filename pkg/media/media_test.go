// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package media

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
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

func picture(t testing.TB, f *Files, b []byte) rugzak.Picture {
	t.Helper()
	p, err := f.Picture(t.Context(), bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// seen reads the colours of the rugzaktest.Corners of a picture.
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
		from := rugzaktest.Photo(t, 1200, 800, orientation)
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
				if !alike(c, rugzaktest.Corners[order[n]]) {
					t.Errorf("%d, %s: corner %d is %v, want %v", orientation, name, n, c, rugzaktest.Corners[order[n]])
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
	glass := rugzaktest.Quarters(300, 200)
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
		{"drawing", encoded(func(w io.Writer) error { return png.Encode(w, rugzaktest.Quarters(300, 200)) }), "image/jpeg", 300, 200, false},
		{"with glass", encoded(func(w io.Writer) error { return png.Encode(w, glass) }), "image/png", 300, 200, false},
		{"large", encoded(func(w io.Writer) error { return png.Encode(w, rugzaktest.Quarters(4096, 1024)) }), "image/jpeg", 2048, 512, true},
		{"thin", encoded(func(w io.Writer) error { return png.Encode(w, rugzaktest.Quarters(8000, 2)) }), "image/jpeg", 2048, 1, true},
		{"gif", encoded(func(w io.Writer) error { return gif.Encode(w, rugzaktest.Quarters(700, 200), nil) }), "image/jpeg", 700, 200, true},
		{"one pixel", encoded(func(w io.Writer) error { return png.Encode(w, rugzaktest.Quarters(1, 1)) }), "image/jpeg", 1, 1, false},
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

func TestText(t *testing.T) {
	within, outside := New(Outside{}), New(outside())
	for _, c := range []struct {
		name string
		kind rugzak.AttachmentKind
		file []byte
		want string
	}{
		{"word", rugzak.AttachedWord, rugzaktest.Word(t, rugzaktest.Letter), "Samen aan tafel\nEerst luisteren, dan praten.\nWie"},
		{"beside the text", rugzak.AttachedWord, rugzaktest.Word(t, `<w:document><w:p><w:t>Tekst</w:t><w:delText> weg</w:delText></w:p></w:document>`,
			"word/header1.xml", `<w:hdr><w:p><w:t>Boven</w:t></w:p></w:hdr>`, "word/footnotes.xml", `<w:footnotes><w:p><w:t>Noot</w:t></w:p></w:footnotes>`,
			"word/comments.xml", `<w:comments><w:p><w:t>Kanttekening</w:t></w:p></w:comments>`, "word/styles.xml", `<w:styles><w:t>Opmaak</w:t></w:styles>`), "Tekst weg\nBoven\nNoot\nKanttekening"},
		{"pdf", rugzak.AttachedPDF, rugzaktest.OnePage("Huisbezoek met twee"), "Huisbezoek met twee"},
		{"text", rugzak.AttachedText, []byte("\xef\xbb\xbfEerste regel\r\nTweede\x00 regel  \n"), "Eerste regel\nTweede regel"},
		{"a sound has no text", rugzak.AttachedAudio, []byte("ID3"), ""},
		{"nothing to read", rugzak.AttachedPDF, []byte("%PDF-1.4\n%%EOF"), ""},
		{"declares", rugzak.AttachedWord, rugzaktest.Word(t, `<!DOCTYPE x [<!ENTITY a "lol">]><w:document><w:t>&a;</w:t></w:document>`), ""},
		{"broken off", rugzak.AttachedWord, rugzaktest.Word(t, rugzaktest.Letter[:strings.Index(rugzaktest.Letter, "dan praten")]), "Samen aan tafel\nEerst luisteren,"},
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
	long := rugzaktest.Word(t, `<w:document><w:p><w:t>begin `+strings.Repeat("woord ", 200_000)+`</w:t></w:p></w:document>`)
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
