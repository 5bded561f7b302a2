// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"archive/zip"
	"path/filepath"
	"slices"
	"testing"
)

// Whoever holds the data makes the dossier of somebody of the core team, and of
// nobody else.
func TestHandoverCommand(t *testing.T) {
	dir := newBackpack(t)
	fine(t, "person", "add", "--name", "Kern", "--email", "kern@voorbeeld.test", "--organisation", "Jeugd", "--role", "participant", "--role", "coreteam", "--data", dir)
	file := filepath.Join(t.TempDir(), "dossier.zip")
	fine(t, "handover", "--as", "kern@voorbeeld.test", file, "--data", dir)
	r, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var names []string
	for _, f := range r.File {
		names = append(names, f.Name)
	}
	for _, want := range []string{"index.html", "index.md", "1-kompas.html", "8-draaiboek.md", "stijl.css"} {
		if !slices.Contains(names, want) {
			t.Errorf("the dossier holds %q", names)
		}
	}
	wrong(t, exitWrong, "", "handover", "--as", "kern@voorbeeld.test", file, "--data", dir)
	wrong(t, exitWrong, "", "handover", "--as", "niemand@voorbeeld.test", filepath.Join(t.TempDir(), "x.zip"), "--data", dir)
}
