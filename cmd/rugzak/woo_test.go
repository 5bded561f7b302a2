// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"archive/zip"
	"path/filepath"
	"slices"
	"testing"
)

// Whoever holds the data selects all that is shared, of a period.
func TestWooCommand(t *testing.T) {
	dir := newBackpack(t)
	file := filepath.Join(t.TempDir(), "woo.zip")
	fine(t, "export", "--woo", file, "--from", "2026-01", "--to", "2099-12", "--data", dir)
	r, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var names []string
	for _, f := range r.File {
		names = append(names, f.Name)
	}
	for _, want := range []string{"inventaris.csv", "weglaklijst.csv", "leesmij.txt"} {
		if !slices.Contains(names, want) {
			t.Errorf("the selection holds %q", names)
		}
	}
	wrong(t, exitWrong, "Choose a month", "export", "--woo", filepath.Join(t.TempDir(), "x.zip"), "--from", "2026", "--to", "2026-12", "--data", dir)
	wrong(t, exitWrong, "no such theme", "export", "--woo", filepath.Join(t.TempDir(), "x.zip"), "--theme", "Onbekend", "--from", "2026-01", "--to", "2026-12", "--data", dir)
}
