// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every row of the table of the movement names a page and a test that are there.
func TestMovementTable(t *testing.T) {
	table, err := os.ReadFile("../../docs/movement.md")
	if err != nil {
		t.Fatal(err)
	}
	var tests, pages strings.Builder
	eachGoFile(t, func(file string) {
		text, err := os.ReadFile(filepath.Join("../..", file))
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case strings.HasSuffix(file, "_test.go"):
			tests.Write(text)
		case strings.HasPrefix(file, "pkg/web/"):
			pages.Write(text)
		}
	})
	rows := 0
	for line := range strings.Lines(string(table)) {
		cells := strings.Split(line, "|")
		if len(cells) != 6 || !strings.Contains(line, "`Test") {
			continue
		}
		rows++
		for _, m := range ticked.FindAllStringSubmatch(cells[2], -1) {
			if !strings.Contains(pages.String(), `"`+m[1]+`"`) {
				t.Errorf("there is no page %s", m[1])
			}
		}
		names := ticked.FindAllStringSubmatch(cells[3], -1)
		for _, m := range names {
			if !strings.Contains(tests.String(), "func "+m[1]+"(") {
				t.Errorf("there is no test %s", m[1])
			}
		}
		if len(names) == 0 || !ticked.MatchString(cells[2]) {
			t.Errorf("a row without page or test: %s", line)
		}
	}
	if rows != 26 {
		t.Errorf("%d rows, want 26", rows)
	}
}

var ticked = regexp.MustCompile("`([^`]+)`")
