// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"rugzak/pkg/boltstore"
	"rugzak/pkg/control"
	"rugzak/pkg/exchange"
	"rugzak/pkg/rugzak"
)

func (a *app) restoreCommand() *cobra.Command {
	var replace bool
	var tombstones string
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup back",
		Long: `Put a backup back in the data directory, after checking that it is whole.

A backup holds the store and the files that are attached. One of an older version,
or a copy of the store alone, is put back as well; the files that are there stay.

It refuses while a server runs, and when there is a store already: --replace
takes the place of that one and keeps it beside, under another name. The search
index is made anew at the next start.

What was purged after the backup was made does not come back: the store that is
there knows. Where there is none, give --tombstones the list that
"rugzak purge --list" wrote, or tombstones.yaml of a newer export.`,
		Example: `  rugzak restore /var/backups/rugzak/rugzak-2026-11-22.zip --data /var/lib/rugzak
  rugzak restore rugzak-2026-11-22.zip --data /srv/new --tombstones tombstones.yaml`,
		Args: cobra.ExactArgs(1),
	}
	addSettings(cmd, "data")
	cmd.Flags().BoolVar(&replace, "replace", false, "take the place of the store that is there, which is kept beside")
	cmd.Flags().StringVar(&tombstones, "tombstones", "", "file that lists what was purged")
	cmd.RunE = a.action(func(cmd *cobra.Command, args []string) error {
		conf, err := a.settings(cmd)
		if err != nil {
			return err
		}
		known, err := readTombstones(tombstones)
		if err != nil {
			return err
		}
		return a.restore(cmd.Context(), args[0], conf.DataDir, replace, known)
	})
	return cmd
}

func (a *app) restore(ctx context.Context, from, dir string, replace bool, known []rugzak.Tombstone) error {
	store := filepath.Join(dir, storeName)
	switch {
	case sameFile(from, store):
		return refused("cli.error.own_store", from)
	case hasStore(dir) && !replace:
		return refused("cli.error.store_exists", store)
	}
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() == 0 { // the store would take it for a new file
		return refused("cli.error.backup_damaged", from)
	}
	if err := nobodyUses(ctx, dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	packed, err := openBackup(f, info.Size())
	if err != nil {
		return restoreError(from, err)
	}
	kept, files, err := packed.putFiles(ctx, filepath.Join(dir, filesName))
	if err != nil {
		return restoreError(from, err)
	}
	bar := a.bar(control.StageRead)
	done, err := boltstore.Restore(ctx, io.TeeReader(packed.store, bar.counting(io.Discard)), store, replace, known)
	bar.done()
	if err != nil {
		if kept != "" {
			err = errors.Join(err, os.RemoveAll(kept))
		}
		return restoreError(from, err)
	}
	// It belongs to what was there before.
	for _, name := range []string{indexName, meaningName} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	a.tell(a.say.T("cli.restore.done", from))
	if done.Kept != "" {
		a.tell(a.say.T("cli.restore.kept", done.Kept))
	}
	if kept != "" {
		a.tell(a.say.T("cli.restore.files_kept", kept))
	}
	if files > 0 {
		a.tell(a.say.N("cli.restore.files", files))
	}
	missing, err := tidyFiles(ctx, dir)
	if err != nil {
		return err
	}
	if missing > 0 {
		a.warn(a.say.N("cli.restore.files_missing", missing))
	}
	if done.Removed > 0 {
		a.tell(a.say.N("cli.restore.purged", done.Removed))
	}
	if done.Unread {
		a.warn(a.say.T("cli.restore.unread"))
	}
	return nil
}

// readTombstones reads the file of --tombstones; none without a name.
func readTombstones(name string) ([]rugzak.Tombstone, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return exchange.ReadTombstones(f, filepath.Base(name))
}

// stopServer is the answer while somebody uses the data directory.
func stopServer(cause error) error {
	return &rugzak.Error{Code: rugzak.CodeUnavailable, Key: "cli.error.stop_server", Err: cause}
}

func nobodyUses(ctx context.Context, dir string) error {
	c, err := control.Dial(ctx, dir)
	if err == nil {
		return stopServer(c.Close())
	}
	if errors.Is(err, control.ErrNoServer) {
		return nil
	}
	return err
}

func restoreError(from string, err error) error {
	e, ok := errors.AsType[*rugzak.Error](err)
	if !ok {
		return err
	}
	switch e.Key {
	case keyInUse:
		return stopServer(err)
	case keyDamaged:
		return &rugzak.Error{Code: rugzak.CodeInvalid, Key: "cli.error.backup_damaged", Args: []any{from}, Err: err}
	}
	return err
}

// keyDamaged is what the store says of a file that is not whole.
const keyDamaged = "error.store.damaged"
