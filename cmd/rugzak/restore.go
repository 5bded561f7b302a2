// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sys/unix"

	"rugzak/pkg/boltstore"
	"rugzak/pkg/control"
	"rugzak/pkg/rugzak"
)

func (a *app) restoreCommand() *cobra.Command {
	var replace bool
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup back",
		Long: `Put a backup back in the data directory, after checking that it is whole.

It refuses while a server runs, and when there is a store already: --replace
takes the place of that one and keeps it beside, under another name. The search
index is made anew at the next start.`,
		Example: `  rugzak restore /var/backups/rugzak/rugzak-2026-11-22.db --data /var/lib/rugzak`,
		Args:    cobra.ExactArgs(1),
	}
	addSettings(cmd, "data")
	cmd.Flags().BoolVar(&replace, "replace", false, "take the place of the store that is there, which is kept beside")
	cmd.RunE = a.action(func(cmd *cobra.Command, args []string) error {
		conf, err := a.settings(cmd)
		if err != nil {
			return err
		}
		return a.restore(cmd.Context(), args[0], conf.DataDir, replace)
	})
	return cmd
}

func (a *app) restore(ctx context.Context, from, dir string, replace bool) error {
	store := filepath.Join(dir, storeName)
	switch {
	case sameFile(from, store):
		return refused("cli.error.own_store", from)
	case hasStore(dir) && !replace:
		return refused("cli.error.store_exists", store)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	release, err := lock(ctx, dir)
	if err != nil {
		return err
	}
	defer release()
	temp, err := a.copyBackup(ctx, from, dir)
	if temp != "" {
		defer os.RemoveAll(temp)
	}
	if err != nil {
		return err
	}
	kept := ""
	if hasStore(dir) {
		kept = store + ".before-" + time.Now().Format("20060102-150405")
		if err := os.Rename(store, kept); err != nil {
			return err
		}
	}
	if err := os.RemoveAll(filepath.Join(dir, indexName)); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(temp, storeName), store); err != nil {
		return err
	}
	if err := syncDir(dir); err != nil {
		return err
	}
	a.tell(a.say.T("cli.restore.done", from))
	if kept != "" {
		a.tell(a.say.T("cli.restore.kept", kept))
	}
	return nil
}

// lock keeps every server and command away from the store that is there. It
// works on a damaged one too.
func lock(ctx context.Context, dir string) (release func(), err error) {
	inUse := &rugzak.Error{Code: rugzak.CodeUnavailable, Key: "cli.error.stop_server"}
	if c, err := control.Dial(ctx, dir); err == nil {
		return nil, errors.Join(inUse, c.Close())
	} else if !errors.Is(err, control.ErrNoServer) {
		return nil, err
	}
	if !hasStore(dir) {
		return func() {}, nil
	}
	f, err := os.OpenFile(filepath.Join(dir, storeName), os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		if errors.Is(err, unix.EWOULDBLOCK) {
			err = inUse
		}
		return nil, errors.Join(err, f.Close())
	}
	return func() { _ = f.Close() }, nil
}

// copyBackup copies a backup into a folder in the data directory and checks it
// there. It returns that folder, also with an error.
func (a *app) copyBackup(ctx context.Context, from, dir string) (string, error) {
	temp, err := os.MkdirTemp(dir, ".restore-*")
	if err != nil {
		return "", err
	}
	path := filepath.Join(temp, storeName)
	bar := a.bar(control.StageRead)
	defer bar.done()
	size := int64(0)
	err = writeFile(path, false, func(w io.Writer) error {
		f, err := os.Open(from)
		if err != nil {
			return err
		}
		defer f.Close()
		size, err = io.Copy(bar.counting(w), f)
		return err
	})
	if err != nil {
		return temp, err
	}
	if size == 0 {
		return temp, refused("cli.error.backup_damaged", from)
	}
	store, err := boltstore.Open(path, boltstore.Options{Log: a.commandLog()})
	if err != nil {
		if e, ok := errors.AsType[*rugzak.Error](err); ok && e.Key == "error.store.newer" {
			return temp, err
		}
		return temp, &rugzak.Error{Code: rugzak.CodeInvalid, Key: "cli.error.backup_damaged", Args: []any{from}, Err: err}
	}
	problems := 0
	err = store.Check(ctx, func(problem string) {
		problems++
		a.warn("  " + problem)
	})
	if err := errors.Join(err, store.Close()); err != nil {
		return temp, fmt.Errorf("check backup: %w", err)
	}
	if problems > 0 {
		return temp, refused("cli.error.backup_damaged", from)
	}
	return temp, nil
}
