// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// smtpFolder is the variable that makes the test binary a mail system, which
// stores in this folder what it takes.
const smtpFolder = "RUGZAK_TEST_SMTP_FOLDER"

// smtpAnswers is how long the mail system takes to say that it stored a mail, as
// real ones do: whoever dies meanwhile does not know.
const smtpAnswers = 15 * time.Millisecond

// TestMain lets the test binary be a mail system in a process of its own.
func TestMain(m *testing.M) {
	if folder := os.Getenv(smtpFolder); folder != "" {
		if err := takeMail(folder); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if len(os.Args) > 1 && os.Args[1] == readDocument { // started by itself, as the program is
		main()
	}
	os.Exit(m.Run())
}

// mailSystem is a mail system in a process of its own: its port, the file with
// the authority behind its certificate, and the folder of what it took.
type mailSystem struct{ port, authority, folder string }

func startMailSystem(t *testing.T) mailSystem {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	m := mailSystem{folder: t.TempDir()}
	m.authority = filepath.Join(m.folder, "authority.pem")
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), smtpFolder+"="+m.folder)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // says that it was killed
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the mail system does not start: %v", err)
	}
	m.port = strings.TrimSpace(line)
	return m
}

// taken are the mails it took so far.
func (m mailSystem) taken(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(m.folder, "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// takeMail is the mail system: SMTP that must become TLS, on a free port it
// prints. A mail is on the disk before it is said to be taken.
func takeMail(folder string) error {
	config, err := smtpCertificate(filepath.Join(folder, "authority.pem"))
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(l.Addr().(*net.TCPAddr).Port)
	var count atomic.Int64
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		go smtpTalk(conn, config, func(mail string) error {
			name := filepath.Join(folder, fmt.Sprintf("%06d", count.Add(1)))
			if err := os.WriteFile(name, []byte(mail), 0o600); err != nil {
				return err
			}
			return os.Rename(name, name+".eml")
		})
	}
}

func smtpTalk(conn net.Conn, config *tls.Config, store func(string) error) {
	defer func() { _ = conn.Close() }()
	in := bufio.NewReader(conn)
	say := func(text string) { _, _ = fmt.Fprintf(conn, "%s\r\n", text) }
	secure := false
	say("220 mail.test ready")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		switch verb, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(line)), " "); {
		case verb == "EHLO" && !secure:
			say("250-mail.test")
			say("250 STARTTLS")
		case verb == "STARTTLS" && !secure:
			say("220 go on")
			safe := tls.Server(conn, config)
			if safe.Handshake() != nil {
				return
			}
			conn, in, secure = safe, bufio.NewReader(safe), true
		case verb == "QUIT":
			say("221 bye")
			return
		case !secure:
			say("530 TLS first")
		case verb == "DATA":
			say("354 go on")
			var data strings.Builder
			for {
				if line, err = in.ReadString('\n'); err != nil {
					return
				}
				if line == ".\r\n" {
					break
				}
				data.WriteString(strings.TrimPrefix(line, "."))
			}
			if store(data.String()) != nil {
				say("451 later")
				continue
			}
			time.Sleep(smtpAnswers)
			say("250 taken")
		default:
			say("250 fine")
		}
	}
}

// smtpCertificate makes a certificate for this machine, and writes who stands
// behind it.
func smtpCertificate(authority string) (*tls.Config, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mail.test"}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(24 * time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	if err := os.WriteFile(authority, text, 0o600); err != nil {
		return nil, err
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}, nil
}
