// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package control

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// testServer has the plumbing of a server and no store.
func testServer(dir string) *Server {
	log := slog.New(slog.DiscardHandler)
	service := backpack.New(backpack.Deps{Clock: rugzak.ClockFunc(time.Now), Log: log})
	return New(Config{Service: service, Dir: dir, Version: "test", Log: log})
}

// clientOf asks a handler over a pipe.
func clientOf(t *testing.T, h http.Handler) *Client {
	t.Helper()
	l := &pipeListener{conns: make(chan net.Conn), closed: make(chan struct{})}
	server := serve(h, slog.New(slog.DiscardHandler))
	go server.Serve(l)
	c := newClient(l.dial, server.Close)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// An error arrives as it left: the sentence is made at the other end.
func TestErrorsArrive(t *testing.T) {
	want := &rugzak.Error{
		Code: rugzak.CodeInvalid, Key: "error.check_form", Args: []any{"a", 3},
		Fields: []rugzak.FieldError{{Field: "name", Key: "error.too_long", Args: []any{120}, Place: "a.md", Line: 7}},
	}
	s := testServer(t.TempDir())
	mux := http.NewServeMux()
	mux.HandleFunc("/call", answer(func(*http.Request) (any, error) { return nil, fmt.Errorf("around: %w", want) }))
	mux.HandleFunc("/stream", s.stream("test", func(_ *http.Request, e *events) (any, error) {
		e.progress(StageRead, 1, 2)
		return nil, want
	}))
	mux.HandleFunc("/file", s.bytes("test", func(_ *http.Request, w io.Writer) error {
		_, _ = io.WriteString(w, "the beginning")
		return want
	}))
	c := clientOf(t, mux)
	seen := 0
	for name, err := range map[string]error{
		"call":   c.call(t.Context(), http.MethodGet, "/call", nil, &struct{}{}),
		"stream": c.stream(t.Context(), "/stream", nil, &struct{}{}, func(Event) { seen++ }),
		"file":   c.download(t.Context(), "/file", io.Discard),
	} {
		got, ok := errors.AsType[*rugzak.Error](err)
		if !ok {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got.Err = nil
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
	if seen != 1 {
		t.Errorf("%d events before the failure, want 1", seen)
	}
}

// An answer that breaks off is never taken for a whole one.
func TestBrokenAnswers(t *testing.T) {
	s := testServer(t.TempDir())
	mux := http.NewServeMux()
	mux.HandleFunc("/stream", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"progress":{"stage":"read","done":1,"total":2}}`+"\n")
	})
	mux.HandleFunc("/file", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "half a file") })
	mux.HandleFunc("/panic", s.bytes("test", func(_ *http.Request, w io.Writer) error {
		_, _ = w.Write(bytes.Repeat([]byte("x"), 1<<20))
		panic(http.ErrAbortHandler)
	}))
	mux.HandleFunc("/text", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no JSON", http.StatusTeapot) })
	c := clientOf(t, mux)
	for name, err := range map[string]error{
		"stream": c.stream(t.Context(), "/stream", nil, &struct{}{}, func(Event) {}),
		"file":   c.download(t.Context(), "/file", io.Discard),
		"panic":  c.download(t.Context(), "/panic", io.Discard),
		"text":   c.call(t.Context(), http.MethodGet, "/text", nil, &struct{}{}),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// What is no request of this protocol is refused as such.
func TestProtocol(t *testing.T) {
	c := clientOf(t, testServer(t.TempDir()).Handler())
	v, err := c.Version(t.Context())
	if err != nil || v != (Version{Protocol, "test"}) {
		t.Errorf("version %+v, %v", v, err)
	}
	for name, err := range map[string]error{
		"path":   c.call(t.Context(), http.MethodGet, "/nothing", nil, &struct{}{}),
		"fields": c.call(t.Context(), http.MethodPost, "/people", map[string]int{"colour": 1}, &struct{}{}),
		"import": c.stream(t.Context(), "/import?request=x", strings.NewReader(""), &struct{}{}, func(Event) {}),
	} {
		if rugzak.CodeOf(err) != rugzak.CodeMalformed {
			t.Errorf("%s: %v", name, err)
		}
	}
	large := strings.Repeat("x", 2*maxRequest)
	if _, err := c.AddPerson(t.Context(), PersonRequest{Name: &large}); err == nil {
		t.Error("a request without end was read")
	}
}

// The socket is for its owner, goes away at the end, and one that a dead server
// left is replaced. Another version is told apart.
func TestSocket(t *testing.T) {
	dir := t.TempDir()
	if _, err := Dial(t.Context(), dir); !errors.Is(err, ErrNoServer) {
		t.Errorf("without a server: %v", err)
	}
	path := filepath.Join(dir, SocketName)
	old, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	old.SetUnlinkOnClose(false)
	_ = old.Close()
	if _, err := Dial(t.Context(), dir); !errors.Is(err, ErrNoServer) {
		t.Errorf("a socket left behind: %v", err)
	}
	running, err := Listen(testServer(dir))
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the socket: %v, %v", info, err)
	}
	c, err := Dial(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(c.Close(), running.Shutdown(t.Context())); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(path); err == nil {
		t.Error("the socket is still there")
	}
	if err := os.WriteFile(path, []byte("no socket"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Listen(testServer(dir)); err == nil {
		t.Error("a file that is no socket was replaced")
	}
}

func TestOtherVersion(t *testing.T) {
	dir := t.TempDir()
	l, err := net.Listen("unix", filepath.Join(dir, SocketName))
	if err != nil {
		t.Fatal(err)
	}
	server := serve(answer(func(*http.Request) (any, error) { return Version{Protocol + 1, "later"}, nil }), slog.New(slog.DiscardHandler))
	go server.Serve(l)
	defer server.Close()
	_, err = Dial(t.Context(), dir)
	if e, ok := errors.AsType[*rugzak.Error](err); !ok || e.Key != "cli.error.other_version" {
		t.Errorf("another version: %v", err)
	}
}

// What is sent is bounded, and nothing of it stays behind.
func TestSpool(t *testing.T) {
	dir := t.TempDir()
	if _, err := newSpool(dir, strings.NewReader("12345"), 4); rugzak.CodeOf(err) != rugzak.CodeTooLarge {
		t.Errorf("too much: %v", err)
	}
	s, err := newSpool(dir, strings.NewReader("a\nb\n"), 4)
	if err != nil || s.size != 4 || s.lines != 2 {
		t.Fatalf("%+v, %v", s, err)
	}
	if err := RemoveSpools(dir); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	_ = s.Close()
}
