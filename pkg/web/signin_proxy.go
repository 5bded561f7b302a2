// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/netip"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// proxyNames is the address of whoever the trusted proxy says is signed in;
// empty when it is off, when the request does not come from that proxy itself,
// or when it names nobody. What anybody else sends in the header is as if it
// were not there.
func (s *Server) proxyNames(r *http.Request) (string, error) {
	if s.ProxyAuthHeader == "" {
		return "", nil
	}
	values := r.Header.Values(s.ProxyAuthHeader)
	if len(values) == 0 || !s.isAuthProxy(r.RemoteAddr) {
		return "", nil
	}
	if len(values) > 1 { // one of them came through the proxy from outside
		return "", &rugzak.Error{Code: rugzak.CodeMalformed, Key: "error.malformed"}
	}
	return rugzak.CleanEmail(values[0]), nil
}

// isAuthProxy looks at who is at the other end of the connection, and at no
// header.
func (s *Server) isAuthProxy(remote string) bool {
	peer, err := netip.ParseAddrPort(remote)
	if err != nil {
		return false
	}
	addr := peer.Addr().Unmap().WithZone("")
	for _, p := range s.ProxyAuthFrom {
		if p.Contains(addr) {
			return true
		}
	}
	return false
}

// agrees ends the session of this browser when the proxy names somebody else.
func (s *Server) agrees(c echo.Context, p rugzak.Person) (bool, error) {
	named, err := s.proxyNames(c.Request())
	if err != nil || named == "" || p.ID == "" || named == p.Email {
		return err == nil, err
	}
	if err := s.endSession(c); err != nil {
		return false, err
	}
	s.setCookie(c, cookieSession, "", -1)
	s.setCookie(c, cookieAfter, "", -1)
	return false, nil
}

// proceed signs in as the person the proxy names, when they ask for it: so
// that who signed out stays signed out.
func (s *Server) proceed(c echo.Context) error {
	form, err := s.readForm(c, "return")
	if err != nil {
		return err
	}
	named, err := s.proxyNames(c.Request())
	if err != nil {
		return err
	}
	if named == "" {
		return s.redirect(c, pathSignIn)
	}
	secret, _, err := s.Service.SignInByProxy(c.Request().Context(), named, clientOf(c.Request()))
	if err != nil {
		return s.refusedVia(c, Provider{}, err)
	}
	if err := s.endSession(c); err != nil {
		return err
	}
	s.begin(c, secret)
	return s.redirect(c, localPathOr(form.Value("return"), pathHome))
}
