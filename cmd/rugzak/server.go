// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"

	"rugzak/pkg/config"
	"rugzak/pkg/control"
	"rugzak/pkg/web"
)

// server is a running site with its control socket and its follower.
type server struct {
	conf    config.Config
	log     *slog.Logger
	parts   *parts
	http    *http.Server
	served  chan error
	control *control.Running
	stop    context.CancelFunc // of the follower
	group   sync.WaitGroup
}

// start opens everything and answers on the listener, which it takes over.
func (a *app) start(conf config.Config, l net.Listener, log *slog.Logger) (s *server, err error) {
	p, err := open(conf, a.catalogue, log)
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	handler, err := site(conf, p, a.catalogue, log)
	if err == nil {
		err = control.RemoveSpools(conf.DataDir)
	}
	if err != nil {
		return nil, errors.Join(err, p.Close(), l.Close())
	}
	s = &server{conf: conf, log: log, parts: p, served: make(chan error, 1)}
	s.control, err = control.Listen(control.New(control.Config{
		Service: p.service, Dir: conf.DataDir, Version: built().Version, Log: log,
	}))
	if err != nil {
		return nil, errors.Join(err, p.Close(), l.Close())
	}
	following, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.group.Go(func() { _ = p.service.Follow(following) }) // ends with its context
	s.http = web.NewHTTPServer(conf.Listen, handler, log)
	go func() { s.served <- s.http.Serve(l) }()
	return s, nil
}

// wait answers until ctx ends or the site fails, and then stops: requests
// under way may finish within the time the settings give.
func (s *server) wait(ctx context.Context, stopping func()) error {
	var failed error
	select {
	case <-ctx.Done():
	case failed = <-s.served:
		failed = fmt.Errorf("serve: %w", failed)
	}
	stopping()
	s.log.Info("stopping")
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.conf.StopWithin)
	defer cancel()
	var both sync.WaitGroup
	both.Go(func() {
		if err := s.http.Shutdown(limited); err != nil {
			s.log.Warn("requests broken off", "err", errors.Join(err, s.http.Close()))
		}
	})
	both.Go(func() {
		if err := s.control.Shutdown(limited); err != nil {
			s.log.Warn("commands broken off", "err", err)
		}
	})
	both.Wait()
	s.stop()
	s.group.Wait()
	err := errors.Join(failed, s.parts.Close())
	s.log.Info("stopped")
	return err
}

// address is the address to type into a browser on this machine.
func address(l net.Listener) string {
	host, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		return "http://" + l.Addr().String()
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}
