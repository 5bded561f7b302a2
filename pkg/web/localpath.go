// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// LocalPath is a path on this site, with its query: the only thing the site
// redirects to. It begins with exactly one slash and holds no backslash and no
// control characters, so that no browser can read another host in it.
type LocalPath string

// maxLocalPath bounds what is carried along in a query or hidden field.
const maxLocalPath = 2000

// ParseLocalPath reads a path that came from outside.
func ParseLocalPath(s string) (LocalPath, bool) {
	if len(s) > maxLocalPath || !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") ||
		strings.Contains(s, `\`) || !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) {
		return "", false
	}
	u, err := url.Parse(s)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || strings.HasPrefix(u.Path, "//") || strings.Contains(u.Path, `\`) {
		return "", false
	}
	return LocalPath(s), true
}

// localPathOr reads a path that came from outside, or gives another.
func localPathOr(s string, other LocalPath) LocalPath {
	if p, ok := ParseLocalPath(s); ok {
		return p
	}
	return other
}
