// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// What was written while nobody followed is found after the next start, and so
// is everything when the index is gone.
func TestIndexFollowsAfterRestart(t *testing.T) {
	dir := t.TempDir()
	h := openHouse(t, dir)
	h.starter(t)
	h.caughtUp(t)
	writer, reader := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	h.stop() // as if killed between writing and following
	var last rugzak.Entry
	for i := range 20 {
		last = h.share(t, writer, simple(fmt.Sprint("Wolk ", i), "Een kwikstaart.", rugzak.LevelInternal))
	}
	if _, err := h.Withdraw(t.Context(), writer, last.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Search(t.Context(), reader, backpack.Asked{Query: "kwikstaart"}); rugzak.CodeOf(err) != rugzak.CodeUnavailable {
		t.Errorf("an index that is behind on what may be seen answers: %v", err)
	}
	h.close()

	h = openHouse(t, dir)
	if _, total := h.find(t, reader, "kwikstaart"); total != 19 {
		t.Errorf("found %d after a restart", total)
	}
	_, before := h.find(t, reader, "")
	h.close()

	if err := os.RemoveAll(filepath.Join(dir, "index")); err != nil {
		t.Fatal(err)
	}
	h = openHouse(t, dir)
	if _, total := h.find(t, reader, ""); total != before {
		t.Errorf("found %d without the old index, was %d", total, before)
	}
	h.close()
}

// slow is an index that a test holds up.
type slow struct {
	rugzak.Index
	gate chan struct{} // closed when following may go on
}

func (s slow) Apply(ctx context.Context, b rugzak.Batch) error {
	select {
	case <-s.gate:
		return s.Index.Apply(ctx, b)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s slow) Rebuild(ctx context.Context) (rugzak.Rebuilding, error) {
	select {
	case <-s.gate:
		return s.Index.Rebuild(ctx)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// An index that holds nothing yet says so: it never answers with a part. A
// writer whose newest change is not in it yet is told.
func TestSearchNeverAnswersInPart(t *testing.T) {
	for _, many := range []int{0, 600} { // followed at once, or made anew
		t.Run(fmt.Sprint(many), func(t *testing.T) {
			gate := make(chan struct{})
			h := openHouse(t, t.TempDir(), func(x rugzak.Index) rugzak.Index { return slow{x, gate} })
			open := sync.OnceFunc(func() { close(gate) })
			defer open()
			h.starter(t)
			reader := h.person(t, "facilitator@voorbeeld.test")
			if many > 0 {
				files := make([]rugzak.Incoming, many)
				for i := range files {
					files[i] = file(fmt.Sprint("nummer", i), fmt.Sprint("Import ", i), "Tekst")
				}
				h.bring(t, h.importOptions(t, h.person(t, "deelnemer@voorbeeld.test"), backpack.PrivacyStrict), files...)
			}
			if v, err := h.Search(t.Context(), reader, backpack.Asked{}); rugzak.CodeOf(err) != rugzak.CodeUnavailable {
				t.Errorf("an empty index answers: %d, %v", v.Total, err)
			}
			themes, err := h.Themes(t.Context(), reader)
			if err != nil || len(themes) == 0 || themes[0].Count != -1 {
				t.Errorf("themes without counts: %+v, %v", themes, err)
			}
			if home, err := h.Home(t.Context(), reader); err != nil || len(home.Newest) == 0 {
				t.Errorf("home without an index: %v", err)
			}
			open()
			h.caughtUp(t)
			if _, total := h.find(t, reader, ""); total == 0 {
				t.Error("nothing found in the end")
			}
		})
	}
}

// Everybody finds what they have just written, and is told when they cannot.
func TestReadYourOwnWrites(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	h.caughtUp(t)
	var group sync.WaitGroup
	for w, email := range []string{"deelnemer@voorbeeld.test", "facilitator@voorbeeld.test", "partner@voorbeeld.test"} {
		writer := h.person(t, email)
		group.Go(func() {
			for i := range 15 {
				word := fmt.Sprintf("zelf%dx%dx", w, i)
				saved, err := h.Share(context.WithoutCancel(t.Context()), writer, h.idFor(writer), 0, simple("Eigen "+word, "Tekst", rugzak.LevelOrganisation))
				if err != nil {
					t.Error(err)
					return
				}
				v, err := h.Search(context.WithoutCancel(t.Context()), writer, backpack.Asked{Query: word, WaitFor: saved.Position})
				if err != nil || !v.Behind && v.Total != 1 {
					t.Errorf("%s: %d found, behind %v, %v", word, v.Total, v.Behind, err)
				}
			}
		})
	}
	group.Wait()
	h.caughtUp(t)
	h.stop()
	writer := h.person(t, "deelnemer@voorbeeld.test")
	saved, err := h.Share(t.Context(), writer, h.idFor(writer), 0, simple("Te vroeg", "Tekst", rugzak.LevelOrganisation))
	if err != nil {
		t.Fatal(err)
	}
	v, err := h.Search(t.Context(), writer, backpack.Asked{Query: "vroeg", WaitFor: saved.Position})
	if err != nil || !v.Behind {
		t.Errorf("not told: %+v, %v", v, err)
	}
}

// Making the index anew disturbs nobody: every search finds at least what was
// there, and whatever is posted meanwhile is found afterwards.
func TestReindexWhileWorking(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer, reader := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	const before = 60
	for i := range before {
		h.share(t, writer, simple(fmt.Sprint("Vooraf ", i), "Een kwikstaart.", rugzak.LevelInternal))
	}
	h.caughtUp(t)
	ctx := context.WithoutCancel(t.Context())
	var done atomic.Bool
	var posted, searched atomic.Int64
	var group sync.WaitGroup
	group.Go(func() {
		for !done.Load() {
			if _, err := h.Share(ctx, writer, h.idFor(writer), 0, simple("Tijdens", "Een kwikstaart.", rugzak.LevelInternal)); err != nil {
				t.Error(err)
				return
			}
			posted.Add(1)
		}
	})
	for range 2 {
		group.Go(func() {
			for !done.Load() {
				v, err := h.Search(ctx, reader, backpack.Asked{Query: "kwikstaart", Plain: true})
				if err != nil || v.Total < before {
					t.Errorf("%d found: %v", v.Total, err)
					return
				}
				searched.Add(1)
			}
		})
	}
	// Three times, and on a busy machine until somebody has posted and found meanwhile.
	for i := 0; i < 3 || (posted.Load() == 0 || searched.Load() == 0) && !t.Failed(); i++ {
		if err := h.Reindex(t.Context(), func(int, int) {}); err != nil {
			t.Fatal(err)
		}
	}
	done.Store(true)
	group.Wait()
	if _, total := h.find(t, reader, "kwikstaart"); total != before+int(posted.Load()) {
		t.Errorf("%d found, want %d", total, before+posted.Load())
	}
	if posted.Load() == 0 || searched.Load() == 0 {
		t.Errorf("%d posted, %d searched meanwhile", posted.Load(), searched.Load())
	}
}
