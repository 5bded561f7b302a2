// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"rugzak/pkg/bleveindex"
	"rugzak/pkg/rugzaktest"
)

// crashDirEnv makes the test binary a process that writes until it is killed.
const crashDirEnv = "RUGZAK_TEST_CRASH_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDirEnv); dir != "" {
		if err := writeForEver(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// writeForEver applies batches and now and then rebuilds and swaps. It prints
// the number of documents each time a step is acknowledged.
func writeForEver(dir string) error {
	x, err := bleveindex.Open(dir, quiet())
	if err != nil {
		return err
	}
	ctx := context.Background()
	count, err := x.Count()
	if err != nil {
		return err
	}
	for step := 1; ; step++ {
		if err := x.Apply(ctx, numbered(count, damageBatch)); err != nil {
			return err
		}
		count += damageBatch
		fmt.Println(count)
		if step%4 != 0 {
			continue
		}
		r, err := x.Rebuild(ctx)
		if err != nil {
			return err
		}
		if err := r.Apply(ctx, numbered(0, count)); err != nil {
			return err
		}
		if err := r.Swap(ctx); err != nil {
			return err
		}
		fmt.Println(count)
	}
}

// TestKill kills a writing process again and again: what it acknowledged is
// there, documents and position agree, and nothing is left lying about.
func TestKill(t *testing.T) {
	rounds := 10
	if testing.Short() {
		rounds = 3
	}
	if n, err := strconv.Atoi(os.Getenv("RUGZAK_CRASH_ROUNDS")); err == nil {
		rounds = n
	}
	dir := t.TempDir()
	for round := range rounds {
		child := exec.CommandContext(t.Context(), os.Args[0])
		child.Env = append(os.Environ(), crashDirEnv+"="+dir)
		child.Stderr = os.Stderr
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		acknowledged, begun := make(chan int), make(chan struct{})
		go func() {
			last := 0
			begin := sync.OnceFunc(func() { close(begun) })
			for lines := bufio.NewScanner(out); lines.Scan(); {
				if n, err := strconv.Atoi(strings.TrimSpace(lines.Text())); err == nil {
					last = n
					begin()
				}
			}
			begin() // if it ended by itself
			acknowledged <- last
		}()
		<-begun // on a busy machine it takes its time to start
		time.Sleep(time.Duration(100+rand.IntN(250)) * time.Millisecond)
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		last := <-acknowledged
		_ = child.Wait() // it was killed
		x := open(t, dir)
		count := agree(t, x, fmt.Sprintf("round %d", round))
		if last == 0 {
			t.Errorf("round %d: nothing was acknowledged", round)
		}
		if count < last {
			t.Errorf("round %d: %d documents, %d were acknowledged", round, count, last)
		}
		if n := len(indexFolders(dir)); n != 1 {
			t.Errorf("round %d: %d index folders are left", round, n)
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		t.Logf("round %d: %d acknowledged, %d there", round, last, count)
	}
}

// TestSwapSteps goes through the states a crash during Rebuild and Swap leaves.
func TestSwapSteps(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	if err := x.Apply(t.Context(), numbered(0, 20)); err != nil {
		t.Fatal(err)
	}
	r, err := x.Rebuild(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	unfilled := rugzaktest.CopyOf(t, dir)
	if err := r.Apply(t.Context(), numbered(0, 40)); err != nil {
		t.Fatal(err)
	}
	filled := rugzaktest.CopyOf(t, dir)
	oldFolder := indexFolders(dir)
	if err := r.Swap(t.Context()); err != nil {
		t.Fatal(err)
	}
	swapped := rugzaktest.CopyOf(t, dir)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	pointer, err := os.ReadFile(filepath.Join(swapped, "current"))
	if err != nil {
		t.Fatal(err)
	}
	halfWritten, pointed := rugzaktest.CopyOf(t, filled), rugzaktest.CopyOf(t, filled)
	if err := os.WriteFile(filepath.Join(halfWritten, "current.new"), pointer[:10], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(pointed, "current"), pointer, 0o600); err != nil {
		t.Fatal(err)
	}
	if len(oldFolder) != 2 {
		t.Fatalf("%d index folders while rebuilding, want 2", len(oldFolder))
	}
	for _, state := range []struct {
		what, dir string
		want      int
	}{
		{"new index made", unfilled, 20}, {"new index filled", filled, 20}, {"pointer half written", halfWritten, 20},
		{"pointer in place, old index not removed", pointed, 40}, {"swapped", swapped, 40},
	} {
		x := open(t, state.dir)
		if got := agree(t, x, state.what); got != state.want {
			t.Errorf("%s: %d documents, want %d", state.what, got, state.want)
		}
		if n := len(indexFolders(state.dir)); n != 1 {
			t.Errorf("%s: %d index folders are left", state.what, n)
		}
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	}
}
