// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package mail

import (
	"io"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

var letter = rugzak.Message{
	ID: "0abc", To: "anouk@voorbeeld.test", From: "Rugzak Voorbeeldstad", Subject: "Uitnodiging: één rugzak", Composed: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC),
	Text: "Hallo,\n\nOpen deze link:\n\nhttps://rugzak.voorbeeld.test/uitnodiging/" + strings.Repeat("x", 60) + "\n\n.\nMet één punt op een regel.\n",
}

func (s *smtpServer) options() Options {
	return Options{Host: "127.0.0.1", Port: s.port(), TLS: StartTLS, From: "rugzak@voorbeeld.test", Roots: s.roots, Timeout: time.Minute}
}

func mailer(t *testing.T, o Options) *Mailer {
	t.Helper()
	m, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestSend(t *testing.T) {
	for name, test := range map[string]struct {
		server func(*smtpServer)
		change func(*Options)
	}{
		"starttls":         {nil, nil},
		"tls at once":      {func(s *smtpServer) { s.implicit = true; s.needsAuth = "rugzak\x00geheim" }, func(o *Options) { o.TLS, o.User, o.Password = Implicit, "rugzak", "geheim" }},
		"with a password":  {func(s *smtpServer) { s.needsAuth = "rugzak\x00geheim" }, func(o *Options) { o.User, o.Password = "rugzak", "geheim" }},
		"on this machine":  {func(s *smtpServer) { s.startTLS = false }, func(o *Options) { o.TLS = None }},
		"after a greeting": {func(s *smtpServer) { s.refuse = []string{""} }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := startServer(t, test.server)
			o := s.options()
			if test.change != nil {
				test.change(&o)
			}
			if err := mailer(t, o).Send(t.Context(), letter); err != nil {
				t.Fatal(err)
			}
			got := s.taken()
			if len(got) != 1 || got[0].from != o.From || got[0].to != letter.To || got[0].secure != (o.TLS != None) {
				t.Fatalf("the server got %+v", got)
			}
			parsed, err := mail.ReadMessage(strings.NewReader(got[0].data))
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(quotedprintable.NewReader(parsed.Body))
			if text := strings.ReplaceAll(string(body), "\r\n", "\n"); err != nil || strings.TrimSpace(text) != strings.TrimSpace(letter.Text) {
				t.Errorf("the text came through as %q, %v", text, err)
			}
			h := parsed.Header
			if h.Get("Message-Id") != "<0abc@voorbeeld.test>" || h.Get("Auto-Submitted") != "auto-generated" || !strings.HasPrefix(h.Get("Content-Type"), "text/plain") {
				t.Errorf("headers: %v", h)
			}
			if o.TLS != None && strings.Contains(s.inTheClear(), letter.To) {
				t.Error("the address went over the line in the clear")
			}
		})
	}
}

// Nothing is said to a server that does not speak TLS, or that is another than
// the certificate says; no error tells an address.
func TestSendFails(t *testing.T) {
	for name, test := range map[string]struct {
		server func(*smtpServer)
		change func(*Options)
		want   rugzak.Code
	}{
		"no tls offered":        {func(s *smtpServer) { s.startTLS = false }, nil, rugzak.CodeUnavailable},
		"unknown certificate":   {nil, func(o *Options) { o.Roots = nil }, rugzak.CodeUnavailable},
		"wrong password":        {func(s *smtpServer) { s.needsAuth = "rugzak\x00geheim" }, func(o *Options) { o.User, o.Password = "rugzak", "anders" }, rugzak.CodeUnavailable},
		"no password":           {func(s *smtpServer) { s.needsAuth = "rugzak\x00geheim" }, nil, rugzak.CodeUnavailable},
		"busy":                  {func(s *smtpServer) { s.refuse = []string{"450 4.2.0 anouk@voorbeeld.test later"} }, nil, rugzak.CodeUnavailable},
		"unknown receiver":      {func(s *smtpServer) { s.refuse = []string{"550 5.1.1 anouk@voorbeeld.test unknown"} }, nil, rugzak.CodeInvalid},
		"we may not send":       {func(s *smtpServer) { s.refuse = []string{"530 5.7.0 sign in"} }, nil, rugzak.CodeUnavailable},
		"nobody there":          {nil, func(o *Options) { o.Port = 1 }, rugzak.CodeUnavailable},
		"tls to a plain port":   {nil, func(o *Options) { o.TLS = Implicit; o.Timeout = time.Second }, rugzak.CodeUnavailable},
		"not an address at all": {nil, nil, rugzak.CodeInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			s := startServer(t, test.server)
			o, m := s.options(), letter
			if test.change != nil {
				test.change(&o)
			}
			if name == "not an address at all" {
				m.To = "anouk@voorbeeld.test\r\nBcc: ander@voorbeeld.test"
			}
			err := mailer(t, o).Send(t.Context(), m)
			if rugzak.CodeOf(err) != test.want {
				t.Errorf("error %v, want code %q", err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), "anouk") {
				t.Errorf("the error tells the address: %v", err)
			}
			if len(s.taken()) > 0 || name != "busy" && strings.Contains(s.inTheClear(), "anouk") {
				t.Error("something was said all the same")
			}
		})
	}
}

func TestOptions(t *testing.T) {
	good := Options{Host: "mail.voorbeeld.test", Port: 587, TLS: StartTLS, From: "rugzak@voorbeeld.test"}
	for name, change := range map[string]func(*Options){
		"good":                    func(*Options) {},
		"no host":                 func(o *Options) { o.Host = "" },
		"no port":                 func(o *Options) { o.Port = 0 },
		"no sender":               func(o *Options) { o.From = "rugzak" },
		"a user without password": func(o *Options) { o.User = "x" },
		"no tls to elsewhere":     func(o *Options) { o.TLS = None },
		"a password in the clear": func(o *Options) { o.Host, o.TLS, o.User, o.Password = "localhost", None, "x", "y" },
		"an unknown way":          func(o *Options) { o.TLS = "misschien" },
	} {
		o := good
		change(&o)
		if _, err := New(o); (err == nil) != (name == "good") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for host, want := range map[string]bool{"localhost": true, "127.0.0.1": true, "[::1]": true, "::1": true, "10.0.0.1": false, "localhost.voorbeeld.test": false} {
		if Loopback(host) != want {
			t.Errorf("Loopback(%s) is not %v", host, want)
		}
	}
}
