// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// lang is the language of the interface: what the person chose, else what this
// browser chose, else what it asks for, else Dutch.
func (s *Server) lang(c echo.Context) rugzak.Lang {
	if l := s.by(c).Language; l.Valid() {
		return l
	}
	if l := rugzak.Lang(s.cookieValue(c, cookieLanguage)); l.Valid() {
		return l
	}
	return rugzak.Lang(locale.Match(c.Request().Header.Get("Accept-Language"))).Or(rugzak.Dutch)
}

func (s *Server) printer(c echo.Context) *locale.Printer {
	return s.Catalogue.Printer(string(s.lang(c)))
}

// chooseLanguage switches the language and returns to the page it came from.
func (s *Server) chooseLanguage(c echo.Context) error {
	form, err := s.readForm(c, "language", "return")
	if err != nil {
		return err
	}
	lang := rugzak.Lang(form.Value("language"))
	if !lang.Valid() {
		return &rugzak.Error{Code: rugzak.CodeMalformed, Key: "error.malformed"}
	}
	if by := s.by(c); by.ID != "" {
		if err := s.Service.SetLanguage(c.Request().Context(), by, lang); err != nil {
			return err
		}
	}
	s.setCookie(c, cookieLanguage, string(lang), languageLasts)
	return s.redirect(c, localPathOr(form.Value("return"), pathHome))
}

// returnPath is the page to come back to: this one, or for a form that was
// sent, the page the form stood on.
func (s *Server) returnPath(c echo.Context) (LocalPath, bool) {
	r := c.Request()
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return ParseLocalPath(r.URL.RequestURI())
	}
	u, err := url.Parse(r.Referer())
	if err != nil || u.Host != r.Host {
		return "", false
	}
	return ParseLocalPath(u.RequestURI())
}

// signInPath is the sign-in page that leads on to a page.
func signInPath(back LocalPath) LocalPath {
	return LocalPath(pathSignIn + returnQuery(back))
}

func returnQuery(back LocalPath) string { return "?" + url.Values{"naar": {string(back)}}.Encode() }
