// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// The log is shown, taken out and followed, in the store and in a file.
func TestAuditCommands(t *testing.T) {
	dir := newBackpack(t)
	fine(t, "export", filepath.Join(t.TempDir(), "x.zip"), "--data", dir)
	if out := fine(t, "audit", "--data", dir); !strings.Contains(out, "Participant added") || !strings.Contains(out, "Data taken out  operator  (whole)") {
		t.Errorf("the log says\n%s", out)
	}
	if out := fine(t, "audit", "--since", "2999-01-01", "--data", dir); out != "" {
		t.Errorf("of the future it says\n%s", out)
	}
	wrong(t, exitUsage, "2026-03-31", "audit", "--since", "gisteren", "--data", dir)

	lines := fine(t, "audit", "--json", "--data", dir)
	file := write(t, filepath.Join(t.TempDir(), "audit.jsonl"), lines)
	if out := fine(t, "audit", "verify", file); !strings.Contains(out, "chain whole") {
		t.Errorf("the file is %s", out)
	}
	changed := write(t, filepath.Join(t.TempDir(), "changed.jsonl"), strings.Replace(lines, `"detail":"whole"`, `"detail":"own"`, 1))
	wrong(t, exitWrong, "not whole", "audit", "verify", changed)
	wrong(t, exitWrong, "no line of an audit log", "audit", "verify", write(t, filepath.Join(t.TempDir(), "odd"), "odd\n"))
	if out := fine(t, "audit", "verify", "--data", dir); !strings.Contains(out, "chain whole") || !strings.Contains(out, "check sum of line") {
		t.Errorf("the store is %s", out)
	}
	if out := fine(t, "check", "--data", dir); !strings.Contains(out, "chain whole") {
		t.Errorf("check says\n%s", out)
	}
}
