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
	"os"
	"os/signal"
	"sync"
	"syscall"

	"golang.org/x/net/netutil"

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
	tls     *certificate       // nil when a proxy ends TLS
	stop    context.CancelFunc // of the follower
	group   sync.WaitGroup
}

// start opens everything and answers on the listener, which it takes over.
func (a *app) start(conf config.Config, l net.Listener, log *slog.Logger) (s *server, err error) {
	var own *certificate
	if conf.TLSCert != "" {
		if own, err = openCertificate(conf.TLSCert, conf.TLSKey, log); err != nil {
			return nil, errors.Join(err, l.Close())
		}
	}
	p, err := open(conf, a.catalogue, a.clock, log)
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	handler, err := site(conf, p, a.catalogue, a.clock, log)
	if err == nil {
		err = control.RemoveSpools(conf.DataDir)
	}
	if err != nil {
		return nil, errors.Join(err, p.Close(), l.Close())
	}
	if err := shipTerms(context.Background(), p.service); err != nil { // the site can do without
		log.Error("the words that mean the same cannot be added", "err", err)
	}
	s = &server{conf: conf, log: log, parts: p, served: make(chan error, 1), tls: own}
	s.control, err = control.Listen(control.New(control.Config{
		Service: p.service, Dir: conf.DataDir, Version: built().Version, Log: log,
	}))
	if err != nil {
		return nil, errors.Join(err, p.Close(), l.Close())
	}
	following, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.group.Go(func() { _ = p.service.Follow(following) }) // ends with its context
	s.group.Go(func() { _ = p.service.Deliver(following) })
	s.group.Go(func() { _ = p.service.KeepHouse(following) })
	s.group.Go(func() { s.heed(following) })
	s.http = web.NewHTTPServer(conf.Listen, resting(handler), log)
	l = netutil.LimitListener(l, conf.MaxConnections)
	go func() { s.served <- s.serve(l) }()
	return s, nil
}

func (s *server) serve(l net.Listener) error {
	if s.tls == nil {
		return s.http.Serve(l)
	}
	s.http.TLSConfig = s.tls.config()
	return s.http.ServeTLS(l, "", "")
}

// heed reads the certificate again at each SIGHUP, which then does not end the
// program as it does by default.
func (s *server) heed(ctx context.Context) {
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	defer signal.Stop(hangups)
	for {
		select {
		case <-ctx.Done():
			return
		case <-hangups:
			if s.tls == nil {
				s.log.Info("nothing to read again: there is no certificate of our own")
			} else if err := s.tls.reload(); err != nil {
				s.log.Warn("the renewed certificate cannot be used; the old one stays", "err", err)
			} else {
				s.log.Info("certificate read again")
			}
		}
	}
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
func address(conf config.Config, l net.Listener) string {
	scheme := "http://"
	if conf.TLSCert != "" {
		scheme = "https://"
	}
	host, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		return scheme + l.Addr().String()
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return scheme + net.JoinHostPort(host, port)
}
