// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/control"
)

const damagedStories = 40

// withStories is a backpack with entries that can be found, and its index.
func withStories(t *testing.T, word string) string {
	t.Helper()
	dir := newBackpack(t)
	var lines strings.Builder
	for i := range damagedStories {
		fmt.Fprintf(&lines, `{"id":"%s-%d","lang":"nl","title":"%[1]s %[2]d","body_markdown":"%[3]s"}`+"\n", word, i, strings.Repeat("Wat er gebeurde. ", 1+i%9))
	}
	file := write(t, filepath.Join(t.TempDir(), "stories.jsonl"), lines.String())
	s := serving(t, "serve", "--data", dir, "--listen", "127.0.0.1:0")
	fine(t, "import", file, "--data", dir, "--organisation", "jeugd", "--audience", "internal")
	s.stop()
	return dir
}

// foundStories is how many entries a server finds, waiting until there are as many as
// there should be.
func foundStories(t *testing.T, dir, word string, within time.Duration) (total int, took time.Duration) {
	t.Helper()
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		o := command(t, "search", "--json", "--data", dir, "--as", "noor@example.test", word)
		if o.code == exitFine {
			total = decode[control.SearchAnswer](t, o.out).Total
		}
		if took = time.Since(began); total == damagedStories || took > within {
			return total, took
		}
	}
}

// Whatever happened to a file of the index: the server starts, and soon
// everything is found again. With RUGZAK_DAMAGES it is within what is promised.
func TestDamagedIndexIsMadeAnew(t *testing.T) {
	good, other := withStories(t, "verhaal"), withStories(t, "anders")
	random := rand.New(rand.NewPCG(3, 4))
	ways := []struct {
		name string
		harm func(path string, data []byte) error
	}{
		{"swapped", nil}, // the whole index, for that of another backpack
		{"gone", func(path string, _ []byte) error { return os.Remove(path) }},
		{"cut", func(path string, data []byte) error { return os.Truncate(path, int64(random.IntN(max(len(data), 1)))) }},
		{"flipped", func(path string, data []byte) error {
			for range 3 {
				if len(data) > 0 {
					data[random.IntN(len(data))] ^= byte(1 << random.IntN(8))
				}
			}
			return os.WriteFile(path, data, 0o600)
		}},
		{"zeros", func(path string, data []byte) error { return os.WriteFile(path, make([]byte, len(data)), 0o600) }},
	}
	files := slices.DeleteFunc(slices.Sorted(maps.Keys(tree(t, filepath.Join(good, indexName)))), func(name string) bool { return filepath.Base(name) == "lock" })
	cases := rounds(t, "RUGZAK_DAMAGES", len(ways))
	var slowest time.Duration
	for n := range cases {
		dir := filepath.Join(t.TempDir(), "data")
		if err := os.CopyFS(dir, os.DirFS(good)); err != nil {
			t.Fatal(err)
		}
		way, name := ways[n%len(ways)], files[n/len(ways)%len(files)]
		path := filepath.Join(dir, indexName, name)
		what := fmt.Sprintf("%d: %s %s", n, name, way.name)
		var err error
		if way.harm == nil {
			if err = os.RemoveAll(filepath.Join(dir, indexName)); err == nil {
				err = os.CopyFS(filepath.Join(dir, indexName), os.DirFS(filepath.Join(other, indexName)))
			}
		} else {
			err = way.harm(path, read(t, path))
		}
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		s := serving(t, "serve", "--data", dir, "--listen", "127.0.0.1:0")
		total, took := foundStories(t, dir, "verhaal", findable("RUGZAK_DAMAGES"))
		slowest = max(slowest, took)
		if total != damagedStories {
			t.Errorf("%s: %d of %d entries are found", what, total, damagedStories)
		}
		if a := decode[control.SearchAnswer](t, fine(t, "search", "--json", "--data", dir, "--as", "noor@example.test", "anders")); a.Total != 0 {
			t.Errorf("%s: %d entries of another backpack are found", what, a.Total)
		}
		if code := s.stop(); code != exitFine {
			t.Errorf("%s: the server ends with %d:\n%s", what, code, s.err)
		}
	}
	t.Logf("%d cases, everything found within %v after the start", cases, slowest.Round(time.Millisecond))
}

// A damaged store is refused with what to do about it, or everything read from
// it is as it was.
func TestDamagedStoreIsRefusedOrRight(t *testing.T) {
	good := withStories(t, "verhaal")
	whole := filepath.Join(t.TempDir(), "export")
	fine(t, "export", whole, "--data", good)
	want := tree(t, whole)
	data := read(t, filepath.Join(good, storeName))
	random := rand.New(rand.NewPCG(5, 6))
	cases := rounds(t, "RUGZAK_DAMAGES", 12)
	refused, right := 0, 0
	for n := range cases {
		harmed := append([]byte(nil), data...)
		what := fmt.Sprint(n)
		switch n % 4 {
		case 0:
			harmed, what = harmed[:random.IntN(len(harmed))], what+": cut"
		case 1:
			page := random.IntN(len(harmed)/4096) * 4096
			clear(harmed[page : page+4096])
			what += fmt.Sprint(": no page at ", page)
		case 2:
			harmed[random.IntN(len(harmed))] ^= byte(1 << random.IntN(8))
			what += ": one bit"
		case 3:
			for range 100 {
				harmed[random.IntN(len(harmed))] ^= byte(1 << random.IntN(8))
			}
			what += ": a hundred bits"
		}
		dir := t.TempDir()
		write(t, filepath.Join(dir, storeName), string(harmed))
		to := filepath.Join(t.TempDir(), "export")
		o := command(t, "export", to, "--data", dir)
		if o.code != exitFine {
			refused++
			if said := o.out + o.err; !strings.Contains(said, "estore") || strings.Contains(said, "goroutine") {
				t.Errorf("%s: refused with\n%s", what, said)
			}
			continue
		}
		right++
		if got := tree(t, to); !maps.Equal(got, want) {
			t.Errorf("%s: another export, %d files for %d", what, len(got), len(want))
		}
	}
	t.Logf("%d cases: %d refused with what to do, %d exported the same bytes", cases, refused, right)
	if refused == 0 || right == 0 && cases >= 12 {
		t.Error("the damage did not reach what it was meant for")
	}
}
