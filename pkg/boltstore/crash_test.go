//go:build unix

// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

const (
	childStore = "RUGZAK_TEST_CHILD_STORE" // the file the child process writes
	childLimit = "RUGZAK_TEST_CHILD_LIMIT" // how large it lets that become
	childFrom  = "RUGZAK_TEST_CHILD_FROM"  // number of its first entry
	crashCount = "RUGZAK_CRASH_ROUNDS"     // how many rounds TestCrash does
)

// TestMain lets the tests start this program again as a process of its own.
func TestMain(m *testing.M) {
	path, limit := os.Getenv(childStore), os.Getenv(childLimit)
	if path == "" {
		os.Exit(m.Run())
	}
	run := writeUntilKilled
	if limit != "" {
		run = writeUntilFull
	}
	if err := run(path); err != nil {
		fmt.Fprintln(os.Stderr, "child:", err)
		os.Exit(1)
	}
}

// child is this test program as a process of its own.
func child(t *testing.T, env ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	return cmd
}

// post writes one entry and prints its number once that is acknowledged.
func post(s *Store, n int) error {
	e := rugzaktest.Entry(n)
	_, err := s.Update(context.Background(), func(w rugzak.Writer) error { return rugzaktest.PutEntries(w, e) })
	if err == nil {
		fmt.Printf("stored %d\n", n)
	}
	return err
}

// writeUntilKilled writes from four goroutines.
func writeUntilKilled(path string) error {
	from, err := strconv.Atoi(os.Getenv(childFrom))
	if err != nil {
		return err
	}
	s, err := Open(path, Options{})
	if err != nil {
		return err
	}
	failed := make(chan error)
	for g := range 4 {
		go func() {
			for n := from + g; ; n += 4 {
				if err := post(s, n); err != nil {
					failed <- err
					return
				}
			}
		}()
	}
	return <-failed
}

// writeUntilFull writes until the system refuses to let the file grow, and
// says how many entries can be read then.
func writeUntilFull(path string) error {
	most, err := strconv.ParseUint(os.Getenv(childLimit), 10, 64)
	if err != nil {
		return err
	}
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
		return err
	}
	s, err := Open(path, Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	n := 0
	for ; err == nil; n++ {
		err = post(s, n)
	}
	if e, ok := errors.AsType[*rugzak.Error](err); !ok || e.Key != "error.store.read_only" ||
		!strings.Contains(err.Error(), syscall.EFBIG.Error()) || s.Healthy() == nil {
		return fmt.Errorf("a file that cannot grow gave %w, healthy %w", err, s.Healthy())
	}
	readable := 0
	err = s.View(context.Background(), func(r rugzak.Reader) error {
		for _, err := range r.Entries(rugzak.AllEntries, "") {
			if err != nil {
				return err
			}
			readable++
		}
		return nil
	})
	fmt.Printf("readable %d\n", readable)
	return err
}

// What was acknowledged before a process was killed is there after it.
func TestCrash(t *testing.T) {
	rounds := 5
	if n, err := strconv.Atoi(os.Getenv(crashCount)); err == nil {
		rounds = n
	}
	path := testPath(t)
	s := openTest(t, path)
	update(t, s, rugzaktest.PutHouse)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	stored := map[int]bool{}
	from := 0
	for range rounds {
		cmd := child(t, childStore+"="+path, childFrom+"="+strconv.Itoa(from))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		enough := 1 + rand.IntN(60)
		seen := 0
		for lines := bufio.NewScanner(out); lines.Scan(); {
			number, ok := strings.CutPrefix(lines.Text(), "stored ")
			if !ok {
				continue
			}
			n, err := strconv.Atoi(number)
			if err != nil {
				t.Fatal(err)
			}
			stored[n] = true
			from = max(from, n+8) // behind whatever is under way
			if seen++; seen == enough {
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		_ = cmd.Wait() // killed
		if seen < enough {
			t.Fatalf("the child ended by itself after %d entries", seen)
		}
		wantStored(t, path, stored)
	}
	t.Logf("%d rounds, %d acknowledged entries", rounds, len(stored))
}

func wantStored(t *testing.T, path string, stored map[int]bool) {
	t.Helper()
	s := openTest(t, path)
	defer s.Close()
	sound(t, s)
	err := s.View(t.Context(), func(r rugzak.Reader) error {
		for n := range stored {
			want := rugzaktest.Entry(n)
			got, err := r.Entry(want.ID)
			if err != nil {
				return fmt.Errorf("entry %d was acknowledged: %w", n, err)
			}
			rugzaktest.Same(t, "entry", got, want)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	logged := map[string]bool{}
	_, changes := contents(t, s)
	for _, c := range changes {
		logged[c.Subject] = true
	}
	for n := range stored {
		if !logged[rugzak.EntrySubject(rugzaktest.Entry(n).ID)] {
			t.Errorf("entry %d was acknowledged and is not in the log", n)
		}
	}
}

// On a disk without room nothing is acknowledged that is not stored, reading
// goes on, and with room again everything works.
func TestFullDisk(t *testing.T) {
	path := testPath(t)
	s := openTest(t, path)
	update(t, s, rugzaktest.PutHouse)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	out, err := child(t, childStore+"="+path, childLimit+"="+strconv.Itoa(3<<19)).Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	stored, readable := map[int]bool{}, -1
	for line := range strings.Lines(string(out)) {
		var n int
		if _, err := fmt.Sscanf(line, "stored %d", &n); err == nil {
			stored[n] = true
		}
		_, _ = fmt.Sscanf(line, "readable %d", &readable)
	}
	if len(stored) == 0 || readable < len(stored) {
		t.Errorf("%d entries acknowledged, %d readable afterwards", len(stored), readable)
	}
	wantStored(t, path, stored)
	s = openTest(t, path)
	defer s.Close()
	update(t, s, func(w rugzak.Writer) error { return rugzaktest.PutEntries(w, rugzaktest.Entry(1_000_000)) })
}
