// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"rugzak/pkg/rugzak"
)

// folder opens a folder whose clock stands at *now.
func folder(t *testing.T, now *time.Time) *Folder {
	t.Helper()
	f, err := Open(filepath.Join(t.TempDir(), "files"), rugzak.ClockFunc(func() time.Time { return *now }))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func noon() time.Time { return time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC) }

func put(t *testing.T, f *Folder, text string) rugzak.BlobHash {
	t.Helper()
	h, size, err := f.Put(t.Context(), strings.NewReader(text), 1<<20)
	if err != nil || size != int64(len(text)) {
		t.Fatalf("Put = %s, %d, %v", h, size, err)
	}
	if sum := sha256.Sum256([]byte(text)); string(h) != hex.EncodeToString(sum[:]) {
		t.Errorf("%q got the name %s", text, h)
	}
	return h
}

func read(t *testing.T, f *Folder, h rugzak.BlobHash) (string, error) {
	t.Helper()
	r, err := f.Open(t.Context(), h)
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(r)
	return string(b), errors.Join(err, r.Close())
}

func all(t *testing.T, f *Folder) (out []rugzak.Blob) {
	t.Helper()
	for b, err := range f.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, b)
	}
	slices.SortFunc(out, func(a, b rugzak.Blob) int { return int(a.Size - b.Size) })
	return out
}

func files(t *testing.T, f *Folder) (out []string) {
	t.Helper()
	err := filepath.WalkDir(f.path, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestFolder(t *testing.T) {
	now := noon()
	f := folder(t, &now)
	short, long := put(t, f, "kort"), put(t, f, "een langere tekst")
	if again := put(t, f, "kort"); again != short {
		t.Errorf("the same bytes got %s and %s", short, again)
	}
	if got := all(t, f); !slices.EqualFunc(got, []rugzak.Blob{{Hash: short, Size: 4, At: noon()}, {Hash: long, Size: 17, At: noon()}}, func(a, b rugzak.Blob) bool { return a.Hash == b.Hash && a.Size == b.Size && a.At.Equal(b.At) }) {
		t.Errorf("All = %v", got)
	}
	if got, err := read(t, f, long); got != "een langere tekst" || err != nil {
		t.Errorf("read %q, %v", got, err)
	}
	for _, h := range []rugzak.BlobHash{"", "..", "../../x", rugzak.BlobHash(strings.Repeat("a", 64)), rugzak.BlobHash(strings.ToUpper(string(short)))} {
		if _, err := read(t, f, h); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("Open(%q) = %v", h, err)
		}
		if err := f.Verify(t.Context(), h); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("Verify(%q) = %v", h, err)
		}
	}
	for _, path := range files(t, f) {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
}

// What cannot be kept whole leaves nothing.
func TestPutRefused(t *testing.T) {
	now := noon()
	f := folder(t, &now)
	ended, end := context.WithCancel(t.Context())
	end()
	for name, c := range map[string]struct {
		ctx  context.Context
		from io.Reader
		code rugzak.Code
	}{
		"too large":   {t.Context(), strings.NewReader("elf letters"), rugzak.CodeTooLarge},
		"broken off":  {t.Context(), iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("halve"))), rugzak.CodeInternal},
		"nobody here": {ended, strings.NewReader("kort"), rugzak.CodeInternal},
	} {
		if h, _, err := f.Put(c.ctx, c.from, 10); rugzak.CodeOf(err) != c.code || h != "" {
			t.Errorf("%s: %s, %v", name, h, err)
		}
	}
	if got := files(t, f); len(got) != 0 {
		t.Errorf("left: %v", got)
	}
	if h, size, err := f.Put(t.Context(), strings.NewReader("tien tekens"[:10]), 10); err != nil || size != 10 {
		t.Errorf("as large as may be: %s, %d, %v", h, size, err)
	}
}

func TestCollect(t *testing.T) {
	now := noon()
	f := folder(t, &now)
	used, old, again := put(t, f, "gebruikt"), put(t, f, "oud"), put(t, f, "nog eens gestuurd")
	now = now.Add(2 * time.Hour)
	put(t, f, "nog eens gestuurd")
	fresh := put(t, f, "nieuw")
	asked := func(h rugzak.BlobHash) (bool, error) { return h == used, nil }
	if n, err := f.Collect(t.Context(), time.Hour, asked); n != 1 || err != nil {
		t.Errorf("Collect = %d, %v", n, err)
	}
	for h, want := range map[rugzak.BlobHash]bool{used: true, old: false, again: true, fresh: true} {
		if _, err := read(t, f, h); (err == nil) != want {
			t.Errorf("%s: %v, want there: %v", h, err, want)
		}
	}
	if _, err := f.Collect(t.Context(), 0, func(rugzak.BlobHash) (bool, error) { return false, errors.New("no store") }); err == nil {
		t.Error("removed without knowing")
	}
	if n, err := f.Collect(t.Context(), 0, asked); n != 2 || err != nil {
		t.Errorf("Collect of all = %d, %v", n, err)
	}
}

// A damaged file is told, and put again when its bytes come once more.
func TestVerify(t *testing.T) {
	now := noon()
	f := folder(t, &now)
	h := put(t, f, "heel")
	if err := f.Verify(t.Context(), h); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(f.file(h), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.Verify(t.Context(), h); rugzak.CodeOf(err) != rugzak.CodeInternal {
		t.Errorf("Verify = %v", err)
	}
	put(t, f, "heel")
	if got, err := read(t, f, h); got != "heel" || err != nil {
		t.Errorf("read %q, %v", got, err)
	}
}

// What a crash left half written is gone at the next start; other files stay.
func TestOpenAfterCrash(t *testing.T) {
	now := noon()
	f := folder(t, &now)
	put(t, f, "heel")
	half, other := filepath.Join(f.path, tempPrefix+"123"), filepath.Join(f.path, "LEESMIJ")
	if err := errors.Join(os.WriteFile(half, []byte("hal"), 0o600), os.WriteFile(other, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(f.path, rugzak.ClockFunc(time.Now)); err != nil {
		t.Fatal(err)
	}
	if got := files(t, f); len(got) != 2 {
		t.Errorf("there are %v", got)
	}
	if got := all(t, f); len(got) != 1 {
		t.Errorf("All = %v", got)
	}
}

// A file that is put while the same one is being collected is there afterwards.
func TestPutWhileCollecting(t *testing.T) {
	now := noon()
	f := folder(t, &now)
	content := bytes.Repeat([]byte("x"), 4096)
	old := now.Add(-48 * time.Hour)
	var group sync.WaitGroup
	for n := range 40 {
		text := append(bytes.Clone(content), fmt.Sprint(n)...)
		h := put(t, f, string(text))
		if err := os.Chtimes(f.file(h), old, old); err != nil {
			t.Fatal(err)
		}
		group.Go(func() {
			if _, err := f.Collect(t.Context(), time.Hour, func(rugzak.BlobHash) (bool, error) { return false, nil }); err != nil {
				t.Error(err)
			}
		})
		group.Go(func() {
			if _, _, err := f.Put(t.Context(), bytes.NewReader(text), 1<<20); err != nil {
				t.Error(err)
			}
			if err := f.Verify(t.Context(), h); err != nil {
				t.Errorf("after it was put: %v", err)
			}
		})
		group.Wait()
	}
}

// Files leave room for texts: who brings one to a disk that is nearly full is told
// so, before anything of it is read.
func TestRoomForTexts(t *testing.T) {
	now := time.Now()
	f := folder(t, &now)
	if left, known := roomIn(f.path); known && left <= 0 {
		t.Errorf("%d bytes are left of a disk that takes files", left)
	}
	for left, want := range map[int64]rugzak.Code{spare: rugzak.CodeUnavailable, spare + 9: rugzak.CodeUnavailable, spare + 10: ""} {
		f.room = func(string) (int64, bool) { return left, true }
		brought := strings.NewReader("bestand")
		a, _, err := f.Aside(t.Context(), brought, 10)
		if rugzak.CodeOf(err) != want || want != "" && brought.Len() != len("bestand") {
			t.Errorf("with %d bytes left: %v", left, err)
		}
		if err == nil && a.Close() != nil {
			t.Error("not closed")
		}
	}
	f.room = func(string) (int64, bool) { return 0, false }
	if a, _, err := f.Aside(t.Context(), strings.NewReader("bestand"), 10); err != nil || a.Close() != nil {
		t.Errorf("where nobody knows how much is left: %v", err)
	}
}
