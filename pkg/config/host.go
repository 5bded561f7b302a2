// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package config

import (
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// AllowsHost says whether a request for this host, with or without a port, is
// meant for us: the host of the base URL or one of the allowed hosts. As long
// as neither is set, the listening host, localhost and bare addresses are
// meant too, so that a first try works while a foreign name that somebody
// points at us does not.
func (c Config) AllowsHost(host string) bool {
	host = hostOnly(host)
	if host == "" {
		return false
	}
	if slices.Contains(c.AllowedHosts, host) {
		return true
	}
	if c.BaseURL != "" {
		u, err := url.Parse(c.BaseURL)
		return err == nil && strings.ToLower(u.Hostname()) == host
	}
	if len(c.AllowedHosts) > 0 {
		return false
	}
	_, err := netip.ParseAddr(host)
	return err == nil || host == "localhost" || host == hostOnly(c.Listen)
}

// hostOnly takes the port and the brackets of an IPv6 address away.
func hostOnly(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	return strings.ToLower(host)
}

// validHost accepts names of letters, digits and hyphens between dots.
func validHost(host string) bool {
	if len(host) > 253 {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, r := range strings.ToLower(label) {
			if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
				return false
			}
		}
	}
	return true
}
