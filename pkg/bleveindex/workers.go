// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// workers tells whether those who write, merge and publish the segments of an
// index in the background are alive. Files that are damaged where no check sees
// it make one of them panic; bleve then goes on without it, and whoever waits for
// what it should have done waits for ever.
type workers struct {
	once sync.Once
	died chan struct{}
	err  error // why, once died is closed
}

// errBroken says that an index has lost a worker: it can be read, but not written.
var errBroken = errors.New("the search index is damaged")

// workersOf finds the workers of the index in a directory: bleve can only call a
// function that was named before it started.
var workersOf sync.Map // directory to *workers

const workerFailed = "rugzak worker failed"

func init() {
	scorch.RegistryAsyncErrorCallbacks[workerFailed] = func(err error, path string) {
		w, ok := workersOf.Load(filepath.Dir(path)) // bleve keeps the segments in a folder of that directory
		if ok && errors.Is(err, scorch.ErrAsyncPanic) {
			w.(*workers).die(err)
		}
	}
}

// watchWorkers watches the workers of the index that is about to be opened in a
// directory.
func watchWorkers(dir string) *workers {
	w := &workers{died: make(chan struct{})}
	workersOf.Store(filepath.Clean(dir), w)
	return w
}

// forget ends the watching.
func (w *workers) forget(dir string) { workersOf.Delete(filepath.Clean(dir)) }

func (w *workers) die(err error) {
	w.once.Do(func() {
		w.err = fmt.Errorf("%w: %w", errBroken, err)
		close(w.died)
	})
}

// have lets the workers do something, and waits until they have or one of them has
// died: then what was begun is left behind, for nothing can end it. That doing it
// panics, or reads where the file has ended, is such a death too.
func (w *workers) have(do func() error) error {
	if isClosed(w.died) {
		return w.err
	}
	done := make(chan error, 1)
	go func() {
		debug.SetPanicOnFault(true)
		defer func() {
			if r := recover(); r != nil {
				w.die(fmt.Errorf("panic: %v", r))
			}
		}()
		done <- do()
	}()
	select {
	case err := <-done:
		return err
	case <-w.died:
		return w.err
	}
}
