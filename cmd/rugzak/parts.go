// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"rugzak/pkg/auth"
	"rugzak/pkg/backpack"
	"rugzak/pkg/bleveindex"
	"rugzak/pkg/blob"
	"rugzak/pkg/boltstore"
	"rugzak/pkg/config"
	"rugzak/pkg/locale"
	"rugzak/pkg/markdown"
	"rugzak/pkg/media"
	"rugzak/pkg/privacy"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/worddiff"
)

// The names in the data directory.
const (
	storeName = "rugzak.db"
	indexName = "index"
	// meaningName is the folder of vectors, where searching by meaning is on.
	meaningName = "meaning"
	// filesName is the folder of what is attached.
	filesName = "files"
)

const (
	// lockPatience is how long to wait for another process to let go of the
	// store.
	lockPatience = 500 * time.Millisecond
	// renderCache bounds the memory of rendered texts, in bytes.
	renderCache = 8 << 20
)

// machineClock is the clock of the machine.
func machineClock() rugzak.Clock { return rugzak.ClockFunc(time.Now) }

// parts are the store, the index and the use cases over them.
type parts struct {
	service  *backpack.Service
	renderer rugzak.Renderer
	store    rugzak.Store
	index    rugzak.Index
	meaning  *backpack.Meaning // nil where it is off
}

// open opens a data directory and makes it when there is none.
func open(c config.Config, catalogue *locale.Catalogue, clock rugzak.Clock, log *slog.Logger) (*parts, error) {
	if err := os.MkdirAll(c.DataDir, 0o700); err != nil {
		return nil, fmt.Errorf("make data directory: %w", err)
	}
	store, err := boltstore.Open(filepath.Join(c.DataDir, storeName), boltstore.Options{Timeout: lockPatience, Log: log})
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	of, err := nameOf(store)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open store: %w", err), store.Close())
	}
	index, err := bleveindex.Open(filepath.Join(c.DataDir, indexName), bleveindex.Options{Logger: log, Of: of})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open search index: %w", err), store.Close())
	}
	letters, err := post(c, catalogue, log)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("mail: %w", err), index.Close(), store.Close())
	}
	meant, err := openMeaning(c, of, log)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("searching by meaning: %w", err), index.Close(), store.Close())
	}
	files, err := blob.Open(filepath.Join(c.DataDir, filesName), clock)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the folder of attachments: %w", err), index.Close(), store.Close())
	}
	reading, err := os.Executable()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("find this program: %w", err), index.Close(), store.Close())
	}
	renderer := markdown.New(markdown.Options{
		Text: func(lang rugzak.Lang, key string, args ...any) string {
			return catalogue.Printer(string(lang)).T(key, args...)
		},
		Origin: c.BaseURL, CacheBytes: renderCache,
	})
	return &parts{
		store: store, index: index, renderer: renderer, meaning: meant,
		service: backpack.New(backpack.Deps{
			Store: store, Index: index, Renderer: renderer, Screener: privacy.Screener{}, Hasher: auth.NewHasher(),
			Common: auth.Common{}, Passkeys: auth.NewPasskeys(c.SiteName), Codes: auth.OneTimeCodes{}, SiteName: c.SiteName,
			Differ: worddiff.Differ{}, Clock: clock, Log: log,
			// One process holds the store, so that its name is that of the backpack.
			SessionIdle: c.SessionIdle, SessionAbsolute: c.SessionAbsolute, NoLocalAccounts: c.NoLocalAccounts, Post: letters, Meaning: meant,
			Process: of, Zone: catalogue.Zone(), Blobs: files, Media: media.New(media.Outside{Program: reading, Args: []string{readDocument}}),
		}),
	}, nil
}

// nameOf names a backpack by its key, without telling the key.
func nameOf(store *boltstore.Store) (string, error) {
	var key []byte
	err := store.View(context.Background(), func(r rugzak.Reader) (err error) {
		key, err = r.Key()
		return err
	})
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, key)
	_, _ = mac.Write([]byte("search index")) // a hash never fails
	return hex.EncodeToString(mac.Sum(nil)[:16]), nil
}

// Close closes the index and what is beside it, and then the store.
func (p *parts) Close() error {
	var err error
	if p.meaning != nil {
		err = p.meaning.Vectors.Close()
	}
	return errors.Join(err, p.index.Close(), p.store.Close())
}

// logger writes the log the way the settings say.
func logger(c config.Config, w io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: c.LogLevel}
	if c.LogFormat == config.LogJSON {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}
