// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// The set functions parse one value. Their errors say what is expected, and
// never repeat the value: it may be a secret.

func setPath(to *string, s string) error {
	if s == "" || strings.ContainsRune(s, 0) {
		return errors.New("give the path of a folder")
	}
	*to = s
	return nil
}

func setAddress(to *string, s string) error {
	problem := errors.New("give host:port with a port from 0 to 65535, as 127.0.0.1:8080 or :8080")
	host, port, err := net.SplitHostPort(s)
	if err != nil {
		return problem
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return problem
	}
	if _, err := netip.ParseAddr(host); err != nil && host != "" && !validHost(host) {
		return problem
	}
	*to = s
	return nil
}

func setBaseURL(to *string, s string) error {
	if s == "" {
		*to = ""
		return nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" ||
		u.User != nil || strings.Trim(u.Path, "/") != "" || strings.ContainsAny(s, "?#") {
		return errors.New("give http:// or https:// and a host name, without a path: Rugzak lives at the root of its host")
	}
	if _, err := netip.ParseAddr(u.Hostname()); err != nil && !validHost(u.Hostname()) {
		return errors.New("the host name has characters that cannot stand in one")
	}
	if _, err := strconv.ParseUint(u.Port(), 10, 16); err != nil && u.Port() != "" || strings.HasSuffix(u.Host, ":") {
		return errors.New("the port must be a number up to 65535")
	}
	*to = u.Scheme + "://" + strings.ToLower(u.Host)
	return nil
}

func setName(to *string, s string) error {
	if s == "" || utf8.RuneCountInString(s) > maxSiteName || !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) {
		return fmt.Errorf("give a name of 1 to %d characters on one line", maxSiteName)
	}
	*to = s
	return nil
}

func setPrefixes(to *[]netip.Prefix, s string) error {
	var prefixes []netip.Prefix
	for _, part := range splitList(s) {
		prefix, err := netip.ParsePrefix(part)
		if addr, addrErr := netip.ParseAddr(part); addrErr == nil && addr.Zone() == "" {
			prefix, err = netip.PrefixFrom(addr.Unmap(), addr.Unmap().BitLen()), nil
		}
		if err != nil {
			return errors.New("give addresses or networks, as 10.1.2.3 or 10.1.0.0/16")
		}
		if prefix.Bits() == 0 {
			return errors.New("a network of length 0 would believe everybody; name the proxies")
		}
		prefixes = append(prefixes, prefix.Masked())
	}
	*to = prefixes
	return nil
}

func joinPrefixes(prefixes []netip.Prefix) string {
	parts := make([]string, len(prefixes))
	for i, p := range prefixes {
		parts[i] = p.String()
	}
	return strings.Join(parts, ", ")
}

func setHosts(to *[]string, s string) error {
	var hosts []string
	for _, part := range splitList(s) {
		if _, err := netip.ParseAddr(part); err != nil && !validHost(part) {
			return errors.New("give host names without scheme, port or star, as rugzak.example.nl")
		}
		hosts = append(hosts, strings.ToLower(part))
	}
	*to = hosts
	return nil
}

func setBool(to *bool, s string) error {
	if s != "true" && s != "false" {
		return errors.New("choose true or false")
	}
	*to = s == "true"
	return nil
}

// setNot keeps the opposite, for what is on unless somebody says otherwise.
func setNot(to *bool, s string) error {
	var b bool
	if err := setBool(&b, s); err != nil {
		return err
	}
	*to = !b
	return nil
}

// setHeader takes the name of a header that a proxy can set for us alone.
func setHeader(to *string, s string) error {
	name := http.CanonicalHeaderKey(s)
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' {
			return errors.New("give the name of a header, as X-Forwarded-Email: letters, digits and hyphens")
		}
	}
	switch name {
	case "Host", "Cookie", "Origin", "Referer", "User-Agent", "Connection", "Content-Type", "Content-Length":
		return errors.New("browsers send that header themselves; choose one that only the proxy sets")
	}
	*to = name
	return nil
}

func setChoice(to *string, s string, choices ...string) error {
	if !slices.Contains(choices, s) {
		return fmt.Errorf("choose %s", strings.Join(choices, " or "))
	}
	*to = s
	return nil
}

func setLevel(to *slog.Level, s string) error {
	levels := map[string]slog.Level{
		"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError,
	}
	level, ok := levels[s]
	if !ok {
		return errors.New("choose debug, info, warn or error")
	}
	*to = level
	return nil
}

func setDuration(to *time.Duration, s string, least, most time.Duration) error {
	d, err := parseDuration(s)
	if err != nil || d < least || d > most {
		return fmt.Errorf("give a time from %s to %s, as 90m, 12h or 7d", formatDuration(least), formatDuration(most))
	}
	*to = d
	return nil
}

// parseDuration knows Go durations and whole days.
func parseDuration(s string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		n, err := strconv.ParseUint(days, 10, 16)
		return time.Duration(n) * 24 * time.Hour, err
	}
	return time.ParseDuration(s)
}

func formatDuration(d time.Duration) string {
	const day = 24 * time.Hour
	if d >= day && d%day == 0 {
		return strconv.Itoa(int(d/day)) + "d"
	}
	s := d.String()
	if short, ok := strings.CutSuffix(s, "m0s"); ok {
		s = short + "m"
	}
	if short, ok := strings.CutSuffix(s, "h0m"); ok {
		s = short + "h"
	}
	return s
}

func setSize(to *int64, s string, least, most int64) error {
	size, err := parseSize(s)
	if err != nil || size < least || size > most {
		return fmt.Errorf("give a size from %s to %s, as 4MB", formatSize(least), formatSize(most))
	}
	*to = size
	return nil
}

// parseSize knows bytes, and KB and MB of 1024 and 1024x1024 bytes.
func parseSize(s string) (int64, error) {
	unit := int64(1)
	if n, ok := strings.CutSuffix(s, "KB"); ok {
		s, unit = n, 1<<10
	} else if n, ok := strings.CutSuffix(s, "MB"); ok {
		s, unit = n, 1<<20
	}
	n, err := strconv.ParseUint(s, 10, 32)
	return int64(n) * unit, err
}

func formatSize(size int64) string {
	switch {
	case size > 0 && size%(1<<20) == 0:
		return strconv.FormatInt(size>>20, 10) + "MB"
	case size > 0 && size%(1<<10) == 0:
		return strconv.FormatInt(size>>10, 10) + "KB"
	}
	return strconv.FormatInt(size, 10)
}

// splitList takes a value apart at its commas.
func splitList(s string) []string {
	var parts []string
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}
