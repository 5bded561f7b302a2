// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"path/filepath"
	"strings"
	"testing"

	"rugzak/pkg/control"
)

// The owner of the data purges with and without a server, and a backup from
// before does not bring it back, elsewhere neither.
func TestPurgeCommand(t *testing.T) {
	bothWays(t, func(t *testing.T, dir string) {
		box := t.TempDir()
		lines := `{"id":"1","lang":"nl","title":"Weg ermee","body_markdown":"Een wielewaal."}` + "\n" +
			`{"id":"2","lang":"nl","title":"Blijft","body_markdown":"Nog een wielewaal."}` + "\n"
		fine(t, "import", write(t, filepath.Join(box, "in.jsonl"), lines), "--data", dir, "--organisation", "jeugd", "--audience", "internal")
		find := func(dir string) []control.Hit {
			return decode[control.SearchAnswer](t, fine(t, "search", "--json", "--data", dir, "--as", "noor@example.test", "wielewaal")).Hits
		}
		hits := find(dir)
		if len(hits) != 2 {
			t.Fatalf("control: found %+v", hits)
		}
		id := string(hits[0].ID)
		if hits[0].Title != "Weg ermee" {
			id = string(hits[1].ID)
		}
		backup := filepath.Join(box, "before.db")
		fine(t, "backup", backup, "--data", dir)
		wrong(t, exitWrong, "id", "purge", "geen-kenmerk", "--data", dir)
		wrong(t, exitUsage, "", "purge", "--data", dir)
		if out := fine(t, "purge", id, "--reason", "name", "--data", dir); !strings.Contains(out, "1 entry") {
			t.Errorf("purge says %q", out)
		}
		if left := find(dir); len(left) != 1 || string(left[0].ID) == id {
			t.Errorf("found %+v", left)
		}
		list := fine(t, "purge", "--list", "--data", dir)
		if !strings.Contains(list, id) || !strings.Contains(list, "name") {
			t.Errorf("list:\n%s", list)
		}
		elsewhere := filepath.Join(box, "elsewhere")
		out := fine(t, "restore", backup, "--data", elsewhere, "--tombstones", write(t, filepath.Join(box, "tombstones.yaml"), list))
		if left := find(elsewhere); len(left) != 1 || !strings.Contains(out, "1 text") {
			t.Errorf("restored %+v, said %q", left, out)
		}
		fine(t, "check", "--data", elsewhere)
	})
}
