// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
)

// A copy of a folder in which files come, change one after the other and go
// holds all of them as they were at one moment.
func TestCopyOf(t *testing.T) {
	dir, beside := t.TempDir(), t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o700); err != nil {
		t.Fatal(err)
	}
	const turns = 50
	put := func(turn int) {
		for name, data := range []string{strconv.Itoa(turn), "", strconv.Itoa(turn)} {
			half := filepath.Join(beside, "half")
			if err := os.WriteFile(half, []byte(data), 0o600); err != nil {
				t.Error(err)
			}
			to := filepath.Join(dir, strconv.Itoa(name))
			if data == "" {
				to = filepath.Join(dir, "new"+strconv.Itoa(turn))
			}
			if err := os.Rename(half, to); err != nil {
				t.Error(err)
			}
		}
		if err := os.RemoveAll(filepath.Join(dir, "new"+strconv.Itoa(turn-1))); err != nil {
			t.Error(err)
		}
	}
	turnOf := func(dir, name string) int {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		turn, err := strconv.Atoi(string(data))
		if err != nil {
			t.Fatal(err)
		}
		return turn
	}
	put(0)
	var writing sync.WaitGroup
	writing.Go(func() {
		for turn := 1; turn <= turns; turn++ {
			put(turn)
		}
	})
	copies := []string{CopyOf(t, dir), CopyOf(t, dir)}
	writing.Wait()
	copies = append(copies, CopyOf(t, dir))
	for _, to := range copies {
		first, last := turnOf(to, "0"), turnOf(to, "2")
		if first != last && first != last+1 {
			t.Errorf("the first file is of turn %d and the last of turn %d", first, last)
		}
		if info, err := os.Stat(filepath.Join(to, "empty")); err != nil || !info.IsDir() {
			t.Errorf("a folder without files: %v, %v", info, err)
		}
		names, err := filepath.Glob(filepath.Join(to, "new*"))
		if err != nil || len(names) < 1 || len(names) > 2 {
			t.Errorf("the empty files are %v, %v", names, err)
		}
	}
	if turn := turnOf(copies[2], "2"); turn != turns {
		t.Errorf("the last copy is of turn %d", turn)
	}
}
