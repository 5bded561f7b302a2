// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"rugzak/pkg/config"
	"rugzak/pkg/rugzak"
)

// The exit codes.
const (
	exitFine  = 0
	exitWrong = 1
	exitUsage = 2
)

// errTold ends a command with exitWrong when everything was said already.
var errTold = errors.New("told already")

// exitCode tells what went wrong, in a sentence, and gives the exit code.
func (a *app) exitCode(err error) int {
	if err == nil {
		return exitFine
	}
	if errors.Is(err, errTold) {
		return exitWrong
	}
	if problems, ok := errors.AsType[config.Problems](err); ok {
		a.warn(a.say.T("cli.error.config"))
		for _, p := range problems {
			a.warn("  " + p.String())
		}
		return exitUsage
	}
	if !a.acting {
		a.warn(a.say.T("cli.error.usage", err.Error()))
		return exitUsage
	}
	for _, line := range a.sentences(err) {
		a.warn(line)
	}
	if a.verbose {
		a.warn(a.say.T("cli.error.detail", err.Error()))
	} else if rugzak.CodeOf(err) == rugzak.CodeInternal && !errors.Is(err, context.Canceled) {
		a.warn(a.say.T("cli.error.ask_detail"))
	}
	if rugzak.CodeOf(err) == rugzak.CodeUsage {
		return exitUsage
	}
	return exitWrong
}

// sentences says what an error means: a line per field, or one.
func (a *app) sentences(err error) []string {
	if errors.Is(err, context.Canceled) {
		return []string{a.say.T("cli.error.interrupted")}
	}
	e, ok := errors.AsType[*rugzak.Error](err)
	if !ok {
		return []string{a.system(err)}
	}
	if len(e.Fields) == 0 {
		return []string{a.sentence(e.Key, e.Code, e.Args)}
	}
	var lines []string
	for _, f := range e.Fields {
		where := ""
		if f.Place != "" {
			where = place(f.Place, f.Line) + ": "
		}
		if f.Field != "" && f.Place == "" {
			where = "--" + flagOf(f.Field) + ": "
		} else if f.Field != "" {
			where += f.Field + ": "
		}
		lines = append(lines, where+a.sentence(f.Key, e.Code, f.Args))
	}
	return lines
}

// sentence fills the sentence of a key; for a key nobody wrote a sentence for,
// the general one of its code.
func (a *app) sentence(key string, code rugzak.Code, args []any) string {
	if !a.catalogue.Has(a.say.Lang(), key) {
		return a.say.T("cli.code."+strings.ReplaceAll(string(code), "_", "-")) + " (" + key + ")"
	}
	return a.say.T(key, args...)
}

// system says what the machine refused.
func (a *app) system(err error) string {
	path := ""
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		path = p.Path
	}
	for _, known := range []struct {
		cause error
		key   string
	}{
		{fs.ErrNotExist, "cli.error.file_missing"},
		{fs.ErrPermission, "cli.error.file_denied"},
		{fs.ErrExist, "cli.error.file_exists"},
		{syscall.ENOSPC, "cli.error.disk_full"},
		{syscall.EROFS, "cli.error.read_only"},
		{syscall.EISDIR, "cli.error.is_folder"},
		{syscall.ENOTDIR, "cli.error.no_folder"},
	} {
		if path != "" && errors.Is(err, known.cause) {
			return a.say.T(known.key, path)
		}
	}
	return a.say.T("cli.error.internal")
}

// flagOf names the flag that fills a field.
func flagOf(field string) string {
	switch field {
	case "roles":
		return "role"
	case "teams":
		return "team"
	}
	return field
}

func place(name string, line int) string {
	if line == 0 {
		return name
	}
	return fmt.Sprintf("%s:%d", name, line)
}

// usage is an error of use found while acting.
func usage(key string, args ...any) error {
	return &rugzak.Error{Code: rugzak.CodeUsage, Key: key, Args: args}
}

func refused(key string, args ...any) error {
	return &rugzak.Error{Code: rugzak.CodeInvalid, Key: key, Args: args}
}
