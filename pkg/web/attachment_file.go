// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"errors"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// filePolicy lets a file do nothing at all, wherever it is opened.
const filePolicy = "default-src 'none'; sandbox; frame-ancestors 'none'"

// showAttachment serves a file to who may read its entry, in pieces where a
// browser asks for them. The answer to anybody else is that of every address
// that is not there.
func (s *Server) showAttachment(c echo.Context) (err error) {
	f, err := s.Service.OpenAttachment(c.Request().Context(), s.by(c), rugzak.AttachmentID(c.Param("id")), c.Path() == pathAttachmentSmall)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, f.Type)
	h.Set("Content-Security-Policy", filePolicy)
	h.Set(echo.HeaderContentDisposition, disposition(f.Kind, fileNameOf(s.printer(c), f.Attachment)))
	s.allowBytes(c, f.Size)
	http.ServeContent(c.Response(), c.Request(), "", time.Time{}, f)
	return nil
}

// fileNameOf is the name under which a reader keeps a file, with the ending of
// what it is.
func fileNameOf(p *locale.Printer, a rugzak.Attachment) string {
	name, ending := attachmentTitle(p, a), a.Ending()
	if a.Kind == rugzak.AttachedImage || path.Ext(name) == "" {
		name = strings.TrimSuffix(name, path.Ext(name)) + ending
	}
	return name
}

// disposition says whether a browser shows a file or keeps it, and under which
// name (RFC 6266): plain letters for old ones, the name itself for others.
func disposition(kind rugzak.AttachmentKind, name string) string {
	how := "attachment"
	if kind == rugzak.AttachedImage || kind == rugzak.AttachedAudio {
		how = "inline"
	}
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\%/;`, r) {
			return '_'
		}
		return r
	}, name)
	return how + `; filename="` + plain + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}
