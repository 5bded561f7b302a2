// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"log/slog"
	"path/filepath"

	"rugzak/pkg/backpack"
	"rugzak/pkg/config"
	"rugzak/pkg/meaning"
)

// openMeaning opens what searching by meaning needs; nil where it is off. Then
// the vectors of an earlier time go too: nobody would keep them in step.
func openMeaning(c config.Config, of string, log *slog.Logger) (*backpack.Meaning, error) {
	dir := filepath.Join(c.DataDir, meaningName)
	if c.Meaning.URL == "" {
		return nil, meaning.Forget(dir)
	}
	client, err := meaning.New(meaning.Options{
		URL: c.Meaning.URL, Kind: meaning.Kind(c.Meaning.Kind), Model: c.Meaning.Model, Key: c.Meaning.Key,
	})
	if err != nil {
		return nil, err
	}
	vectors, err := meaning.OpenStore(dir, meaning.StoreOptions{Model: client.Name(), Of: of, Log: log})
	if err != nil {
		return nil, err
	}
	return &backpack.Meaning{Embedder: client, Vectors: vectors}, nil
}
