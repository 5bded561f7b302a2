// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
)

// testTime is a moment for ids that are only examples.
var testTime = time.Date(2026, time.November, 23, 10, 0, 0, 0, time.UTC)

// securityHeaders is what stands on every answer.
var securityHeaders = map[string]string{
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; " +
		"font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Referrer-Policy":              "same-origin",
	"X-Content-Type-Options":       "nosniff",
	"X-Robots-Tag":                 "noindex, nofollow",
}

func TestHeadersOnEveryAnswer(t *testing.T) {
	s := newSite(t, func(c *Config) { c.MaxBody = 1000 })
	broken := s.Server.echo
	broken.GET("/paniek", func(echo.Context) error { panic("geheim") })
	s.Server.access["GET /paniek"] = public
	me := s.as(participant)
	stylesheet, err := s.Server.assets.path("css/rugzak.css")
	if err != nil {
		t.Fatal(err)
	}
	for name, a := range map[string]*answer{
		"page":       me.get(pathAccount).want(http.StatusOK),
		"sign in":    s.as(nobody).get(pathSignIn).want(http.StatusOK),
		"redirect":   s.as(nobody).get(pathHome).want(http.StatusSeeOther),
		"not found":  me.get("/x").want(http.StatusNotFound),
		"invalid":    s.as(nobody).post(pathSignIn, "email", "a", "password", "b").want(http.StatusUnprocessableEntity),
		"malformed":  me.post(pathLanguage, "language", "xx").want(http.StatusBadRequest),
		"too large":  me.post(pathAccount, "name", strings.Repeat("x", 2000)).want(http.StatusRequestEntityTooLarge),
		"panic":      me.get("/paniek").want(http.StatusInternalServerError),
		"health":     s.as(nobody).get(pathHealth).want(http.StatusOK),
		"ready":      s.as(nobody).get(pathReady).want(http.StatusOK),
		"robots":     s.as(nobody).get(pathRobots).want(http.StatusOK),
		"stylesheet": s.as(nobody).get(stylesheet).want(http.StatusOK),
		"no file":    s.as(nobody).get("/static/x/y.css").want(http.StatusNotFound),
		"cross site": crossSite(me).want(http.StatusForbidden),
	} {
		for header, want := range securityHeaders {
			if got := a.Header.Get(header); got != want {
				t.Errorf("%s: %s is %q, want %q", name, header, got, want)
			}
		}
		if a.Header.Get("Permissions-Policy") == "" {
			t.Errorf("%s has no Permissions-Policy", name)
		}
		if a.Header.Get("Strict-Transport-Security") != "" {
			t.Errorf("%s promises https on a site without it", name)
		}
		if a.Header.Get("Server") != "" || a.Header.Get("X-Powered-By") != "" {
			t.Errorf("%s tells what runs here", name)
		}
		if name != "stylesheet" {
			if got := a.Header.Get("Cache-Control"); got != "no-store, private" {
				t.Errorf("%s: Cache-Control is %q", name, got)
			}
			if !strings.Contains(a.Header.Get("Vary"), "Cookie") {
				t.Errorf("%s: Vary is %q", name, a.Header.Get("Vary"))
			}
		}
	}
}

// crossSite posts the way a page of another site would.
func crossSite(c *client) *answer {
	c.Helper()
	return crossSiteTo(c, pathSignOut)
}

func crossSiteTo(c *client, path string) *answer {
	c.Helper()
	r, err := http.NewRequestWithContext(c.Context(), http.MethodPost, c.URL+path, strings.NewReader(""))
	if err != nil {
		c.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	r.Header.Set("Origin", "https://elders.example")
	return c.do(r)
}

func TestCrossSiteChangesNothing(t *testing.T) {
	s := newSite(t)
	me := s.as(participant)
	crossSite(me).want(http.StatusForbidden).shows("andere website")
	me.get(pathAccount).want(http.StatusOK) // still signed in
	for _, r := range s.Server.routes() {
		if r.method == http.MethodPost && r.path != pathStopMail { // pressed in a mail program: its secret is the permission
			crossSiteTo(me, filled(r.path)).want(http.StatusForbidden).shows("andere website")
		}
	}
}

// A fault on our side tells the reader nothing of it, and gives a number that
// finds it in the log.
func TestInternalErrors(t *testing.T) {
	s := newSite(t)
	s.Server.echo.GET("/paniek", func(echo.Context) error { panic("geheim") })
	s.Server.echo.GET("/fout", func(echo.Context) error { return fmt.Errorf("geheim: %w", io.ErrUnexpectedEOF) })
	for _, path := range []string{"/paniek", "/fout"} {
		a := s.as(participant).get(path).want(http.StatusInternalServerError).hides("geheim").hides("EOF").shows("Er ging iets mis bij ons")
		words := strings.Fields(a.text("main"))
		i := slices.Index(words, "nummer:")
		if i < 0 || !strings.Contains(s.Book.String(), `"id":"`+words[i+1]+`"`) {
			t.Errorf("%s: the number on the page is not in the log", path)
		}
	}
}

func TestHosts(t *testing.T) {
	base, err := url.Parse("http://rugzak.voorbeeld.example")
	if err != nil {
		t.Fatal(err)
	}
	named := newEmptySite(t, func(c *Config) { c.BaseURL, c.AllowedHosts = base, []string{"ook.voorbeeld.example"} })
	first := newEmptySite(t)
	tests := []struct {
		s    *site
		host string
		want int
	}{
		{named, "rugzak.voorbeeld.example", http.StatusOK},
		{named, "RUGZAK.voorbeeld.example:8080", http.StatusOK},
		{named, "ook.voorbeeld.example", http.StatusOK},
		{named, "127.0.0.1:8080", http.StatusOK}, // the health check of the same machine
		{named, "localhost", http.StatusOK},
		{named, "elders.example", http.StatusBadRequest},
		{named, "192.0.2.1", http.StatusBadRequest},
		{named, "rugzak.voorbeeld.example.elders.example", http.StatusBadRequest},
		{first, "127.0.0.1", http.StatusOK},
		{first, "192.0.2.1:8080", http.StatusOK},
		{first, "[::1]:8080", http.StatusOK},
		{first, "elders.example", http.StatusBadRequest},
	}
	for _, test := range tests {
		for _, path := range []string{pathHealth, pathSignIn} {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, test.s.URL+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Host = test.host
			if got := test.s.as(nobody).do(r); got.Status != test.want {
				t.Errorf("%s%s answered %d, want %d", test.host, path, got.Status, test.want)
			}
		}
	}
}

// A body that is too large is refused before it is read, whether its length is
// told or not.
func TestBodyLimit(t *testing.T) {
	s := newSite(t, func(c *Config) { c.MaxBody = 4000 })
	me := s.as(participant)
	me.post(pathAccount, "name", strings.Repeat("x", 3000), "language", "nl", "base", "1").want(http.StatusUnprocessableEntity)
	me.post(pathAccount, "name", strings.Repeat("x", 5000)).want(http.StatusRequestEntityTooLarge).shows("te groot")

	for _, header := range []string{"Content-Length: 1000000000", "Transfer-Encoding: chunked"} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		_ = conn.SetDeadline(time.Now().Add(time.Minute))
		fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nCookie: %s=%s\r\n%s\r\n\r\n",
			pathAccount, cookieSession, me.cookies[cookieSession].Value, header)
		if strings.HasPrefix(header, "Transfer") { // more than the limit, and never an end
			fmt.Fprintf(conn, "1388\r\nname=%s\r\n", strings.Repeat("x", 4995))
		}
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatalf("%s: no answer: %v", header, err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: answered %d, want 413", header, resp.StatusCode)
		}
	}
}

func TestForwardedHeadersOnlyFromProxies(t *testing.T) {
	ask := func(s *site) *answer {
		c := s.as(nobody)
		c.header.Set("X-Forwarded-Proto", "https")
		c.header.Set("X-Forwarded-For", "192.0.2.7")
		return c.get(pathSignIn).want(http.StatusOK)
	}
	if ask(newEmptySite(t)).Header.Get("Strict-Transport-Security") != "" {
		t.Error("anybody can say that this is https")
	}
	trusted := newEmptySite(t, func(c *Config) { c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
	if ask(trusted).Header.Get("Strict-Transport-Security") == "" {
		t.Error("the proxy is not believed")
	}
}

func TestTrustedExtractors(t *testing.T) {
	ip, _ := trustedExtractors([]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")})
	direct, _ := trustedExtractors(nil)
	for _, test := range []struct {
		extract              echo.IPExtractor
		peer, forwarded, got string
	}{
		{ip, "10.1.2.3:80", "192.0.2.7", "192.0.2.7"},
		{ip, "10.1.2.3:80", "198.51.100.9, 192.0.2.7", "192.0.2.7"},
		{ip, "10.1.2.3:80", "nonsense", "10.1.2.3"},
		{ip, "203.0.113.5:80", "192.0.2.7", "203.0.113.5"},
		{ip, "127.0.0.1:80", "192.0.2.7", "127.0.0.1"},
		{direct, "10.1.2.3:80", "192.0.2.7", "10.1.2.3"},
	} {
		r := &http.Request{RemoteAddr: test.peer, Header: http.Header{"X-Forwarded-For": {test.forwarded}}}
		if got := test.extract(r); got != test.got {
			t.Errorf("from %s for %s: %s, want %s", test.peer, test.forwarded, got, test.got)
		}
	}
}

// The log has ids and routes, never what people type.
func TestLogHoldsNoContent(t *testing.T) {
	s := newSite(t)
	s.withPassword(participant)
	me := s.as(participant)
	me.get("/zoeken?q=geheimwoord")
	me.post(pathAccount, "name", "Geheime Naam", "language", "nl", "base", "9")
	s.as(nobody).post(pathSignIn, "email", "participant@voorbeeld.example", "password", "geheim wachtwoord")
	s.as(nobody).get("/wachtwoord/geheimesleutel").want(http.StatusNotFound)
	for _, path := range []string{pathFeed, pathFeedCalendar, pathStopMail} {
		s.as(nobody).get(at(path, "geheimesleutel"))
		s.as(nobody).post(at(path, "geheimesleutel"), "List-Unsubscribe", "One-Click")
	}
	log := s.Book.String()
	for _, secret := range []string{"geheim", "Geheim", "voorbeeld.example", "Test participant", me.cookies[cookieSession].Value} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
	if want := `"route":"/wachtwoord/:secret","status":404`; !strings.Contains(log, want) {
		t.Errorf("the log does not hold %s", want)
	}
	if !strings.Contains(log, `"person":"`+string(s.people[participant].ID)+`"`) {
		t.Error("the log does not say who")
	}
}

func TestServerHasLimits(t *testing.T) {
	srv := NewHTTPServer("127.0.0.1:0", http.NotFoundHandler(), newEmptySite(t).Server.Log)
	if srv.ReadHeaderTimeout <= 0 || srv.ReadTimeout <= 0 || srv.WriteTimeout <= 0 || srv.IdleTimeout <= 0 || srv.MaxHeaderBytes <= 0 {
		t.Errorf("a limit is missing: %+v", srv)
	}
}
