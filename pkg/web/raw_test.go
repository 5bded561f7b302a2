// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"rugzak/pkg/backpack"
)

// rawAnswers sends bytes over a connection of its own and reads every answer
// that comes before the server closes it. What is not the whole of a request
// ends: else the server would wait for the rest.
func rawAnswers(t *testing.T, address, request string, ends bool) []*http.Response {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	// It may be refused while it is still coming: that answer can be read.
	_, _ = io.WriteString(conn, request)
	// When nothing more comes from here, the server closes behind its answer.
	end := sync.OnceFunc(func() { _ = conn.(*net.TCPConn).CloseWrite() })
	if ends {
		end()
	}
	var answers []*http.Response
	for in := bufio.NewReader(conn); ; {
		a, err := http.ReadResponse(in, nil)
		end()
		if err != nil {
			return answers
		}
		body, err := io.ReadAll(a.Body)
		a.Body.Close()
		a.Body = io.NopCloser(strings.NewReader(string(body)))
		answers = append(answers, a)
		if err != nil {
			return answers
		}
	}
}

// Requests no browser sends: each gets one answer at most, which refuses it or
// is the same as without the trick, and tells nothing.
func TestRawRequests(t *testing.T) {
	s := newSite(t)
	address := strings.TrimPrefix(s.URL, "http://")
	const head = "Host: localhost\r\n"
	const second = "GET /inloggen HTTP/1.1\r\nHost: localhost\r\n\r\n"
	form := "Content-Type: application/x-www-form-urlencoded\r\n"
	cases := map[string]struct {
		request string
		want    string // permitted statuses; "-" for none at all
	}{
		// Where one request ends and the next begins.
		"two lengths":            {"POST /inloggen HTTP/1.1\r\n" + head + form + "Content-Length: 5\r\nContent-Length: 60\r\n\r\nx=y&z" + second, "400"},
		"list of lengths":        {"POST /inloggen HTTP/1.1\r\n" + head + form + "Content-Length: 5, 60\r\n\r\nx=y&z" + second, "400"},
		"negative length":        {"POST /inloggen HTTP/1.1\r\n" + head + form + "Content-Length: -1\r\n\r\n" + second, "400"},
		"length with a sign":     {"POST /inloggen HTTP/1.1\r\n" + head + form + "Content-Length: +5\r\n\r\nx=y&z" + second, "400"},
		"length in hex":          {"POST /inloggen HTTP/1.1\r\n" + head + form + "Content-Length: 0x5\r\n\r\nx=y&z" + second, "400"},
		"length and chunked":     {"POST /inloggen HTTP/1.1\r\n" + head + form + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + second, "400 422"},
		"chunked and length":     {"POST /inloggen HTTP/1.1\r\n" + head + form + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + second, "400 422"},
		"chunked twice":          {"POST /inloggen HTTP/1.1\r\n" + head + form + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + second, "400 422 501"},
		"unknown coding":         {"POST /inloggen HTTP/1.1\r\n" + head + form + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + second, "400 501"},
		"identity, chunked":      {"POST /inloggen HTTP/1.1\r\n" + head + form + "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n" + second, "400 501"},
		"space before the colon": {"POST /inloggen HTTP/1.1\r\n" + head + form + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + second, "400"},
		"tab in the coding":      {"POST /inloggen HTTP/1.1\r\n" + head + form + "Transfer-Encoding:\tchunked\x0b\r\n\r\n0\r\n\r\n" + second, "400 501"},
		"chunk of nonsense":      {"POST /inloggen HTTP/1.1\r\n" + head + form + "Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n" + second, "400"},
		"chunk larger than told": {"POST /inloggen HTTP/1.1\r\n" + head + form + "Transfer-Encoding: chunked\r\n\r\n1\r\nxyz\r\n0\r\n\r\n" + second, "400"},
		"chunk of huge length":   {"POST /inloggen HTTP/1.1\r\n" + head + form + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nx\r\n0\r\n\r\n" + second, "400"},
		"long chunk extension":   {"POST /inloggen HTTP/1.1\r\n" + head + form + "Transfer-Encoding: chunked\r\n\r\n1;" + strings.Repeat("a", 70<<10) + "\r\nx\r\n0\r\n\r\n" + second, "400"},
		"chunked in HTTP/1.0":    {"POST /inloggen HTTP/1.0\r\n" + head + form + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + second, "400 422"},
		"body without a length":  {"POST /inloggen HTTP/1.1\r\n" + head + form + "Connection: close\r\n\r\n" + second, "422"},
		// Heads.
		"no host":                  {"GET /inloggen HTTP/1.1\r\n\r\n", "400"},
		"two hosts":                {"GET /inloggen HTTP/1.1\r\nHost: localhost\r\nHost: elders.example\r\n\r\n", "400"},
		"another host":             {"GET /inloggen HTTP/1.1\r\nHost: elders.example\r\n\r\n", "400"},
		"host with a path":         {"GET /inloggen HTTP/1.1\r\nHost: localhost/@elders.example\r\n\r\n", "400"},
		"address with a host":      {"GET http://elders.example/inloggen HTTP/1.1\r\n" + head + "\r\n", "400"},
		"folded header":            {"GET /inloggen HTTP/1.1\r\n" + head + "X-A: b\r\n c\r\nConnection: close\r\n\r\n", "200 400"},
		"NUL in a header":          {"GET /inloggen HTTP/1.1\r\n" + head + "X-A: b\x00c\r\n\r\n", "400"},
		"bare return in a header":  {"GET /inloggen HTTP/1.1\r\n" + head + "X-A: b\rX-B: c\r\n\r\n", "400"},
		"space in a name":          {"GET /inloggen HTTP/1.1\r\n" + head + "X A: b\r\n\r\n", "400"},
		"no name":                  {"GET /inloggen HTTP/1.1\r\n" + head + ": b\r\n\r\n", "400"},
		"no colon":                 {"GET /inloggen HTTP/1.1\r\n" + head + "nonsense\r\n\r\n", "400"},
		"long header":              {"GET /inloggen HTTP/1.1\r\n" + head + "X-A: " + strings.Repeat("a", 64<<10) + "\r\n\r\n", "431"},
		"many headers":             {"GET /inloggen HTTP/1.1\r\n" + head + manyHeaders(150) + "\r\n", "400"},
		"long address":             {"GET /inloggen?naar=/" + strings.Repeat("a", maxAddress) + " HTTP/1.1\r\n" + head + "\r\n", "400"},
		"many parameters":          {"GET /inloggen?" + strings.Repeat("a=b&", 2000) + " HTTP/1.1\r\n" + head + "\r\n", "200"},
		"many cookies":             {"GET /inloggen HTTP/1.1\r\n" + head + "Cookie: " + strings.Repeat("a=b; ", 5000) + "\r\n\r\n", "200 303"},
		"broken cookie":            {"GET /inloggen HTTP/1.1\r\n" + head + "Cookie: rugzak=\"; rugzak-after=\x01%; =; ;;\r\n\r\n", "200 400"},
		"languages":                {"GET /inloggen HTTP/1.1\r\n" + head + "Accept-Language: " + strings.Repeat("nl-a-b-c,", 3000) + "\r\n\r\n", "200"},
		"ranges":                   {"GET /inloggen HTTP/1.1\r\n" + head + "Range: bytes=" + strings.Repeat("0-1,", 3000) + "\r\n\r\n", "200"},
		"another path in a header": {"GET /inloggen HTTP/1.1\r\n" + head + "X-Original-URL: /beheer\r\nX-Rewrite-URL: /beheer\r\n\r\n", "200"},
		"another method":           {"POST /inloggen HTTP/1.1\r\n" + head + form + "X-HTTP-Method-Override: DELETE\r\nContent-Length: 7\r\n\r\nemail=a", "422"},
		"upgrade":                  {"GET /inloggen HTTP/1.1\r\n" + head + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n", "200"},
		// Request lines.
		"TRACE":            {"TRACE / HTTP/1.1\r\n" + head + "X-Geheim: ja\r\n\r\n", "303"},
		"CONNECT":          {"CONNECT elders.example:443 HTTP/1.1\r\nHost: elders.example:443\r\n\r\n", "400"},
		"proxy request":    {"GET http://169.254.169.254/latest HTTP/1.1\r\nHost: 169.254.169.254\r\n\r\n", "200 303 400"},
		"HTTP/0.9":         {"GET /\r\n\r\n", "400"},
		"HTTP/9.9":         {"GET / HTTP/9.9\r\n" + head + "\r\n", "400 505"},
		"start of HTTP/2":  {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400 505 -"},
		"no request":       {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "400 -"},
		"empty lines":      {"\r\n\r\n\r\n", "400 -"},
		"space in address": {"GET /inloggen x HTTP/1.1\r\n" + head + "\r\n", "400"},
		"bare line feeds":  {"GET /inloggen HTTP/1.1\nHost: localhost\n\n", "200 400"},
		// Paths.
		"up":               {"GET /static/../../../../etc/passwd HTTP/1.1\r\n" + head + "\r\n", "303 400 404"},
		"up, encoded":      {"GET /static/%2e%2e%2f%2e%2e%2fetc%2fpasswd HTTP/1.1\r\n" + head + "\r\n", "303 400 404"},
		"up, twice":        {"GET /static/%252e%252e%252fetc%252fpasswd HTTP/1.1\r\n" + head + "\r\n", "303 400 404"},
		"up, backslash":    {"GET /static/..\\..\\go.mod HTTP/1.1\r\n" + head + "\r\n", "303 400 404"},
		"NUL in the path":  {"GET /static/a%00.css HTTP/1.1\r\n" + head + "\r\n", "303 400 404"},
		"broken encoding":  {"GET /static/%zz HTTP/1.1\r\n" + head + "\r\n", "400"},
		"two slashes":      {"GET //elders.example/%2f.. HTTP/1.1\r\n" + head + "\r\n", "303"},
		"slash, backslash": {"GET /\\elders.example HTTP/1.1\r\n" + head + "\r\n", "303 400"},
		"lines in a query": {"GET /inloggen?naar=/%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\n" + head + "\r\n", "200"},
	}
	for name, c := range cases {
		answers := rawAnswers(t, address, c.request, name == "no request")
		status := "-"
		if len(answers) > 0 {
			status = strconv.Itoa(answers[0].StatusCode)
		}
		if !strings.Contains(c.want, status) || len(answers) > 1 {
			t.Errorf("%s: %d answers, the first %s, want %s", name, len(answers), status, c.want)
		}
		for _, a := range answers {
			body, _ := io.ReadAll(a.Body)
			for _, told := range []string{"goroutine", "root:x", "panic", "X-Geheim", "module rugzak"} {
				if strings.Contains(string(body), told) {
					t.Errorf("%s: the answer holds %q", name, told)
				}
			}
			to := a.Header.Get("Location")
			if to != "" && !strings.HasPrefix(to, pathSignIn) || strings.Contains(a.Header.Get("Set-Cookie"), "a=b") {
				t.Errorf("%s: leads to %q, sets %q", name, to, a.Header.Get("Set-Cookie"))
			}
		}
	}
	// The control: two plain requests get two answers.
	if got := rawAnswers(t, address, second+second, false); len(got) != 2 {
		t.Errorf("two requests got %d answers: this test cannot see what is smuggled in", len(got))
	}
	s.as(nobody).get(pathSignIn).want(http.StatusOK)
}

// Whoever stops sending right behind a form may be taken for gone, and then
// nothing is done: no answer may say that it was.
func TestHalfClosedIsNeverAcknowledged(t *testing.T) {
	s := newSite(t)
	me := s.as(participant)
	head := "POST /taal HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 11\r\nCookie: rugzak=" +
		me.cookies[cookieSession].Value + "\r\n\r\nlanguage="
	for i := range 40 {
		lang := []string{"nl", "en"}[i%2]
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(conn, head+lang)
		_ = conn.(*net.TCPConn).CloseWrite()
		a, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err == nil && a.StatusCode < 300 {
			t.Errorf("answered %d", a.StatusCode)
		}
		if err == nil && a.StatusCode == http.StatusSeeOther {
			p, err := s.Service.Person(t.Context(), backpack.Operator(), s.people[participant].ID)
			if err != nil || string(p.Language) != lang {
				t.Errorf("acknowledged %s and kept %s: %v", lang, p.Language, err)
			}
		}
		conn.Close()
	}
}

func manyHeaders(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "X-%d: a\r\n", i)
	}
	return b.String()
}

// slowConnections is how many hold on at once, and tempo how much faster than
// in earnest the limits of time run.
func slowConnections(t *testing.T) (count int, tempo time.Duration) {
	if text := os.Getenv("RUGZAK_SLOW"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		return n, 1
	}
	return 30, 10
}

// holdOn opens connections that send a byte now and then, in the head of a
// request or in its body, until the context ends, or they are cut, or for a
// minute. It gives for each that is cut after how long, and is closed when all
// have ended.
func holdOn(ctx context.Context, t *testing.T, address string, count int, every time.Duration) <-chan time.Duration {
	t.Helper()
	began := time.Now()
	cut := make(chan time.Duration, count)
	var group sync.WaitGroup
	for i := range count {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		start := "GET /inloggen HTTP/1.1\r\nHost: localhost\r\nX-A: "
		if i%2 == 1 {
			start = "POST /inloggen HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n"
		}
		_, _ = io.WriteString(conn, start)
		group.Go(func() {
			defer conn.Close()
			gone := make(chan struct{})
			go func() { // ends when the server closes
				_, _ = io.Copy(io.Discard, conn)
				close(gone)
			}()
			for time.Since(began) < time.Minute {
				select {
				case <-ctx.Done():
					return
				case <-gone:
					cut <- time.Since(began)
					return
				case <-time.After(every):
					_, _ = io.WriteString(conn, "a")
				}
			}
		})
	}
	go func() { group.Wait(); close(cut) }()
	return cut
}

// slowServer is a site with limits of time that are so many times theirs.
func slowServer(t *testing.T, s *site, times func(time.Duration) time.Duration) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	server.Config = NewHTTPServer("", s.Server.Handler(), s.Server.Log)
	if server.Config.ReadHeaderTimeout > 35*time.Second || server.Config.ReadTimeout > 35*time.Second {
		t.Errorf("a slow connection is cut after %v and %v", server.Config.ReadHeaderTimeout, server.Config.ReadTimeout)
	}
	server.Config.ReadHeaderTimeout = times(server.Config.ReadHeaderTimeout)
	server.Config.ReadTimeout = times(server.Config.ReadTimeout)
	server.Start()
	t.Cleanup(server.Close)
	return server
}

// signInPage asks for a page on a connection of its own.
func signInPage(t *testing.T, server *httptest.Server) (took time.Duration) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: time.Minute}
	asked := time.Now()
	resp, err := client.Get(server.URL + pathSignIn)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	if resp.StatusCode != http.StatusOK {
		t.Errorf("answered %d", resp.StatusCode)
	}
	return time.Since(asked)
}

// Connections that send a byte now and then hold nobody up: pages come while
// all of them are there.
func TestSlowConnectionsHoldNobodyUp(t *testing.T) {
	server := slowServer(t, newSite(t), func(limit time.Duration) time.Duration { return 100 * limit })
	ctx, cancel := context.WithCancel(t.Context())
	cut := holdOn(ctx, t, strings.TrimPrefix(server.URL, "http://"), 30, 100*time.Millisecond)
	for range 10 {
		signInPage(t, server)
	}
	cancel()
	for after := range cut {
		t.Errorf("one was cut after %v: the test shows nothing", after)
	}
}

// Connections that send a byte now and then are cut, and pages come meanwhile.
// With RUGZAK_SLOW=300 it runs with so many and the limits of time as they are,
// and the figures of time are demanded too; without it they are only shown, as
// the machine may be busy.
func TestSlowConnectionsAreCut(t *testing.T) {
	count, tempo := slowConnections(t)
	s := newSite(t)
	server := slowServer(t, s, func(limit time.Duration) time.Duration { return limit / tempo })
	asked := server
	if tempo > 1 { // where a busy machine is no slow connection itself
		asked = slowServer(t, s, func(limit time.Duration) time.Duration { return limit })
	}
	ended := holdOn(t.Context(), t, strings.TrimPrefix(server.URL, "http://"), count, time.Second/tempo)
	var longest, slowest time.Duration
	cut, pages := 0, 0
	for running := true; running; {
		slowest = max(slowest, signInPage(t, asked))
		pages++
		for pause := time.After(100 * time.Millisecond); running && pause != nil; {
			select {
			case after, more := <-ended:
				if running = more; more {
					cut++
					longest = max(longest, after)
				}
			case <-pause:
				pause = nil
			}
		}
	}
	t.Logf("%d of %d slow connections cut, the last after %v; %d pages meanwhile, the slowest in %v", cut, count, longest.Round(time.Millisecond), pages, slowest.Round(time.Millisecond))
	if cut != count {
		t.Errorf("%d of %d cut", cut, count)
	}
	if os.Getenv("RUGZAK_SLOW") != "" && (longest > 36*time.Second || slowest > 2*time.Second) {
		t.Errorf("the last was cut after %v; the slowest page took %v", longest, slowest)
	}
}

func TestSecurityText(t *testing.T) {
	newEmptySite(t).as(nobody).get(pathSecurity).want(http.StatusNotFound)
	for contact, want := range map[string]string{
		"veilig@voorbeeld.example":         "Contact: mailto:veilig@voorbeeld.example\n",
		"https://voorbeeld.example/melden": "Contact: https://voorbeeld.example/melden\n",
	} {
		s := newEmptySite(t, func(c *Config) { c.SecurityContact = contact })
		a := s.as(nobody).get(pathSecurity).want(http.StatusOK).shows(want)
		_, rest, _ := strings.Cut(a.Body, "Expires: ")
		line, _, _ := strings.Cut(rest, "\n")
		until, err := time.Parse(time.RFC3339, line)
		if left := time.Until(until); err != nil || left < 30*24*time.Hour || left > 365*24*time.Hour {
			t.Errorf("expires %q: %v", line, err)
		}
	}
}
