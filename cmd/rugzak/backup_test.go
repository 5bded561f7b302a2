// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"rugzak/pkg/control"
)

// A backup made while others write holds everything that was acknowledged
// before it began, and restores to a backpack that is whole.
func TestBackupWhileWriting(t *testing.T) {
	dir := newBackpack(t)
	s := serving(t, "serve", "--data", dir, "--listen", "127.0.0.1:0")
	box := t.TempDir()
	const each = 20
	rounds := rounds(t, "RUGZAK_BACKUPS", 6)
	written := make(chan int, rounds)
	var exports []string
	var writer sync.WaitGroup
	writer.Go(func() {
		defer close(written)
		for round := range rounds {
			var lines strings.Builder
			for i := range each {
				fmt.Fprintf(&lines, `{"id":"%d-%d","lang":"nl","title":"Verhaal %d","body_markdown":"Een verhaal over %d."}`+"\n", round, i, i, round)
			}
			file := filepath.Join(box, fmt.Sprintf("%d.jsonl", round))
			if err := os.WriteFile(file, []byte(lines.String()), 0o600); err != nil {
				t.Error(err)
				return
			}
			if o := command(t, "import", file, "--data", dir, "--organisation", "jeugd", "--audience", "internal"); o.code != exitFine {
				t.Error(o.err)
			}
			written <- (round + 1) * each
		}
	})
	count := 0
	for acknowledged := range written {
		count++
		copied := filepath.Join(box, fmt.Sprintf("backup-%d.db", count))
		fine(t, "backup", copied, "--data", dir)
		if info, err := os.Stat(copied); err != nil || info.Mode().Perm() != 0o600 {
			t.Fatalf("the backup: %v, %v", info, err)
		}
		restored := filepath.Join(box, fmt.Sprintf("restored-%d", count))
		fine(t, "restore", copied, "--data", restored)
		fine(t, "check", "--data", restored)
		a := decode[control.SearchAnswer](t, fine(t, "search", "--json", "--data", restored, "--as", "noor@example.test", "verhaal"))
		if a.Total < acknowledged {
			t.Errorf("backup %d has %d entries, %d were acknowledged", count, a.Total, acknowledged)
		}
		exported := filepath.Join(box, fmt.Sprintf("export-%d", count))
		fine(t, "export", exported, "--data", restored)
		exports = append(exports, exported)
	}
	writer.Wait()
	if count != rounds {
		t.Errorf("%d backups", count)
	}
	// Entries are exported from each backup as from the backpack itself.
	fine(t, "export", filepath.Join(box, "export"), "--data", dir)
	all := tree(t, filepath.Join(box, "export"))
	compared := 0
	for i, exported := range exports {
		entries := 0
		for name, text := range tree(t, exported) {
			if !strings.HasPrefix(name, "entries"+string(filepath.Separator)) {
				continue
			}
			if entries++; all[name] != text {
				t.Errorf("backup %d: %s has other bytes:\n%s\nwant\n%s", i+1, name, text, all[name])
			}
		}
		if entries < (i+1)*each {
			t.Errorf("backup %d exports %d entries, %d were acknowledged", i+1, entries, (i+1)*each)
		}
		compared += entries
	}
	t.Logf("%d backups; %d entries exported from them, all with the same bytes", count, compared)
	wrong(t, exitWrong, "is there already", "backup", filepath.Join(box, "backup-1.db"), "--data", dir)
	fine(t, "backup", filepath.Join(box, "backup-1.db"), "--replace", "--data", dir)
	s.stop()
	if o := command(t, "backup", "-", "--data", dir); o.code != exitFine || len(o.out) < 4096 {
		t.Errorf("a backup to standard output: %d, %d bytes", o.code, len(o.out))
	}
}

func TestRestoreRefuses(t *testing.T) {
	dir := newBackpack(t)
	box := t.TempDir()
	good := filepath.Join(box, "good.db")
	fine(t, "backup", good, "--data", dir)
	fine(t, "organisation", "add", "--data", dir, "--name", "Later", "--kind", "department")
	later := func() int {
		return strings.Count(fine(t, "organisation", "list", "--data", dir), "Later")
	}
	before := read(t, good)
	wrong(t, exitWrong, "--replace", "restore", good, "--data", dir)
	wrong(t, exitWrong, "the backpack itself", "restore", filepath.Join(dir, storeName), "--data", dir, "--replace")
	wrong(t, exitWrong, "does not exist", "restore", filepath.Join(box, "nothing.db"), "--data", dir, "--replace")
	half := append([]byte(nil), before[:len(before)/2]...)
	flipped := append([]byte(nil), before...)
	for i := 0; i < 8192 && i < len(flipped); i += 64 { // both meta pages
		flipped[i] ^= 0xff
	}
	for name, data := range map[string][]byte{"empty": nil, "text": []byte("no backup at all\n"), "half": half, "flipped": flipped} {
		bad := write(t, filepath.Join(box, name+".db"), string(data))
		wrong(t, exitWrong, "not a whole backup", "restore", bad, "--data", dir, "--replace")
		wrong(t, exitWrong, "not a whole backup", "restore", bad, "--data", filepath.Join(box, "new"))
	}
	if hasStore(filepath.Join(box, "new")) || later() != 1 {
		t.Error("a refused restore changed something")
	}
	s := serving(t, "serve", "--data", dir, "--listen", "127.0.0.1:0")
	wrong(t, exitWrong, "Stop it first", "restore", good, "--data", dir, "--replace")
	s.stop()
	if out := fine(t, "restore", good, "--data", dir, "--replace"); !strings.Contains(out, ".before-") {
		t.Errorf("restore does not say where the old one is:\n%s", out)
	}
	if later() != 0 {
		t.Error("the backup did not take the place of the store")
	}
	if kept, err := filepath.Glob(filepath.Join(dir, storeName+".before-*")); err != nil || len(kept) != 1 {
		t.Errorf("kept %v, %v", kept, err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*.restore")); err != nil || len(left) > 0 {
		t.Errorf("left behind %v, %v", left, err)
	}
}
