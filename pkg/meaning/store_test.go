// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package meaning

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"rugzak/pkg/rugzak"
)

func openFor(t *testing.T, dir, model string) *Store {
	t.Helper()
	s, err := OpenStore(dir, StoreOptions{Model: model, Of: "dit"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func meant(id string, vector []float32, tokens ...string) rugzak.Meaning {
	return rugzak.Meaning{ID: rugzak.EntryID(id), Tokens: tokens, Sum: "som-" + id, Vectors: [][]float32{{0.1, 0.1, 0.1}, vector}}
}

func apply(t *testing.T, s *Store, b rugzak.VectorBatch) {
	t.Helper()
	if err := s.Apply(b); err != nil {
		t.Fatal(err)
	}
}

func nearest(t *testing.T, s *Store, v []float32, tokens ...string) []rugzak.EntryID {
	t.Helper()
	ids, err := s.Nearest(t.Context(), v, tokens, 10)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

var north, east, up = []float32{1, 0, 0}, []float32{0, 1, 0}, []float32{0, 0, 1}

// The best piece of a text counts, rights come first, and what was written is
// there after a restart.
func TestStore(t *testing.T) {
	dir := t.TempDir()
	s := openFor(t, dir, "m")
	apply(t, s, rugzak.VectorBatch{Put: []rugzak.Meaning{meant("n", north, "a"), meant("e", east, "a", "b"), meant("u", up, "b")}, Position: "1"})
	apply(t, s, rugzak.VectorBatch{Put: []rugzak.Meaning{{ID: "u", Tokens: []string{"c"}, Sum: "som-u"}}, Position: "2"})
	for range 2 {
		for token, want := range map[string][]rugzak.EntryID{"a": {"n"}, "b": {"e"}, "c": {"u"}, "d": nil} {
			if got := nearest(t, s, []float32{1, 0.2, 0}, token); !slices.Equal(got, want) {
				t.Errorf("%s finds %v, want %v", token, got, want)
			}
		}
		if s.Position() != "2" || s.Sum("u") != "som-u" || s.Sum("x") != "" || s.Dimensions() != 3 || len(s.IDs()) != 3 {
			t.Errorf("position %q, sum %q, %d dimensions, %v", s.Position(), s.Sum("u"), s.Dimensions(), s.IDs())
		}
		if got := nearest(t, s, []float32{1, 0}, "a"); got != nil {
			t.Errorf("a question of another length finds %v", got)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = openFor(t, dir, "m")
	}
	err := s.Apply(rugzak.VectorBatch{Put: []rugzak.Meaning{{ID: "n", Vectors: [][]float32{{1, 0}}}}, Position: "3"})
	if !errors.Is(err, rugzak.ErrOtherVectors) || s.Position() != "2" {
		t.Errorf("vectors of another length: %v, at %s", err, s.Position())
	}
	apply(t, s, rugzak.VectorBatch{Remove: []rugzak.EntryID{"n"}, Position: "3"})
	if got := nearest(t, s, north, "a"); !slices.Equal(got, []rugzak.EntryID{"e"}) {
		t.Errorf("after removing: %v", got)
	}
	_ = s.Close()
	if other := openFor(t, dir, "n"); other.Position() != "" || len(other.IDs()) != 0 || other.Dimensions() != 0 {
		t.Error("vectors of another model are used")
	}
}

// Whatever byte of the file is damaged, what is left is a state that was.
func TestStoreDamage(t *testing.T) {
	dir := t.TempDir()
	s := openFor(t, dir, "m")
	for i := range 4 {
		apply(t, s, rugzak.VectorBatch{Put: []rugzak.Meaning{meant(fmt.Sprint("e", i), north, "a")}, Position: rugzak.Position(fmt.Sprint(i + 1))})
	}
	_ = s.Close()
	whole, err := os.ReadFile(filepath.Join(dir, fileName))
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		data := slices.Clone(whole)
		if at := random.IntN(len(data)); random.IntN(2) == 0 {
			data = data[:at]
		} else {
			data[at] ^= 1 << random.IntN(8)
		}
		if err := os.WriteFile(filepath.Join(dir, fileName), data, 0o600); err != nil {
			t.Fatal(err)
		}
		s := openFor(t, dir, "m")
		n := len(s.IDs())
		if want := map[int]rugzak.Position{0: "", 1: "1", 2: "2", 3: "3"}[n]; n > 3 || s.Position() != want {
			t.Fatalf("%d entries at %q", n, s.Position())
		}
		apply(t, s, rugzak.VectorBatch{Put: []rugzak.Meaning{meant("new", north, "a")}, Position: "9"})
		_ = s.Close()
		if s = openFor(t, dir, "m"); len(s.IDs()) != n+1 || s.Position() != "9" {
			t.Fatalf("written behind the damage: %v at %q", s.IDs(), s.Position())
		}
		_ = s.Close()
	}
}

// A purge leaves nothing in any file of the folder; others stay.
func TestStorePurge(t *testing.T) {
	dir := t.TempDir()
	s := openFor(t, dir, "m")
	apply(t, s, rugzak.VectorBatch{Put: []rugzak.Meaning{meant("kanarie", north, "token-kanarie"), meant("blijft", up, "a")}, Position: "1"})
	holds := func() bool {
		data, err := os.ReadFile(filepath.Join(dir, fileName))
		if err != nil {
			t.Fatal(err)
		}
		return bytes.Contains(data, []byte("kanarie"))
	}
	apply(t, s, rugzak.VectorBatch{Remove: []rugzak.EntryID{"kanarie"}, Position: "2"})
	if !holds() {
		t.Fatal("control: the bytes are gone already")
	}
	if err := s.Purge([]rugzak.EntryID{"kanarie", "was er niet"}); err != nil {
		t.Fatal(err)
	}
	if files, err := os.ReadDir(dir); holds() || err != nil || len(files) != 1 {
		t.Errorf("after a purge: holds %v, %d files, %v", holds(), len(files), err)
	}
	_ = s.Close()
	if s = openFor(t, dir, "m"); s.Position() != "2" || !slices.Equal(s.IDs(), []rugzak.EntryID{"blijft"}) {
		t.Errorf("%v at %q", s.IDs(), s.Position())
	}
	if err := s.Reset(); err != nil || s.Position() != "" || len(s.IDs()) != 0 {
		t.Errorf("after a reset: %v at %q, %v", s.IDs(), s.Position(), err)
	}
}

// randomVector points anywhere.
func randomVector(r *rand.Rand, length int) []float32 {
	v := make([]float32, length)
	for i := range v {
		v[i] = r.Float32() - 0.5
	}
	return v
}

// Entries a reader may not find change nothing of what is near for them.
func TestNearestHidden(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	vector := func() []float32 { return randomVector(random, 16) }
	s := openFor(t, t.TempDir(), "m")
	put := func(token string, from, to int) {
		var b rugzak.VectorBatch
		for i := from; i < to; i++ {
			b.Put = append(b.Put, rugzak.Meaning{ID: rugzak.EntryID(fmt.Sprint("e", i)), Tokens: []string{token}, Sum: "s", Vectors: [][]float32{vector(), vector()}})
		}
		apply(t, s, b)
	}
	put("a", 0, 50)
	question := vector()
	before := nearest(t, s, question, "a")
	if len(before) < 3 {
		t.Fatalf("only %v is near", before)
	}
	put("b", 100, 300)
	if after := nearest(t, s, question, "a"); !slices.Equal(before, after) {
		t.Errorf("%v, and with hidden entries %v", before, after)
	}
	if got := nearest(t, s, question); got != nil {
		t.Errorf("without tokens: %v", got)
	}
}

func BenchmarkNearest(b *testing.B) {
	s, err := OpenStore(b.TempDir(), StoreOptions{Model: "m"})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	random := rand.New(rand.NewPCG(5, 6))
	for i := range 100 {
		var batch rugzak.VectorBatch
		for j := range 100 {
			batch.Put = append(batch.Put, rugzak.Meaning{ID: rugzak.EntryID(fmt.Sprint(i, "-", j)), Tokens: []string{"a"}, Vectors: [][]float32{randomVector(random, 768)}})
		}
		if err := s.Apply(batch); err != nil {
			b.Fatal(err)
		}
	}
	question := randomVector(random, 768)
	for b.Loop() {
		if _, err := s.Nearest(b.Context(), question, []string{"a"}, 100); err != nil {
			b.Fatal(err)
		}
	}
}
