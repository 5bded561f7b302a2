// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"rugzak/content"
	"rugzak/pkg/auth"
	"rugzak/pkg/backpack"
	"rugzak/pkg/bleveindex"
	"rugzak/pkg/blob"
	"rugzak/pkg/boltstore"
	"rugzak/pkg/exchange"
	"rugzak/pkg/markdown"
	"rugzak/pkg/media"
	"rugzak/pkg/privacy"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/worddiff"
)

// house is a backpack with real parts, in a folder of its own.
type house struct {
	*backpack.Service
	store *boltstore.Store
	clock *handClock
	dir   string
	stop  func() // ends the follower
	close func() // closes everything; the end of the test does it too
}

// handClock is a clock that a test turns by hand. The follower reads it too,
// whenever it likes.
type handClock struct {
	mu sync.Mutex
	at time.Time
}

func (c *handClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// turn sets the clock.
func (c *handClock) turn(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

// newHouse opens an empty backpack whose follower runs.
func newHouse(t testing.TB) *house {
	t.Helper()
	return openHouse(t, t.TempDir())
}

// openHouse opens the backpack in a folder. around may put something between
// the use cases and the index.
func openHouse(t testing.TB, dir string, around ...func(rugzak.Index) rugzak.Index) *house {
	t.Helper()
	return openHouseWith(t, dir, nil, around...)
}

// openHouseWith opens one with searching by meaning, unless it is nil.
func openHouseWith(t testing.TB, dir string, meaning *backpack.Meaning, around ...func(rugzak.Index) rugzak.Index) *house {
	t.Helper()
	store, err := boltstore.Open(filepath.Join(dir, "rugzak.db"), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	index, err := bleveindex.Open(filepath.Join(dir, "index"), bleveindex.Options{})
	if err != nil {
		t.Fatal(err)
	}
	blobs, err := blob.Open(filepath.Join(dir, "files"), rugzak.ClockFunc(time.Now))
	if err != nil {
		t.Fatal(err)
	}
	var seen rugzak.Index = index
	for _, put := range around {
		seen = put(seen)
	}
	h := &house{store: store, dir: dir, clock: &handClock{at: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}}
	h.Service = backpack.New(backpack.Deps{
		Store: store, Index: seen, Renderer: markdown.New(markdown.Options{CacheBytes: 1 << 20}), Screener: privacy.Screener{},
		Hasher: auth.NewHasher(), Common: auth.Common{}, Passkeys: auth.NewPasskeys("Rugzak"), Codes: auth.OneTimeCodes{}, SiteName: "Rugzak",
		Differ: worddiff.Differ{}, Clock: h.clock,
		Log: slog.New(slog.DiscardHandler), Meaning: meaning, Media: media.New(media.Outside{}), Blobs: blobs,
	})
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = h.Follow(ctx) }()
	h.stop = func() { stop(); <-done }
	h.close = sync.OnceFunc(func() {
		h.stop()
		if err := index.Close(); err != nil {
			t.Error(err)
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(h.close)
	return h
}

// starter fills a house with the starter content and its people.
func (h *house) starter(t testing.TB) {
	t.Helper()
	b, entries, err := exchange.Starter(content.FS, rugzak.Dutch)
	if err != nil {
		t.Fatal(err)
	}
	n, err := h.LoadStarter(t.Context(), backpack.Operator(), b, entries, true)
	if err != nil {
		t.Fatal(err)
	}
	if n != len(entries) {
		t.Fatalf("%d of %d entries loaded", n, len(entries))
	}
}

// person returns somebody by e-mail address, made by the starter content.
func (h *house) person(t testing.TB, email string) rugzak.Person {
	t.Helper()
	p, err := h.PersonByEmail(t.Context(), backpack.Operator(), email)
	if err != nil {
		t.Fatalf("%s: %v", email, err)
	}
	return p
}

// simple is the smallest form that can be shared.
func simple(title, body string, level rugzak.Level, also ...rugzak.OrganisationID) backpack.Input {
	return backpack.Input{
		Kind: rugzak.KindExperience, Lang: rugzak.Dutch, Title: title, Body: body, Mode: rugzak.ByName,
		Audience: rugzak.Audience{Level: level, Also: also},
	}
}

// NewID is an id of nothing.
func (h *house) NewID() rugzak.EntryID { return rugzak.EntryID(rugzak.NewID(h.clock.Now())) }

// idFor is the id of a form for somebody.
func (h *house) idFor(by rugzak.Person) rugzak.EntryID {
	id, err := h.Service.NewID(context.Background(), by)
	if err != nil {
		panic(err)
	}
	return id
}

// share shares a simple entry.
func (h *house) share(t testing.TB, by rugzak.Person, in backpack.Input) rugzak.Entry {
	t.Helper()
	id := h.idFor(by)
	saved, err := h.Share(t.Context(), by, id, 0, in)
	if u, ask := errors.AsType[*backpack.Unconfirmed](err); ask {
		in.Confirmed = u.IDs()
		saved, err = h.Share(t.Context(), by, id, 0, in)
	}
	if err != nil {
		t.Fatalf("share %q: %v", in.Title, err)
	}
	return saved.Entry
}

// SaveTheme saves a theme and confirms the partners in it.
func (h *house) SaveTheme(ctx context.Context, by rugzak.Person, id rugzak.ThemeID, base int, in backpack.ThemeInput) (rugzak.Theme, error) {
	made, err := h.Service.SaveTheme(ctx, by, id, base, in)
	if u, ask := errors.AsType[*backpack.Unconfirmed](err); ask {
		in.Confirmed = u.IDs()
		made, err = h.Service.SaveTheme(ctx, by, id, base, in)
	}
	return made, err
}

// find returns the titles a person finds, and the total, once the index has
// followed everything: on a busy machine that may take longer than a search
// waits.
func (h *house) find(t testing.TB, by rugzak.Person, query string) ([]string, int) {
	t.Helper()
	h.caughtUp(t)
	head, _, err := h.store.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	v, err := h.Search(t.Context(), by, backpack.Asked{Query: query, WaitFor: head, Size: 100})
	if err != nil {
		t.Fatalf("search %q: %v", query, err)
	}
	if v.Behind {
		t.Fatalf("search %q: the index is behind", query)
	}
	var titles []string
	for _, hit := range v.Hits {
		titles = append(titles, hit.Title)
	}
	return titles, v.Total
}
