// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"mime"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// Kept is a form that could not be handled now, with all that was typed in it,
// so that it can be sent again.
type Kept struct {
	Action string // where it goes
	Texts  []KeptField
	Hidden []KeptField
}

// KeptField is one value of the form; Number counts the texts that are shown.
type KeptField struct {
	Name, Value string
	Number      int
}

// keptText is from how many bytes a value is shown: so long is what people type
// rather than choose.
const keptText = 12

// maxKept bounds how many values are carried along; forms have fewer.
const maxKept = 500

// kept reads the form of a request that is refused for now; nil for a request
// without one. A form with a secret in it is never sent back.
func kept(c echo.Context) *Kept {
	r := c.Request()
	kind, _, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	if r.Method != http.MethodPost || err != nil || kind != echo.MIMEApplicationForm || r.ParseForm() != nil {
		return nil
	}
	action, ok := ParseLocalPath(r.URL.RequestURI())
	if !ok {
		return nil
	}
	k := &Kept{Action: string(action)}
	names := make([]string, 0, len(r.PostForm))
	for name := range r.PostForm {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if isSecret(name) {
			return nil
		}
		for _, v := range r.PostForm[name] {
			if !utf8.ValidString(v) || len(k.Texts)+len(k.Hidden) == maxKept {
				return nil
			}
			f := KeptField{Name: name, Value: rugzak.Newlines(v)}
			if strings.ContainsAny(v, " \n") && len(v) >= keptText {
				f.Number = len(k.Texts) + 1
				k.Texts = append(k.Texts, f)
			} else {
				k.Hidden = append(k.Hidden, f)
			}
		}
	}
	if len(k.Texts)+len(k.Hidden) == 0 {
		return nil
	}
	return k
}

// keepsTyped answers who sends what they typed after their session ended: the
// sign-in page would take its place for good, as nothing of the site stays in a
// browser. It is the same for every path. What a script sends, it keeps itself.
func (s *Server) keepsTyped(c echo.Context) bool {
	if !strings.Contains(c.Request().Header.Get(echo.HeaderAccept), echo.MIMETextHTML) {
		return false
	}
	k := kept(c)
	if k == nil || len(k.Texts) == 0 {
		return false
	}
	if s.Limiter != nil && s.Limiter.Take(rugzak.EffortWrite, "", c.RealIP()) > 0 {
		return false
	}
	page := ErrorPage{Page: s.page(c, "error.page.sign_in"), Status: http.StatusForbidden, Kept: k, SignedOut: true}
	page.Message = s.printer(c).T("kept.signed_out")
	if err := s.render(c, page.Status, page); err != nil {
		s.Log.Error("page of what was typed failed", "id", requestID(c), "err", err)
		return c.Response().Committed
	}
	return true
}

// isSecret holds for the names of fields that must not stand in a page again.
func isSecret(name string) bool {
	for _, part := range []string{"password", "secret", "code", "token", "current", "credential"} {
		if strings.Contains(strings.ToLower(name), part) {
			return true
		}
	}
	return false
}
