// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package mail

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"fmt"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// smtpServer is a mail system: it speaks SMTP (RFC 5321) with STARTTLS and
// AUTH PLAIN on a real port, and can be told to fail.
type smtpServer struct {
	t        *testing.T
	listener net.Listener
	roots    *x509.CertPool
	config   *tls.Config
	implicit bool

	mu        sync.Mutex
	startTLS  bool
	needsAuth string   // "user\x00password"; empty for none
	refuse    []string // answers to RCPT TO, used up in turn; "" goes well
	got       []received
	spoken    []string // commands that came in the clear
}

type received struct {
	from, to, data string
	secure         bool
}

func startServer(t *testing.T, change func(*smtpServer)) *smtpServer {
	t.Helper()
	cert, roots := certificate(t)
	s := &smtpServer{t: t, roots: roots, config: &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}, startTLS: true}
	if change != nil {
		change(s)
	}
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if s.implicit {
		l = tls.NewListener(l, s.config)
	}
	s.listener = l
	var group sync.WaitGroup
	group.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			group.Go(func() { s.talk(conn) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		group.Wait()
	})
	return s
}

func (s *smtpServer) port() int { return s.listener.Addr().(*net.TCPAddr).Port }

// talk is one conversation.
func (s *smtpServer) talk(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	in := bufio.NewReader(conn)
	say := func(lines ...string) {
		for _, l := range lines {
			_, _ = fmt.Fprintf(conn, "%s\r\n", l)
		}
	}
	secure, signedIn := s.implicit, false
	var m received
	say("220 mail.test ready")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		s.mu.Lock()
		if !secure {
			s.spoken = append(s.spoken, line)
		}
		startTLS, needsAuth := s.startTLS && !secure, s.needsAuth
		s.mu.Unlock()
		switch verb := strings.ToUpper(line); {
		case strings.HasPrefix(verb, "EHLO"), strings.HasPrefix(verb, "HELO"):
			offers := []string{"250-mail.test", "250-8BITMIME"}
			if startTLS {
				offers = append(offers, "250-STARTTLS")
			}
			if needsAuth != "" {
				offers = append(offers, "250-AUTH PLAIN")
			}
			say(append(offers, "250 SIZE 1000000")...)
		case verb == "STARTTLS" && startTLS:
			say("220 go on")
			safe := tls.Server(conn, s.config)
			if safe.Handshake() != nil {
				return
			}
			conn, in, secure = safe, bufio.NewReader(safe), true
		case strings.HasPrefix(verb, "AUTH PLAIN"):
			raw, _ := base64.StdEncoding.DecodeString(strings.TrimSpace(line[len("AUTH PLAIN"):]))
			if signedIn = string(raw) == "\x00"+needsAuth; signedIn {
				say("235 welcome")
			} else {
				say("535 wrong")
			}
		case strings.HasPrefix(verb, "MAIL FROM:"):
			if needsAuth != "" && !signedIn {
				say("530 sign in first")
				continue
			}
			m = received{from: between(line), secure: secure}
			say("250 fine")
		case strings.HasPrefix(verb, "RCPT TO:"):
			if answer := s.nextRefusal(); answer != "" {
				say(answer)
				continue
			}
			m.to = between(line)
			say("250 fine")
		case verb == "DATA":
			say("354 go on")
			var data strings.Builder
			for {
				line, err := in.ReadString('\n')
				if err != nil {
					return
				}
				if line == ".\r\n" {
					break
				}
				data.WriteString(strings.TrimPrefix(line, "."))
			}
			m.data = data.String()
			s.mu.Lock()
			s.got = append(s.got, m)
			s.mu.Unlock()
			say("250 taken")
		case verb == "NOOP", verb == "RSET":
			say("250 fine")
		case verb == "QUIT":
			say("221 bye")
			return
		default:
			say("502 unknown")
		}
	}
}

func (s *smtpServer) nextRefusal() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.refuse) == 0 {
		return ""
	}
	answer := s.refuse[0]
	s.refuse = s.refuse[1:]
	return answer
}

func (s *smtpServer) taken() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]received(nil), s.got...)
}

// inTheClear is what was said before TLS.
func (s *smtpServer) inTheClear() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.spoken, "\n")
}

func between(line string) string {
	_, rest, _ := strings.Cut(line, "<")
	inside, _, _ := strings.Cut(rest, ">")
	return inside
}

// certificate makes one for 127.0.0.1, and whom to believe for it.
func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mail.test"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots
}
