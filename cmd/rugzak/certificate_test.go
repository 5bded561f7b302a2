// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// newCertificate writes a certificate of its own making with a number.
func newCertificate(t *testing.T, certFile, keyFile string, number int64) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(number), Subject: pkix.Name{CommonName: "rugzak.example.test"}, DNSNames: []string{"rugzak.example.test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageDigitalSignature,
	}
	cert, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	write(t, certFile, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert})))
	write(t, keyFile, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})))
}

// number asks for a page on a new connection and tells which certificate the
// server shows.
func number(t *testing.T, at string) int64 {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true},
	}}
	res, err := client.Get(at + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	return res.TLS.PeerCertificates[0].SerialNumber.Int64()
}

// The server speaks TLS with its own certificate, takes a renewed one without
// breaking off a connection, and keeps the old one when the files are wrong.
func TestOwnCertificate(t *testing.T) {
	dir := newBackpack(t)
	cert, key := filepath.Join(t.TempDir(), "cert.pem"), filepath.Join(t.TempDir(), "key.pem")
	newCertificate(t, cert, key, 1)
	s := serving(t, "serve", "--data", dir, "--listen", "127.0.0.1:0", "--tls-cert", cert, "--tls-key", key)
	if !strings.HasPrefix(s.at, "https://") {
		t.Fatalf("the server says it is at %s", s.at)
	}
	listen := strings.TrimPrefix(s.at, "https://")
	if got := number(t, s.at); got != 1 {
		t.Errorf("the server shows certificate %d, want 1", got)
	}
	fine(t, "healthcheck", "--listen", listen, "--tls-cert", cert, "--tls-key", key)

	// A connection that stays open while the certificate changes.
	open := &http.Client{Transport: &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	ask := func() *http.Response {
		t.Helper()
		res, err := open.Get(s.at + "/inloggen")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, res.Body)
		res.Body.Close()
		if res.StatusCode != http.StatusOK || res.Header.Get("Strict-Transport-Security") == "" || res.ProtoMajor != 2 {
			t.Errorf("answered %d over %s, HSTS %q", res.StatusCode, res.Proto, res.Header.Get("Strict-Transport-Security"))
		}
		return res
	}
	ask()
	newCertificate(t, cert, key, 2)
	if got := number(t, s.at); got != 2 {
		t.Errorf("the server shows certificate %d, want the renewed one", got)
	}
	if got := ask().TLS.PeerCertificates[0].SerialNumber.Int64(); got != 1 {
		t.Errorf("the open connection was broken off: certificate %d", got)
	}
	fine(t, "healthcheck", "--listen", listen, "--tls-cert", cert, "--tls-key", key)

	other := filepath.Join(t.TempDir(), "other.pem")
	newCertificate(t, other, filepath.Join(t.TempDir(), "other-key.pem"), 3)
	wrong(t, exitWrong, listen, "healthcheck", "--listen", listen, "--tls-cert", other, "--tls-key", key)
	text, err := os.ReadFile(other) // half of a renewal: the key is still the old one
	if err != nil {
		t.Fatal(err)
	}
	write(t, cert, string(text))
	if got := number(t, s.at); got != 2 {
		t.Errorf("with files that do not belong together the server shows certificate %d, want 2", got)
	}
	if !strings.Contains(s.err.String(), "the old one stays") {
		t.Errorf("the log does not tell of the wrong files:\n%s", s.err)
	}
	newCertificate(t, cert, key, 4)
	if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	if !eventually(func() bool { return strings.Contains(s.err.String(), "certificate read again") }) || number(t, s.at) != 4 {
		t.Errorf("SIGHUP did nothing:\n%s", s.err)
	}
	if _, err := tls.Dial("tcp", listen, &tls.Config{InsecureSkipVerify: true, MaxVersion: tls.VersionTLS11}); err == nil {
		t.Error("the server speaks TLS 1.1")
	}
	if res, err := http.Get("http://" + listen + "/healthz"); err == nil && res.StatusCode == http.StatusOK {
		t.Error("the server answers without TLS")
	}
	if code := s.stop(); code != exitFine {
		t.Errorf("ends with %d", code)
	}
	wrong(t, exitWrong, "cert", "serve", "--data", dir, "--listen", "127.0.0.1:0", "--tls-cert", key, "--tls-key", cert)
}
