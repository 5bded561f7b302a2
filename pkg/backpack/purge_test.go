// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	"go.etcd.io/bbolt"

	"rugzak/pkg/backpack"
	"rugzak/pkg/boltstore"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// The canaries stand each in one part of the entry that is purged.
var canaries = map[string]string{
	"title": "zilverreigerx", "lesson": "kwartelkoningx", "body": "roerdompenx", "tag": "grutteraarx", "past": "ijsvogelaarx", "keep": "boerenzwaluwx", "response": "steltkluutenx",
}

// purgeScene is a house with an entry that holds the canaries and others that
// do not.
type purgeScene struct {
	*house
	writer, reader rugzak.Person
	entry, other   rugzak.Entry
	response       rugzak.Response // of the reader, to the entry
	packed         []byte          // a piece of how the store keeps the text
}

func newPurgeScene(t *testing.T, mode rugzak.AuthorMode) *purgeScene {
	t.Helper()
	h := newHouse(t)
	h.starter(t)
	h.stop() // each step is taken by hand
	x := &purgeScene{house: h, writer: h.person(t, "deelnemer@voorbeeld.test"), reader: h.person(t, "facilitator@voorbeeld.test")}
	in := simple(canaries["title"], "Vroeger: "+canaries["past"]+". "+strings.Repeat("Er was eens een lang verhaal. ", 20), rugzak.LevelInternal)
	in.Mode = mode
	e := h.share(t, x.writer, in)
	in.Body, in.Lesson, in.Tags = "Nu: "+canaries["body"]+". "+strings.Repeat("Er is nu een ander lang verhaal. ", 20), canaries["lesson"], []string{canaries["tag"]}
	in.Audience = rugzak.Audience{}
	saved, err := h.Revise(t.Context(), x.writer, e.ID, e.Version, in)
	if err != nil {
		t.Fatal(err)
	}
	x.entry = saved.Entry
	if err := h.Keep(t.Context(), x.reader, e.ID, canaries["keep"]); err != nil {
		t.Fatal(err)
	}
	x.response = h.saidThanks(t, x.reader, e.ID, canaries["response"])
	x.other = h.share(t, x.writer, simple("Blijft staan", "Deze tekst blijft.", rugzak.LevelInternal))
	if _, err := h.Read(t.Context(), x.reader, e.ID); err != nil { // into the cache
		t.Fatal(err)
	}
	h.caughtUp(t)
	x.packed = packedPiece(t, h.dir, e.ID)
	return x
}

// packedPiece is a piece of the stored value of an entry, as its bytes are in
// the file.
func packedPiece(t *testing.T, dir string, id rugzak.EntryID) []byte {
	t.Helper()
	copied := rugzaktest.CopyOf(t, dir)
	db, err := bbolt.Open(filepath.Join(copied, "rugzak.db"), 0o600, &bbolt.Options{ReadOnly: true, Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var piece []byte
	err = db.View(func(tx *bbolt.Tx) error {
		value := tx.Bucket([]byte("entries")).Get([]byte(id))
		piece = bytes.Clone(value[len(value)-60 : len(value)-20])
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return piece
}

// traces looks everywhere: in every record, unpacked; in every word of every
// segment of the index; and for bytes in every file.
func (x *purgeScene) traces(t *testing.T, dir string) []string {
	t.Helper()
	copied := rugzaktest.CopyOf(t, dir) // files of others may be open
	var found []string
	is := func(where string, data []byte) {
		for what, canary := range canaries {
			if bytes.Contains(data, []byte(canary)) {
				found = append(found, where+": "+what)
			}
		}
	}
	err := filepath.WalkDir(copied, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		is("bytes", data)
		if bytes.Contains(data, x.packed) {
			found = append(found, "bytes: packed")
		}
		if strings.HasSuffix(path, ".zap") && bytes.Contains(data, []byte(x.entry.ID)) {
			found = append(found, "bytes of a segment: id")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	stores, err := filepath.Glob(filepath.Join(copied, "rugzak.db*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range stores {
		store, err := boltstore.Open(path, boltstore.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		err = store.EachRecord(t.Context(), func(bucket string, key, record []byte) error {
			is(bucket, slices.Concat(key, record))
			return nil
		})
		if err := errors.Join(err, store.Close()); err != nil {
			t.Fatal(err)
		}
	}
	indexes, err := filepath.Glob(filepath.Join(copied, "index", "index-*"))
	if err != nil || len(indexes) == 0 {
		t.Fatalf("no index to look into: %v", err)
	}
	for _, path := range indexes {
		words(t, path, func(field, word string) { is("index "+field, []byte(word)) })
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// words yields every word in the dictionaries of every segment, those of
// deleted documents too.
func words(t *testing.T, path string, yield func(field, word string)) {
	t.Helper()
	index, err := bleve.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	inner, err := index.Advanced()
	if err != nil {
		t.Fatal(err)
	}
	reader, err := inner.Reader()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	fields, err := reader.Fields()
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range fields {
		dict, err := reader.FieldDict(field)
		if err != nil {
			t.Fatal(err)
		}
		for entry, err := dict.Next(); entry != nil || err != nil; entry, err = dict.Next() {
			if err != nil {
				t.Fatal(err)
			}
			yield(field, entry.Term)
		}
		if err := dict.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// wantControl makes sure that the search finds what is there: each canary in a
// record and, but for what is not indexed, among the words of the index.
func (x *purgeScene) wantControl(t *testing.T, dir string) {
	t.Helper()
	found := strings.Join(x.traces(t, dir), "\n")
	want := []string{"bytes: packed", "bytes: keep", "bytes of a segment: id", "entries: title", "entries: lesson", "entries: body", "entries: tag", "revisions: past", "keeps: keep", "responses: response"}
	for _, part := range []string{"title", "lesson", "body", "tag", "past"} {
		if part != "past" {
			want = append(want, "index text_nl: "+part)
		}
	}
	for _, w := range want {
		if !strings.Contains(found, w) {
			t.Fatalf("control: %q not found in\n%s", w, found)
		}
	}
}

func (x *purgeScene) wantGone(t *testing.T, when, dir string) {
	t.Helper()
	if found := x.traces(t, dir); len(found) > 0 {
		t.Errorf("%s: %v", when, found)
	}
}

// What its author purges is gone from every file of the data directory.
func TestPurgeLeavesNothing(t *testing.T) {
	t.Parallel()
	for _, mode := range []rugzak.AuthorMode{rugzak.ByName, rugzak.Anonymous} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			x := newPurgeScene(t, mode)
			x.wantControl(t, x.dir)
			var backup bytes.Buffer
			if err := x.store.Backup(t.Context(), &backup); err != nil {
				t.Fatal(err)
			}
			if _, err := x.PurgeOwn(t.Context(), x.writer, x.entry.ID); err != nil {
				t.Fatal(err)
			}
			for who, p := range map[string]rugzak.Person{"writer": x.writer, "reader": x.reader} {
				_, err := x.Read(t.Context(), p, x.entry.ID)
				_, absent := x.Read(t.Context(), p, x.NewID())
				if err == nil || err.Error() != absent.Error() {
					t.Errorf("the %s gets %v, of an absent entry %v", who, err, absent)
				}
			}
			if found := strings.Join(x.traces(t, x.dir), "\n"); !strings.Contains(found, "packed") {
				t.Errorf("control: the bytes are gone before the files were written anew:\n%s", found)
			}
			if err := x.FinishPurges(t.Context()); err != nil {
				t.Fatal(err)
			}
			x.wantGone(t, "after the purge", x.dir)
			x.wantTold(t)
			// A form that comes late brings nothing back.
			if _, err := x.Share(t.Context(), x.writer, x.entry.ID, 0, simple("Weer", "Terug", rugzak.LevelInternal)); rugzak.CodeOf(err) != rugzak.CodeNotFound {
				t.Errorf("a late form: %v", err)
			}
			if _, err := x.Read(t.Context(), x.reader, x.other.ID); err != nil {
				t.Errorf("another entry: %v", err)
			}
			x.close()
			done, err := boltstore.Restore(t.Context(), &backup, filepath.Join(x.dir, "rugzak.db"), true, nil)
			if err != nil || done.Removed != 1 {
				t.Fatalf("restore: %+v, %v", done, err)
			}
			x.wantGone(t, "after restoring an older backup", x.dir)
		})
	}
}

// wantTold looks at what stays: a tombstone, a finished job, and a notice that
// does not tell who wrote without name.
func (x *purgeScene) wantTold(t *testing.T) {
	t.Helper()
	stones, err := x.Tombstones(t.Context(), backpack.Operator())
	if err != nil || len(stones) != 1 || stones[0].Subject != rugzak.EntrySubject(x.entry.ID) || stones[0].Reason != rugzak.ReasonAuthor || stones[0].Version != 0 {
		t.Errorf("tombstones %+v, %v", stones, err)
	}
	mine, err := x.Mine(t.Context(), x.writer, "")
	if err != nil || len(mine.Purged) != 1 || (mine.Purged[0].About != "") != (x.entry.Mode == rugzak.ByName) {
		t.Errorf("what the writer is told: %+v, %v", mine.Purged, err)
	}
	err = x.store.View(t.Context(), func(r rugzak.Reader) error {
		jobs, err := r.PurgeJobs()
		if len(jobs) != 1 || jobs[0].Step != rugzak.PurgeDone || jobs[0].Done.IsZero() {
			t.Errorf("jobs %+v", jobs)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Wherever a crash breaks a purge off, the next start finishes it.
func TestPurgeGoesOnAfterCrash(t *testing.T) {
	t.Parallel()
	x := newPurgeScene(t, rugzak.ByName)
	x.wantControl(t, x.dir)
	if _, err := x.PurgeOwn(t.Context(), x.writer, x.entry.ID); err != nil {
		t.Fatal(err)
	}
	points := map[string]string{"deleted": rugzaktest.CopyOf(t, x.dir)}
	if err := x.store.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	points["compacted, and not written down"] = rugzaktest.CopyOf(t, x.dir)
	if err := x.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	x.store.Update(t.Context(), func(w rugzak.Writer) error {
		jobs, err := w.PurgeJobs()
		if err != nil || len(jobs) != 1 {
			t.Fatalf("%v, %v", jobs, err)
		}
		jobs[0].Step = rugzak.PurgeStore
		return w.SavePurgeJob(jobs[0])
	})
	points["out of the store"] = rugzaktest.CopyOf(t, x.dir)
	for when, dir := range points {
		t.Run(when, func(t *testing.T) {
			if found := x.traces(t, dir); len(found) == 0 {
				t.Fatal("control: nothing is left to remove")
			}
			h := openHouse(t, dir)
			for range 1200 { // its follower finishes what the crash broke off
				left := 0
				err := h.store.View(t.Context(), func(r rugzak.Reader) error {
					jobs, err := r.PurgeJobs()
					for _, j := range jobs {
						if j.Step != rugzak.PurgeDone {
							left++
						}
					}
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
				if left == 0 {
					break
				}
				time.Sleep(50 * time.Millisecond)
			}
			x.wantGone(t, "after the next start", dir)
			if titles, _ := h.find(t, x.reader, "blijft"); !slices.Contains(titles, "Blijft staan") {
				t.Errorf("another entry is not found any more: %v", titles)
			}
			h.close()
		})
	}
}

// While purges run, people write, read and search, and nothing else is lost.
func TestPurgeWhileInUse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.starter(t)
	writer, reader := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	const count = 12
	var group sync.WaitGroup
	ctx := context.WithoutCancel(t.Context())
	var kept, gone [count]rugzak.Entry
	group.Go(func() {
		for i := range count {
			gone[i] = h.share(t, writer, simple(fmt.Sprintf("Weg %d", i), "Een ekster vliegt weg.", rugzak.LevelInternal))
			if _, err := h.PurgeOwn(ctx, writer, gone[i].ID); err != nil {
				t.Error(err)
			}
		}
	})
	group.Go(func() {
		for i := range count {
			kept[i] = h.share(t, writer, simple(fmt.Sprintf("Blijft %d", i), "Een ekster blijft.", rugzak.LevelInternal))
			if _, err := h.Read(ctx, reader, kept[i].ID); err != nil {
				t.Error(err)
			}
			if _, err := h.Search(ctx, reader, backpack.Asked{Query: "ekster"}); err != nil && rugzak.CodeOf(err) != rugzak.CodeUnavailable {
				t.Error(err)
			}
		}
	})
	group.Wait()
	if err := h.FinishPurges(t.Context()); err != nil {
		t.Fatal(err)
	}
	titles, total := h.find(t, reader, "ekster")
	if total != count {
		t.Errorf("%d found, want %d: %v", total, count, titles)
	}
	for i := range count {
		if _, err := h.Read(t.Context(), reader, gone[i].ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("purged entry %d: %v", i, err)
		}
		if _, err := h.Read(t.Context(), reader, kept[i].ID); err != nil {
			t.Errorf("entry %d: %v", i, err)
		}
	}
}
