// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package mail

import (
	"html"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"slices"
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

// Whatever a name or a subject holds, it stays what it is: no line of it becomes
// a header, and a site with quotes in its name can mail.
func TestOddHeaders(t *testing.T) {
	for name, test := range map[string]struct{ in, want string }{
		"a header of its own": {"Rugzak\r\nBcc: ander@voorbeeld.test\r\n\r\nTekst", "Rugzak Bcc: ander@voorbeeld.test Tekst"},
		"a bare line feed":    {"Rugzak\nX-Eigen: ja", "Rugzak X-Eigen: ja"},
		"a null":              {"Rug\x00zak", "Rug zak"},
		"quotes":              {`Rugzak "Samen leren" \ <b@voorbeeld.test>`, `Rugzak "Samen leren" \ <b@voorbeeld.test>`},
		"an encoded word":     {"=?utf-8?q?Rugzak=0D=0ABcc:_x?=", "=?utf-8?q?Rugzak=0D=0ABcc:_x?="},
		"right to left":       {"مرحبا Rugzak \u202egnirts", "مرحبا Rugzak gnirts"},
		"emoji":               {"Rugzak 🎒👩🏽‍💻 Voorbeeldstad", "Rugzak 🎒👩🏽‍💻 Voorbeeldstad"},
		"very long":           {strings.Repeat("één lange naam ", 200), string([]rune(strings.Repeat("één lange naam ", 200))[:199]) + "…"},
		"one long word":       {strings.Repeat("x", 3000), strings.Repeat("x", 199) + "…"},
		"nothing":             {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := startServer(t, nil)
			m := letter
			m.From, m.Subject, m.HTML = test.in, test.in, "<p>"+html.EscapeString(test.in)+"</p>"
			if err := mailer(t, s.options()).Send(t.Context(), m); err != nil {
				t.Fatal(err)
			}
			got := s.taken()
			if len(got) != 1 || got[0].to != m.To || got[0].from != s.options().From {
				t.Fatalf("the server got %+v", got)
			}
			parsed, err := mail.ReadMessage(strings.NewReader(got[0].data))
			if err != nil {
				t.Fatal(err)
			}
			for key := range parsed.Header {
				if !slices.Contains([]string{"Date", "From", "Message-Id", "Mime-Version", "Subject", "To", "Auto-Submitted", "Content-Type", "Content-Transfer-Encoding"}, key) {
					t.Errorf("a header %s: %q", key, parsed.Header[key])
				}
			}
			decoder := &mime.WordDecoder{}
			subject, err := decoder.DecodeHeader(parsed.Header.Get("Subject"))
			if err != nil || subject != test.want && !encodedWord(test.want) {
				t.Errorf("the subject came through as %q, %v", subject, err)
			}
			from, err := parsed.Header.AddressList("From")
			if err != nil || len(from) != 1 || from[0].Address != s.options().From || from[0].Name != test.want && !encodedWord(test.want) {
				t.Errorf("the sender came through as %+v, %v", from, err)
			}
			if to, err := parsed.Header.AddressList("To"); err != nil || len(to) != 1 || to[0].Address != m.To {
				t.Errorf("the receivers are %v, %v", to, err)
			}
			for line := range strings.Lines(got[0].data) {
				if len(line) > 1000 {
					t.Errorf("a line of %d characters", len(line))
				}
			}
		})
	}
}

// encodedWord reports whether a text looks as if it were encoded already: how a
// mail program shows such a name is its own affair.
func encodedWord(s string) bool { return strings.HasPrefix(s, "=?") }
