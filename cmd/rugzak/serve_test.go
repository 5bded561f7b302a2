// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"rugzak/pkg/control"
)

// The first start gives a link that leads to the form of the first
// administrator; the next start, with an administrator, does not.
func TestFirstStart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	s := serving(t, "serve", "--data", dir, "--listen", "127.0.0.1:0")
	link, pattern := "", regexp.MustCompile(`http://\S+/eerste-beheerder/\S+\n`)
	if !eventually(func() bool { link = strings.TrimSpace(pattern.FindString(s.out.String())); return link != "" }) {
		t.Fatalf("no link:\n%s", s.out)
	}
	res, err := http.Get(link)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("the link gives %v, %v", res, err)
	}
	if secret := filepath.Base(link); strings.Contains(s.err.String(), secret) {
		t.Errorf("the log holds the link:\n%s", s.err)
	}
	info, err := os.Stat(filepath.Join(dir, control.SocketName))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the control socket: %v, %v", info, err)
	}
	if code := s.stop(); code != exitFine {
		t.Errorf("ends with %d:\n%s", code, s.err)
	}
	if _, err := os.Stat(filepath.Join(dir, control.SocketName)); err == nil {
		t.Error("the control socket is still there")
	}
	s = serving(t, "serve", "--data", newBackpack(t), "--listen", "127.0.0.1:0")
	// What it says on its output comes before it logs that it is ready.
	if !eventually(func() bool { return strings.Contains(s.err.String(), "ready") }) {
		t.Fatalf("it does not get ready:\n%s", s.err)
	}
	if strings.Contains(s.out.String(), "eerste-beheerder") {
		t.Errorf("a link although there is an administrator:\n%s", s.out)
	}
}

// A second server is refused in a sentence; a socket left behind by a server
// that died is no hindrance, and a command without server does not use it.
func TestDataDirectoryIsShared(t *testing.T) {
	dir := newBackpack(t)
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Join(dir, control.SocketName), Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	l.SetUnlinkOnClose(false)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	fine(t, "person", "list", "--data", dir)
	s := serving(t, "serve", "--data", dir, "--listen", "127.0.0.1:0")
	wrong(t, exitWrong, "use", "serve", "--data", dir, "--listen", "127.0.0.1:0")
	fine(t, "person", "list", "--data", dir)
	s.stop()
	fine(t, "person", "list", "--data", dir)
}

// The socket works however deep the data directory is.
func TestDeepDataDirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("diep", 15), strings.Repeat("dieper", 10), "data")
	s := serving(t, "serve", "--data", dir, "--listen", "127.0.0.1:0")
	fine(t, "organisation", "add", "--data", dir, "--name", "Jeugd", "--kind", "department")
	if code := s.stop(); code != exitFine {
		t.Errorf("ends with %d:\n%s", code, s.err)
	}
	if out := fine(t, "organisation", "list", "--data", dir); !strings.Contains(out, "jeugd") {
		t.Errorf("the organisation is not there:\n%s", out)
	}
}

// The service manager hears when the server is ready and when it stops.
func TestNotify(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notify")
	c, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	a := newApp(func(string) (string, bool) { return path, true }, nil, io.Discard, io.Discard)
	if err := a.notify("READY=1"); err != nil {
		t.Fatal(err)
	}
	var buf [64]byte
	n, err := c.Read(buf[:])
	if err != nil || string(buf[:n]) != "READY=1" {
		t.Errorf("the service manager heard %q, %v", buf[:n], err)
	}
	if err := newApp(noEnv, nil, io.Discard, io.Discard).notify("READY=1"); err != nil {
		t.Errorf("without a service manager: %v", err)
	}
}

// The demonstration keeps what it has, starts anew when asked, stays out of a
// real backpack, and takes another port.
func TestDemo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	s := serving(t, "demo", "--data", dir, "--listen", "127.0.0.1:0")
	text := s.out.String()
	for _, want := range []string{"as a participant", "as a facilitator", "as a core team member", "as a manager", "as a partner", "as an administrator", "password", "deelnemer@voorbeeld.test"} {
		if !strings.Contains(text, want) {
			t.Errorf("the demonstration does not say %q:\n%s", want, text)
		}
	}
	fine(t, "organisation", "add", "--data", dir, "--name", "Eigen", "--kind", "department")
	wrong(t, exitWrong, "use", "demo", "--data", dir, "--listen", "127.0.0.1:0", "--fresh")
	if code := s.stop(); code != exitFine {
		t.Fatalf("ends with %d:\n%s", code, s.err)
	}
	first := read(t, filepath.Join(dir, passwordName))
	s = serving(t, "demo", "--data", dir, "--listen", "127.0.0.1:0")
	if !strings.Contains(fine(t, "organisation", "list", "--data", dir), "Eigen") || !strings.Contains(s.out.String(), strings.TrimSpace(string(first))) {
		t.Error("the demonstration did not keep what it had")
	}
	s.stop()
	s = serving(t, "demo", "--data", dir, "--listen", "127.0.0.1:0", "--fresh", "--lang", "en")
	if strings.Contains(fine(t, "organisation", "list", "--data", dir), "Eigen") || bytes.Equal(first, read(t, filepath.Join(dir, passwordName))) {
		t.Error("the demonstration did not start anew")
	}
	s.stop()
	wrong(t, exitWrong, "a real backpack", "demo", "--data", newBackpack(t), "--listen", "127.0.0.1:0")

	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var said bytes.Buffer
	a := newApp(noEnv, nil, &said, &said)
	other, err := a.demoListener(t.Context(), l.Addr().String(), true)
	if err != nil || !strings.Contains(said.String(), "another port") {
		t.Fatalf("no other port: %v\n%s", err, said.String())
	}
	_ = other.Close()
}
