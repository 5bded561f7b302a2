// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// A folder of stylesheets is one stylesheet to a browser: what every page
// needs comes in one request, and is yet split by meaning where people read it.
// css/rugzak/10-tokens.css and its neighbours are css/rugzak.css.
const styleFolder = "css"

// partOf tells of which stylesheet a file is a part.
func partOf(name string) (string, bool) {
	dir := path.Dir(name)
	return dir + ".css", path.Dir(dir) == styleFolder && path.Ext(name) == ".css"
}

// readAsset reads a static file, or puts a stylesheet together from its parts
// in the order of their names.
func readAsset(fsys fs.FS, name string) ([]byte, error) {
	folder, isCSS := strings.CutSuffix(name, ".css")
	parts, err := fs.Glob(fsys, folder+"/*.css")
	if !isCSS || err != nil || len(parts) == 0 {
		body, err := fs.ReadFile(fsys, name)
		if err == nil && isCSS {
			body = plainStyle(body)
		}
		return body, err
	}
	var all bytes.Buffer
	all.WriteString("/* SPDX-License-Identifier: EUPL-1.2 */\n")
	for _, part := range parts {
		body, err := fs.ReadFile(fsys, part)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", part, err)
		}
		all.Write(plainStyle(body))
	}
	return all.Bytes(), nil
}

var (
	styleComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	styleSpace   = regexp.MustCompile(`\n\s*`)
)

// plainStyle leaves out what a browser does not need: comments and indents.
func plainStyle(body []byte) []byte {
	body = styleSpace.ReplaceAll(styleComment.ReplaceAll(body, nil), []byte("\n"))
	return append(bytes.TrimSpace(body), '\n')
}
