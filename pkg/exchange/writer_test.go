// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

func inFolder(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// Whatever goes wrong, nothing stands at the place of the export, nor beside it.
func TestNothingHalfWritten(t *testing.T) {
	b, entries := example()
	bad := entries[0]
	bad.Entry.Body = "een\rtwee"
	broken := entries[0]
	broken.Entry.Body = "caf\xe9"
	behind := entries[0]
	behind.Entry.ID = sampleID(0)
	outside := entries[0]
	outside.Entry.ID = "zz/../../x"
	twice := b
	twice.Themes = append(twice.Themes, b.Themes[0])
	for name, write := range map[string]func(*Writer) error{
		"carriage return": func(w *Writer) error {
			return errors.Join(w.Backpack(b), w.Entry(bad.Entry, nil, nil))
		},
		"no utf-8": func(w *Writer) error { return errors.Join(w.Backpack(b), w.Entry(broken.Entry, nil, nil)) },
		"no utf-8 in a title": func(w *Writer) error {
			e := entries[0].Entry
			e.Title = "caf\xe9"
			return errors.Join(w.Backpack(b), w.Entry(e, nil, nil))
		},
		"wrong order": func(w *Writer) error {
			return errors.Join(w.Backpack(b), w.Entry(entries[0].Entry, nil, nil), w.Entry(behind.Entry, nil, nil))
		},
		"same entry": func(w *Writer) error {
			return errors.Join(w.Backpack(b), w.Entry(entries[0].Entry, nil, nil), w.Entry(entries[0].Entry, nil, nil))
		},
		"id outside":  func(w *Writer) error { return errors.Join(w.Backpack(b), w.Entry(outside.Entry, nil, nil)) },
		"same theme":  func(w *Writer) error { return w.Backpack(twice) },
		"entry first": func(w *Writer) error { return w.Entry(entries[0].Entry, nil, nil) },
		"nothing":     func(w *Writer) error { return w.Commit() },
		"revisions": func(w *Writer) error {
			r := entries[0].Revisions
			return errors.Join(w.Backpack(b), w.Entry(entries[0].Entry, []rugzak.Revision{r[0], r[0], r[1]}, nil))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			folder, err := ToFolder(filepath.Join(dir, "uit"))
			if err != nil {
				t.Fatal(err)
			}
			file, err := ToZipFile(filepath.Join(dir, "uit.zip"))
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range []*Writer{folder, file} {
				if err := write(w); err == nil {
					t.Error("written")
				}
				if err := w.Commit(); err == nil {
					t.Error("committed after an error")
				}
				if err := w.Discard(); err != nil {
					t.Error(err)
				}
			}
			if names := inFolder(t, dir); len(names) > 0 {
				t.Errorf("left behind: %q", names)
			}
		})
	}
}

func TestExportWritesOverNothing(t *testing.T) {
	dir := t.TempDir()
	full, empty, file := filepath.Join(dir, "vol"), filepath.Join(dir, "leeg"), filepath.Join(dir, "uit.zip")
	for _, name := range []string{full, empty} {
		if err := os.Mkdir(name, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{filepath.Join(full, "x"), file} {
		if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, err := range map[string]error{
		"full folder":    second(ToFolder(full)),
		"file as folder": second(ToFolder(file)),
		"zip":            second(ToZipFile(file)),
		"no parent":      second(ToFolder(filepath.Join(dir, "weg", "uit"))),
	} {
		if rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	b, entries := example()
	w, err := ToFolder(empty)
	if err != nil {
		t.Fatal(err)
	}
	writeAll(t, w, b, entries)
	if err := w.Discard(); err != nil || len(inFolder(t, empty)) == 0 {
		t.Errorf("discarding after commit: %v, %q", err, inFolder(t, empty))
	}
	// Something came to stand there while writing.
	late := filepath.Join(dir, "later.zip")
	if w, err = ToZipFile(late); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Backpack(b), os.WriteFile(late, []byte("x"), 0o600)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Commit()); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Error(err)
	}
	if err := w.Discard(); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(late); err != nil || string(text) != "x" {
		t.Errorf("written over: %q, %v", text, err)
	}
}

func second(_ *Writer, err error) error { return err }

// failing is a disk that is full after some bytes.
type failing struct{ left int }

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errors.New("disk full")
	}
	return len(p), nil
}

func TestExportToADiskThatIsFull(t *testing.T) {
	b, entries := example()
	size := len(zipBytes(t, b, entries))
	for left := 0; left < size; left += 97 {
		w := ToZip(&failing{left})
		err := errors.Join(w.Backpack(b), w.Entry(entries[0].Entry, entries[0].Revisions, entries[0].Hidden), w.Commit())
		if err == nil || !strings.Contains(err.Error(), "disk full") {
			t.Errorf("%d bytes: %v", left, err)
		}
	}
}

func TestHiddenAuthorsOnlyWhenAskedFor(t *testing.T) {
	b, entries := example()
	b.People, b.Keeps = nil, nil
	entries[0].Hidden = nil
	data := zipBytes(t, b, entries)
	s, err := Zip(bytes.NewReader(data), int64(len(data)), WholeExport())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range s.names {
		text, err := s.read(name)
		if err != nil || name == hiddenName || bytes.Contains(text, []byte("noor")) {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
	}
}
