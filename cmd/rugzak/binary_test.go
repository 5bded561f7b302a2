// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// nobody is a user without privileges, as in the container image.
const nobody = 65532

// The build line of the Dockerfile gives a static binary, which runs as a user
// without privileges from an empty directory, and stops on SIGTERM.
func TestStaticBinary(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the whole program")
	}
	box, err := os.MkdirTemp("", "rugzak-binary-*")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(box)
	if err := os.Chmod(box, 0o755); err != nil { // that user must get in
		t.Fatal(err)
	}
	dockerfile := string(read(t, "../../Dockerfile"))
	if !strings.Contains(dockerfile, `CGO_ENABLED=0 go build -trimpath -ldflags "-s -w`) {
		t.Error("the Dockerfile builds in another way than this test")
	}
	binary := filepath.Join(box, "rugzak")
	build := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w -X main.version=v9.9.9", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	mustBeStatic(t, binary)

	home := filepath.Join(box, "home")
	if err := os.Mkdir(home, 0o700); err != nil {
		t.Fatal(err)
	}
	command := func(args ...string) *exec.Cmd {
		c := exec.CommandContext(t.Context(), binary, args...)
		c.Dir, c.Env = home, []string{}
		if os.Getuid() == 0 {
			c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		}
		return c
	}
	if os.Getuid() == 0 {
		if err := os.Chown(home, nobody, nobody); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := command("version").CombinedOutput(); err != nil || !strings.HasPrefix(string(out), "rugzak v9.9.9") {
		t.Fatalf("version: %v\n%s", err, out)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	serve := command("serve", "--listen", "127.0.0.1:0")
	out := &output{}
	serve.Stdout, serve.Stderr = out, out
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	defer serve.Process.Kill()
	at := ""
	for at == "" && ctx.Err() == nil {
		time.Sleep(50 * time.Millisecond)
		at = addressPattern.FindString(out.String())
	}
	if at == "" {
		t.Fatalf("no address:\n%s", out)
	}
	if text, err := command("healthcheck", "--listen", strings.TrimPrefix(at, "http://")).CombinedOutput(); err != nil {
		t.Errorf("healthcheck: %v\n%s", err, text)
	}
	if text, err := command("check", "--json").CombinedOutput(); err != nil {
		t.Errorf("check: %v\n%s", err, text)
	}
	for _, name := range []string{"data", "data/rugzak.db", "data/control.sock"} {
		if info, err := os.Stat(filepath.Join(home, name)); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is open to others: %v, %v", name, info, err)
		}
	}
	start := time.Now()
	if err := serve.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	// How long it may take is for TestStopUnderLoad to say.
	defer time.AfterFunc(patience, func() { _ = serve.Process.Kill() }).Stop()
	if err := serve.Wait(); err != nil {
		t.Errorf("stopping took %s: %v\n%s", time.Since(start), err, out)
	}
}

func mustBeStatic(t *testing.T, binary string) {
	t.Helper()
	f, err := elf.Open(binary)
	if err != nil {
		t.Skipf("no ELF file, so nothing to say about it: %v", err)
	}
	defer f.Close()
	libraries, err := f.ImportedLibraries()
	if err != nil || len(libraries) > 0 {
		t.Errorf("the binary needs %v, %v", libraries, err)
	}
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			t.Error("the binary needs a loader")
		}
	}
}
