// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// buildProgram builds the program as the container image does, without the race
// detector.
func buildProgram(t testing.TB) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "rugzak")
	build := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return binary
}

// patience is how long a test waits for what should happen at once, on a machine
// that is busy: it costs nothing when all goes well.
const patience = 3 * time.Minute

// eventually waits until something holds, and reports whether it did in time.
func eventually(holds func() bool) bool {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if holds() {
			return true
		}
	}
	return holds()
}

// process is a server in a process of its own, which can be killed.
type process struct {
	at   string
	cmd  *exec.Cmd
	errs bytes.Buffer
}

// startProcess starts serve or demo and waits until it says where it is.
func startProcess(t testing.TB, program string, args ...string) *process {
	t.Helper()
	return startProcessWith(t, nil, program, args...)
}

// startProcessWith does it with more in the environment.
func startProcessWith(t testing.TB, env []string, program string, args ...string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(program, args...)}
	p.cmd.Env = append([]string{"HOME=" + t.TempDir()}, env...)
	p.cmd.Stderr = &p.errs
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill() }) // ended already, as a rule
	found := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if at := addressPattern.FindString(lines.Text()); at != "" {
				select {
				case found <- at:
				default:
				}
			}
		}
		close(found)
	}()
	select {
	case p.at = <-found:
	case <-time.After(patience):
	}
	if p.at == "" {
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
		t.Fatalf("the server does not start:\n%s", p.errs.String())
	}
	return p
}

// kill ends the process at once, in the middle of whatever it does.
func (p *process) kill(t testing.TB) {
	t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		t.Errorf("the server was gone before it was killed: %v\n%s", err, p.errs.String())
	}
	_ = p.cmd.Wait() // says that it was killed
}

// terminate asks the process to stop and waits for it.
func (p *process) terminate(within time.Duration) error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- p.cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			return fmt.Errorf("%w\n%s", err, p.errs.String())
		}
		return nil
	case <-time.After(within):
		return errors.Join(errors.New("still running"), p.cmd.Process.Kill())
	}
}
