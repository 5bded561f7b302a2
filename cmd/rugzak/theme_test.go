// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// madeUpThemes are the house styles of municipalities that do not exist.
const madeUpThemes = "../../pkg/housestyle/testdata/"

func TestCheckTheme(t *testing.T) {
	dir := newBackpack(t)
	for _, name := range []string{"voorbeeldstad", "verzonnen-aan-zee"} {
		if out := fine(t, "check", "--data", dir, "--theme-folder", madeUpThemes+name); !strings.Contains(out, "All is well") {
			t.Errorf("%s: %s", name, out)
		}
	}
	folder := t.TempDir()
	write := func(css string) {
		if err := os.WriteFile(filepath.Join(folder, "theme.css"), []byte(css), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	check := func(flags ...string) string {
		o := command(t, append([]string{"check", "--quiet", "--data", dir, "--theme-folder", folder}, flags...)...)
		if o.code != exitWrong {
			t.Errorf("check ends with %d", o.code)
		}
		return o.out
	}
	write(".x-theme {\n--utrecht-link-color: #7fb2e5 }")
	if got := check("--lang", "nl"); got != "\ntheme.css:2: Een link op een zacht vlak in de lichte stand is niet goed te lezen: het contrast is 1,8 en moet 4,5 zijn (#7fb2e5 op #e2eae5).\n  Zet --utrecht-link-color bijvoorbeeld op #4c6b89.\n" {
		t.Errorf("a link that is too light: %q", got)
	}
	if got := check(); !strings.Contains(got, "the contrast is 1.8 and should be 4.5") {
		t.Errorf("in English: %q", got)
	}
	write("@import 'a.css';")
	if got := check(); !strings.HasPrefix(got, "\ntheme.css:1: @import fetches one more stylesheet.") {
		t.Errorf("@import: %q", got)
	}
	// A link in the folder leads nowhere outside of it.
	write(".x-theme { --utrecht-link-color: #004b8d; background: url(a.svg) }")
	outside := filepath.Join(t.TempDir(), "a.svg")
	if err := os.WriteFile(outside, []byte("<svg/>"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(folder, "a.svg")); err != nil {
		t.Fatal(err)
	}
	if got := check(); !strings.Contains(got, "The file a.svg is not there") {
		t.Errorf("a link to a file outside: %q", got)
	}
	if got := check("--theme-folder", folder+"/weg"); !strings.Contains(got, "cannot be read") {
		t.Errorf("no folder: %q", got)
	}
}

// A house style that is refused keeps nobody from their site: it starts in its
// own style.
func TestServeWithBadTheme(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "theme.css"), []byte("@import 'a.css';"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := serving(t, "demo", "--data", filepath.Join(t.TempDir(), "demo"), "--listen", "127.0.0.1:0", "--theme-folder", folder)
	res, err := http.Get(s.at + "/inloggen")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if page := string(body); err != nil || strings.Contains(page, "huisstijl") || !strings.Contains(page, "rz-logo") {
		t.Error("what is refused is shown")
	}
}
