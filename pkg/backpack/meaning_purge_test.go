// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/meaning"
	"rugzak/pkg/rugzak"
)

// A purge takes every trace out of the files, also while the endpoint is down:
// of an entry, and of the past of one.
func TestMeaningPurge(t *testing.T) {
	t.Parallel()
	x := newMeaningStarter(t, meaning.Ollama)
	x.stop() // each step is taken by hand
	gone := x.share(t, x.w, simple("Knaspoet weg", "Knaspoet knaspoet.", rugzak.LevelInternal))
	stays := x.share(t, x.w, simple("Knaspoet blijft", "Knaspoet vroeger.", rugzak.LevelInternal))
	x.followed(t)
	file := func(what string) bool {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(x.dir, "meaning", "vectors"))
		if err != nil {
			t.Fatal(err)
		}
		return bytes.Contains(data, []byte(what))
	}
	past := x.vectors.Sum(stays.ID)
	if !file(string(gone.ID)) || !file(past) {
		t.Fatal("control: the entries are not in the file")
	}
	x.server.Trouble(func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(http.StatusBadGateway); return true })
	if _, err := x.PurgeOwn(t.Context(), x.w, gone.ID); err != nil {
		t.Fatal(err)
	}
	in := simple("Knaspoet blijft", "Knaspoet nu.", rugzak.LevelInternal)
	in.Audience = rugzak.Audience{}
	if _, err := x.Revise(t.Context(), x.w, stays.ID, stays.Version, in); err != nil {
		t.Fatal(err)
	}
	if _, err := x.PurgeOwnPast(t.Context(), x.w, stays.ID); err != nil {
		t.Fatal(err)
	}
	if err := x.FinishPurges(t.Context()); err != nil {
		t.Fatal(err)
	}
	if file(string(gone.ID)) || file(past) {
		t.Errorf("after the purge: entry %v, past %v", file(string(gone.ID)), file(past))
	}
	x.server.Trouble(nil)
	x.followed(t)
	if x.vectors.Sum(stays.ID) == "" || x.vectors.Sum(gone.ID) != "" || file(string(gone.ID)) || file(past) {
		t.Error("the follower brings back what was purged, or does not go on")
	}
}

// Writing, searching, purging and making anew at the same time end well.
func TestMeaningTogether(t *testing.T) {
	t.Parallel()
	x := newMeaningStarter(t, meaning.OpenAI)
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Second)
	defer stop()
	var all sync.WaitGroup
	work := func(fn func(i int) error) {
		all.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				if err := fn(i); err != nil && ctx.Err() == nil {
					t.Error(err)
					return
				}
			}
		})
	}
	var mu sync.Mutex
	var made []rugzak.EntryID
	work(func(i int) error {
		e := x.share(t, x.w, simple(fmt.Sprintf("Knaspoet %d", i), "Knaspoet knaspoet.", rugzak.LevelInternal))
		mu.Lock()
		defer mu.Unlock()
		if made = append(made, e.ID); i%4 == 3 {
			id := made[0]
			made = made[1:]
			_, err := x.PurgeOwn(t.Context(), x.w, id)
			return err
		}
		return nil
	})
	work(func(i int) error {
		_, err := x.Search(ctx, x.r, backpack.Asked{Query: "zwirbel " + fmt.Sprint(i%9)})
		if rugzak.CodeOf(err) == rugzak.CodeUnavailable {
			return nil
		}
		return err
	})
	work(func(int) error { return x.RemakeMeaning(ctx, nil) })
	all.Wait()
	if err := x.FinishPurges(t.Context()); err != nil {
		t.Fatal(err)
	}
	x.followed(t)
	x.allHaveVectors(t)
}

// allHaveVectors looks whether every entry that may be sent has vectors, and
// nothing else.
func (x *meaningHouse) allHaveVectors(t testing.TB) {
	t.Helper()
	err := x.store.View(t.Context(), func(r rugzak.Reader) error {
		want := 0
		for e, err := range r.Entries(rugzak.AllEntries, "") {
			if err != nil {
				return err
			}
			if e.State.Public() {
				want++
				if x.vectors.Sum(e.ID) == "" {
					t.Errorf("%s has no vectors", e.Title)
				}
			}
		}
		if got := len(x.vectors.IDs()); got != want {
			t.Errorf("%d entries have vectors, want %d", got, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
