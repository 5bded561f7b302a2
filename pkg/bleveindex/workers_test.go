// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"rugzak/pkg/rugzak"
)

// killed holds the indexes of which the worker that writes is to die when it has
// written next.
var killed sync.Map // *scorch.Scorch to true

func init() {
	real := scorch.RegistryEventCallbacks[segmentsChanged]
	scorch.RegistryEventCallbacks[segmentsChanged] = func(e scorch.Event) bool {
		if _, ok := killed.Load(e.Scorch); ok && e.Kind == scorch.EventKindPersisterProgress {
			panic("a damaged file")
		}
		return real(e)
	}
}

// killWriter writes a batch, after which the worker that writes dies. Whether who
// wrote hears of the one or of the other first, is as it happens.
func (x *Index) killWriter(t *testing.T, g *generation, b rugzak.Batch) {
	t.Helper()
	inner, ok := g.inner.(*scorch.Scorch)
	if !ok {
		t.Fatal(errOtherKind)
	}
	killed.Store(inner, true)
	t.Cleanup(func() { killed.Delete(inner) })
	if err := g.apply(b, x.analysers); err != nil && !errors.Is(err, errBroken) {
		t.Fatal(err)
	}
	<-g.workers.died
}

func mill(id rugzak.EntryID) rugzak.Batch {
	return rugzak.Batch{Position: rugzak.Position(id), Put: []rugzak.Document{{
		ID: id, Kind: rugzak.KindInsight, Lang: rugzak.Dutch, State: rugzak.StateShared, Title: "Molen", Tokens: []string{rugzak.InternalToken},
	}}}
}

// quiet keeps no log.
var quiet = Options{Logger: slog.New(slog.DiscardHandler)}

// reopened checks what the index in a directory holds after a restart.
func reopened(t *testing.T, dir string, count int, at rugzak.Position) {
	t.Helper()
	x, err := Open(dir, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if n, pos := x.state(t); n != count || pos != at {
		t.Errorf("after a restart %d documents at %q", n, pos)
	}
	if err := x.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// state is what an index holds and how far it has come.
func (x *Index) state(t *testing.T) (count int, at rugzak.Position) {
	t.Helper()
	count, err := x.Count()
	if err == nil {
		at, err = x.Position(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return count, at
}

// An index whose worker died is not waited for: an empty one takes its place, in
// which can be written, and which is there after a restart.
func TestDeadWorker(t *testing.T) {
	dir, ctx := t.TempDir(), t.Context()
	x, err := Open(dir, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Apply(ctx, mill("1")); err != nil {
		t.Fatal(err)
	}
	x.killWriter(t, x.current, mill("2"))
	if count, at := x.state(t); count == 0 || at != rugzak.Position(fmt.Sprint(count)) {
		t.Errorf("to be read are %d documents at %q", count, at)
	}
	if err := x.Apply(ctx, mill("3")); !errors.Is(err, errBroken) {
		t.Errorf("writing without a worker: %v", err)
	}
	if count, at := x.state(t); count != 0 || at != "" {
		t.Errorf("begun anew with %d documents at %q", count, at)
	}
	if err := x.Apply(ctx, mill("1")); err != nil {
		t.Errorf("writing to the new one: %v", err)
	}
	if err := x.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	reopened(t, dir, 1, "1")
}

// What cannot be written to any more is closed, replaced and thrown away like any
// other, and is no index the next time.
func TestDeadWorkerEnds(t *testing.T) {
	for name, end := range map[string]func(t *testing.T, x *Index) error{
		"closed": func(*testing.T, *Index) error { return nil },
		"tidied": func(t *testing.T, x *Index) error { return x.Tidy(t.Context()) },
		"replaced": func(t *testing.T, x *Index) error {
			r, err := x.Rebuild(t.Context())
			if err != nil {
				return err
			}
			return r.Swap(t.Context())
		},
		"thrown away": func(t *testing.T, x *Index) error {
			r, err := x.rebuilding(t.Context())
			if err != nil {
				return err
			}
			x.killWriter(t, r.gen, mill("1"))
			if err := r.Apply(t.Context(), mill("2")); !errors.Is(err, errBroken) {
				t.Errorf("writing to a rebuild without a worker: %v", err)
			}
			return r.Abort()
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			x, err := Open(dir, quiet)
			if err != nil {
				t.Fatal(err)
			}
			g := x.current
			x.killWriter(t, g, mill("1"))
			if err := end(t, x); err != nil && !errors.Is(err, errBroken) {
				t.Error(err)
			}
			if err := x.Close(); err != nil {
				t.Errorf("Close: %v", err)
			}
			if _, watched := workersOf.Load(g.dir); watched {
				t.Error("its workers are watched still")
			}
			reopened(t, dir, 0, "")
		})
	}
}

// What panics while it is written is an error, and not the end of the program.
func TestPanicWhileWriting(t *testing.T) {
	w := &workers{died: make(chan struct{})}
	if err := w.have(func() error { panic("a damaged file") }); !errors.Is(err, errBroken) {
		t.Error(err)
	}
	if err := w.have(func() error { t.Error("done all the same"); return nil }); !errors.Is(err, errBroken) {
		t.Error(err)
	}
}
