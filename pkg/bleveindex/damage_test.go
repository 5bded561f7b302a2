// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex_test

import (
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rugzak/pkg/bleveindex"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

const damageDocs, damageBatch = 60, 20

func quiet() bleveindex.Options {
	return bleveindex.Options{Logger: slog.New(slog.NewTextHandler(io.Discard, nil))}
}

// closedIndex makes an index with some batches, closed in good order.
func closedIndex(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	x, err := bleveindex.Open(dir, quiet())
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; n < damageDocs; n += damageBatch {
		if err := x.Apply(t.Context(), numbered(n, damageBatch)); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// numbered is a batch of documents from n on; its position is what comes next.
func numbered(n, size int) rugzak.Batch {
	b := rugzak.Batch{Position: rugzak.Position(fmt.Sprintf("%06d", n+size))}
	for i := n; i < n+size; i++ {
		b.Put = append(b.Put, rugzak.Document{
			ID: rugzak.EntryID(fmt.Sprintf("%06d", i)), Kind: rugzak.KindInsight, Lang: rugzak.Dutch, State: rugzak.StateShared,
			Title: fmt.Sprint("Inzicht ", i), Text: strings.Repeat("Een molen aan het water. ", 1+i%7), Tokens: []string{rugzak.InternalToken},
		})
	}
	return b
}

// wholeOrEmpty fails unless the index has everything, nothing or the first
// batches, as its position says, and works. It reports whether it has everything.
func wholeOrEmpty(t *testing.T, dir, what string) (whole bool) {
	t.Helper()
	x, err := bleveindex.Open(dir, quiet())
	if err != nil {
		t.Fatalf("%s: Open: %v", what, err)
	}
	defer func() {
		if err := x.Close(); err != nil {
			t.Errorf("%s: Close: %v", what, err)
		}
	}()
	count := agree(t, x, what)
	if count%damageBatch != 0 {
		t.Errorf("%s: %d documents, which are no whole batches", what, count)
	}
	if err := x.Apply(t.Context(), numbered(count, damageBatch)); err != nil {
		t.Logf("%s: the damage shows when it is written to: %v", what, err)
		if count = agree(t, x, what+", begun anew"); count != 0 {
			t.Errorf("%s: begins anew with %d documents", what, count)
		}
		if err := x.Apply(t.Context(), numbered(0, damageBatch)); err != nil {
			t.Errorf("%s: writing to the new one: %v", what, err)
		}
	}
	agree(t, x, what+", written to")
	return count == damageDocs
}

// agree checks that position, count and search tell the same.
func agree(t *testing.T, x *bleveindex.Index, what string) int {
	t.Helper()
	count, err := x.Count()
	if err != nil {
		t.Fatalf("%s: Count: %v", what, err)
	}
	r, err := x.Search(t.Context(), rugzak.Search{Query: rugzak.ParseQuery("molen"), Tokens: []string{rugzak.InternalToken}, Size: 5, Facets: rugzak.Facets()})
	if err != nil {
		t.Fatalf("%s: Search: %v", what, err)
	}
	position := rugzak.Position("")
	if count > 0 {
		position = rugzak.Position(fmt.Sprintf("%06d", count))
	}
	if r.Total != count || r.Position != position {
		t.Errorf("%s: %d documents, %d found, position %q", what, count, r.Total, r.Position)
	}
	return count
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != "lock" {
			rel, _ := filepath.Rel(dir, path)
			out = append(out, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestUndamaged(t *testing.T) {
	if !wholeOrEmpty(t, closedIndex(t), "undamaged") {
		t.Error("an index without damage was thrown away")
	}
}

// TestDamage harms every file in every way; opening always gives an index.
func TestDamage(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	dir := closedIndex(t)
	cases, kept := 0, 0
	for _, name := range files(t, dir) {
		original, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		damages := map[string][]byte{"gone": nil, "empty": {}, "half": original[:len(original)/2], "one byte less": original[:max(len(original)-1, 0)],
			"longer": append(append([]byte{}, original...), "more"...), "zeros": make([]byte, len(original))}
		for i := range 12 {
			flipped := append([]byte{}, original...)
			at := r.IntN(len(flipped))
			flipped[at] ^= 1 << r.IntN(8)
			damages[fmt.Sprintf("flip %d at %d", i, at)] = flipped
		}
		for what, content := range damages {
			cases++
			harmed := rugzaktest.CopyOf(t, dir)
			path := filepath.Join(harmed, name)
			if what == "gone" {
				err = os.Remove(path)
			} else {
				err = os.WriteFile(path, content, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			if wholeOrEmpty(t, harmed, filepath.Base(name)+" "+what) {
				kept++
			}
		}
	}
	t.Logf("%d cases, in %d of them the damage did no harm", cases, kept)
}

// TestDamageAfterCrash harms files of an index that was never closed.
func TestDamageAfterCrash(t *testing.T) {
	dir := closedIndex(t)
	for _, name := range files(t, dir) {
		if filepath.Base(name) == "sums" {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !wholeOrEmpty(t, rugzaktest.CopyOf(t, dir), "after a crash") {
		t.Error("an index that was not closed was thrown away")
	}
	for _, name := range files(t, dir) {
		size := int64(0)
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil {
			size = info.Size()
		}
		for _, to := range []int64{0, size / 2, size - 1} {
			harmed := rugzaktest.CopyOf(t, dir)
			if err := os.Truncate(filepath.Join(harmed, name), to); err != nil {
				t.Fatal(err)
			}
			wholeOrEmpty(t, harmed, fmt.Sprintf("%s cut to %d of %d", filepath.Base(name), to, size))
		}
	}
}

func TestOtherStates(t *testing.T) {
	for what, change := range map[string]func(dir string) error{
		"another version": func(dir string) error {
			b, err := os.ReadFile(filepath.Join(dir, "current"))
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, "current"), []byte(strings.Replace(string(b), "mapping", "older mapping", 1)), 0o600)
		},
		"a pointer to nothing": func(dir string) error {
			b, err := os.ReadFile(filepath.Join(dir, "current"))
			if err != nil {
				return err
			}
			i := strings.Index(string(b), "index-") + len("index-")
			b[i] = 'a' + (b[i]+1)%5
			return os.WriteFile(filepath.Join(dir, "current"), b, 0o600)
		},
		"a pointer out of the folder": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "current"), []byte(`{"index":"../../etc"}`), 0o600)
		},
		"a folder in place of the pointer": func(dir string) error {
			if err := os.Remove(filepath.Join(dir, "current")); err != nil {
				return err
			}
			return os.Mkdir(filepath.Join(dir, "current"), 0o700)
		},
		"a file in place of the index": func(dir string) error {
			for _, name := range indexFolders(dir) {
				if err := os.RemoveAll(name); err != nil {
					return err
				}
				if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
					return err
				}
			}
			return nil
		},
		"nothing at all": func(dir string) error { return os.RemoveAll(dir) },
	} {
		t.Run(what, func(t *testing.T) {
			dir := closedIndex(t)
			if err := change(dir); err != nil {
				t.Fatal(err)
			}
			if wholeOrEmpty(t, dir, what) {
				t.Error("the old index is still there")
			}
			if n := len(indexFolders(dir)); n != 1 {
				t.Errorf("%d index folders are left", n)
			}
		})
	}
}

func indexFolders(dir string) []string {
	names, _ := filepath.Glob(filepath.Join(dir, "index-*"))
	return names
}

// An index is for the backpack it was made for, and for no other.
func TestIndexOfAnotherBackpack(t *testing.T) {
	dir := t.TempDir()
	for _, step := range []struct {
		of    string
		there int // documents
	}{{"one", 0}, {"one", damageBatch}, {"two", 0}, {"one", 0}} {
		x, err := bleveindex.Open(dir, bleveindex.Options{Logger: quiet().Logger, Of: step.of})
		if err != nil {
			t.Fatal(err)
		}
		if count := agree(t, x, step.of); count != step.there {
			t.Errorf("%s finds %d documents, want %d", step.of, count, step.there)
		}
		if err := x.Apply(t.Context(), numbered(0, damageBatch)); err != nil {
			t.Error(err)
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSecondProcessIsRefused(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	if _, err := bleveindex.Open(dir, quiet()); err == nil {
		t.Error("the same index opens twice")
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if err := open(t, dir).Close(); err != nil {
		t.Error(err)
	}
}
