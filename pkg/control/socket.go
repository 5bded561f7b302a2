// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package control

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"rugzak/pkg/rugzak"
)

// SocketName is the name of the socket in the data directory.
const SocketName = "control.sock"

// maxSocketPath is the longest path a socket can have everywhere, in bytes.
const maxSocketPath = 100

// Running is a server that answers on the socket.
type Running struct {
	http *http.Server
	done chan error
	dir  *os.File // keeps a short path valid; nil when none was needed
}

// Listen answers on the socket of the data directory, which only its owner can
// use. Only the holder of the store's lock may call it: a socket that is there
// was left behind by a server that died, and is removed.
func Listen(s *Server) (*Running, error) {
	path := filepath.Join(s.Dir, SocketName)
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("control socket: %w", err)
	case info.Mode().Type() != fs.ModeSocket:
		return nil, fmt.Errorf("control socket: %s is no socket", path)
	default:
		if err := os.Remove(path); err != nil {
			return nil, fmt.Errorf("remove old control socket: %w", err)
		}
	}
	short, dir, err := shortPath(s.Dir)
	if err != nil {
		return nil, fmt.Errorf("control socket: %w", err)
	}
	r := &Running{http: serve(s.Handler(), s.Log), done: make(chan error, 1), dir: dir}
	l, err := net.Listen("unix", short)
	if err == nil {
		err = os.Chmod(path, 0o600)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("control socket: %w", err), r.closeDir())
	}
	go func() { r.done <- r.http.Serve(l) }()
	return r, nil
}

// Shutdown waits for commands under way until ctx ends, then breaks them off.
// The socket is gone afterwards.
func (r *Running) Shutdown(ctx context.Context) error {
	err := r.http.Shutdown(ctx)
	if err != nil {
		err = errors.Join(err, r.http.Close())
	}
	<-r.done
	return errors.Join(err, r.closeDir())
}

func (r *Running) closeDir() error {
	if r.dir == nil {
		return nil
	}
	return r.dir.Close()
}

// ErrNoServer says that no server answers on the socket.
var ErrNoServer = errors.New("no server has this data directory open")

// Dial returns a client of the server that has a data directory open, or
// ErrNoServer. A server that speaks another version is refused.
func Dial(ctx context.Context, dataDir string) (*Client, error) {
	short, dir, err := shortPath(dataDir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoServer
	}
	if err != nil {
		return nil, socketError(err)
	}
	running := &Running{dir: dir}
	connect := func(ctx context.Context) (net.Conn, error) {
		return (&net.Dialer{Timeout: 5 * time.Second}).DialContext(ctx, "unix", short)
	}
	probe, err := connect(ctx)
	if err != nil {
		return nil, errors.Join(socketError(err), running.closeDir())
	}
	_ = probe.Close()
	c := newClient(connect, running.closeDir)
	v, err := c.Version(ctx)
	if err == nil && v.Protocol != Protocol {
		err = &rugzak.Error{Code: rugzak.CodeUnavailable, Key: "cli.error.other_version", Args: []any{v.Version}}
	}
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

func socketError(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOTDIR):
		return ErrNoServer
	case errors.Is(err, fs.ErrPermission):
		return &rugzak.Error{Code: rugzak.CodeForbidden, Key: "cli.error.not_owner", Err: err}
	}
	return fmt.Errorf("control socket: %w", err)
}

// shortPath returns a path of the socket that is short enough. Deep in a tree
// that takes an open folder, to close when the path is no longer used.
func shortPath(dataDir string) (string, *os.File, error) {
	path := filepath.Join(dataDir, SocketName)
	if len(path) <= maxSocketPath {
		return path, nil, nil
	}
	dir, err := os.Open(dataDir)
	if err != nil {
		return "", nil, err
	}
	return fmt.Sprintf("/proc/self/fd/%d/%s", dir.Fd(), SocketName), dir, nil
}
