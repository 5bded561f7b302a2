// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package oidc

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

const (
	connectWithin = 5 * time.Second
	answerWithin  = 10 * time.Second
	// maxAnswer bounds an answer of a provider, in bytes.
	maxAnswer = 1 << 20
	// maxRedirects is how often a provider may send us on, to itself.
	maxRedirects = 3
)

// newClient returns a client for the addresses of one provider. An answer is
// bounded in time and size, leads to no other host, and comes from no address
// at which machines tell about themselves. Private addresses are allowed: a
// provider often stands in the network of the municipality.
func newClient() *http.Client {
	dialer := &net.Dialer{Timeout: connectWithin, Control: func(_, address string, _ syscall.RawConn) error { return checkAddress(address) }}
	return &http.Client{
		Timeout: answerWithin,
		Transport: bounded{&http.Transport{
			Proxy: http.ProxyFromEnvironment, DialContext: dialer.DialContext, ForceAttemptHTTP2: true,
			TLSHandshakeTimeout: connectWithin, ResponseHeaderTimeout: answerWithin, ExpectContinueTimeout: time.Second,
			MaxResponseHeaderBytes: 64 << 10, MaxIdleConns: 4, IdleConnTimeout: time.Minute,
		}},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			first := via[0].URL
			if len(via) > maxRedirects || r.URL.Host != first.Host || r.URL.Scheme != first.Scheme {
				return errors.New("oidc: the provider leads to another host")
			}
			return nil
		},
	}
}

// closed are addresses no provider has: machines in data centres tell about
// themselves there, secrets included.
var closed = []netip.Prefix{
	netip.MustParsePrefix("169.254.0.0/16"),
	netip.MustParsePrefix("fe80::/10"),
	netip.MustParsePrefix("fd00:ec2::254/128"),
	netip.MustParsePrefix("100.100.100.200/32"),
	netip.MustParsePrefix("168.63.129.16/32"),
	netip.MustParsePrefix("192.0.0.192/32"),
	netip.MustParsePrefix("0.0.0.0/8"),
}

// checkAddress looks at the address that is really dialled, after every name
// was looked up.
func checkAddress(address string) error {
	peer, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("oidc: odd address: %w", err)
	}
	addr := peer.Addr().Unmap().WithZone("")
	if addr.IsUnspecified() || addr.IsMulticast() || addr.IsLinkLocalUnicast() {
		return errors.New("oidc: the provider's name leads to an address that is closed")
	}
	for _, p := range closed {
		if p.Contains(addr) {
			return errors.New("oidc: the provider's name leads to an address that is closed")
		}
	}
	return nil
}

// bounded cuts answers off that are too large.
type bounded struct{ http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := b.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	resp.Body = &limited{ReadCloser: resp.Body, left: maxAnswer}
	return resp, nil
}

// limited is a body that fails behind its bound, so that half an answer is
// never taken for a whole one.
type limited struct {
	io.ReadCloser
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errors.New("oidc: the answer is too large")
	}
	if int64(len(p)) > l.left {
		p = p[:l.left]
	}
	n, err := l.ReadCloser.Read(p)
	l.left -= int64(n)
	return n, err
}
