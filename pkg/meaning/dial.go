// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package meaning

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

const (
	connectWithin = 5 * time.Second
	// longest is how long one request may take; the caller may have less time.
	longest = 30 * time.Second
)

// newHTTP returns a client for one endpoint. Texts go to the endpoint itself and
// nowhere else: through no proxy of the environment, and not on to where it
// points. Without TLS they stay on this machine or in a private network.
func newHTTP(open bool) *http.Client {
	dialer := &net.Dialer{Timeout: connectWithin, Control: func(_, address string, _ syscall.RawConn) error { return checkAddress(address, open) }}
	return &http.Client{
		Timeout: longest,
		Transport: &http.Transport{
			DialContext: dialer.DialContext, ForceAttemptHTTP2: true, TLSHandshakeTimeout: connectWithin,
			MaxResponseHeaderBytes: 64 << 10, MaxIdleConnsPerHost: 4, IdleConnTimeout: time.Minute,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// checkAddress looks at the address that is really dialled, after every name
// was looked up.
func checkAddress(address string, open bool) error {
	peer, err := netip.ParseAddrPort(address)
	if err != nil {
		return errors.New("the address is odd")
	}
	addr := peer.Addr().Unmap()
	switch {
	case addr.IsUnspecified() || addr.IsMulticast() || addr.IsLinkLocalUnicast(): // machines tell about themselves there
		return errors.New("the name leads to an address that is closed")
	case open && !addr.IsLoopback() && !addr.IsPrivate():
		return errors.New("the name leads outside, where texts go over https only")
	}
	return nil
}
