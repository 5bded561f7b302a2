// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// A folder of stylesheets, or of scripts, is one file to a browser: what every
// page needs comes in one request, and is yet split by meaning where people read
// it. css/rugzak/10-tokens.css and its neighbours are css/rugzak.css;
// js/core/20-search.js and its neighbours are js/core.js.

// joined are the kinds of files that are put together.
func joined() []string { return []string{".css", ".js"} }

// partOf tells of which file a file is a part: css/rugzak.css has its parts in
// css/rugzak.
func partOf(name string) (string, bool) {
	ext, dir := path.Ext(name), path.Dir(name)
	return dir + ext, slices.Contains(joined(), ext) && path.Dir(dir) == strings.TrimPrefix(ext, ".")
}

// readAsset reads a static file, or puts it together from its parts in the order
// of their names.
func readAsset(fsys fs.FS, name string) ([]byte, error) {
	ext := path.Ext(name)
	if !slices.Contains(joined(), ext) {
		return fs.ReadFile(fsys, name)
	}
	parts, err := fs.Glob(fsys, strings.TrimSuffix(name, ext)+"/*"+ext)
	if err != nil || len(parts) == 0 {
		body, err := fs.ReadFile(fsys, name)
		return slim(ext, body), err
	}
	var all bytes.Buffer
	all.WriteString("/* SPDX-License-Identifier: EUPL-1.2 */\n")
	for _, part := range parts {
		body, err := fs.ReadFile(fsys, part)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", part, err)
		}
		if ext == ".js" {
			if scriptModule.Match(body) {
				return nil, fmt.Errorf("%s imports or exports: a part of a script cannot", part)
			}
			// What a part declares is its own, as in a module.
			body = slices.Concat([]byte("{\n"), body, []byte("\n}\n"))
		}
		all.Write(slim(ext, body))
	}
	return all.Bytes(), nil
}

var (
	styleWhole    = regexp.MustCompile(`(?s)"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|/\*.*?\*/`) // a text or a comment
	styleSpace    = regexp.MustCompile(`\s+`)
	styleMark     = regexp.MustCompile(` ?([{};,>]) ?`)
	indent        = regexp.MustCompile(`\n\s*`)
	scriptComment = regexp.MustCompile(`(?m)^[ \t]*//(?:[^!\n].*)?$`)
	scriptModule  = regexp.MustCompile(`(?m)^(import|export)\b[^(]`)
)

// slim leaves out what a browser does not need: comments that have their own
// lines, and indents. A script in which a text goes on over lines stays as it is,
// as these may be part of the text.
func slim(ext string, body []byte) []byte {
	switch {
	case ext == ".css":
		return append(slimStyle(body), '\n')
	case severalLines(body):
		return body
	default:
		body = scriptComment.ReplaceAll(body, nil)
	}
	return append(bytes.TrimSpace(indent.ReplaceAll(body, []byte("\n"))), '\n')
}

// slimStyle leaves out comments, and spaces that mean nothing. What stands
// between quotes stays as it is.
func slimStyle(css []byte) []byte {
	var out []byte
	squeeze := func(text []byte) {
		text = styleSpace.ReplaceAll(text, []byte(" "))
		text = styleMark.ReplaceAll(text, []byte("$1"))
		text = bytes.ReplaceAll(bytes.ReplaceAll(text, []byte(": "), []byte(":")), []byte(";}"), []byte("}"))
		out = append(out, text...)
	}
	at := 0
	for _, m := range styleWhole.FindAllIndex(css, -1) {
		squeeze(css[at:m[0]])
		switch at = m[1]; {
		case css[m[0]] != '/':
			out = append(out, css[m[0]:m[1]]...)
		case m[0] > 0 && m[1] < len(css) && !standsApart(css[m[0]-1]) && !standsApart(css[m[1]]):
			out = append(out, "/**/"...) // it keeps two words apart
		}
	}
	squeeze(css[at:])
	return bytes.TrimSpace(out)
}

// standsApart reports whether a sign stands by itself in a stylesheet.
func standsApart(c byte) bool { return strings.IndexByte(" \t\r\n\f{}();:,>/", c) >= 0 }

// severalLines reports whether a script may have a text between backticks, or a
// remark, that goes on over lines.
func severalLines(body []byte) bool {
	if bytes.Contains(body, []byte("/*")) {
		return true
	}
	for line := range bytes.Lines(body) {
		if bytes.Count(line, []byte("`"))%2 == 1 {
			return true
		}
	}
	return false
}
