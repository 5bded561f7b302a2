// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"regexp"
	"strings"
	"testing"

	"rugzak/pkg/locale"
)

// Every sentence a command asks for is there, and every one that is there is
// asked for.
func TestSentencesOfCommands(t *testing.T) {
	catalogue, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	pattern := regexp.MustCompile(`"(cli\.[a-z_.-]*[a-z])"`)
	eachGoFile(t, func(file string) {
		if !strings.HasPrefix(file, "cmd/rugzak/") && !strings.HasPrefix(file, "pkg/control/") || strings.HasSuffix(file, "_test.go") {
			return
		}
		for _, m := range pattern.FindAllStringSubmatch(string(read(t, "../../"+file)), -1) {
			asked[m[1]] = true
		}
	})
	if len(asked) < 50 {
		t.Fatalf("only %d sentences: the files were not read", len(asked))
	}
	for key := range asked {
		for _, lang := range locale.Languages() {
			if !catalogue.Has(lang, key) {
				t.Errorf("%s: %s is asked for and not there", lang, key)
			}
		}
	}
	for _, key := range catalogue.Keys(locale.English) {
		made := strings.HasPrefix(key, "cli.code.") || strings.HasPrefix(key, "cli.stage.") || strings.HasPrefix(key, "cli.demo.as.") ||
			asked[strings.TrimSuffix(key, ".do")]
		if strings.HasPrefix(key, "cli.") && !asked[key] && !made {
			t.Errorf("%s is there and never asked for", key)
		}
	}
}
