// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rugzak/pkg/control"
)

// Inside the organisation what was found is listed, file by file and in the
// report, without the text. With a partner in the audience the file is refused.
func TestImportReportsPersonalData(t *testing.T) {
	folder := t.TempDir()
	write(t, filepath.Join(folder, "naam.md"), "# Met een naam\n\nRegel.\n\nDit ging over mevrouw Jansen.\n")
	write(t, filepath.Join(folder, "tel.md"), "# Met een nummer\n\nBel 06-12345678 of 06-87654321.\n")
	write(t, filepath.Join(folder, "goed.md"), "# Zonder\n\nWij belden elkaar elke week.\n")
	bothWays(t, func(t *testing.T, dir string) {
		base := []string{"import", folder, "--data", dir, "--organisation", "jeugd"}
		for _, name := range []string{"bevindingen.csv", "bevindingen.jsonl"} {
			to := filepath.Join(t.TempDir(), name)
			o := command(t, append(base, "--source", name, "--report", to)...)
			if o.code != 0 || !strings.Contains(o.out, "3 added") || !strings.Contains(o.err, "naam.md: Look at this: name") || !strings.Contains(o.out, "2 files hold") {
				t.Errorf("%d\n%s%s", o.code, o.out, o.err)
			}
			text, err := os.ReadFile(to)
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(strings.TrimSpace(string(text)), "\n")
			want := map[string]int{"bevindingen.csv": 4, "bevindingen.jsonl": 3}[name] // with a head, and without
			if len(lines) != want || strings.Contains(string(text), "Jansen") || strings.Contains(string(text), "0612") || strings.Contains(string(text), "06-") {
				t.Errorf("%s:\n%s", name, text)
			}
			if !strings.Contains(string(text), "phone") || !strings.Contains(string(text), "tel.md") || strings.Contains(string(text), "goed.md") {
				t.Errorf("%s:\n%s", name, text)
			}
			if info, err := os.Stat(to); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s: %v, %v", name, info.Mode(), err)
			}
		}
		partner := append(base, "--audience", "organisation+"+partnerOf(t, dir), "--confirm-partners", "--source", "partner")
		o := command(t, append(partner, "--json")...)
		lines := strings.Split(strings.TrimSpace(o.out), "\n")
		if sum := decode[control.ImportResult](t, lines[len(lines)-1]); o.code != exitWrong || sum.Added != 2 || sum.Refused != 1 || sum.Noticed != 2 {
			t.Errorf("for a partner: %d, %+v\n%s", o.code, sum, o.out)
		}
		o = command(t, append(partner, "--json", "--privacy", "report")...)
		lines = strings.Split(strings.TrimSpace(o.out), "\n")
		if sum := decode[control.ImportResult](t, lines[len(lines)-1]); o.code != 0 || sum.Added != 1 || sum.Refused != 0 {
			t.Errorf("as a report: %d, %+v\n%s", o.code, sum, o.out)
		}
	})
}

// partnerOf makes a partner organisation, once.
func partnerOf(t *testing.T, dir string) string {
	t.Helper()
	if o := command(t, "organisation", "list", "--data", dir); strings.Contains(o.out, "Partner van de proef") {
		return "Partner van de proef"
	}
	if o := command(t, "organisation", "add", "--name", "Partner van de proef", "--kind", "partner", "--data", dir); o.code != 0 {
		t.Fatalf("%s%s", o.out, o.err)
	}
	return "Partner van de proef"
}
