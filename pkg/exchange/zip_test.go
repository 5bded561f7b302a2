// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

const good = "---\ntitle: Goed\n---\nTekst\n"

func goodData(string) []byte { return []byte(good) }

// readZip reads an archive: the titles that were taken, and the problems.
func readZip(t testing.TB, data []byte, limits Limits) (titles []string, problems string) {
	t.Helper()
	s, err := Zip(bytes.NewReader(data), int64(len(data)), limits)
	if err != nil {
		return nil, told(err)
	}
	for in := range s.Documents("test") {
		if in.Err != nil {
			problems += told(in.Err)
		} else {
			titles = append(titles, in.Entry.External.ID)
		}
	}
	return titles, problems
}

// A hostile file in an archive is reported, and the good one beside it taken.
func TestZipWithOneBadFile(t *testing.T) {
	long := strings.Repeat("x", maxName) + ".md"
	for _, c := range []struct {
		name, file string
		data       string
		change     func(*zip.FileHeader)
		want       string
	}{
		{"traversal", "../../etc/passwd.md", good, nil, "../../etc/passwd.md:0 : exchange.name"},
		{"inner traversal", "a/../../b.md", good, nil, "a/../../b.md:0 : exchange.name"},
		{"absolute", "/etc/b.md", good, nil, "/etc/b.md:0 : exchange.name"},
		{"windows", "..\\b.md", good, nil, "..\\b.md:0 : exchange.name"},
		{"drive", "C:\\b.md", good, nil, "C:\\b.md:0 : exchange.name"},
		{"doubled slash", "a//b.md", good, nil, "a//b.md:0 : exchange.name"},
		{"control character", "a\x1b[31m.md", good, nil, "a [31m.md:0 : exchange.name"},
		{"huge name", long, good, nil, strings.Repeat("x", maxShown) + "…:0 : exchange.name"},
		{"no utf-8", "caf\xe9.md", good, nil, "caf?.md:0 : exchange.name"},
		{"link", "link.md", "/etc/passwd", func(h *zip.FileHeader) { h.SetMode(fs.ModeSymlink | 0o777) }, "link.md:0 : exchange.link"},
		{"device", "dev.md", "", func(h *zip.FileHeader) { h.SetMode(fs.ModeDevice | 0o600) }, "dev.md:0 : exchange.special"},
		{"deep", strings.Repeat("d/", 17) + "b.md", good, nil, strings.Repeat("d/", 17) + "b.md:0 : exchange.depth"},
		{"bomb", "bomb.md", strings.Repeat("\x00", 48<<20), nil, "bomb.md:0 : exchange.file_size"},
		{"wrong text", "b.md", "---\nkleur: rood\n---\nT", nil, "b.md:2 kleur: exchange.unknown_key"},
	} {
		t.Run(c.name, func(t *testing.T) {
			names := []string{c.file, "goed.md"}
			data := zipOf(t, names, func(name string) []byte {
				if name == c.file {
					return []byte(c.data)
				}
				return []byte(good)
			}, func(h *zip.FileHeader) {
				if h.Name == c.file && c.change != nil {
					c.change(h)
				}
			})
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			titles, got := readZip(t, data, HandedOver())
			runtime.ReadMemStats(&after)
			if !slices.Equal(titles, []string{"goed"}) || got != c.want+"\n" {
				t.Errorf("took %q, got %q, want %q", titles, got, c.want)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 16<<20 {
				t.Errorf("allocated %d MB", used>>20)
			}
		})
	}
}

func TestZipPassesOverWhatIsNoDocument(t *testing.T) {
	inner := zipOf(t, []string{"binnen.md"}, goodData, nil)
	data := zipOf(t, []string{"map/", "map/goed.md", "binnen.zip", "plaat.png", ".git/config.md", "map/.weg.md", "__MACOSX/goed.md"},
		func(name string) []byte {
			switch {
			case strings.HasSuffix(name, "/"):
				return nil
			case name == "binnen.zip":
				return inner
			}
			return []byte(good)
		}, nil)
	if titles, problems := readZip(t, data, HandedOver()); !slices.Equal(titles, []string{"map/goed"}) || problems != "" {
		t.Errorf("took %q, problems %q", titles, problems)
	}
}

func TestZipSameNameTwice(t *testing.T) {
	first := true
	data := zipOf(t, []string{"a.md", "a.md"}, func(string) []byte {
		text := good
		if !first {
			text = "Anders\n"
		}
		first = false
		return []byte(text)
	}, nil)
	if titles, got := readZip(t, data, HandedOver()); len(titles) != 1 || got != "a.md:0 : exchange.name_twice\n" {
		t.Errorf("took %q, got %q", titles, got)
	}
}

func TestZipLimitsOfTheWhole(t *testing.T) {
	names := make([]string, 50)
	for i := range names {
		names[i] = fmt.Sprintf("%02d.md", i)
	}
	data := zipOf(t, names, goodData, nil)
	if _, got := readZip(t, data, Limits{Files: 49, File: 1 << 20, Total: 1 << 20, Depth: 3}); got != ":0 : exchange.files\n" {
		t.Errorf("files: %q", got)
	}
	titles, got := readZip(t, data, Limits{Files: 50, File: 1 << 20, Total: int64(10*len(good)) + 5, Depth: 3})
	if len(titles) != 10 || got != ":0 : exchange.total_size\n" {
		t.Errorf("total: took %d, %q", len(titles), got)
	}
	if titles, got := readZip(t, data, Limits{Files: 50, File: int64(len(good)), Total: int64(50 * len(good)), Depth: 3}); len(titles) != 50 || got != "" {
		t.Errorf("exactly at the limits: took %d, %q", len(titles), got)
	}
}

// An archive that is nothing but a list of files is refused before the list is
// in memory.
func TestZipWithVeryManyFiles(t *testing.T) {
	rugzaktest.Proportional(t, 400_000, func(n int) func() {
		var list bytes.Buffer
		record := make([]byte, 47)
		binary.LittleEndian.PutUint32(record, 0x02014b50)
		record[28], record[46] = 1, 'a'
		for range n {
			list.Write(record)
		}
		end := make([]byte, 22)
		binary.LittleEndian.PutUint32(end, 0x06054b50)
		count := n & 0xffff // what is counted is what is there, whatever is claimed
		binary.LittleEndian.PutUint16(end[8:], uint16(count))
		binary.LittleEndian.PutUint16(end[10:], uint16(count))
		binary.LittleEndian.PutUint32(end[12:], uint32(list.Len()))
		data := append(list.Bytes(), end...)
		return func() {
			if _, got := readZip(t, data, HandedOver()); got != ":0 : exchange.files\n" {
				t.Errorf("%d files: %q", n, got)
			}
		}
	})
}

// bend changes bytes of the first local and central header of an archive.
func bend(data []byte, local, central func(h []byte)) []byte {
	data = bytes.Clone(data)
	if local != nil {
		local(data[bytes.Index(data, []byte("PK\x03\x04")):])
	}
	central(data[bytes.Index(data, []byte("PK\x01\x02")):])
	return data
}

func TestZipThatLies(t *testing.T) {
	data := zipOf(t, []string{"a.md", "b.md"}, goodData, nil)
	wrongSum := crc32.ChecksumIEEE([]byte("anders"))
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"encrypted", bend(data, func(h []byte) { h[6] |= 1 }, func(h []byte) { h[8] |= 1 }), "a.md:0 : exchange.encrypted\n"},
		{"checksum", bend(data, nil, func(h []byte) { binary.LittleEndian.PutUint32(h[16:], wrongSum) }), "a.md:0 : exchange.unreadable\n"},
		{"smaller than it is", bend(data, nil, func(h []byte) { binary.LittleEndian.PutUint32(h[24:], 3) }), "a.md:0 : exchange.unreadable\n"},
		{"larger than it is", bend(data, nil, func(h []byte) { binary.LittleEndian.PutUint32(h[24:], 1<<30) }), "a.md:0 : exchange.unreadable\n"},
		{"packed larger than the archive", bend(data, nil, func(h []byte) { binary.LittleEndian.PutUint32(h[20:], 1<<30) }), "a.md:0 : exchange.unreadable\n"},
		{"unknown method", bend(data, nil, func(h []byte) { h[10] = 99 }), "a.md:0 : exchange.unreadable\n"},
		{"elsewhere", bend(data, nil, func(h []byte) { binary.LittleEndian.PutUint32(h[42:], 7) }), "a.md:0 : exchange.unreadable\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if titles, got := readZip(t, c.data, HandedOver()); got != c.want || !slices.Equal(titles, []string{"b"}) {
				t.Errorf("took %q, got %q", titles, got)
			}
		})
	}
	for _, cut := range []int{0, 1, 21, len(data) / 2, len(data) - 1} {
		if _, got := readZip(t, data[:cut], HandedOver()); got != ":0 : exchange.zip\n" {
			t.Errorf("cut to %d bytes: %q", cut, got)
		}
	}
}

func TestFolderIsNeverLeft(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(t.TempDir(), "geheim.md")
	inside := filepath.Join(dir, "in")
	for name, text := range map[string]string{outside: "Geheim", filepath.Join(inside, "goed.md"): good, filepath.Join(inside, ".verborgen", "x.md"): good} {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, to := range map[string]string{"link.md": outside, "map": filepath.Dir(outside)} {
		if err := os.Symlink(to, filepath.Join(inside, name)); err != nil {
			t.Fatal(err)
		}
	}
	s, err := Open(inside, HandedOver())
	if err != nil {
		t.Fatal(told(err))
	}
	defer s.Close()
	// A file that becomes a link after the names were read.
	if err := os.Remove(filepath.Join(inside, "goed.md")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(inside, "goed.md")); err != nil {
		t.Fatal(err)
	}
	var got string
	for in := range s.Documents("test") {
		if in.Err == nil {
			t.Errorf("%s was taken: %q", in.Place, in.Entry.Body)
		}
		got += told(in.Err)
	}
	if got != "link.md:0 : exchange.link\nmap:0 : exchange.link\ngoed.md:0 : exchange.unreadable\n" {
		t.Error(got)
	}
}

func TestFolderLimits(t *testing.T) {
	fsys := fstest.MapFS{"a/b/c/d.md": {Data: []byte(good)}, "a/e.md": {Data: []byte(good)}, "groot.md": {Data: make([]byte, 2000)}}
	s, err := Folder(fsys, Limits{Files: 10, File: 1000, Total: 10_000, Depth: 2})
	if err != nil {
		t.Fatal(told(err))
	}
	var got string
	for in := range s.Documents("test") {
		got += in.Entry.Title + told(in.Err)
	}
	if got != "a/b/c:0 : exchange.depth\nGoedgroot.md:0 : exchange.file_size\n" {
		t.Error(got)
	}
	if _, err := Folder(fsys, Limits{Files: 3, File: 1000, Total: 10_000, Depth: 9}); told(err) != ":0 : exchange.files\n" {
		t.Error(told(err))
	}
	if _, err := Open(filepath.Join(t.TempDir(), "weg"), HandedOver()); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Error(err)
	}
}

func TestTwoFilesWithOneID(t *testing.T) {
	all := readFiles(t, map[string]string{"a.md": "---\nid: x\n---\nT", "b.md": "---\ntitle: B\nid: x\n---\nT", "x.md": "T"})
	if all[0].Err != nil || told(all[1].Err) != "b.md:3 id: exchange.id_twice\n" || told(all[2].Err) != "x.md:1 id: exchange.id_twice\n" {
		t.Errorf("%s%s%s", told(all[0].Err), told(all[1].Err), told(all[2].Err))
	}
}

func TestOpenZipFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "in.zip")
	if err := os.WriteFile(name, zipOf(t, []string{"b.md", "a.md"}, goodData, nil), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Open(name, HandedOver())
	if err != nil {
		t.Fatal(told(err))
	}
	var got []string
	for in := range s.Documents("test") {
		got = append(got, in.Place)
	}
	if s.Len() != 2 || !slices.Equal(got, []string{"a.md", "b.md"}) {
		t.Errorf("%d files: %q", s.Len(), got)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(name, []byte(good), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(name, HandedOver()); told(err) != ":0 : exchange.zip\n" {
		t.Error(told(err))
	}
}
