// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// told writes the problems of an error, one a line: place:line field: key.
func told(err error) string {
	var b strings.Builder
	for _, f := range fieldsOf(err) {
		fmt.Fprintf(&b, "%s:%d %s: %s\n", f.Place, f.Line, f.Field, f.Key)
	}
	if b.Len() == 0 && err != nil {
		return err.Error()
	}
	return b.String()
}

// readable checks that every problem has its sentence in both languages.
func readable(t *testing.T, err error) {
	t.Helper()
	catalogue, loadErr := locale.Load()
	if loadErr != nil {
		t.Fatal(loadErr)
	}
	for _, lang := range locale.Languages() {
		printer := catalogue.Printer(lang)
		for _, f := range fieldsOf(err) {
			if strings.HasPrefix(f.Key, "exchange.") {
				printer.T(f.Key, f.Args...)
			}
		}
	}
	if lost := catalogue.Missing(); len(lost) > 0 {
		t.Errorf("the catalogue lacks %q", lost)
	}
}

func readFiles(t *testing.T, files map[string]string) []rugzak.Incoming {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	s, err := Folder(fsys, HandedOver())
	if err != nil {
		t.Fatal(told(err))
	}
	return slices.Collect(s.Documents("test"))
}

func readOne(t *testing.T, text string) rugzak.Incoming {
	t.Helper()
	all := readFiles(t, map[string]string{"map/bestand.md": text})
	if len(all) != 1 {
		t.Fatalf("%d entries from one file", len(all))
	}
	return all[0]
}

// zipOf makes an archive; change may bend its headers.
func zipOf(t testing.TB, names []string, data func(name string) []byte, change func(*zip.FileHeader)) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range names {
		h := &zip.FileHeader{Name: name, Method: zip.Deflate}
		if change != nil {
			change(h)
		}
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(data(name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
