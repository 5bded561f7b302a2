// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"rugzak/pkg/config"
	"rugzak/pkg/control"
	"rugzak/pkg/rugzak"
)

// startPatience is how long a command waits for a server that is starting or
// stopping: it has the store, but does not answer.
const startPatience = 3 * time.Second

// keyInUse is what the store says while another process has it open.
const keyInUse = "error.store.in_use"

// access is what a command does with the backpack.
type access int

const (
	reads  access = iota // refuses a directory without a store
	writes               // makes one, and lets the index follow
)

// withClient runs a command against the server that has the data directory
// open, or else opens it itself.
func (a *app) withClient(cmd *cobra.Command, how access, fn func(ctx context.Context, c *control.Client) error) error {
	conf, err := a.settings(cmd)
	if err != nil {
		return err
	}
	return a.withStore(cmd.Context(), conf, how, fn)
}

func (a *app) withStore(ctx context.Context, conf config.Config, how access, fn func(ctx context.Context, c *control.Client) error) error {
	for deadline := time.Now().Add(startPatience); ; {
		c, err := control.Dial(ctx, conf.DataDir)
		if err == nil {
			return errors.Join(fn(ctx, c), c.Close())
		}
		if !errors.Is(err, control.ErrNoServer) {
			return err
		}
		if how == reads && !hasStore(conf.DataDir) {
			return refused("cli.error.no_store", conf.DataDir)
		}
		p, err := open(conf, a.catalogue, a.clock, a.commandLog())
		if err == nil {
			return errors.Join(a.alone(ctx, conf, p, how, fn), p.Close())
		}
		if e, ok := errors.AsType[*rugzak.Error](err); !ok || e.Key != keyInUse || time.Now().After(deadline) {
			return err
		}
	}
}

func hasStore(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, storeName))
	return !errors.Is(err, fs.ErrNotExist)
}

// commandLog tells what a command should know of, and with --verbose more.
func (a *app) commandLog() *slog.Logger {
	level := slog.LevelError
	if a.verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(a.stderr, &slog.HandlerOptions{Level: level}))
}

// alone serves a command in this process, while the index follows what it writes.
func (a *app) alone(ctx context.Context, conf config.Config, p *parts, how access, fn func(ctx context.Context, c *control.Client) error) error {
	if err := control.RemoveSpools(conf.DataDir); err != nil {
		return err
	}
	c := control.Local(control.New(control.Config{
		Service: p.service, Dir: conf.DataDir, Version: built().Version, Log: a.commandLog(),
	}))
	if how == reads {
		return errors.Join(fn(ctx, c), c.Close())
	}
	following, stop := context.WithCancel(ctx)
	var group sync.WaitGroup
	group.Go(func() { _ = p.service.Follow(following) }) // ends with its context
	err := errors.Join(fn(ctx, c), c.Close())
	stop()
	group.Wait()
	if ctx.Err() != nil {
		return err // the next start continues
	}
	bar := a.bar(control.StageIndex)
	defer bar.done()
	bar.begin()
	return errors.Join(err, p.service.CatchUp(ctx))
}
