// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// keyRequestID is where the id of the request stands in its context.
const keyRequestID = "request"

func newRequestID() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails: it ends the program
	return hex.EncodeToString(b[:])
}

func requestID(c echo.Context) string {
	id, _ := c.Get(keyRequestID).(string)
	return id
}

// observe gives the request an id, turns a panic into an error, answers errors
// and writes one line to the log: never a query, a name or a title.
func (s *Server) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := s.Clock.Now()
		c.Set(keyRequestID, newRequestID())
		if err := s.recovered(c, next); err != nil {
			s.handleError(err, c)
		}
		r := c.Request()
		path := c.Path()
		if path == "" {
			path = "-"
		}
		s.Log.LogAttrs(r.Context(), slog.LevelInfo, "request",
			slog.String("method", r.Method), slog.String("route", path), slog.Int("status", c.Response().Status),
			slog.Duration("took", s.Clock.Now().Sub(start)), slog.String("id", requestID(c)),
			slog.String("person", string(s.by(c).ID)))
		return nil
	}
}

func (s *Server) recovered(c echo.Context, next echo.HandlerFunc) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler {
				panic(p)
			}
			// Only what Go itself says is known to hold nothing a person typed.
			what, _ := p.(runtime.Error)
			s.Log.Error("panic", "id", requestID(c), "route", c.Path(), "what", what, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic of type %T", p)
		}
	}()
	return next(c)
}

// contentPolicy lets a page load what the site itself serves, and nothing else.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; " +
	"font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"

const permissionsPolicy = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), " +
	"magnetometer=(), microphone=(), payment=(), usb=()"

// secureHeaders stand on every answer, errors included.
func (s *Server) secureHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", permissionsPolicy)
		h.Set("Referrer-Policy", "same-origin")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Robots-Tag", "noindex, nofollow")
		h.Set("Cache-Control", "no-store, private")
		h.Set("Vary", "Cookie")
		if s.secure(c) {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		return next(c)
	}
}

// What the head of a request may hold. Browsers send a fraction of it.
const (
	maxAddress      = 24 << 10 // bytes of path and query
	maxHeaderFields = 100
)

// limitHead refuses a request with an address or more header fields than
// anybody needs, before anything looks at them.
func (s *Server) limitHead(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		fields := 0
		for _, values := range r.Header {
			fields += len(values)
		}
		if len(r.RequestURI) > maxAddress || fields > maxHeaderFields {
			c.Response().Header().Set("Connection", "close")
			return malformed(nil)
		}
		return next(c)
	}
}

// checkHost refuses names that are not ours: somebody else's name pointed at
// this address must not show the site.
func (s *Server) checkHost(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !s.allowsHost(c.Request()) {
			return &rugzak.Error{Code: rugzak.CodeMalformed, Key: "error.host"}
		}
		return next(c)
	}
}

func (s *Server) allowsHost(r *http.Request) bool {
	host := hostName(r.Host)
	if host == "" {
		return false
	}
	if slices.Contains(s.AllowedHosts, host) || s.BaseURL != nil && strings.EqualFold(s.BaseURL.Hostname(), host) {
		return true
	}
	addr, err := netip.ParseAddr(host)
	local := host == "localhost" || err == nil && addr.IsLoopback()
	if local && fromLoopback(r) { // how the health check of the same machine comes in
		return true
	}
	// As long as nobody named a host, bare addresses serve for a first try.
	return s.BaseURL == nil && len(s.AllowedHosts) == 0 && (local || err == nil)
}

func fromLoopback(r *http.Request) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && peer.Addr().Unmap().IsLoopback()
}

// hostName takes the port and the brackets of an IPv6 address away.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(host, "["), "]"))
}

// limitBody refuses a body that is too large before it is read.
func (s *Server) limitBody(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r, most := c.Request(), s.MaxBody
		if isUpload(r) { // how much exactly, its route decides
			most = max(most, maxUpload)
		}
		if r.ContentLength > most {
			c.Response().Header().Set("Connection", "close") // do not read on to keep it
			return &rugzak.Error{Code: rugzak.CodeTooLarge, Key: "error.too_large"}
		}
		if len(r.TransferEncoding) > 0 {
			// Browsers tell the length. Whatever a proxy thought where this body
			// ends, nothing behind it is read as another request.
			c.Response().Header().Set("Connection", "close")
		}
		r.Body = http.MaxBytesReader(c.Response().Writer, r.Body, most)
		return next(c)
	}
}

// sameOrigin refuses changes that a page of another site asks for.
func (s *Server) sameOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := s.crossSite.Check(c.Request()); err != nil {
			return &rugzak.Error{Code: rugzak.CodeForbidden, Key: "error.cross_site", Err: err}
		}
		return next(c)
	}
}
