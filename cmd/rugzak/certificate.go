// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"rugzak/pkg/rugzak"
)

// certificate is the server's own certificate, as its two files hold it. A
// renewed one is taken from there at the next connection; files that do not
// belong together, as between two steps of a renewal, leave the old one in use.
type certificate struct {
	certFile, keyFile string
	log               *slog.Logger

	mu    sync.Mutex
	now   *tls.Certificate
	stamp [2]fileStamp // of the files as they were last looked at
}

// fileStamp tells one state of a file from the next.
type fileStamp struct {
	size int64
	at   time.Time
}

func openCertificate(certFile, keyFile string, log *slog.Logger) (*certificate, error) {
	k := &certificate{certFile: certFile, keyFile: keyFile, log: log}
	if err := k.reload(); err != nil {
		return nil, certificateError(certFile, keyFile, err)
	}
	return k, nil
}

// certificateError says which files cannot be used.
func certificateError(certFile, keyFile string, err error) error {
	return &rugzak.Error{Code: rugzak.CodeUnavailable, Key: "cli.error.certificate", Args: []any{certFile, keyFile}, Err: err}
}

// config is how the server speaks TLS: what Go finds good, from version 1.2.
func (k *certificate) config() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: k.get}
}

// get gives the certificate for a new connection.
func (k *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if stamp := k.look(); stamp != k.stamp {
		if err := k.load(stamp); err != nil {
			k.log.Warn("the renewed certificate cannot be used; the old one stays", "err", err)
		} else {
			k.log.Info("certificate renewed")
		}
	}
	return k.now, nil
}

// reload reads the files whether or not they changed.
func (k *certificate) reload() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.load(k.look())
}

func (k *certificate) load(stamp [2]fileStamp) error {
	k.stamp = stamp // also of files that are wrong: they are reported once
	pair, err := tls.LoadX509KeyPair(k.certFile, k.keyFile)
	if err != nil {
		return err
	}
	k.now = &pair
	return nil
}

func (k *certificate) look() (stamp [2]fileStamp) {
	for i, name := range []string{k.certFile, k.keyFile} {
		if info, err := os.Stat(name); err == nil {
			stamp[i] = fileStamp{info.Size(), info.ModTime()}
		}
	}
	return stamp
}

// trustOnly accepts the server that shows the certificate of a file, and no
// other: a health check asks by an address that no certificate is made for.
func trustOnly(certFile string) (*tls.Config, error) {
	text, err := os.ReadFile(certFile)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, fmt.Errorf("%s holds no certificate", certFile)
	}
	own, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", certFile, err)
	}
	return &tls.Config{
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: true, //nolint:gosec // the check below takes its place
		VerifyConnection: func(state tls.ConnectionState) error {
			if len(state.PeerCertificates) == 0 || !state.PeerCertificates[0].Equal(own) {
				return errors.New("another certificate than that of the file")
			}
			return nil
		},
	}, nil
}
