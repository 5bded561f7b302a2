// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package media

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// Whatever is sent is refused with a sentence, or taken as what it is, within
// bounds of memory.
func TestAttacks(t *testing.T) {
	f := New(outside())
	var most uint64
	for _, a := range rugzaktest.UploadAttacks(t) {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got := outcome(t, f, a)
		runtime.ReadMemStats(&after)
		most = max(most, after.TotalAlloc-before.TotalAlloc)
		if got != a.Want {
			t.Errorf("%s: %s, want %s", a.Name, got, a.Want)
		}
	}
	t.Logf("at most %d kB asked for by one file", most>>10)
	if most > 300<<20 {
		t.Errorf("one file asked for %d MB", most>>20)
	}
}

// outcome sends a file the way an upload goes.
func outcome(t testing.TB, f *Files, a rugzaktest.UploadAttack) string {
	t.Helper()
	file := bytes.NewReader(a.File)
	kind, mediaType, err := f.Sort(file, int64(len(a.File)), a.Called)
	if err == nil && kind == rugzak.AttachedImage {
		var p rugzak.Picture
		if p, err = f.Picture(t.Context(), file); err == nil && bytes.Contains(p.Data, []byte("alert")) {
			t.Errorf("%s: its script is still there", a.Name)
		}
	}
	if err == nil {
		_, err = f.Text(t.Context(), kind, file, int64(len(a.File)))
	}
	if err == nil && kind != rugzak.AttachedImage {
		bare := f.Bare(kind, mediaType, file, int64(len(a.File)))
		_, err = io.Copy(io.Discard, bare)
		err = errors.Join(err, bare.Close())
	}
	if err != nil {
		return codeAndKey(err)
	}
	return string(kind)
}

// The largest photo that is taken stays within bounds.
func TestLargestPhoto(t *testing.T) {
	from := rugzaktest.PNG(8000, 5000, 8, 2, rugzaktest.Zeros(t, 5000*(1+8000*3)))
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
	for _, a := range rugzaktest.UploadAttacks(f) {
		if len(a.File) < 1<<16 {
			f.Add(a.File)
		}
	}
	f.Add(rugzaktest.Photo(f, 64, 48, 6))
	files := New(outside())
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := files.Picture(t.Context(), bytes.NewReader(b))
		if err == nil && (max(p.Width, p.Height) > large || len(p.Data) == 0 || rugzak.CodeOf(err) == rugzak.CodeInternal) {
			t.Errorf("%d by %d, %d bytes", p.Width, p.Height, len(p.Data))
		}
	})
}

func FuzzText(f *testing.F) {
	for _, a := range rugzaktest.UploadAttacks(f) {
		if len(a.File) < 1<<16 {
			f.Add(a.File)
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
