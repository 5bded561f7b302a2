// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// twoKilobytes is the body of an entry of everyday length.
func twoKilobytes(n int) string {
	return strings.Repeat(rugzaktest.Body(n), 3)[:2048]
}

// BenchmarkSaveEntry is one post: the entry, its keys and its change, on disk.
func BenchmarkSaveEntry(b *testing.B) {
	s := openTest(b, filepath.Join(b.TempDir(), "rugzak.db"))
	defer s.Close()
	n := 0
	for b.Loop() {
		n++
		e := rugzaktest.Entry(n, func(e *rugzak.Entry) { e.Body = twoKilobytes(n) })
		if _, err := s.Update(b.Context(), func(w rugzak.Writer) error { return rugzaktest.PutEntries(w, e) }); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAppend is the floor under BenchmarkSaveEntry: the same bytes
// appended to a plain file and synced.
func BenchmarkAppend(b *testing.B) {
	f, err := os.Create(filepath.Join(b.TempDir(), "plain"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	n := 0
	for b.Loop() {
		n++
		if _, err := f.WriteString(twoKilobytes(n)); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkImport is 500 entries in one transaction; it says how many that is
// in a second, and how many bytes are kept for a byte of text.
func BenchmarkImport(b *testing.B) {
	const batch = 500
	s := openTest(b, filepath.Join(b.TempDir(), "rugzak.db"))
	defer s.Close()
	n, text := 0, 0
	entries := make([]rugzak.Entry, batch)
	for b.Loop() {
		b.StopTimer()
		for i := range entries {
			n++
			entries[i] = rugzaktest.Entry(n, func(e *rugzak.Entry) {
				e.External = rugzak.External{Source: "bron", ID: string(e.ID)}
			})
			text += len(entries[i].Title) + len(entries[i].Lesson) + len(entries[i].Body)
		}
		b.StartTimer()
		if _, err := s.Update(b.Context(), func(w rugzak.Writer) error { return rugzaktest.PutEntries(w, entries...) }); err != nil {
			b.Fatal(err)
		}
	}
	size, err := s.Size()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "entries/s")
	b.ReportMetric(float64(size)/float64(text), "stored/text")
}

// BenchmarkEntry reads one entry of everyday length.
func BenchmarkEntry(b *testing.B) {
	s := openTest(b, filepath.Join(b.TempDir(), "rugzak.db"))
	defer s.Close()
	const many = 1000
	_, err := s.Update(b.Context(), func(w rugzak.Writer) error {
		for n := range many {
			if err := rugzaktest.PutEntries(w, rugzaktest.Entry(n, func(e *rugzak.Entry) { e.Body = twoKilobytes(n) })); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		n++
		id := rugzak.EntryID(rugzaktest.ID(n * 37 % many))
		if err := s.View(b.Context(), func(r rugzak.Reader) error { _, err := r.Entry(id); return err }); err != nil {
			b.Fatal(err)
		}
	}
}
