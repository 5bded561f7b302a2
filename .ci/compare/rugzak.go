// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"rugzak/content"
	"rugzak/pkg/auth"
	"rugzak/pkg/backpack"
	"rugzak/pkg/bleveindex"
	"rugzak/pkg/boltstore"
	"rugzak/pkg/exchange"
	"rugzak/pkg/markdown"
	"rugzak/pkg/privacy"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/worddiff"
)

// source names where the texts come from.
const source = "compare"

// backpackEngine is Rugzak as it is used: store, index and use cases.
type backpackEngine struct {
	store   *boltstore.Store
	index   *bleveindex.Index
	service *backpack.Service
	reader  rugzak.Person
	stop    func()
}

// openRugzak opens a backpack with its follower running, as the server does.
func openRugzak(ctx context.Context, dir string) (*backpackEngine, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	store, err := boltstore.Open(filepath.Join(dir, "rugzak.db"), boltstore.Options{})
	if err != nil {
		return nil, err
	}
	index, err := bleveindex.Open(filepath.Join(dir, "index"), bleveindex.Options{})
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	// Every look at the clock is a second later than the one before, so that all
	// texts have times of their own.
	var ticks atomic.Int64
	base := began
	if head, _, err := store.Head(ctx); err == nil && head != "" {
		base = time.Now()
	}
	e := &backpackEngine{store: store, index: index, reader: reader()}
	e.service = backpack.New(backpack.Deps{
		Store: store, Index: index, Renderer: markdown.New(markdown.Options{CacheBytes: 8 << 20}), Screener: privacy.Screener{},
		Hasher: auth.NewHasher(), Common: auth.Common{}, Passkeys: auth.NewPasskeys("Rugzak"), Codes: auth.OneTimeCodes{}, SiteName: "Rugzak",
		Differ: worddiff.Differ{}, Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
		Clock: rugzak.ClockFunc(func() time.Time { return base.Add(time.Duration(ticks.Add(1)) * time.Second) }),
	})
	following, stop := context.WithCancel(context.WithoutCancel(ctx))
	stopped := make(chan struct{})
	go func() { defer close(stopped); _ = e.service.Follow(following) }() // ends with its context
	e.stop = func() { stop(); <-stopped }
	return e, nil
}

// tidy makes one segment of the index.
func (e *backpackEngine) tidy(ctx context.Context) error { return e.index.Tidy(ctx) }

func (e *backpackEngine) close() error {
	e.stop()
	return errors.Join(e.index.Close(), e.store.Close())
}

// prepare makes the organisations, the reader, the themes, the phases and the
// words that mean the same with which every backpack begins.
func (e *backpackEngine) prepare(ctx context.Context) error {
	_, err := e.store.Update(ctx, func(w rugzak.Writer) error {
		for _, o := range organisations() {
			if err := w.SaveOrganisation(o, 0); err != nil {
				return err
			}
		}
		for i := range themes {
			t := rugzak.Theme{ID: themeID(i), Title: fmt.Sprintf("Thema %d", i+1), Audience: rugzak.Audience{Level: rugzak.LevelInternal}}
			if err := w.SaveTheme(t, 0); err != nil {
				return err
			}
		}
		m, err := w.Movement()
		if err != nil {
			return err
		}
		m.Phases = rugzak.DefaultPhases()
		if err := w.SaveMovement(m); err != nil {
			return err
		}
		return w.SavePerson(reader(), 0)
	})
	if err != nil {
		return err
	}
	terms, err := exchange.StarterTerms(content.FS)
	if err != nil {
		return err
	}
	return e.service.ShipTerms(ctx, terms)
}

// build imports the texts as `rugzak import` does, a call for each group of
// writers and readers in every ten thousand texts, while the index follows.
func (e *backpackEngine) build(ctx context.Context, set dataset, done func(int)) error {
	if err := e.prepare(ctx); err != nil {
		return err
	}
	read := 0
	err := texts(set, 10_000, func(batch []document) error {
		type call struct {
			group
			texts []rugzak.Incoming
		}
		var calls []*call
		byName := map[string]*call{}
		for _, d := range batch {
			g := everyGroup[d.Group]
			name := string(g.Organisation.ID) + " " + g.Audience.String()
			c := byName[name]
			if c == nil {
				c = &call{group: g}
				byName[name], calls = c, append(calls, c)
			}
			c.texts = append(c.texts, incoming(d))
		}
		for _, c := range calls {
			if err := e.bring(ctx, c.group, c.texts); err != nil {
				return err
			}
			read += len(c.texts)
			done(read)
		}
		return nil
	}, func(int) {})
	if err != nil {
		return err
	}
	return e.service.CatchUp(ctx)
}

func (e *backpackEngine) reindex(ctx context.Context) error { return e.service.Reindex(ctx, nil) }

func incoming(d document) rugzak.Incoming {
	return rugzak.Incoming{Place: d.ID, Line: 1, Entry: rugzak.Entry{
		Kind: d.Kind, Lang: d.Lang, Title: d.Title, Body: d.Body, Themes: d.Themes, Phase: d.Phase,
		Month: fmt.Sprintf("%d-06", d.Year), External: rugzak.External{Source: source, ID: d.ID},
	}}
}

func (e *backpackEngine) bring(ctx context.Context, g group, files []rugzak.Incoming) error {
	var refused error
	_, err := e.service.Import(ctx, backpack.Operator(), backpack.ImportOptions{
		Source: source, Organisation: g.Organisation, Audience: g.Audience, ConfirmPartners: true, Privacy: backpack.PrivacyReport,
	}, func(yield func(rugzak.Incoming) bool) {
		for _, f := range files {
			if !yield(f) {
				return
			}
		}
	}, func(l backpack.ImportLine) {
		if l.Err != nil {
			refused = errors.Join(refused, fmt.Errorf("%s: %w", l.Place, l.Err))
		}
	})
	return errors.Join(err, refused)
}

// rewrite is measured on the index by itself: the store keeps every revision.
func (e *backpackEngine) rewrite(context.Context, dataset, func(int)) error { return errNoTask }

func (e *backpackEngine) run(ctx context.Context, t task, q question) (answer, error) {
	if t == taskPage {
		v, err := e.service.Search(ctx, e.reader, backpack.Asked{Query: q.Text})
		if err != nil {
			return answer{}, err
		}
		a := answer{Total: v.Total}
		for _, h := range v.Hits {
			a.IDs = append(a.IDs, string(h.ID))
			for _, f := range h.Fragments {
				a.Marked += min(1, len(f.Marks))
			}
		}
		for _, f := range v.Facets {
			a.Facets += len(f.Values)
		}
		return a, nil
	}
	if t == taskSuggest {
		found, err := e.service.Suggest(ctx, e.reader, q.Begin, kindNames)
		return answer{Total: len(found)}, err
	}
	return runIndex(ctx, e.index, t, q)
}

// kindNames are what the kinds are called, for suggestions.
var kindNames = map[rugzak.Kind]string{
	rugzak.KindExperience: "ervaring", rugzak.KindSuccess: "succes", rugzak.KindFailure: "mislukking", rugzak.KindInsight: "inzicht",
	rugzak.KindQuestion: "vraagstuk", rugzak.KindMethod: "werkvorm", rugzak.KindApplication: "toepassing",
}

// ranking asks the use case, and tells the ids that the texts came with.
func (e *backpackEngine) ranking(ctx context.Context, q question) ([]string, error) {
	v, err := e.service.Search(ctx, e.reader, backpack.Asked{Query: q.Text, Size: rugzak.MeasuredHits})
	if err != nil {
		return nil, err
	}
	var ids []string
	err = e.store.View(ctx, func(r rugzak.Reader) error {
		for _, h := range v.Hits {
			entry, err := r.Entry(h.ID)
			if err != nil {
				return err
			}
			ids = append(ids, entry.External.ID)
		}
		return nil
	})
	return ids, err
}

// post shares a text as somebody does with a form.
func (e *backpackEngine) post(ctx context.Context, d document) (func(context.Context) (bool, error), error) {
	id, err := e.service.NewID(ctx, e.reader)
	if err != nil {
		return nil, err
	}
	saved, err := e.service.Share(ctx, e.reader, id, 0, backpack.Input{
		Kind: rugzak.KindExperience, Lang: d.Lang, Title: d.Title, Body: d.Body, Mode: rugzak.ByName,
		Audience: rugzak.Audience{Level: rugzak.LevelInternal}, Themes: d.Themes,
	})
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context) (bool, error) {
		v, err := e.service.Search(ctx, e.reader, backpack.Asked{Query: d.Title, WaitFor: saved.Position, Plain: true})
		return err == nil && len(v.Hits) > 0 && v.Hits[0].ID == id, err
	}, nil
}

func (e *backpackEngine) size(context.Context) (index, all int64, err error) {
	if index, err = e.index.Size(); err != nil {
		return 0, 0, err
	}
	store, err := e.store.Size()
	return index, index + store, err
}
