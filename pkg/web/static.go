// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// assets are the static files, in memory and compressed. Their address holds a
// hash of all of them, so that browsers may keep them for ever and still get
// new ones at once, and relative links between them keep working.
type assets struct {
	fsys  fs.FS
	hash  string
	files map[string]asset
}

type asset struct {
	body, zipped []byte // zipped is nil when that saves nothing
	mime         string
}

// mimes are the types the site serves. The list stands here because an empty
// container image has none.
func mimes() map[string]string {
	return map[string]string{
		".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
		".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".ico": "image/x-icon",
		".woff2": "font/woff2", ".woff": "font/woff", ".webmanifest": "application/manifest+json",
	}
}

// loadAssets reads the files of the site, and those of a house style beside them.
func loadAssets(fsys fs.FS, house *HouseStyle) (*assets, error) {
	a := &assets{fsys: fsys, files: map[string]asset{}}
	types := mimes()
	sum := sha256.New()
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		mime, known := types[path.Ext(name)]
		if err != nil || d.IsDir() || !known {
			return err
		}
		if whole, ok := partOf(name); ok {
			if _, done := a.files[whole]; done {
				return nil
			}
			name = whole
		}
		body, err := readAsset(fsys, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(body))
		sum.Write(body)
		a.files[name] = asset{body: body, zipped: zipped(body), mime: mime}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read static files: %w", err)
	}
	if err := a.takeIn(house, sum); err != nil {
		return nil, err
	}
	a.hash = hex.EncodeToString(sum.Sum(nil))[:12]
	return a, nil
}

func zipped(body []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is valid
	_, _ = z.Write(body)                                  // a buffer takes everything
	_ = z.Close()
	if b.Len() >= len(body)-len(body)/10 {
		return nil
	}
	return slices.Clip(b.Bytes())
}

// path is the address of a file, for templates; an unknown file is an error.
func (a *assets) path(name string) (string, error) {
	if _, ok := a.files[name]; !ok {
		return "", fmt.Errorf("no static file %s", name)
	}
	return "/static/" + a.hash + "/" + name, nil
}

// showStatic serves a file under its hashed address, and nothing else.
func (s *Server) showStatic(c echo.Context) error {
	name, ok := strings.CutPrefix(c.Param("*"), s.assets.hash+"/")
	f, found := s.assets.files[name]
	if !ok || !found {
		return s.plainNotFound(c)
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, f.mime)
	h.Set(echo.HeaderVary, echo.HeaderAcceptEncoding)
	body := f.body
	if s.Dev && !strings.HasPrefix(name, houseFolder) && name != statesFile {
		var err error
		if body, err = readAsset(s.assets.fsys, name); err != nil {
			return rugzak.NotFound()
		}
	} else {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		if f.zipped != nil && acceptsGzip(c.Request()) {
			h.Set(echo.HeaderContentEncoding, "gzip")
			body = f.zipped
		}
	}
	h.Set(echo.HeaderContentLength, strconv.Itoa(len(body)))
	c.Response().WriteHeader(http.StatusOK)
	if c.Request().Method == http.MethodHead {
		return nil
	}
	_, err := c.Response().Write(body)
	return err
}

// plainNotFound answers a browser that asks for a file: a page would be lost
// on it.
func (s *Server) plainNotFound(c echo.Context) error { return c.NoContent(http.StatusNotFound) }
