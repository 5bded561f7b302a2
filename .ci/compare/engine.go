// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"
)

// task is something people ask of search.
type task string

// The tasks.
const (
	taskRanked  task = "ranked"  // words, any of them: the best ten and the total, for who may see all
	taskFacets  task = "facets"  // the same with six facets counted
	taskNewest  task = "newest"  // the same, newest first
	taskPage    task = "page"    // for one reader: ten hits with marked fragments, total, six facets
	taskSuggest task = "suggest" // titles with a word that begins as typed, for one reader
)

// tasks lists the tasks in the order in which they are reported.
func tasks() []task { return []task{taskRanked, taskFacets, taskNewest, taskPage, taskSuggest} }

// suggestions is how many are shown while typing.
const suggestions = 8

// answer is what came of a task.
type answer struct {
	IDs    []string // of the texts, in the engine's own words
	Total  int
	Facets int // how many different values were counted
	Marked int // fragments with something to mark
}

// engine is one way to search.
type engine interface {
	// build puts all texts in, until every one of them can be found, and tells
	// how many are done.
	build(ctx context.Context, set dataset, done func(int)) error
	// rewrite puts all texts in once more, as changes of what is there.
	rewrite(ctx context.Context, set dataset, done func(int)) error
	run(ctx context.Context, t task, q question) (answer, error)
	// ranking gives the ids of the first hits of what people really get.
	ranking(ctx context.Context, q question) ([]string, error)
	// post stores one text durably, and returns how it can be seen to be found.
	post(ctx context.Context, d document) (found func(context.Context) (bool, error), err error)
	// size is the room that the index takes, and that of everything.
	size(ctx context.Context) (index, all int64, err error)
	close() error
}

// reindexer makes its index anew from the texts. `rugzak eval` does so too, so
// that both find the same.
type reindexer interface {
	reindex(ctx context.Context) error
}

// errNoTask says that an engine has no such task.
var errNoTask = errors.New("not offered")

// The engines.
const (
	engineRugzak   = "rugzak"
	engineIndex    = "rugzak-index" // the index of Rugzak by itself: filled from memory, without store
	engineBleve    = "bleve"
	enginePostgres = "postgres"
	engineSQLite   = "sqlite"
)

// openEngine opens what an engine keeps in a folder (for PostgreSQL: in the
// database that url names, under a name taken from the folder).
func openEngine(ctx context.Context, name, dir, url string) (engine, error) {
	dir = filepath.Join(dir, name)
	switch name {
	case engineRugzak:
		return openRugzak(ctx, dir)
	case engineIndex:
		return openIndexOnly(dir)
	case engineBleve:
		return openStock(dir)
	case enginePostgres:
		return openPostgres(ctx, url)
	case engineSQLite:
		return openSQLite(ctx, dir)
	}
	return nil, fmt.Errorf("there is no engine %q", name)
}

// roomOf is what the files under a folder take.
func roomOf(dir string) (int64, error) {
	var total int64
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // taken away while we look
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil {
			total += info.Size()
		}
		return err
	})
	return total, err
}

// tidied makes an engine do at once what it does by itself in quiet moments, and
// waits until its files stop changing.
func tidied(ctx context.Context, e engine) error {
	if t, ok := e.(interface{ tidy(context.Context) error }); ok {
		if err := t.tidy(ctx); err != nil {
			return err
		}
	}
	return settle(ctx, e)
}

// settle waits until the files of an engine stop changing: indexes tidy up in
// the background after they were filled.
func settle(ctx context.Context, e engine) error {
	const pause, calm, most = 500 * time.Millisecond, 6, 1800
	last, same := int64(-1), 0
	for range most {
		_, all, err := e.size(ctx)
		if err != nil {
			return err
		}
		if all == last {
			if same++; same == calm {
				return nil
			}
		} else {
			last, same = all, 0
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
	return nil
}

// texts yields the documents of a set in batches.
func texts(set dataset, size int, use func([]document) error, done func(int)) error {
	batch := make([]document, 0, size)
	for i := range set.Size {
		batch = append(batch, set.At(i))
		if len(batch) == size || i == set.Size-1 {
			if err := use(batch); err != nil {
				return err
			}
			batch = make([]document, 0, size)
			done(i + 1)
		}
	}
	return nil
}
