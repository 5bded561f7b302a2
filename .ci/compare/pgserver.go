// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// pgEnv names a PostgreSQL that already runs: a database of its own, in which
// the table "docs" is made and dropped.
const pgEnv = "RUGZAK_TEST_PG"

// errNoPostgres says that there is no PostgreSQL to compare with.
var errNoPostgres = errors.New("no PostgreSQL: install it (Debian: apt-get install postgresql), or name a database in " + pgEnv)

// pgServer is a PostgreSQL for one run.
type pgServer struct {
	url string
	pid int // 0 for one that ran already
	cmd *exec.Cmd
	dir string
}

// startPostgres starts a server of our own in a temporary folder under base, on
// a socket only, with settings that suit the machine; or takes the one that
// RUGZAK_TEST_PG names.
func startPostgres(ctx context.Context, base string) (*pgServer, error) {
	if url := os.Getenv(pgEnv); url != "" {
		return &pgServer{url: url}, nil
	}
	programs, err := pgPrograms()
	if err != nil {
		return nil, err
	}
	as, err := pgUser()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(base, "pg-")
	if err != nil {
		return nil, err
	}
	s := &pgServer{dir: dir}
	if err := s.start(ctx, programs, as); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

// pgPrograms is the folder of initdb and postgres.
func pgPrograms() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			if _, err := os.Stat(filepath.Join(filepath.Dir(real), "postgres")); err == nil {
				return filepath.Dir(real), nil
			}
		}
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", errNoPostgres
	}
	return filepath.Dir(found[len(found)-1]), nil
}

// pgUser is who the server runs as: it refuses to run as root.
func pgUser() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return nil, err
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody")
}

func (s *pgServer) start(ctx context.Context, programs string, as *syscall.Credential) error {
	if as != nil {
		if err := os.Chown(s.dir, int(as.Uid), int(as.Gid)); err != nil {
			return err
		}
	}
	data := filepath.Join(s.dir, "data")
	command := func(name string, args ...string) *exec.Cmd {
		c := exec.Command(filepath.Join(programs, name), args...)
		c.Dir = s.dir
		c.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "HOME="+s.dir)
		c.SysProcAttr = &syscall.SysProcAttr{Credential: as}
		return c
	}
	out, err := command("initdb", "-D", data, "-U", "compare", "-A", "trust", "-E", "UTF8", "--no-locale").CombinedOutput()
	if err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	args := []string{"-D", data}
	for name, value := range pgSettings(s.dir) {
		args = append(args, "-c", name+"="+value)
	}
	s.cmd = command("postgres", args...)
	var said bytes.Buffer
	s.cmd.Stdout, s.cmd.Stderr = &said, &said
	if err := s.cmd.Start(); err != nil {
		return err
	}
	s.pid = s.cmd.Process.Pid
	s.url = fmt.Sprintf("host=%s user=compare dbname=postgres", s.dir)
	for range 600 { // a minute, on a machine that is busy
		conn, err := pgx.Connect(ctx, s.url)
		if err == nil {
			return conn.Close(ctx)
		}
		time.Sleep(100 * time.Millisecond)
	}
	return errors.New("PostgreSQL does not answer")
}

// pgSettings are those of a server that has the machine for itself, as its
// manual advises: a quarter of the memory for its buffers (at most 1 GB), and
// storage without moving parts. Nothing of its promises is switched off.
func pgSettings(socket string) map[string]string {
	buffers := min(1024, memoryMB()/4)
	return map[string]string{
		"listen_addresses": "", "unix_socket_directories": socket,
		"shared_buffers": fmt.Sprintf("%dMB", buffers), "effective_cache_size": fmt.Sprintf("%dMB", memoryMB()/2),
		"work_mem": "64MB", "maintenance_work_mem": "512MB", "max_wal_size": "4GB", "random_page_cost": "1.1", "effective_io_concurrency": "100",
		"jit": "off", "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on",
		"max_parallel_workers_per_gather": strconv.Itoa(min(2, runtime.NumCPU())),
	}
}

// memoryMB is the memory of the machine.
func memoryMB() int {
	text, err := os.ReadFile("/proc/meminfo")
	if err == nil {
		for line := range strings.Lines(string(text)) {
			if f := strings.Fields(line); len(f) > 1 && f[0] == "MemTotal:" {
				if kb, err := strconv.Atoi(f[1]); err == nil {
					return kb >> 10
				}
			}
		}
	}
	return 4096
}

// close stops the server and takes its folder away.
func (s *pgServer) close() error {
	if s.dir == "" {
		return nil
	}
	var err error
	if s.cmd != nil && s.cmd.Process != nil {
		err = s.cmd.Process.Signal(syscall.SIGINT) // a fast shutdown
		stopped := make(chan struct{})
		go func() { defer close(stopped); _ = s.cmd.Wait() }()
		select {
		case <-stopped:
		case <-time.After(30 * time.Second):
			err = errors.Join(err, s.cmd.Process.Kill())
			<-stopped
		}
	}
	return errors.Join(err, os.RemoveAll(s.dir))
}
